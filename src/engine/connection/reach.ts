// Reaches an engine and agrees with it on a version of the API. Loaded when an engine is first needed.
import { isOlder } from '../../model/apiVersion.ts';
import type { Endpoint } from '../../model/engines/endpoint.ts';
import { EngineError } from '../../model/engines/error.ts';
import { Cancelled } from '../../model/errors.ts';
import { fields, list, text } from '../../model/untyped.ts';
import { parseEndpoint } from './address.ts';
import { type Address, createDockerodeModem } from './dockerode.ts';
import { type BareTransport, createTransport } from './exchange.ts';
import { jsonLines } from './jsonLines.ts';
import { canForward, dialStdio, forwardSocket, type SshLink } from './ssh.ts';
import type { EventListener, Reached, Transport } from './transport.ts';
import { engineFailure } from './unreachable.ts';

/** The newest version of the API that this code was written for; an older engine gets its own. */
const newestApi = '1.47';
/** Milliseconds for the first answer. An engine that starts up accepts connections before it answers them. */
const defaultTimeout = 5_000;
/** The same over ssh, which has to log in first. */
const minSshTimeout = 20_000;

export interface ReachOptions {
  /** Milliseconds for the first answer; over ssh at least 20 seconds, whatever is said. */
  timeout?: number | undefined;
  signal?: AbortSignal | undefined;
  /**
   * Told of the connection's transport once the version of the API is agreed, so that requests need not wait for what the
   * engine says of itself. Told again where another way is tried; what was told is of no use when the promise rejects.
   */
  onTransport?: ((transport: Transport) => void) | undefined;
}

/**
 * Reaches the engine and agrees with it on a version of the API.
 * Rejects with an `EngineError` that has a `problem`, or with `Cancelled`.
 */
export async function reach(endpoint: Endpoint, options: ReachOptions = {}): Promise<Reached> {
  const { timeout = defaultTimeout } = options;
  const address = parseEndpoint(endpoint);
  if (address.protocol !== 'ssh') {
    return reachAt(endpoint, address, { ...options, timeout });
  }
  const { host = '', port, username, socket } = address;
  const target = { host, ...(port && { port }), ...(username && { username }), ...(socket && { socket }) };
  const wait = { ...options, timeout: Math.max(timeout, minSshTimeout) };
  if (canForward) {
    const link = await forwardSocket(endpoint, target, { timeout: wait.timeout, signal: wait.signal });
    try {
      return await reachOver(link, endpoint, wait);
    } catch (error) {
      if (!(error instanceof EngineError && error.problem === 'not-running')) {
        throw error;
      }
      // No engine at that socket, or the host forwards none: its docker program may know more, or say why.
    }
  }
  return reachOver(dialStdio(endpoint, target), endpoint, wait);
}

type Wait = ReachOptions & { timeout: number };

/** Over an ssh connection, which ends with what it carries. */
async function reachOver(link: SshLink, endpoint: Endpoint, wait: Wait): Promise<Reached> {
  // With a socket path the editor leaves the agent alone, which makes the connections itself where there is no socket.
  const address = { protocol: 'http', socketPath: link.socketPath ?? 'ssh' } as const;
  try {
    const reached = await reachAt(endpoint, address, wait, link);
    return {
      ...reached,
      dispose() {
        reached.dispose();
        link.dispose();
      },
    };
  } catch (error) {
    const failure = error instanceof EngineError && error.problem === 'not-running' ? await link.explain(error) : error;
    link.dispose();
    throw failure;
  }
}

async function reachAt(endpoint: Endpoint, address: Address, wait: Wait, link?: SshLink): Promise<Reached> {
  const { timeout, signal, onTransport } = wait;
  const modem = await createDockerodeModem(endpoint, address, link);
  const bare = createTransport(modem, endpoint);
  try {
    const { api, clock } = await ping(bare, endpoint, timeout, signal);
    const apiVersion = isOlder(api, newestApi) ? api : newestApi;
    modem.setVersion(apiVersion);
    const transport = { ...bare, podman: false };
    onTransport?.(transport);
    const about = fields(await bare.json({ method: 'GET', path: '/version', timeout, signal }));
    const component = text(fields(list(about.Components)[0]).Name);
    transport.podman = /podman/i.test(component);
    return {
      endpoint,
      transport,
      version: text(about.Version),
      apiVersion,
      os: text(about.Os),
      // Podman names the machine where Docker names its product.
      name:
        (component === '' || component === 'Engine' ? text(fields(about.Platform).Name) : component) || 'Docker Engine',
      clock,
      events: (types, take, signal) =>
        followEvents(transport, endpoint, { since: clock, filters: { type: types } }, take, signal),
      dispose: () => transport.dispose(),
    };
  } catch (error) {
    bare.dispose();
    throw error instanceof Cancelled ? error : notAnEngine(error, endpoint);
  }
}

async function followEvents(
  transport: Transport,
  endpoint: Endpoint,
  query: Record<string, unknown>,
  take: EventListener,
  signal: AbortSignal,
): Promise<never> {
  const lines = jsonLines(take.event, take.badLine);
  try {
    for await (const chunk of await transport.stream({ method: 'GET', path: '/events', query, signal })) {
      lines.push(chunk);
    }
  } catch (error) {
    throw engineFailure(error, endpoint);
  }
  throw new EngineError('The stream of events ended.', { problem: 'not-running' });
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
