// The language server: keeps the open Dockerfiles parsed and answers the editor from src/dockerfile.
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  createConnection,
  type InitializeParams,
  type InitializeResult,
  ProposedFeatures,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { type Dockerfile, parseDockerfile, update } from '../dockerfile/document.ts';
import { type HoverContext, hoverAt, type ImageFacts } from '../dockerfile/hover.ts';
import { createTranslate } from '../model/l10n.ts';
import {
  imageFacts,
  type LanguageChanged,
  languageChanged,
  type NotesLanguage,
  type ServerOptions,
} from '../model/messages.ts';
import { readNotes } from './notes.ts';
import { sourcesOf } from './sources.ts';

const connection = createConnection(ProposedFeatures.all);
const documents = new Map<string, Dockerfile>();
let folders: string[] = [];
let options: ServerOptions = { notesFile: '', language: 'en', words: {} };
let notes = readNotes('', 'en', () => {});
let translate = createTranslate({});

connection.onInitialize((params: InitializeParams): InitializeResult => {
  options = params.initializationOptions as ServerOptions;
  folders = (params.workspaceFolders ?? []).map(({ uri }) => pathOf(uri)).filter((path) => path !== undefined);
  speak(options.language, options.words);
  return {
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      hoverProvider: true,
    },
    serverInfo: { name: 'docknotes' },
  };
});

connection.onNotification(languageChanged, ({ language, words }: LanguageChanged) => speak(language, words));

connection.onDidOpenTextDocument(({ textDocument }) => {
  documents.set(textDocument.uri, parseDockerfile(textDocument.text));
});

connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
  const document = documents.get(textDocument.uri);
  if (document) {
    documents.set(textDocument.uri, update(document, contentChanges));
  }
});

connection.onDidCloseTextDocument(({ textDocument }) => {
  documents.delete(textDocument.uri);
});

connection.onHover(async ({ textDocument, position }, token) => {
  const document = documents.get(textDocument.uri);
  const hover =
    document &&
    (await hoverAt(document, position, {
      notes,
      t: translate,
      image: async (reference) =>
        (await connection.sendRequest<ImageFacts | null>(imageFacts, { reference })) ?? undefined,
      ...filesFor(textDocument.uri),
      readMore: (key) => `command:docknotes.openNote?${encodeURIComponent(JSON.stringify([key]))}`,
    }));
  return token.isCancellationRequested ? null : (hover ?? null);
});

connection.listen();

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
  notes = readNotes(options.notesFile, language, (message) => connection.console.warn(message));
  translate = createTranslate(words);
}
