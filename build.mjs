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
import { build, transform } from 'esbuild';

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
  minify,
};

/** What an editor loads of the extension at once. */
const windowStart = 'src/extension.ts';

/** Parts of the language client for what our server does not offer; what it offers next comes off this list. */
const notOffered = [
  'callHierarchy',
  'colorProvider',
  'declaration',
  'diagnostic',
  'fileOperations',
  'implementation',
  'inlineCompletion',
  'inlineValue',
  'linkedEditingRange',
  'notebook',
  'textDocumentContent',
  'typeDefinition',
  'typeHierarchy',
];

/** What libraries bring and Docknotes does not use, and the little that stands there instead. */
const leftOut = [
  {
    // dockerode: gRPC and protobuf for BuildKit sessions, the packing of build contexts, ssh, which is the system's own
    // program here, and the classes of containers, images and so on, since only its connection is used.
    modules:
      /^(@grpc\/grpc-js|@grpc\/proto-loader|protobufjs|tar-fs|@balena\/dockerignore|ssh2)$|^dockerode\/lib\/(?!docker$|util$)/,
    code: (name) => `
      const fail = () => { throw new Error(${JSON.stringify(`${name} is not part of Docknotes.`)}); };
      module.exports = new Proxy(function () {}, { apply: fail, construct: fail, get: () => function () { fail(); } });`,
  },
  {
    // The connection's messages for the people who write it.
    modules: /^debug$/,
    code: () => 'module.exports = () => () => {};',
  },
  {
    // What such a message would show of a request is put together even where nobody reads it, which takes milliseconds.
    modules: /^util$/,
    importer: /\/docker-modem\/lib\/modem\.js$/,
    code: () => 'exports.inspect = () => "";',
  },
  {
    modules: new RegExp(`^vscode-languageclient/lib/common/(${notOffered.join('|')})$`),
    code: () => `
      class NotOffered {
        fillClientCapabilities() {}
        initialize() {}
        getState() { return { kind: 'static' }; }
        clear() {}
      }
      module.exports = new Proxy({}, { get: () => NotOffered });`,
  },
  {
    // The language client asks for an older editor than the manifest does, so that its check can only pass.
    modules: /^semver\/functions\/parse$/,
    code: () => 'module.exports = (version) => ({ version });',
  },
  {
    modules: /^semver\/functions\/satisfies$/,
    code: () => 'module.exports = () => true;',
  },
];

const leanLibraries = {
  name: 'lean-libraries',
  setup(build) {
    build.onResolve({ filter: /./ }, ({ path, importer }) => {
      // What a library imports from beside itself is named as seen from node_modules.
      const file = path.startsWith('.') ? join(dirname(importer), path).replaceAll('\\', '/') : path;
      const name = file.split('/node_modules/').at(-1) ?? file;
      const without = leftOut.some(
        ({ modules, importer: by }) => modules.test(name) && (by?.test(importer.replaceAll('\\', '/')) ?? true),
      );
      return without ? { path: name, namespace: 'left-out' } : undefined;
    });
    build.onLoad({ filter: /./, namespace: 'left-out' }, ({ path }) => ({
      contents: leftOut.find(({ modules }) => modules.test(path))?.code(path),
    }));
  },
};

/**
 * esbuild makes a file for each set of modules that the same entry points and the same later parts load, and each file costs
 * a start some time. What a later part of the window needs and the start has loaded is therefore to be in the start's own
 * files, however many parts need it: each part is taken as needing all of the start.
 */
const partsOnTopOfTheStart = {
  name: 'parts-on-top-of-the-start',
  async setup(build) {
    const parts = await laterParts();
    build.onLoad({ filter: /\.ts$/ }, async ({ path }) =>
      parts.has(path)
        ? {
            contents: `${await readFile(path, 'utf8')}\nimport ${JSON.stringify(join(root, windowStart))};\n`,
            loader: 'ts',
          }
        : undefined,
    );
  },
};

/** The server and the copier are processes of their own, in which nothing of the window can be loaded. */
function keepApart(outputs) {
  for (const start of ['dist/server.js', 'dist/copier.js']) {
    const reached = new Set([start]);
    for (const file of reached) {
      for (const { path } of outputs[file]?.imports ?? []) {
        reached.add(path);
      }
    }
    if (reached.has('vscode')) {
      throw new Error(
        `${start} would load parts of the window, perhaps by an import() of a file that the window loads so, too.`,
      );
    }
  }
}

/** A file that is loaded while it loads itself has no exports yet (`withOwnExports`). */
function keepStraight(outputs) {
  const done = new Set();
  const enter = (file, under) => {
    if (under.includes(file)) {
      throw new Error(`Files of the bundle load one another: ${[...under, file].join(' -> ')}`);
    }
    if (!done.has(file)) {
      done.add(file);
      for (const { path, kind } of outputs[file]?.imports ?? []) {
        if (kind === 'import-statement') {
          enter(path, [...under, file]);
        }
      }
    }
  };
  for (const file of Object.keys(outputs)) {
    enter(file, []);
  }
}

/** The files of ours that `import()` loads in the window, as esbuild reads them. */
async function laterParts() {
  const { metafile } = await build({
    ...common,
    entryPoints: [windowStart],
    outdir: 'dist',
    format: 'esm',
    splitting: true,
    packages: 'external',
    write: false,
    metafile: true,
  });
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  return new Set(
    imports.filter(({ kind, external }) => kind === 'dynamic-import' && !external).map(({ path }) => join(root, path)),
  );
}

/** Pages in editor tabs: each is one bundle for the browser, dist/webview/<name>.js. */
const webviews = {
  tag: 'registries/tag',
  compareTags: 'registries/comparison',
  run: 'run/page',
  logs: 'logs/page',
  stats: 'containers/stats',
  processes: 'containers/processes',
};
/** Their style sheets, dist/webview/<name>.css, each with those that it imports in it. */
const styles = ['tag', 'run', 'logs', 'stats'];

// Files of an earlier build would be packed too.
await rm(join(root, 'dist'), { recursive: true, force: true });
await mkdir(join(root, 'dist'));
if (flags.has('--tests')) {
  // A suite that is no more must not run.
  await rm(join(root, 'out', 'test-vscode'), { recursive: true, force: true });
}
const [product] = await Promise.all([
  bundleProduct(),
  build({
    ...common,
    entryPoints: [
      ...Object.entries(webviews).map(([out, file]) => ({ out, in: `src/webview/${file}.ts` })),
      ...styles.map((out) => ({ out, in: `media/webview/${out}.css` })),
    ],
    outdir: 'dist/webview',
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    external: [],
  }),
  bundleNotes(['en', 'zh-cn']),
  flags.has('--tests') &&
    build({
      ...common,
      entryPoints: ['test/vscode/index.ts', 'test/vscode/bench.ts', 'test/vscode/suite/*.test.ts'],
      outbase: 'test/vscode',
      outdir: 'out/test-vscode',
      minify: false,
      sourcemap: 'inline',
      external: [...common.external, 'mocha'],
    }),
]).catch((error) => {
  // esbuild has printed what is wrong with the code.
  console.error(error.errors ? 'The build failed.' : error);
  process.exit(1);
});
for (const [file, bytes] of product.files) {
  console.log(`dist/${file}  ${kilobytes(bytes)}`);
}
if (packing) {
  await vsce();
  console.log(`dist/docknotes.vsix  ${kilobytes((await stat(join(root, 'dist', 'docknotes.vsix'))).size)}`);
}

/**
 * The extension, the server and the copier. What several of them load, or `import()` loads later, is in files of its own,
 * so that a window pays only for what it uses. esbuild splits ES modules alone, and an editor loads CommonJS: so each file
 * is turned into CommonJS afterwards.
 */
async function bundleProduct() {
  const { outputFiles, metafile } = await build({
    ...common,
    entryPoints: {
      extension: windowStart,
      server: 'src/server/main.ts',
      copier: 'src/registry/change/copy/child.ts',
    },
    outdir: 'dist',
    format: 'esm',
    splitting: true,
    chunkNames: '[name]-[hash]',
    // ES modules lose what is not used.
    mainFields: ['module', 'main'],
    // A copy of Node's own streams for old versions of Node.
    alias: { 'readable-stream': 'node:stream' },
    plugins: [leanLibraries, partsOnTopOfTheStart],
    sourcemap: minify ? false : 'inline',
    write: false,
    metafile: true,
  });
  keepApart(metafile.outputs);
  keepStraight(metafile.outputs);
  const files = await Promise.all(
    outputFiles.map(async ({ path, text }) => {
      const { code } = await transform(withOwnExports(text), {
        format: 'cjs',
        platform: 'node',
        target: 'node20',
        minify,
        sourcemap: minify ? false : 'inline',
        // `import()` of a file is a `require` of it.
        supported: { 'dynamic-import': false },
      });
      return { name: basename(path), code };
    }),
  );
  await Promise.all(files.map(({ name, code }) => writeFile(join(root, 'dist', name), code)));
  await writeFile(join(root, 'dist', 'licenses.txt'), await licensesOf(Object.keys(metafile.inputs)));
  return { files: files.map(({ name, code }) => [name, Buffer.byteLength(code)]) };
}

/**
 * The file with its exports written as CommonJS. esbuild would put helpers for that into each file, which cost some 400 bytes
 * a file and a little of every start. They are getters, since values may change after the file was loaded.
 */
function withOwnExports(text) {
  const [statement, names] = /\bexport\s*\{([^{}]*)\};\s*(?=$|\/\/# sourceMappingURL)/.exec(text) ?? [];
  if (names === undefined || /^export default\b/m.test(text)) {
    return text;
  }
  const getters = names
    .split(',')
    .map((each) => each.trim().split(/\s+as\s+/))
    .map(([local, name = local]) => `get ${name}(){return ${local}}`);
  return `module.exports={__esModule:true,${getters.join(',')}};${text.replace(statement, '')}`;
}

/** The licences of all that was bundled, as they ask for: each text once, below the packages that it is for. */
async function licensesOf(inputs) {
  const folders = inputs
    .map((input) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(input)?.[0])
    .filter((folder) => folder !== undefined);
  const packages = new Map();
  for (const folder of [...new Set(folders)].sort()) {
    const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    // A few packages only name their licence.
    const text = file ? (await readFile(join(folder, file), 'utf8')).trim() : `Licence: ${license}`;
    packages.set(text, [...(packages.get(text) ?? []), `${name} ${version}`]);
  }
  return [...packages].map(([text, names]) => `${names.join(', ')}\n\n${text}\n`).join('\n---\n\n');
}

/**
 * One compressed file for all notes, which is read at the first hover: a third of the size that they have in the
 * package as they are, and a tenth less than a file for each language, since the examples and the links are the same.
 */
async function bundleNotes(languages) {
  const lines = await Promise.all(
    languages.map(async (language) => `${language} ${JSON.stringify(await notesOf(language))}`),
  );
  await writeFile(join(root, 'dist', 'notes.br'), brotliCompressSync(lines.join('\n')));
}

async function notesOf(language) {
  const folder = join(root, 'media', 'notes', language);
  const files = (await readdir(folder)).filter((file) => file.endsWith('.md')).sort();
  const notes = await Promise.all(
    files.map(async (file) => [basename(file, '.md'), await readFile(join(folder, file), 'utf8')]),
  );
  return Object.fromEntries(notes);
}

/** Packs what .vscodeignore allows; everything the code needs is in the bundles. */
function vsce() {
  const program = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
  // There is no public repository yet, to which the README's links could be turned.
  const args = ['package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args, '-o', join('dist', 'docknotes.vsix')], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
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
