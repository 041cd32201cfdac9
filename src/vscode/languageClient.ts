// Starts the language server when the first Dockerfile is opened, and answers what it asks the extension.
import * as vscode from 'vscode';
import {
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  TransportKind,
} from 'vscode-languageclient/node';
import type { App } from '../app.ts';
import {
  type ImageFactsParams,
  imageFacts,
  languageChanged,
  type ServerOptions as OurOptions,
} from '../model/messages.ts';
import type { SharedState } from '../model/state.ts';
import { askAboutHovers, hoversWanted } from './coexistence.ts';
import { factsOf } from './imageFacts.ts';
import { notesFile } from './notes.ts';
import { notesLanguage, onSetting } from './settings.ts';

const schemes = ['file', 'untitled', 'git', 'vscode-vfs'];

/** Starts the server; the caller disposes of what it gets. */
export async function startLanguageClient(
  context: vscode.ExtensionContext,
  app: App,
  state: SharedState,
  output: vscode.LogOutputChannel,
): Promise<vscode.Disposable> {
  const module = vscode.Uri.joinPath(context.extensionUri, 'dist', 'server.js').fsPath;
  // Node keeps the compiled code there, which halves the time of every start but the first.
  const env = { ...process.env, NODE_COMPILE_CACHE: vscode.Uri.joinPath(context.globalStorageUri, 'compiled').fsPath };
  const server: ServerOptions = {
    run: { module, transport: TransportKind.ipc, options: { env } },
    debug: { module, transport: TransportKind.ipc, options: { env, execArgv: ['--nolazy', '--inspect=6009'] } },
  };
  const options: LanguageClientOptions = {
    documentSelector: schemes.map((scheme) => ({ scheme, language: 'dockerfile' })),
    outputChannel: output,
    initializationOptions: await serverOptions(context),
    // Hovers may link to a note and to nothing else; text from files and engines in them is escaped by the server.
    middleware: {
      provideHover: (document, position, token, next) => (hoversWanted() ? next(document, position, token) : undefined),
    },
    markdown: { isTrusted: { enabledCommands: ['docknotes.openNote'] }, supportHtml: false },
  };
  const client = new LanguageClient('docknotes', 'Docknotes', server, options);
  const answering = client.onRequest(
    imageFacts,
    async ({ reference }: ImageFactsParams) => (await factsOf(app, reference)) ?? null,
  );
  const following = onSetting(['notes.language'], async () => {
    const { language, words } = await serverOptions(context);
    await client.sendNotification(languageChanged, { language, words });
  });
  await client.start();
  void askAboutHovers(state);
  return vscode.Disposable.from(answering, following, { dispose: () => void client.dispose() });
}

async function serverOptions(context: vscode.ExtensionContext): Promise<OurOptions> {
  const language = notesLanguage();
  return { notesFile: notesFile(context).fsPath, language, words: await wordsIn(context, language) };
}

/** The notes may be in another language than the editor, so their words are read from our own bundle. */
async function wordsIn(context: vscode.ExtensionContext, language: string): Promise<Record<string, string>> {
  if (language === 'en') {
    return {};
  }
  const file = vscode.Uri.joinPath(context.extensionUri, 'l10n', `bundle.l10n.${language}.json`);
  const bundle: unknown = JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
  return bundle as Record<string, string>;
}
