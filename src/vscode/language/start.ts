// Starts the language server when the first Dockerfile is opened, and answers what it asks the extension.
import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  State,
  TransportKind,
} from 'vscode-languageclient/node';
import type { App } from '../../app.ts';
import { t } from '../../model/l10n.ts';
import {
  type ImageFactsParams,
  imageFacts,
  imageNews,
  languageChanged,
  type ServerOptions as OurOptions,
} from '../../model/notes/messages.ts';
import type { SharedState } from '../../model/state.ts';
import { showFailure } from '../register.ts';
import { notesLanguage, onSetting } from '../settings.ts';
import { askAboutHovers, hoversWanted } from './coexistence.ts';
import { createImageFacts } from './imageFacts.ts';
import { notesFile, notesWords } from './notes.ts';
import { type RunningServer, serverFailure } from './server.ts';

const schemes = ['file', 'untitled', 'git', 'vscode-vfs'];

/** So many ends of the server within this time, in milliseconds, are mended by starting it; a person decides about more. */
const mostEnds = 4;
const period = 180_000;

/** Starts the server, and again when it ends; the caller disposes of what it gets. Rejects where the first start fails. */
export async function startLanguageClient(
  context: vscode.ExtensionContext,
  app: App,
  state: SharedState,
  output: vscode.LogOutputChannel,
): Promise<RunningServer> {
  const images = createImageFacts(app);
  let client: LanguageClient | undefined;
  let ends: number[] = [];
  let disposed = false;
  let work: Promise<void> = Promise.resolve();

  /** One start or end after the other: a person can ask for a restart while the server is being started. */
  function inTurn(job: () => Promise<void>): Promise<void> {
    const done = work.then(job);
    work = done.catch(() => {});
    return done;
  }

  // Each start has a client of its own: one whose server ends while it starts can leave requests without an answer.
  async function launch(): Promise<void> {
    const starting = await createClient(context, images, output);
    client = starting;
    await starting.start();
    starting.onDidChangeState(({ newState }) => {
      if (newState === State.Stopped && starting === client) {
        void inTurn(revive);
      }
    });
  }

  async function revive(): Promise<void> {
    while (!disposed) {
      const now = Date.now();
      ends = [...ends.filter((at) => now - at < period), now];
      if (ends.length > mostEnds) {
        const message = t(
          'The Dockerfile language server ended {0} times within three minutes, so Dockerfiles are not explained until it is restarted. The log says more.',
          ends.length,
        );
        app.log.error(message);
        void showFailure(serverFailure(message), app.log);
        return;
      }
      try {
        return await launch();
      } catch (error) {
        app.log.error('language server', error);
      }
    }
  }

  async function end(): Promise<void> {
    const ending = client;
    client = undefined;
    // One that never came to run says so, and there is nothing to end.
    await ending?.dispose().catch(() => {});
  }

  const following = onSetting(['notes.language'], async () => {
    const { language, words } = await serverOptions(context);
    await client?.sendNotification(languageChanged, { language, words });
  });
  try {
    await inTurn(launch);
  } catch (error) {
    following.dispose();
    images.dispose();
    throw error;
  }
  void askAboutHovers(state);
  return {
    restart: () =>
      inTurn(async () => {
        await end();
        ends = [];
        await launch();
      }),
    dispose: () => {
      disposed = true;
      following.dispose();
      images.dispose();
      void inTurn(end);
    },
  };
}

async function createClient(
  context: vscode.ExtensionContext,
  images: ReturnType<typeof createImageFacts>,
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
