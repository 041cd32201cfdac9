// The language server: keeps the open Dockerfiles parsed and answers the editor from src/dockerfile.
import {
  createConnection,
  type InitializeParams,
  type InitializeResult,
  ProposedFeatures,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { type Dockerfile, parseDockerfile, update } from '../dockerfile/document.ts';
import { hoverAt, type ImageFacts } from '../dockerfile/hover.ts';
import { createTranslate } from '../model/l10n.ts';
import {
  imageFacts,
  type LanguageChanged,
  languageChanged,
  type NotesLanguage,
  type ServerOptions,
} from '../model/messages.ts';
import { readNotes } from './notes.ts';

const connection = createConnection(ProposedFeatures.all);
const documents = new Map<string, Dockerfile>();
let options: ServerOptions = { notesFolder: '', language: 'en', words: {} };
let notes = readNotes('', 'en', () => {});
let translate = createTranslate({});

connection.onInitialize((params: InitializeParams): InitializeResult => {
  options = params.initializationOptions as ServerOptions;
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
      readMore: (key) => `command:docknotes.openNote?${encodeURIComponent(JSON.stringify([key]))}`,
    }));
  return token.isCancellationRequested ? null : (hover ?? null);
});

connection.listen();

function speak(language: NotesLanguage, words: Readonly<Record<string, string>>): void {
  notes = readNotes(options.notesFolder, language, (message) => connection.console.warn(message));
  translate = createTranslate(words);
}
