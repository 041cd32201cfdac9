// Starts the language server when the first Dockerfile is opened, and answers what it asks the extension.
import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  TransportKind,
} from 'vscode-languageclient/node';
import type { App } from '../../app/index.ts';
import {
  type ImageFactsParams,
  imageFacts,
  imageNews,
  languageChanged,
  type ServerOptions as OurOptions,
} from '../../model/notes/messages.ts';
import type { SharedState } from '../../model/state.ts';
import { notesLanguage, onSetting } from '../settings.ts';
import { askAboutHovers, hoversWanted } from './coexistence.ts';
import { createImageFacts, type ImageFactsSource } from './imageFacts.ts';
import { notesFile, notesWords } from './notes.ts';
import type { RunningServer } from './running.ts';
import { superviseServer } from './supervise.ts';

const schemes = ['file', 'untitled', 'git', 'vscode-vfs'];

/** Starts the server, and again when it ends; the caller disposes of what it gets. Rejects where the first start fails. */
export async function startLanguageClient(
  context: vscode.ExtensionContext,
  app: Pick<App, 'engine' | 'registries' | 'log'>,
  state: SharedState,
  output: vscode.LogOutputChannel,
): Promise<RunningServer> {
  const images = createImageFacts(app);
  const server = superviseServer(() => createClient(context, images, output), app.log);
  const following = onSetting(['notes.language'], async () => {
    const { language, words } = await serverOptions(context);
    await server.client()?.sendNotification(languageChanged, { language, words });
  });
  const dispose = () => {
    following.dispose();
    images.dispose();
    server.dispose();
  };
  try {
    await server.start();
  } catch (error) {
    dispose();
    throw error;
  }
  void askAboutHovers(state);
  return { restart: server.restart, dispose };
}

async function createClient(
  context: vscode.ExtensionContext,
  images: ImageFactsSource,
  output: vscode.LogOutputChannel,
): Promise<LanguageClient> {
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
    // Hovers may open a note and pull an image, and nothing else; text from files and engines in them is escaped by the server.
    middleware: {
      provideHover: (document, position, token, next) => (hoversWanted() ? next(document, position, token) : undefined),
    },
    markdown: { isTrusted: { enabledCommands: ['docknotes.openNote', 'docknotes.pullImage'] }, supportHtml: false },
    errorHandler: {
      error: (_error, _message, count) => ({ action: (count ?? 0) <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown }),
      closed: () => ({ action: CloseAction.DoNotRestart, handled: true }),
    },
    initializationFailedHandler: () => false,
  };
  const client = new QuietClient('docknotes', 'Docknotes', server, options);
  client.onRequest(imageFacts, async ({ reference }: ImageFactsParams) => (await images.facts(reference)) ?? null);
  client.onRequest(imageNews, async ({ reference }: ImageFactsParams) => (await images.news(reference)) ?? null);
  return client;
}

/** The library's own failures go to the log: what a person is told of them is said above. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

async function serverOptions(context: vscode.ExtensionContext): Promise<OurOptions> {
  const language = notesLanguage();
  return { notesFile: notesFile(context).fsPath, language, words: await notesWords(context, language) };
}
