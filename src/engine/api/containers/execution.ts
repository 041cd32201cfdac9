// Processes in containers over the Engine API: started there, or joined.
import { setTimeout as wait } from 'node:timers/promises';
import { EngineError } from '../../../model/engines/error.ts';
import { fields, text } from '../../../model/untyped.ts';
import { segment, type Transport } from '../../connection/transport.ts';
import { hangUp } from '../../exec/hangUp.ts';
import { createSession } from '../../exec/session.ts';
import type { TerminalProcess } from '../../exec/types.ts';
import { putArchive } from '../../files/archive.ts';
import type { TarSource } from '../../files/tar/writer.ts';
import { createRequests } from '../jsonRequests.ts';
import type { Execution, Insight } from './types.ts';

/** Milliseconds for the engine to note that a container has ended, once its output has. */
const moment = 1000;

export function createExecution(transport: Transport, { inspect, pathExists }: Insight): Execution {
  const { get: ask, post } = createRequests(transport);
  const get = async (path: string) => fields(await ask(path));

  const execution: Execution = {
    async exec(container, { command, terminal = false, input = false, user, workdir, env }) {
      const created = fields(
        await post(
          `/containers/${segment(container)}/exec`,
          {},
          {
            Cmd: command,
            Tty: terminal,
            AttachStdin: input,
            AttachStdout: true,
            AttachStderr: true,
            ...(user && { User: user }),
            ...(workdir && { WorkingDir: workdir }),
            ...(env && { Env: env }),
          },
        ),
      );
      const id = text(created.Id);
      const path = `/exec/${segment(id)}`;
      const stream = await transport.hijack({
        method: 'POST',
        path: `${path}/start`,
        body: { Detach: false, Tty: terminal },
      });
      return createSession({
        stream,
        terminal,
        exec: id,
        async resize(columns, rows) {
          await post(`${path}/resize`, { w: columns, h: rows });
        },
        async exitCode() {
          // The output may end a moment before the engine has noted the process's end.
          for (let pause = 5; pause < 1000; pause *= 2) {
            const state = await get(`${path}/json`);
            if (state.Running === false && typeof state.ExitCode === 'number') {
              return state.ExitCode;
            }
            await wait(pause);
          }
          return undefined;
        },
      });
    },

    async hangUp(processes) {
      const isRunning = ({ exec }: TerminalProcess) =>
        get(`/exec/${segment(exec)}/json`).then(
          ({ Running }) => Running === true,
          (error: unknown) => {
            if (error instanceof EngineError && error.status === 404) {
              return false;
            }
            throw error;
          },
        );
      const running = await Promise.all(processes.map(isRunning));
      const ended = processes.filter((_, index) => !running[index]).map(({ marker }) => marker);
      const told = await hangUp(
        { pathExists, exec: execution.exec },
        processes.filter((_, index) => running[index]),
      );
      return new Set([...ended, ...told]);
    },

    async attach(container, { terminal, input }) {
      const path = `/containers/${segment(container)}`;
      const stream = await transport.hijack({
        method: 'POST',
        path: `${path}/attach`,
        query: { stream: true, stdin: input, stdout: true, stderr: true },
      });
      // Asked for before the end, because a container that removes itself cannot be asked afterwards.
      const waiting = new AbortController();
      const exit = transport
        .json({
          method: 'POST',
          path: `${path}/wait`,
          query: { condition: 'next-exit' },
          signal: waiting.signal,
        })
        .then((answer) => fields(answer).StatusCode)
        .catch(() => undefined);
      const session = createSession({
        stream,
        terminal,
        async resize(columns, rows) {
          await post(`${path}/resize`, { w: columns, h: rows });
        },
        async exitCode() {
          const look = () => inspect(container).catch(() => undefined);
          const first = await look();
          // The engine may yet have to note the end that the output tells of, or the wait came too late to hear of it.
          const code = await (first ? Promise.race([exit, wait(moment)]) : exit);
          if (typeof code === 'number') {
            return code;
          }
          const details = first?.running ? await look() : first;
          // A container that runs goes on without us.
          return details?.running ? undefined : details?.exitCode;
        },
      });
      session.ended.finally(() => waiting.abort());
      return session;
    },

    async putFiles(container, files) {
      await putArchive(transport, container, '/', files.map(fileEntry));
    },
  };
  return execution;
}

function fileEntry({ path, content, mode }: { path: string; content: string; mode: number }): TarSource {
  const bytes = Buffer.from(content);
  const owner = { mode, uid: 0, gid: 0, modified: Date.now() };
  return { name: path.replace(/^\//, ''), kind: 'file', ...owner, size: bytes.length, content: [bytes] };
}
