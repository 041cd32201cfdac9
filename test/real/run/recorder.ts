// Stands between the docker program and an engine: notes the request that creates a container, and lets it through or answers it.
import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { hiddenProgram } from '../../parts/engine/hidden.ts';

export interface Recorded {
  /** The request's query, e.g. `name=web&platform=linux%2Famd64`. */
  query: string;
  body: Record<string, unknown>;
  /** The container, when the engine made it. */
  id?: string;
  /** What the engine answered instead. */
  refusal?: string;
}

export interface Recorder {
  /** Runs a line in `sh`, in which `docker` is the docker program and speaks to the recorder. Throws with the program's words when it sends no request. */
  run(line: string, place: { folder: string; env: NodeJS.ProcessEnv }): Promise<Recorded>;
  close(): Promise<void>;
}

/**
 * Listens in the folder. Says that it speaks `apiVersion` and runs `os`. With `engine` (a unix socket's path), containers are made there;
 * nothing is ever started.
 */
export async function startRecorder(
  folder: string,
  apiVersion: string,
  { engine, os = 'linux' }: { engine?: string; os?: 'linux' | 'windows' } = {},
): Promise<Recorder> {
  const program = hiddenProgram('docker');
  const socket = join(folder, `${os}-${apiVersion}.sock`);
  let recorded: Recorded | undefined;
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch((error: unknown) =>
      outgoing.writeHead(500).end(JSON.stringify({ message: String(error) })),
    );
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await textOf(incoming);
    const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://engine');
    outgoing.setHeader('Api-Version', apiVersion).setHeader('Ostype', os).setHeader('Content-Type', 'application/json');
    if (pathname.endsWith('/_ping')) {
      outgoing.end('OK');
    } else if (pathname.endsWith('/images/create')) {
      outgoing.end('{"status":"pulled"}');
    } else if (pathname.endsWith('/containers/create')) {
      const created: Recorded = { query: searchParams.toString(), body: JSON.parse(body) };
      recorded = created;
      const [status, text] = engine
        ? await forward(engine, incoming, body)
        : [201, JSON.stringify({ Id: '0'.repeat(64) })];
      const { Id, message } = JSON.parse(text) as { Id?: string; message?: string };
      Object.assign(created, engine && Id && { id: Id }, message && { refusal: message });
      outgoing.writeHead(status).end(text);
    } else {
      outgoing.writeHead(404).end('{"message":"nothing is started here"}');
    }
  }

  return {
    async run(line, { folder: cwd, env }) {
      recorded = undefined;
      const script = `docker() { "$DOCKER_PROGRAM" -H "unix://${socket}" "$@"; }\n${line.replace(/^(\s*)(\w+=\S+) docker/, '$1export $2; docker')}`;
      const child = spawn('sh', ['-c', script], {
        cwd,
        env: { ...env, DOCKER_PROGRAM: program },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      const errors = await textOf(child.stderr);
      const result = recorded as Recorded | undefined;
      if (!result) {
        throw new Error(`The docker program sent no request for ${line}: ${errors}`);
      }
      return result;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function forward(socketPath: string, { url, headers }: IncomingMessage, body: string): Promise<[number, string]> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ socketPath, path: url, method: 'POST', headers }, (answer) => {
      textOf(answer).then((text) => resolve([answer.statusCode ?? 500, text]), reject);
    });
    outgoing.on('error', reject).end(body);
  });
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
