// What the tests of getting inside of containers share: as much of the product as its commands use, and a slow socket.

import { rmSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { App } from '../../src/app/index.ts';
import type { TerminalOptions } from '../../src/app/terminals.ts';
import type { Ui } from '../../src/app/ui.ts';
import type { Runs, Shells } from '../../src/app/workspace.ts';
import type { Engine, Session } from '../../src/engine/types.ts';
import type { Catalog } from '../../src/registry/known/catalog.ts';
import type { Registries } from '../../src/registry/known/registries.ts';
import { double } from '../parts/double.ts';
import { temporaryFolder } from '../parts/machine/temporary.ts';
import { until } from '../parts/until.ts';

/** A terminal that a command has opened, without an editor around it. */
export interface OpenedTerminal {
  readonly options: TerminalOptions;
  readonly session: Session;
  /** What the process wrote so far. */
  text(): string;
  /** What is said at the end. */
  readonly said: Promise<string>;
}

export interface Window {
  readonly engine: Engine;
  readonly app: Pick<App, 'engine' | 'registries' | 'catalog' | 'runs' | 'shells' | 'ui' | 'log'>;
  /** The terminal that was opened last, once its process runs. */
  terminal(): Promise<OpenedTerminal>;
}

/** One window of the editor, as far as these commands use it. */
export function windowOn(engine: Engine): Window {
  const terminals: Promise<OpenedTerminal>[] = [];
  const ui = double<Ui>({
    say: () => {},
    copy: async () => {},
    progress: (_title, run) => run(() => {}, new AbortController().signal),
    terminal: (options) => void terminals.push(show(options)),
  });
  const registries = double<Registries>({
    login: async () => undefined,
    touch: () => {},
    authFor: async () => undefined,
  });
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  return {
    engine,
    app: {
      ...{ engine, ui, registries, log },
      catalog: double<Catalog>({}),
      runs: double<Runs>({}),
      shells: double<Shells>({}),
    },
    async terminal() {
      const last = await until('a terminal', () => terminals.at(-1));
      return last;
    },
  };
}

async function show(options: TerminalOptions): Promise<OpenedTerminal> {
  const session = await options.open({ columns: 80, rows: 24 }, new AbortController().signal);
  const decoder = new TextDecoder();
  let text = '';
  session.onOutput((data) => {
    text += decoder.decode(data, { stream: true });
  });
  const said = session.ended.then(async (code) => (await options.ended?.(code)) ?? '');
  return { options, session, text: () => text, said };
}

export interface SlowSocket {
  /** `unix://…`, or `127.0.0.1:PORT` in front of a port. */
  readonly address: string;
  /** Connections that have had their share and stand still. */
  standing(): number;
  /** From now on everything goes through at once. */
  release(): void;
  stop(): Promise<void>;
}

/** Stands before an engine's socket or a port, and lets each connection have `share` bytes in each direction until it is released. */
export async function slowly(target: string, share: number): Promise<SlowSocket> {
  const [host = '', port = ''] = target.split(':');
  const unix = target.startsWith('unix://') ? target.slice('unix://'.length) : undefined;
  const folder = unix === undefined ? undefined : temporaryFolder('slow');
  const sockets = new Set<net.Socket>();
  const waiting = new Set<() => void>();
  let released = false;

  function pass(from: net.Socket, to: net.Socket): void {
    let left = share;
    from.on('data', (data) => {
      left -= data.length;
      to.write(data);
      if (released) {
        return;
      }
      if (left <= 0) {
        from.pause();
        const resume = () => {
          waiting.delete(resume);
          from.resume();
        };
        waiting.add(resume);
        from.once('close', () => waiting.delete(resume));
      }
    });
    from.on('end', () => to.end());
  }
  const server = net.createServer({ allowHalfOpen: true }, (client) => {
    const options = unix === undefined ? { host, port: Number(port) } : { path: unix };
    const engine = net.connect({ ...options, allowHalfOpen: true });
    for (const socket of [client, engine]) {
      sockets.add(socket);
      const end = () => {
        sockets.delete(socket);
        client.destroy();
        engine.destroy();
      };
      socket.on('error', end).on('close', end);
    }
    pass(client, engine);
    pass(engine, client);
  });
  const place = folder === undefined ? undefined : join(folder, 'docker.sock');
  await new Promise<void>((resolve) =>
    place ? server.listen(place, resolve) : server.listen(0, '127.0.0.1', resolve),
  );
  return {
    address: place ? `unix://${place}` : `127.0.0.1:${(server.address() as AddressInfo).port}`,
    standing: () => waiting.size,
    release() {
      released = true;
      for (const resume of [...waiting]) {
        resume();
      }
    },
    async stop() {
      for (const socket of sockets) {
        socket.destroy();
      }
      await new Promise((resolve) => server.close(resolve));
      if (folder !== undefined) {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}
