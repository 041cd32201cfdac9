// One engine, reached through dockerode: the only file that knows it. Loaded when an engine is first needed.
import http from 'node:http';
import https from 'node:https';
import { type Duplex, Readable } from 'node:stream';
import type { Endpoint } from '../model/engines/endpoint.ts';
import { EngineError } from '../model/engines/error.ts';
import { Cancelled } from '../model/errors.ts';
import { createClient } from './api/client.ts';
import { parseEndpoint } from './connection/address.ts';
import { jsonElements } from './connection/jsonElements.ts';
import { canForward, dialStdio, forwardSocket, type SshLink } from './connection/ssh.ts';
import type { Request, Transport } from './connection/transport.ts';
import { engineFailure } from './connection/unreachable.ts';
import type { Confirm } from './files/helperContainers.ts';
import { list, record, text } from './inventory/records.ts';
import type { EngineClient } from './types.ts';

/** The newest version of the API that this code was written for; an older engine gets its own. */
const newestApi = '1.47';
/** Milliseconds for the first answer. An engine that starts up accepts connections before it answers them. */
const firstAnswer = 5_000;
/** The same over ssh, which has to log in first. */
const firstAnswerOverSsh = 20_000;
/** Bytes of an answer; 10,000 containers with many labels take some 30 MB. */
const largestBody = 256 * 1024 * 1024;

/** An engine that answered. */
export interface Connection {
  readonly client: EngineClient;
  readonly transport: Transport;
  readonly version: string;
  readonly apiVersion: string;
  readonly os: string;
  /** The product: "Docker Engine - Community", "Podman Engine". */
  readonly name: string;
  /** The engine's own time when it was asked first, in whole seconds since 1970. */
  readonly clock: number;
  dispose(): void;
}

/**
 * Reaches the engine and agrees with it on a version of the API.
 * Rejects with an `EngineError` that has a `problem`, or with `Cancelled`.
 */
export async function connect(
  endpoint: Endpoint,
  { timeout = firstAnswer, signal, reached = () => {}, confirm }: Partial<Patience> = {},
): Promise<Connection> {
  const address = parseEndpoint(endpoint);
  if (address.protocol !== 'ssh') {
    return meet(endpoint, address, { timeout, signal, reached, confirm });
  }
  const { host = '', port, username, socket } = address;
  const target = { host, ...(port && { port }), ...(username && { username }), ...(socket && { socket }) };
  const patience = { timeout: Math.max(timeout, firstAnswerOverSsh), signal, reached, confirm };
  if (canForward) {
    const link = await forwardSocket(endpoint, target, patience);
    try {
      return await meetOver(link, endpoint, patience);
    } catch (error) {
      if (!(error instanceof EngineError && error.problem === 'not-running')) {
        throw error;
      }
      // No engine at that socket, or the host forwards none: its docker program may know more, or say why.
    }
  }
  return meetOver(dialStdio(endpoint, target), endpoint, patience);
}

type Address = Omit<ReturnType<typeof parseEndpoint>, 'protocol'> & { protocol: 'http' | 'https' | 'ssh' };
interface Patience {
  timeout: number;
  signal: AbortSignal | undefined;
  /** See `createFiles`. */
  confirm: Confirm | undefined;
  /**
   * Told of the connection's transport once the version of the API is agreed, so that requests need not wait for what the
   * engine says of itself. Told again where another way is tried; what was told is of no use when the promise rejects.
   */
  reached(transport: Transport): void;
}

/** Over an ssh connection, which ends with what it carries. */
async function meetOver(link: SshLink, endpoint: Endpoint, patience: Patience): Promise<Connection> {
  // With a socket path the editor leaves the agent alone, which makes the connections itself where there is no socket.
  const address = { protocol: 'http', socketPath: link.socketPath ?? 'ssh' } as const;
  try {
    const connection = await meet(endpoint, address, patience, link);
    return {
      ...connection,
      dispose() {
        connection.dispose();
        link.dispose();
      },
    };
  } catch (error) {
    const failure = error instanceof EngineError && error.problem === 'not-running' ? await link.explain(error) : error;
    link.dispose();
    throw failure;
  }
}

async function meet(
  endpoint: Endpoint,
  address: Address,
  { timeout, signal, reached, confirm }: Patience,
  link?: SshLink,
): Promise<Connection> {
  const modem = await createModem(endpoint, address, agentFor(address, link));
  const bare = createTransport(modem, endpoint);
  try {
    const { api, clock } = await ping(bare, endpoint, timeout, signal);
    const apiVersion = older(api, newestApi);
    modem.version = `v${apiVersion}`;
    const transport = { ...bare, podman: false };
    reached(transport);
    const about = record(await bare.json({ method: 'GET', path: '/version', timeout, signal }));
    const component = text(record(list(about.Components)[0]).Name);
    transport.podman = /podman/i.test(component);
    return {
      client: createClient(endpoint, transport, apiVersion, confirm),
      transport,
      version: text(about.Version),
      apiVersion,
      os: text(about.Os),
      // Podman names the machine where Docker names its product.
      name:
        (component === '' || component === 'Engine' ? text(record(about.Platform).Name) : component) || 'Docker Engine',
      clock,
      dispose: () => transport.dispose(),
    };
  } catch (error) {
    bare.dispose();
    throw error instanceof Cancelled ? error : notAnEngine(error, endpoint);
  }
}

/** What this file uses of dockerode's modem, which has no types of its own. */
interface Modem {
  version?: string | undefined;
  dial(options: object, callback: (error: unknown, answer?: unknown) => void): void;
  /** Sends what `dial` has put together; called back once or more, of which the first counts. */
  buildRequest(
    options: https.RequestOptions & { headers?: http.OutgoingHttpHeaders },
    context: { hijack?: boolean },
    data: string | Buffer | Readable | undefined,
    callback: (error: unknown, answer?: unknown) => void,
  ): void;
}
type Answer = Duplex | http.IncomingMessage;

async function createModem(endpoint: Endpoint, address: Address, agent: http.Agent): Promise<Modem> {
  const { default: Docker } = await import('dockerode');
  const options = { ...address, agent };
  // The modem would mix DOCKER_HOST and its certificates into what it is given here.
  const { DOCKER_HOST } = process.env;
  delete process.env.DOCKER_HOST;
  let modem: Modem;
  try {
    modem = new Docker(options as ConstructorParameters<typeof Docker>[0]).modem as unknown as Modem;
  } finally {
    if (DOCKER_HOST !== undefined) {
      process.env.DOCKER_HOST = DOCKER_HOST;
    }
  }
  const { protocol } = address;
  // In the place of the modem's own, which follows redirections, and throws where nobody can catch it when they lead to
  // another protocol.
  modem.buildRequest = (options, { hijack }, data, callback) => {
    const { headers = {} } = options;
    if (headers.Upgrade && headers['Transfer-Encoding']) {
      // The end of an empty chunked body would be the first input that Podman gives to the process.
      delete headers['Transfer-Encoding'];
      headers['Content-Length'] = 0;
    }
    let sent: http.ClientRequest;
    try {
      // Trust is set on the request and not on the agent alone, because the editor replaces agents; and always, because
      // NODE_TLS_REJECT_UNAUTHORIZED=0 would set it.
      const { request } = protocol === 'https' ? https : http;
      sent = request({ ...options, rejectUnauthorized: endpoint.tls?.verify ?? true });
    } catch (error) {
      callback(error);
      return;
    }
    sent.on('error', callback);
    sent.once('response', (answer) => callback(null, answer));
    if (hijack) {
      sent.once('upgrade', (_answer, socket: Duplex, head) => {
        if (head.length > 0) {
          socket.unshift(head);
        }
        callback(null, socket);
      });
    }
    if (data instanceof Readable) {
      data.once('error', (error) => sent.destroy(error)).pipe(sent);
    } else {
      sent.end(data);
    }
  };
  return modem;
}

/** Connections are kept between requests. */
function agentFor({ protocol }: Address, link: SshLink | undefined): http.Agent {
  if (protocol === 'https') {
    return new https.Agent({ keepAlive: true });
  }
  const agent = new http.Agent({ keepAlive: true });
  const dial = link?.dial?.bind(link);
  return dial
    ? Object.assign(agent, {
        createConnection: dial,
        // A connection through a process has no options of sockets to set.
        keepSocketAlive: () => true,
        reuseSocket: () => {},
      })
    : agent;
}

/** A transport that does not know yet who answers. */
type BareTransport = Omit<Transport, 'podman'>;

function createTransport(modem: Modem, endpoint: Endpoint): BareTransport {
  const open = new Set<AbortController>();
  let disposed = false;
  const closed = () => new EngineError('The connection was closed.', { problem: 'closed', endpoint });
  const notJson = (cause: unknown) =>
    new EngineError('The answer is not JSON.', { problem: 'not-an-engine', endpoint, cause });

  /** Sends a request and reads its answer with `use`; the request is over when `use` settles. */
  async function send<T>(request: Request, hijack: boolean, use: (answer: Answer) => T | Promise<T>): Promise<T> {
    if (request.signal?.aborted) {
      throw new Cancelled();
    }
    if (disposed) {
      throw closed();
    }
    const abort = new AbortController();
    const cancel = () => abort.abort();
    let timedOut = false;
    const timer =
      request.timeout === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            abort.abort();
          }, request.timeout);
    const release = () => {
      open.delete(abort);
      request.signal?.removeEventListener('abort', cancel);
    };
    open.add(abort);
    request.signal?.addEventListener('abort', cancel);
    try {
      const answer = await dial(modem, request, hijack, abort.signal);
      if (abort.signal.aborted) {
        answer.destroy();
      }
      // Whoever reads hears why.
      const end = () => answer.destroy(disposed ? closed() : new Error('aborted'));
      abort.signal.addEventListener('abort', end, { once: true });
      // Whoever reads the answer hears of its errors too; without a reader they must not end the process.
      answer.on('error', () => {});
      answer.once('close', release);
      const status = 'statusCode' in answer ? (answer.statusCode ?? 0) : 101;
      if (status >= 300 && status < 400 && status !== 304) {
        // Engines do not send anybody elsewhere.
        answer.destroy();
        throw new EngineError(`HTTP ${status}`, { status, problem: 'not-an-engine', endpoint });
      }
      if ((status >= 400 && status !== request.accept) || (hijack && !('write' in answer))) {
        throw new EngineError(errorText(await bodyOf(answer, 65_536)) || `HTTP ${status}`, { status });
      }
      return await use(answer);
    } catch (error) {
      release();
      if (request.signal?.aborted) {
        throw new Cancelled();
      }
      if (timedOut) {
        const seconds = Math.ceil((request.timeout ?? 0) / 1000);
        throw new EngineError(`No answer within ${seconds} s.`, { problem: 'timeout', endpoint });
      }
      throw disposed ? closed() : engineFailure(error, endpoint);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    json: (request) =>
      send(request, false, async (answer) => {
        const body = (await bodyOf(answer, largestBody)).toString();
        // Podman ends some empty answers with a line end, and says OK in others.
        if (/^(?:OK)?\s*$/.test(body)) {
          return undefined;
        }
        try {
          return JSON.parse(body) as unknown;
        } catch (error) {
          throw notJson(error);
        }
      }),
    elements: (request, take) =>
      send(request, false, async (answer) => {
        const elements = jsonElements(take);
        try {
          for await (const chunk of chunksOf(answer, largestBody)) {
            elements.push(chunk);
          }
          elements.end();
        } catch (error) {
          throw error instanceof SyntaxError ? notJson(error) : error;
        }
      }),
    headers: (request) =>
      send(request, false, async (answer) => {
        await bodyOf(answer, largestBody);
        return 'headers' in answer ? answer.headers : {};
      }),
    stream: (request) => send(request, false, (answer): Readable => answer),
    hijack: (request) => send(request, true, (answer) => answer as Duplex),
    dispose() {
      disposed = true;
      for (const request of open) {
        request.abort();
      }
      const { agent } = modem as { agent?: http.Agent };
      agent?.destroy();
    },
  };
}

function dial(modem: Modem, request: Request, hijack: boolean, abortSignal: AbortSignal): Promise<Answer> {
  const { method, path, query = {}, body = {}, archive, headers } = request;
  const present = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
  const options = {
    method,
    path: `${path}?`,
    options: { _query: present, _body: body },
    headers: { ...headers },
    ...(archive && { file: archive }),
    // An empty object that is meant is sent as one.
    allowEmpty: request.body !== undefined,
    hijack,
    abortSignal,
  };
  return new Promise((resolve, reject) => {
    modem.dial(options, (error, answer) => (error ? reject(error) : resolve(answer as Answer)));
  });
}

async function bodyOf(answer: Answer, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of chunksOf(answer, limit)) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function* chunksOf(answer: Answer, limit: number): AsyncGenerator<Buffer> {
  let length = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) {
      answer.destroy();
      throw new EngineError(`The answer is longer than ${limit} bytes.`, { problem: 'other' });
    }
    yield chunk;
  }
}

/** The engine answers `{"message": …}`, older ones and proxies with plain text. */
function errorText(body: Buffer): string {
  const words = body.toString();
  try {
    return text(record(JSON.parse(words)).message) || words;
  } catch {
    return words;
  }
}

async function ping(
  transport: BareTransport,
  endpoint: Endpoint,
  timeout: number,
  signal: AbortSignal | undefined,
): Promise<{ api: string; clock: number }> {
  const headers = await transport.headers({ method: 'GET', path: '/_ping', timeout, signal });
  const api = text(headers['api-version']);
  if (!/^\d+\.\d+$/.test(api)) {
    throw new EngineError('The answer has no Api-Version.', { problem: 'not-an-engine', endpoint });
  }
  const date = Date.parse(headers.date ?? '');
  return { api, clock: Math.floor((Number.isNaN(date) ? Date.now() : date) / 1000) };
}

/** An HTTP failure of the very first requests: whatever listens there is no engine that can be used. */
function notAnEngine(error: unknown, endpoint: Endpoint): EngineError {
  const failure = engineFailure(error, endpoint);
  if (failure.problem !== undefined) {
    return failure;
  }
  const problem = /HTTPS server/i.test(failure.message)
    ? 'tls'
    : failure.status !== undefined && failure.status < 500
      ? 'not-an-engine'
      : 'other';
  return new EngineError(failure.message, { ...(failure.status && { status: failure.status }), problem, endpoint });
}

function older(one: string, other: string): string {
  const [major = 0, minor = 0] = one.split('.').map(Number);
  const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number);
  return major < otherMajor || (major === otherMajor && minor < otherMinor) ? one : other;
}
