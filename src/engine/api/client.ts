// The Engine API as the product uses it (EngineClient), over a transport.
import { setTimeout as wait } from 'node:timers/promises';
import type { Endpoint } from '../../model/engines/endpoint.ts';
import { EngineError } from '../../model/engines/error.ts';
import { Cancelled } from '../../model/errors.ts';
import { createBody } from '../../model/run/create/body.ts';
import { fields, list, text } from '../../model/untyped.ts';
import { imagePath, type Request, segment, type Transport } from '../connection/transport.ts';
import { hangUp } from '../exec/hangUp.ts';
import { createSession } from '../exec/session.ts';
import { putArchive } from '../files/archive.ts';
import type { Confirm } from '../files/helperContainers/consent.ts';
import { createFiles } from '../files/operations.ts';
import type { TarSource } from '../files/tar/write.ts';
import { containerDetails, imageDetails } from '../inventory/records.ts';
import type { EngineClient, RegistryAuth, TerminalProcess } from '../types.ts';
import { createLife } from './life.ts';
import type { Life } from './lifeTypes.ts';
import { createLook } from './look.ts';
import type { Look } from './lookTypes.ts';
import { followProgress } from './progress.ts';
import { stopContainer } from './stop.ts';

/** Milliseconds for the engine to note that a container has ended, once its output has. */
const moment = 1000;

/** `apiVersion` is the version that was agreed with the engine. */
export function createClient(
  endpoint: Endpoint,
  transport: Transport,
  apiVersion: string,
  confirm?: Confirm,
): EngineClient {
  const get = async (path: string) => fields(await transport.json({ method: 'GET', path }));
  const post = (path: string, query: Request['query'] = {}, body?: unknown) =>
    transport.json({ method: 'POST', path, query, body });

  const inspectContainer = async (container: string) =>
    containerDetails(await get(`/containers/${segment(container)}/json`));

  const client: Omit<EngineClient, 'files' | keyof Life | keyof Look> = {
    endpoint,

    info: () => get('/info'),
    async createContainer(options) {
      const { body, name, platform } = createBody(options, { apiVersion });
      const answer = fields(await post('/containers/create', { name, platform }, body));
      return { id: text(answer.Id), warnings: list(answer.Warnings).map(text).filter(Boolean) };
    },
    async startContainer(container) {
      await post(`/containers/${segment(container)}/start`);
    },
    stopContainer: (container, options) => stopContainer(transport, apiVersion, container, options),
    async restartContainer(container, { timeout } = {}) {
      await post(`/containers/${segment(container)}/restart`, { t: timeout });
    },
    async removeContainer(container, { force, volumes } = {}) {
      await transport.json({
        method: 'DELETE',
        path: `/containers/${segment(container)}`,
        query: { force, v: volumes },
      });
    },
    inspectContainer,

    async putFiles(container, files) {
      await putArchive(transport, container, '/', files.map(fileEntry));
    },
    async pathExists(container, path) {
      const archive = `/containers/${segment(container)}/archive`;
      try {
        await transport.headers({ method: 'HEAD', path: archive, query: { path } });
        return true;
      } catch (error) {
        if (!(error instanceof EngineError && error.status === 404)) {
          throw error;
        }
        // The answer has no body to tell a missing file from a missing container.
        await inspectContainer(container);
        return false;
      }
    },
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
        client,
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
          const inspect = () => inspectContainer(container).catch(() => undefined);
          const first = await inspect();
          // The engine may yet have to note the end that the output tells of, or the wait came too late to hear of it.
          const code = await (first ? Promise.race([exit, wait(moment)]) : exit);
          if (typeof code === 'number') {
            return code;
          }
          const details = first?.running ? await inspect() : first;
          // A container that runs goes on without us.
          return details?.running ? undefined : details?.exitCode;
        },
      });
      session.ended.finally(() => waiting.abort());
      return session;
    },

    async logs(container, { follow, tail, since, timestamps }, signal) {
      const path = `/containers/${segment(container)}`;
      const { terminal } = containerDetails(await transport.json({ method: 'GET', path: `${path}/json`, signal }));
      const stream = await transport.stream({
        method: 'GET',
        path: `${path}/logs`,
        query: { follow, tail, since, timestamps, stdout: true, stderr: true },
        signal,
      });
      return createSession({ stream, terminal });
    },

    async inspectImage(image) {
      return imageDetails(await get(`/images/${imagePath(image)}/json`));
    },
    async tagImage(image, ref) {
      const { repository, tag } = splitReference(ref);
      await post(`/images/${imagePath(image)}/tag`, { repo: repository, tag });
    },
    async removeImage(image, { force } = {}) {
      const answer = await transport.json({
        method: 'DELETE',
        path: `/images/${imagePath(image)}`,
        query: { force },
      });
      const lines = list(answer).map(fields);
      return {
        untagged: lines.map((line) => text(line.Untagged)).filter(Boolean),
        deleted: lines.map((line) => text(line.Deleted)).filter(Boolean),
      };
    },
    async pullImage(ref, { auth, platform, signal, onProgress }) {
      const { repository, tag } = splitReference(ref);
      return follow(
        {
          method: 'POST',
          path: '/images/create',
          // Without a tag the engine would pull every tag of the repository.
          query: { fromImage: repository, tag: tag ?? 'latest', platform },
          headers: auth ? { 'X-Registry-Auth': registryAuth(auth) } : {},
          signal,
        },
        onProgress,
      );
    },
    async pushImage(ref, { auth, signal, onProgress }) {
      const { repository, tag } = splitReference(ref);
      return follow(
        {
          method: 'POST',
          path: `/images/${imagePath(repository)}/push`,
          query: { tag: tag ?? 'latest' },
          // The engine refuses a push without this header, also where no login is needed.
          headers: { 'X-Registry-Auth': auth ? registryAuth(auth) : base64url('{}') },
          signal,
        },
        onProgress,
      );
    },
  };
  return {
    ...client,
    ...createLife(transport, apiVersion),
    ...createLook(transport),
    files: createFiles(client, transport, confirm),
  };

  async function follow(request: Request, onProgress: Parameters<typeof followProgress>[1]) {
    try {
      return await followProgress(await transport.stream(request), onProgress, endpoint);
    } catch (error) {
      throw request.signal?.aborted ? new Cancelled() : error;
    }
  }
}

function fileEntry({ path, content, mode }: { path: string; content: string; mode: number }): TarSource {
  const bytes = Buffer.from(content);
  const owner = { mode, uid: 0, gid: 0, modified: Date.now() };
  return { name: path.replace(/^\//, ''), kind: 'file', ...owner, size: bytes.length, content: [bytes] };
}

/** `repository:tag` or `repository@digest`, whose digest the API takes in the place of the tag. */
function splitReference(ref: string): { repository: string; tag?: string } {
  const at = ref.indexOf('@');
  const name = at < 0 ? ref : ref.slice(0, at);
  const colon = name.lastIndexOf(':');
  const hasTag = colon > name.lastIndexOf('/');
  const repository = hasTag ? name.slice(0, colon) : name;
  const tag = at < 0 ? (hasTag ? name.slice(colon + 1) : undefined) : ref.slice(at + 1);
  if (repository === '' || tag === '') {
    throw new EngineError(`invalid reference format: "${ref}"`, { status: 400 });
  }
  return { repository, ...(tag !== undefined && { tag }) };
}

function registryAuth(auth: RegistryAuth): string {
  const { username, password, identityToken, registryToken, serverAddress } = auth;
  return base64url(
    JSON.stringify({
      username,
      password,
      identitytoken: identityToken,
      registrytoken: registryToken,
      serveraddress: serverAddress,
    }),
  );
}

/** With padding, which the engine wants and Node's own base64url leaves out. */
function base64url(words: string): string {
  return Buffer.from(words).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}
