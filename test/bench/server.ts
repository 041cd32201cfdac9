// The language server's own process: how long until it answers, and what it holds in memory.
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { capture, root } from '../parts/machine/process.ts';
import { temporaryFolder } from '../parts/machine/temporary.ts';
import { median, type Row } from './row.ts';

const runs = 9;

interface Figures {
  /** Milliseconds from the start of the process to its answer to `initialize`. */
  ready: number;
  /** Milliseconds from there to the first hover, which reads the notes. */
  hover: number;
  /** MiB of resident memory after that. */
  memory: number;
}

export async function benchServer(): Promise<Row[]> {
  await capture(process.execPath, [join(root, 'build.mjs'), '--minify']);
  const compiled = temporaryFolder('compiled');
  const first = await measure(compiled);
  const bare: Pick<Figures, 'ready' | 'memory'>[] = [];
  const figures: Figures[] = [];
  for (let run = 0; run < runs; run++) {
    bare.push(await startEmpty());
    figures.push(await measure(compiled));
  }
  rmSync(compiled, { recursive: true, force: true });
  const middle = (key: keyof Figures) => median(figures.map((figure) => figure[key]));
  const peerName = 'a Node process that does nothing';
  return [
    {
      name: 'server start -> ready',
      value: middle('ready'),
      unit: 'ms',
      goal: 60,
      peer: median(bare.map(({ ready }) => ready)),
      peerName,
    },
    { name: 'server start -> ready, the first time ever', value: first.ready, unit: 'ms' },
    { name: 'server ready -> first hover', value: middle('hover'), unit: 'ms' },
    {
      name: 'server memory',
      value: middle('memory'),
      unit: 'MiB',
      goal: 60,
      peer: median(bare.map(({ memory }) => memory)),
      peerName,
    },
  ];
}

/** As in the product, Node keeps the compiled code in a folder (src/vscode/language/startClient.ts). */
async function measure(compiled: string): Promise<Figures> {
  const start = performance.now();
  const server = fork(join(root, 'dist', 'server.js'), ['--node-ipc'], {
    stdio: 'ignore',
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
  });
  // What it asks of images is answered as an editor without an engine does.
  server.on('message', ({ id, method }: { id?: number; method?: string }) => {
    if (method !== undefined && id !== undefined) {
      server.send({ jsonrpc: '2.0', id, result: null });
    }
  });
  try {
    const capabilities = { workspace: {}, textDocument: {} };
    const initializationOptions = { notesFile: join(root, 'dist', 'notes.br'), language: 'en', words: {} };
    await ask(server, 1, 'initialize', { processId: process.pid, rootUri: null, capabilities, initializationOptions });
    const ready = performance.now() - start;
    const uri = 'untitled:Dockerfile';
    const textDocument = { uri, languageId: 'dockerfile', version: 1, text: 'FROM busybox\n' };
    server.send({ jsonrpc: '2.0', method: 'initialized', params: {} });
    server.send({ jsonrpc: '2.0', method: 'textDocument/didOpen', params: { textDocument } });
    await ask(server, 2, 'textDocument/hover', { textDocument: { uri }, position: { line: 0, character: 1 } });
    const figures = { ready, hover: performance.now() - start - ready, memory: memoryOf(server) };
    const ended = new Promise((resolve) => server.once('exit', resolve));
    await ask(server, 3, 'shutdown', {});
    server.send({ jsonrpc: '2.0', method: 'exit' });
    // The compiled code is written when the process ends by itself.
    await ended;
    return figures;
  } finally {
    server.kill();
  }
}

async function startEmpty(): Promise<Pick<Figures, 'ready' | 'memory'>> {
  const start = performance.now();
  const code = 'process.send("ready"); process.on("message", () => {})';
  const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  try {
    await new Promise((resolve) => child.once('message', resolve));
    return { ready: performance.now() - start, memory: memoryOf(child) };
  } finally {
    child.kill();
  }
}

function ask(server: ChildProcess, id: number, method: string, params: object): Promise<void> {
  return new Promise((resolve, reject) => {
    const listen = (message: { id?: number; error?: { message: string } }) => {
      if (message.id === id) {
        server.off('message', listen);
        message.error ? reject(new Error(message.error.message)) : resolve();
      }
    };
    server.on('message', listen);
    server.once('exit', (code) => reject(new Error(`The server ended with ${code}.`)));
    server.send({ jsonrpc: '2.0', id, method, params });
  });
}

/** Resident memory in MiB, as Linux tells it. */
function memoryOf(child: ChildProcess): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
}
