// code-server: a real VS Code workbench with a real extension host, shown in a browser. Installed when it is first needed.

import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { howToInstall } from '../machine/packages.ts';
import { capture, freePort, type Part, programOnPath, startInBackground, withLock } from '../machine/process.ts';
import { temporaryFolder } from '../machine/temporary.ts';
import { GiveUp, until } from '../until.ts';

/**
 * The editors that Docknotes is tried in. `oldest` is the first VS Code that the manifest admits (`engines.vscode`), whose native
 * parts want the Node of its time; `newest` runs on the Node of this project.
 */
export const editions: Record<Edition, { version: string; node?: string; ripgrep?: string }> = {
  newest: { version: '4.139.1' },
  oldest: { version: '4.100.3', node: '20.19.5', ripgrep: 'vscode-ripgrep-cache-1.15.11/ripgrep-v13.0.0-10' },
};

export type Edition = 'newest' | 'oldest';

export interface CodeServer extends Part {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
  /** The address that shows this folder. */
  address(folder: string): string;
}

export interface CodeServerOptions {
  /** `newest` when absent. */
  edition?: Edition;
  /** VSIX files to install before it starts. */
  extensions?: readonly string[];
  /** Display language, e.g. `zh-cn`; English when absent. */
  locale?: string;
  /** Folder for settings and extensions that outlive it; without it they go with `stop`. */
  data?: string;
  /** Is used when it is free. */
  port?: number;
  /** Lets extension tests drive the workbench. */
  smokeTestDriver?: boolean;
  env?: NodeJS.ProcessEnv;
}

/** Why code-server cannot run here, in one sentence; undefined when it can (it may have to be installed first). */
export function whyNoCodeServer(edition: Edition = 'newest'): string | undefined {
  if (process.platform === 'win32') {
    return 'code-server does not run on Windows: use a desktop VS Code there.';
  }
  return existsSync(entryPoint(cacheFolder(edition))) || programOnPath('make') ? undefined : howToInstall('editor');
}

/**
 * Installs code-server into the person's cache folder, once for all checkouts.
 * Its native parts are built on the spot, which takes one to three minutes.
 */
export async function installCodeServer(say: (line: string) => void, edition: Edition = 'newest'): Promise<void> {
  const folder = cacheFolder(edition);
  if (existsSync(entryPoint(folder))) {
    return;
  }
  await withLock(`${folder}.lock`, async () => {
    if (existsSync(entryPoint(folder))) {
      return;
    }
    const { version, node, ripgrep } = editions[edition];
    say(`Installing code-server ${version} into ${folder} (600 MB, a few minutes) …`);
    const unfinished = mkdtempSync(`${folder}.tmp-`);
    // Its own Node comes first, because its native parts are built for the Node that npm runs on. Older editors ask root for
    // `unsafe-perm` by name, which npm has long meant by itself, and take node-gyp from npx, which may otherwise want to ask.
    const install = (name: string) =>
      capture('npm', ['install', name, '--no-audit', '--no-fund', '--ignore-scripts=false'], {
        cwd: unfinished,
        env: { ...nodeFirst(nodeOf(unfinished), process.env), ...settings, TMPDIR: unfinished },
      });
    const settings = { npm_config_unsafe_perm: 'true', npm_config_yes: 'true' };
    try {
      writeFileSync(join(unfinished, 'package.json'), '{ "private": true }\n');
      if (node) {
        await install(`node@${node}`);
      }
      if (ripgrep) {
        await install('@vscode/ripgrep-universal');
        await offerRipgrep(unfinished, ripgrep);
      }
      await install(`code-server@${version}`);
      const program = [entryPoint(unfinished), '--version', '--config', join(unfinished, 'c.yaml')];
      await capture(nodeOf(unfinished), program);
      rmSync(folder, { recursive: true, force: true });
      renameSync(unfinished, folder);
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
  });
}

/** Starts code-server and waits until it answers. */
export async function startCodeServer(options: CodeServerOptions = {}): Promise<CodeServer> {
  const edition = options.edition ?? 'newest';
  await installCodeServer((line) => console.log(line), edition);
  const installed = cacheFolder(edition);
  const node = nodeOf(installed);
  const folder = options.data ?? temporaryFolder('code');
  mkdirSync(folder, { recursive: true });
  const places = [...['--user-data-dir', join(folder, 'user')], ...['--extensions-dir', join(folder, 'extensions')]];
  const removeFolder = () => {
    if (options.data === undefined) {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  };
  try {
    const env = { ...nodeFirst(node, options.env ?? process.env), CODE_SERVER_PARENT_PID: undefined };
    writeFileSync(join(folder, 'config.yaml'), 'auth: none\n');
    writeUserSettings(join(folder, 'user', 'User'));
    if (options.locale) {
      registerLanguage(options.locale, join(folder, 'user'));
    }
    const install = (options.extensions ?? []).flatMap((file) => ['--install-extension', file]);
    if (install.length > 0) {
      const config = ['--config', join(folder, 'config.yaml')];
      await capture(node, [entryPoint(installed), ...config, ...places, '--force', ...install], { env });
    }
    const port = await freePort(options.port);
    const url = `http://127.0.0.1:${port}`;
    const server = startInBackground(
      node,
      [
        ...(edition === 'oldest'
          ? vscodeServer(installed, port, options)
          : codeServer(installed, folder, port, options)),
        ...places,
        ...['--disable-telemetry', '--disable-workspace-trust', '--disable-getting-started-override'],
      ],
      { log: join(folder, 'code-server.log'), env },
    );
    const failed = server.ended.then((code): never => {
      throw new GiveUp(`code-server ended with ${code}:\n${server.tail()}`);
    });
    failed.catch(() => undefined);
    try {
      await until('code-server to answer', async () => (await Promise.race([failed, fetch(url)])).ok);
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

function codeServer(installed: string, folder: string, port: number, options: CodeServerOptions): string[] {
  return [
    entryPoint(installed),
    ...['--config', join(folder, 'config.yaml')],
    ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--disable-update-check'],
    ...(options.locale ? ['--locale', options.locale] : []),
    ...(options.smokeTestDriver ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
  ];
}

/** VS Code's own server without code-server around it, since older ones hand on no flags for the tests' driver. */
function vscodeServer(installed: string, port: number, options: CodeServerOptions): string[] {
  return [
    join(installed, 'node_modules', 'code-server', 'lib', 'vscode', 'out', 'server-main.js'),
    ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token', '--accept-server-license-terms'],
    ...(options.smokeTestDriver ? ['--enable-smoke-test-driver'] : []),
  ];
}

function cacheFolder(edition: Edition): string {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  mkdirSync(join(cache, 'docknotes'), { recursive: true });
  return join(cache, 'docknotes', `code-server-${editions[edition].version}`);
}

function entryPoint(folder: string): string {
  return join(folder, 'node_modules', 'code-server', 'out', 'node', 'entry.js');
}

/** The Node that runs the code-server in this folder: the one that was installed beside it, else the one of this process. */
function nodeOf(folder: string): string {
  const own = join(folder, 'node_modules', 'node', 'bin', 'node');
  return existsSync(own) ? own : process.execPath;
}

/**
 * Older editors download ripgrep from GitHub while they are installed, and take it from a folder of their own in TMPDIR where it
 * is there. So the one of a package of the registry is put there, and the installation needs nothing but the registry.
 */
async function offerRipgrep(folder: string, name: string): Promise<void> {
  const machine = { x64: 'x86_64', arm64: 'aarch64' }[process.arch as string];
  const system = { linux: 'unknown-linux-musl', darwin: 'apple-darwin' }[process.platform as string];
  const universal = join(folder, 'node_modules', '@vscode', 'ripgrep-universal', 'bin');
  const program = join(universal, `${process.platform}-${process.arch}`);
  if (machine && system && existsSync(join(program, 'rg'))) {
    const archive = join(folder, `${name}-${machine}-${system}.tar.gz`);
    mkdirSync(dirname(archive), { recursive: true });
    await capture('tar', ['-czf', archive, '-C', program, 'rg']);
  }
}

/** Native parts are built for, and loaded by, the Node that is found first. */
function nodeFirst(node: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...env, PATH: [dirname(node), env.PATH ?? ''].join(delimiter) };
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
