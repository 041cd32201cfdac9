// The server as a process of its own, over both ways that an editor may start it.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, describe, it } from 'mocha';
import {
  createMessageConnection,
  ErrorCodes,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import type { Hover, InitializeResult } from 'vscode-languageserver-protocol';
import { root } from '../../parts/machine/process.ts';

const main = join(root, 'src', 'server', 'main.ts');
const uri = 'untitled:Dockerfile';

interface Started {
  child: ChildProcess;
  connection: MessageConnection;
  exit: Promise<unknown>;
}

describe('the language server as a process', function () {
  this.timeout(30_000);
  const started: Started[] = [];
  after(() => {
    for (const { child, connection } of started) {
      connection.dispose();
      child.kill();
    }
  });

  function start(way: '--stdio' | '--node-ipc'): Started {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, way], {
      stdio: way === '--stdio' ? ['pipe', 'pipe', 'inherit'] : ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const connection =
      child.stdin && child.stdout
        ? createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin))
        : createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
    connection.listen();
    const server = { child, connection, exit: once(child, 'exit').then(([code]) => code as unknown) };
    started.push(server);
    return server;
  }

  async function initialize({ connection }: Started): Promise<InitializeResult> {
    return await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: {} });
  }

  for (const way of ['--stdio', '--node-ipc'] as const) {
    it(`answers over ${way.slice(2)}, takes changes, and ends when it is told to`, async () => {
      const server = start(way);
      const { connection, exit } = server;
      assert.equal((await initialize(server)).capabilities.hoverProvider, true);
      const text = 'ARG TAG=1\nFROM busybox:$TAG\n';
      void connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'dockerfile', version: 1, text },
      });
      const hover = async () =>
        await connection.sendRequest<Hover | null>('textDocument/hover', {
          textDocument: { uri },
          position: { line: 1, character: 15 },
        });
      const before = await hover();
      assert.deepEqual(before?.range, { start: { line: 1, character: 13 }, end: { line: 1, character: 17 } });
      void connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version: 2 },
        contentChanges: [
          { range: { start: { line: 0, character: 8 }, end: { line: 0, character: 9 } }, text: 'uclibc' },
        ],
      });
      assert.match(JSON.stringify((await hover())?.contents), /uclibc/);
      void connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
      assert.equal(await hover(), null);
      await assert.rejects(
        connection.sendRequest('textDocument/nothingOfOurs', {}),
        (error) => error instanceof ResponseError && error.code === ErrorCodes.MethodNotFound,
      );
      assert.equal(await connection.sendRequest('shutdown'), null);
      void connection.sendNotification('exit');
      assert.equal(await exit, 0);
    });

    it(`ends with an error over ${way.slice(2)} when the editor is gone`, async () => {
      const server = start(way);
      await initialize(server);
      server.child.stdin ? server.child.stdin.end() : server.child.disconnect();
      assert.equal(await server.exit, 1);
    });
  }
});
