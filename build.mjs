// Bundles the extension and the language server into dist/, and packs the VSIX.
//
//   node build.mjs             for development: readable, with source maps
//   node build.mjs --minify    as it is shipped
//   node build.mjs --tests     the suites for the extension host too, into out/test-vscode/
//   node build.mjs --package   minified, then dist/docknotes.vsix
import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';

const root = dirname(fileURLToPath(import.meta.url));
const flags = new Set(process.argv.slice(2));
const packing = flags.has('--package');
const minify = packing || flags.has('--minify');

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  logLevel: 'warning',
  external: ['vscode'],
};

/**
 * What dockerode brings and Docknotes does not use: gRPC and protobuf for BuildKit sessions, the packing of build
 * contexts, and ssh, which is the system's own program here. Using one of them fails with its name.
 */
const leftOut = /^(@grpc\/grpc-js|@grpc\/proto-loader|protobufjs|tar-fs|@balena\/dockerignore|ssh2)$/;

const leanDockerode = {
  name: 'lean-dockerode',
  setup(build) {
    build.onResolve({ filter: leftOut }, ({ path }) => ({ path, namespace: 'left-out' }));
    build.onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path }) => ({
      contents: `
        const fail = () => { throw new Error(${JSON.stringify(`${path} is not part of Docknotes.`)}); };
        module.exports = new Proxy(function () {}, { apply: fail, construct: fail, get: () => function () { fail(); } });`,
    }));
  },
};

/** The language client is a file of its own: it is large, and most windows never open a Dockerfile. */
const apart = {
  name: 'apart',
  setup(build) {
    build.onResolve({ filter: /\/vscode\/languageClient\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './languageClient.js', external: true } : undefined,
    );
  },
};

/** Pages in editor tabs: each is one bundle for the browser, dist/webview/<name>.js. */
const webviews = ['tag', 'compareTags', 'run', 'logs', 'stats'];

await mkdir(join(root, 'out'), { recursive: true });
if (flags.has('--tests')) {
  // A suite that is no more must not run.
  await rm(join(root, 'out', 'test-vscode'), { recursive: true, force: true });
}
const [product] = await Promise.all([
  build({
    ...common,
    entryPoints: {
      extension: 'src/extension.ts',
      languageClient: 'src/vscode/languageClient.ts',
      server: 'src/server/main.ts',
      copier: 'src/registry/copyProcess.ts',
    },
    outdir: 'dist',
    minify,
    // ES modules lose what is not used.
    mainFields: ['module', 'main'],
    // A copy of Node's own streams for old versions of Node.
    alias: { 'readable-stream': 'node:stream' },
    sourcemap: minify ? false : 'linked',
    metafile: true,
    plugins: [leanDockerode, apart],
  }),
  build({
    ...common,
    entryPoints: webviews.map((name) => `src/webview/${name}.ts`),
    outdir: 'dist/webview',
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    external: [],
    minify,
  }),
  bundleNotes('en'),
  bundleNotes('zh-cn'),
  flags.has('--tests') &&
    build({
      ...common,
      entryPoints: ['test/vscode/index.ts', 'test/vscode/bench.ts', 'test/vscode/suite/*.test.ts'],
      outbase: 'test/vscode',
      outdir: 'out/test-vscode',
      sourcemap: 'inline',
      external: [...common.external, 'mocha'],
    }),
]).catch(() => {
  // esbuild has printed what is wrong.
  process.exit(1);
});
await writeFile(join(root, 'out', 'meta.json'), JSON.stringify(product.metafile));
for (const [file, output] of Object.entries(product.metafile.outputs)) {
  if (file.endsWith('.js')) {
    console.log(`${file}  ${kilobytes(output.bytes)}`);
  }
}
if (packing) {
  await rm(join(root, 'dist', 'extension.js.map'), { force: true });
  await rm(join(root, 'dist', 'server.js.map'), { force: true });
  await rm(join(root, 'dist', 'copier.js.map'), { force: true });
  await vsce();
  console.log(`dist/docknotes.vsix  ${kilobytes((await stat(join(root, 'dist', 'docknotes.vsix'))).size)}`);
}

/** One compressed file for all notes of a language: a third of the size in the package, one read at the first hover. */
async function bundleNotes(language) {
  const folder = join(root, 'media', 'notes', language);
  const files = (await readdir(folder)).filter((file) => file.endsWith('.md')).sort();
  const notes = await Promise.all(
    files.map(async (file) => [basename(file, '.md'), await readFile(join(folder, file), 'utf8')]),
  );
  await mkdir(join(root, 'dist', 'notes'), { recursive: true });
  const packed = brotliCompressSync(JSON.stringify(Object.fromEntries(notes)));
  await writeFile(join(root, 'dist', 'notes', `${language}.json.br`), packed);
}

/** Packs what .vscodeignore allows; everything the code needs is in the bundles. */
function vsce() {
  const program = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
  const args = ['package', '--no-dependencies', '-o', join('dist', 'docknotes.vsix')];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (output += data));
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`vsce package failed:\n${output}`))));
  });
}

function kilobytes(bytes) {
  return `${(bytes / 1024).toFixed(1)} KB`;
}
