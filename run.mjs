// Starts any of the project's tools from a bare clone, on plain Node 18 or later: installs the npm packages
// when they are missing or out of date, then runs the wanted script on the Node that the packages bring.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const windows = process.platform === 'win32';

/** What each subcommand runs. */
const commands = {
  start: ['test/parts/start.ts'],
  test: ['test/run.ts'],
  unit: ['test/run.ts', 'unit', 'rules'],
  check: ['test/run.ts', 'types', 'lint'],
  bench: ['test/bench/run.ts'],
  vscode: ['test/vscode/run.ts'],
  build: ['build.mjs'],
  package: ['build.mjs', '--package'],
};

const [name = '', ...rest] = process.argv.slice(2);
const script = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (!script) {
  console.error(`Usage: node run.mjs <${Object.keys(commands).join('|')}> [arguments]`);
  process.exit(2);
}
const installCode = await install();
if (installCode !== 0) {
  console.error('npm could not install the packages. Its own message is above.');
  process.exit(installCode);
}
process.exit(await run(projectNode(), [join(root, script[0]), ...script.slice(1), ...rest], false));

/** Installs the packages of package-lock.json unless node_modules holds exactly these already; gives npm's exit code. */
async function install() {
  if (installed()) {
    return 0;
  }
  return await withLock(join(root, '.parts', 'install.lock'), async () => {
    // Another run may have installed them while this one waited.
    if (installed()) {
      return 0;
    }
    console.log('Installing the npm packages …');
    return await run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], windows);
  });
}

/**
 * Compares content, not times: git gives files the time of the checkout, and npm writes the two lock files
 * one after the other. Packages for other platforms are optional and may be absent.
 */
function installed() {
  const wanted = readLock(join(root, 'package-lock.json'));
  const present = readLock(join(root, 'node_modules', '.package-lock.json'));
  if (!wanted || !present) {
    return false;
  }
  return Object.entries(wanted.packages).every(([path, entry]) => {
    const found = present.packages[path];
    return path === '' || (found ? found.version === entry.version : entry.optional === true);
  });
}

function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** The Node of the project's packages; this process's own when that one is missing and this one is new enough. */
function projectNode() {
  const packaged = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');
  if (existsSync(packaged)) {
    return packaged;
  }
  if (Number.parseInt(process.versions.node, 10) >= 24) {
    return process.execPath;
  }
  console.error(
    'The npm package "node" is installed without its program, probably because npm was told to run no install scripts. ' +
      'Run "npm ci --ignore-scripts=false", or use Node 24 or later.',
  );
  process.exit(1);
}

/**
 * The environment without what the outer npm has set for its own run. A nested npm would take it for settings: the user agent
 * names the Node of the outer one, for which code-server refuses to be installed. Where the files of configuration are stays
 * said, since a nested npm that runs on another Node looks for the machine's own file beside that one.
 */
function withoutNpm(env) {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^npm_(?!config_(?:user|global)config$)/.test(name)),
  );
}

/** Runs a program in the project's folder, hands our signals on to it, and gives its exit code. */
function run(program, args, shell) {
  const path = [
    join(root, 'node_modules', 'node', 'bin'),
    join(root, 'node_modules', '.bin'),
    process.env.PATH ?? process.env.Path ?? '',
  ].join(delimiter);
  const env = withoutNpm(process.env);
  delete env.Path;
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', shell, env: { ...env, PATH: path } });
    const forward = (signal) => child.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, forward);
    }
    const finish = (code) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
        process.off(signal, forward);
      }
      resolve(code);
    };
    child.on('error', (error) => {
      console.error(`${program} could not be started: ${error.message}`);
      finish(127);
    });
    child.on('exit', (code, signal) => finish(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

/** Runs `work` while holding a lock that names its owner, so that a lock whose owner has died is taken over. */
async function withLock(lock, work) {
  mkdirSync(dirname(lock), { recursive: true });
  for (let told = false; !take(lock); ) {
    if (!told) {
      told = true;
      console.log('Waiting for another run that installs the npm packages …');
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') {
      throw error;
    }
  }
  const owner = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
  if (owner > 0 && !alive(owner)) {
    rmSync(lock, { force: true });
  }
  return false;
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
