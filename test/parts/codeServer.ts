// code-server: a real VS Code workbench with a real extension host, shown in a browser. Installed when it is first needed.
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import {
  capture,
  freePort,
  GiveUp,
  type Part,
  programOnPath,
  startInBackground,
  waitFor,
  withLock,
} from './process.ts';
import { howToInstall } from './system.ts';
import { temporaryFolder } from './temporary.ts';

const version = '4.139.1';

export interface CodeServer extends Part {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
  /** The address that shows this folder. */
  address(folder: string): string;
}

export interface CodeServerOptions {
  /** VSIX files to install before it starts. */
  extensions?: readonly string[];
  /** Display language, e.g. `zh-cn`; English when absent. */
  locale?: string;
  /** Folder for settings and extensions that outlive it; without it they go with `stop`. */
  data?: string;
  /** Is used when it is free. */
  port?: number;
  /** Further flags. */
  flags?: readonly string[];
  env?: NodeJS.ProcessEnv;
}

/** Why code-server cannot run here, in one sentence; undefined when it can (it may have to be installed first). */
export function whyNoCodeServer(): string | undefined {
  if (process.platform === 'win32') {
    return 'code-server does not run on Windows: use a desktop VS Code there.';
  }
  return existsSync(entryPoint()) || programOnPath('make') ? undefined : howToInstall('editor');
}

/**
 * Installs code-server into the person's cache folder, once for all checkouts.
 * Its native parts are built on the spot, which takes one to three minutes.
 */
export async function installCodeServer(say: (line: string) => void): Promise<void> {
  if (existsSync(entryPoint())) {
    return;
  }
  await withLock(`${cacheFolder()}.lock`, async () => {
    if (existsSync(entryPoint())) {
      return;
    }
    say(`Installing code-server ${version} into ${cacheFolder()} (617 MB, a few minutes) …`);
    const unfinished = mkdtempSync(`${cacheFolder()}.tmp-`);
    try {
      writeFileSync(join(unfinished, 'package.json'), '{ "private": true }\n');
      const npm = ['install', `code-server@${version}`, '--no-audit', '--no-fund', '--ignore-scripts=false'];
      await capture('npm', npm, { cwd: unfinished, env: nodeFirst(withoutNpm(process.env)) });
      await capture(process.execPath, [entryPoint(unfinished), '--version', '--config', join(unfinished, 'c.yaml')]);
      rmSync(cacheFolder(), { recursive: true, force: true });
      renameSync(unfinished, cacheFolder());
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
  });
}

/** Starts code-server and waits until it answers. */
export async function startCodeServer(options: CodeServerOptions = {}): Promise<CodeServer> {
  await installCodeServer((line) => console.log(line));
  const folder = options.data ?? temporaryFolder('code');
  mkdirSync(folder, { recursive: true });
  const places = [
    ...['--user-data-dir', join(folder, 'user')],
    ...['--extensions-dir', join(folder, 'extensions')],
    ...['--config', join(folder, 'config.yaml')],
  ];
  const removeFolder = () => {
    if (options.data === undefined) {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  };
  try {
    const env = { ...nodeFirst(options.env ?? process.env), CODE_SERVER_PARENT_PID: undefined };
    writeFileSync(join(folder, 'config.yaml'), 'auth: none\n');
    writeUserSettings(join(folder, 'user', 'User'));
    if (options.locale) {
      registerLanguage(options.locale, join(folder, 'user'));
    }
    const install = (options.extensions ?? []).flatMap((file) => ['--install-extension', file]);
    if (install.length > 0) {
      await capture(process.execPath, [entryPoint(), ...places, '--force', ...install], { env });
    }
    const port = await freePort(options.port);
    const url = `http://127.0.0.1:${port}`;
    const server = startInBackground(
      process.execPath,
      [
        entryPoint(),
        ...places,
        ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`],
        ...[
          '--disable-telemetry',
          '--disable-update-check',
          '--disable-workspace-trust',
          '--disable-getting-started-override',
        ],
        ...(options.locale ? ['--locale', options.locale] : []),
        ...(options.flags ?? []),
      ],
      { log: join(folder, 'code-server.log'), env },
    );
    const failed = server.ended.then((code): never => {
      throw new GiveUp(`code-server ended with ${code}:\n${server.tail()}`);
    });
    failed.catch(() => undefined);
    try {
      await waitFor('code-server to answer', async () => (await Promise.race([failed, fetch(`${url}/healthz`)])).ok);
    } catch (error) {
      await server.stop();
      throw error;
    }
    return {
      url,
      port,
      address: (workspace) => `${url}/?folder=${encodeURIComponent(workspace)}`,
      stop: async () => {
        await server.stop();
        removeFolder();
      },
    };
  } catch (error) {
    removeFolder();
    throw error;
  }
}

function cacheFolder(): string {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  mkdirSync(join(cache, 'docknotes'), { recursive: true });
  return join(cache, 'docknotes', `code-server-${version}`);
}

function entryPoint(folder = cacheFolder()): string {
  return join(folder, 'node_modules', 'code-server', 'out', 'node', 'entry.js');
}

/**
 * A nested npm starts from the person's own configuration: what the outer npm has set for its own run, as its user agent with
 * the version of its Node, would be taken for settings. Which file that configuration is in stays said.
 */
export function withoutNpm(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !/^npm_(?!config_userconfig$)/i.test(name));
  return Object.fromEntries(kept);
}

/** Native parts are built for, and loaded by, the Node that runs this script. */
function nodeFirst(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...env, PATH: [dirname(process.execPath), env.PATH ?? ''].join(delimiter) };
}

/** Settings of the window's layout are read before the workspace's own settings are; a person's changes stay. */
function writeUserSettings(folder: string): void {
  const file = join(folder, 'settings.json');
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    const settings = {
      'workbench.startupEditor': 'none',
      'workbench.secondarySideBar.defaultVisibility': 'hidden',
      'chat.disableAIFeatures': true,
      'extensions.ignoreRecommendations': true,
      'remote.autoForwardPorts': false,
      // The flag does not reach the extensions that come with the editor.
      'telemetry.telemetryLevel': 'off',
    };
    writeFileSync(file, `${JSON.stringify(settings, undefined, 2)}\n`);
  }
}

/**
 * Registers a language pack without translations of the workbench. VS Code tells extensions of a display language
 * only when it knows a pack for it, and the real packs cannot be had without a network.
 */
function registerLanguage(locale: string, user: string): void {
  mkdirSync(user, { recursive: true });
  const translations = join(user, `${locale}.i18n.json`);
  writeFileSync(translations, JSON.stringify({ version: '1.0.0', contents: {} }));
  const pack = {
    hash: `docknotes-test-${locale}`,
    label: locale,
    extensions: [{ extensionIdentifier: { id: 'docknotes.test-language-pack' }, version: '1.0.0' }],
    translations: { vscode: translations },
  };
  writeFileSync(join(user, 'languagepacks.json'), JSON.stringify({ [locale]: pack }));
}
