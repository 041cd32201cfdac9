// The language server: keeps the open Dockerfiles parsed and answers the editor from src/dockerfile.
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CancellationToken } from 'vscode-jsonrpc/node';
import type {
  DidChangeTextDocumentParams,
  DidCloseTextDocumentParams,
  DidOpenTextDocumentParams,
  Hover,
  HoverParams,
  InitializeParams,
  InitializeResult,
} from 'vscode-languageserver-protocol';
import { type Dockerfile, openDockerfile, update } from '../dockerfile/document.ts';
import { type HoverContext, hoverAt, type ImageFacts, type ImageNews } from '../dockerfile/hover.ts';
import { createTranslate } from '../model/l10n.ts';
import {
  type ImageFactsParams,
  imageFacts,
  imageNews,
  type LanguageChanged,
  languageChanged,
  type NotesLanguage,
  type ServerOptions,
} from '../model/notes/messages.ts';
import { connectToEditor, warn } from './connection.ts';
import { readNotes } from './notes.ts';
import { sourcesOf } from './sources.ts';

/** The editor sends what changed in a document, not the whole text (LSP 3.17, TextDocumentSyncKind). */
const incremental = 2;

const connection = connectToEditor();
const documents = new Map<string, Dockerfile>();
let folders: string[] = [];
/** What an editor that says nothing of it gets: the notes that lie beside the server, in English. */
let options: ServerOptions = {
  notesFile: join(dirname(process.argv[1] ?? ''), 'notes.br'),
  language: 'en',
  words: {},
};
let notes = readNotes('', 'en', () => {});
let translate = createTranslate({});

connection.onRequest('initialize', (params: InitializeParams): InitializeResult => {
  options = { ...options, ...(params.initializationOptions as Partial<ServerOptions> | undefined) };
  folders = (params.workspaceFolders ?? []).map(({ uri }) => pathOf(uri)).filter((path) => path !== undefined);
  speak(options.language, options.words);
  return {
    capabilities: {
      textDocumentSync: { openClose: true, change: incremental },
      hoverProvider: true,
    },
    serverInfo: { name: 'docknotes' },
  };
});

connection.onNotification(languageChanged, ({ language, words }: LanguageChanged) => speak(language, words));

connection.onNotification('textDocument/didOpen', ({ textDocument }: DidOpenTextDocumentParams) => {
  documents.set(textDocument.uri, openDockerfile(textDocument.text));
});

connection.onNotification('textDocument/didChange', ({ textDocument, contentChanges }: DidChangeTextDocumentParams) => {
  const document = documents.get(textDocument.uri);
  if (document) {
    documents.set(textDocument.uri, update(document, contentChanges));
  }
});

connection.onNotification('textDocument/didClose', ({ textDocument }: DidCloseTextDocumentParams) => {
  documents.delete(textDocument.uri);
});

connection.onRequest(
  'textDocument/hover',
  async (params: HoverParams, token: CancellationToken): Promise<Hover | null> => {
    const { textDocument, position } = params;
    const document = documents.get(textDocument.uri);
    const hover =
      document &&
      (await hoverAt(document, position, {
        notes,
        t: translate,
        image: (reference) => ask<ImageFacts>(imageFacts, { reference }),
        news: (reference) => ask<ImageNews>(imageNews, { reference }),
        ...filesFor(textDocument.uri),
        readMore: (key) => commandLink('docknotes.openNote', key),
        pull: (reference) => commandLink('docknotes.pullImage', reference),
      }));
    return token.isCancellationRequested ? null : (hover ?? null);
  },
);

connection.listen();

async function ask<T>(request: string, params: ImageFactsParams): Promise<T | undefined> {
  return (await connection.sendRequest<T | null>(request, params)) ?? undefined;
}

/** The extension enables these commands in hovers and no others; see src/vscode/language/startClient.ts. */
function commandLink(command: string, argument: string): string {
  return `command:${command}?${encodeURIComponent(JSON.stringify([argument]))}`;
}

/** Only documents on disk have a build context that can be looked at. */
function filesFor(uri: string): Pick<HoverContext, 'files'> {
  const path = pathOf(uri);
  if (path === undefined) {
    return {};
  }
  const inside = folders.filter((folder) => path.startsWith(join(folder, sep)));
  return { files: sourcesOf(path, inside.sort((a, b) => b.length - a.length)[0]) };
}

function pathOf(uri: string): string | undefined {
  return uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
}

function speak(language: NotesLanguage, words: Readonly<Record<string, string>>): void {
  notes = readNotes(options.notesFile, language, (message) => warn(connection, message));
  translate = createTranslate(words);
}
