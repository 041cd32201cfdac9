// Requests to one endpoint through dockerode's modem: the only file that knows dockerode. Loaded when an engine is first needed.
import http from 'node:http';
import https from 'node:https';
import { type Duplex, Readable } from 'node:stream';
import type { Endpoint } from '../../model/engines/endpoint.ts';
import type { parseEndpoint } from './address.ts';
import type { SshLink } from './ssh.ts';
import type { Request } from './transport.ts';

/** How the modem reaches an endpoint; over ssh that is the near end of a link. */
export type Address = Omit<ReturnType<typeof parseEndpoint>, 'protocol'> & { protocol: 'http' | 'https' | 'ssh' };

/** The head of an answer with its body still to come, or the connection that the engine has handed over. */
export type Answer = Duplex | http.IncomingMessage;

export interface Modem {
  /** Puts the version of the API, as `1.47`, before the paths of all requests from now on. */
  setVersion(apiVersion: string): void;
  /** Sends a request; rejects with the system's own error. `hijack` asks for the connection itself as the answer. */
  dial(request: Request, hijack: boolean, signal: AbortSignal): Promise<Answer>;
  /** Closes the connections that wait for their next request. */
  dispose(): void;
}

/**
 * Gives the way to send requests to an endpoint. Nothing is connected before the first of them. Over ssh, connections are
 * made by the link. Throws what dockerode says of an address that it cannot use.
 */
export async function createDockerodeModem(endpoint: Endpoint, address: Address, link?: SshLink): Promise<Modem> {
  const agent = agentFor(address, link);
  const modem = await createModem(endpoint, address, agent);
  return {
    setVersion(apiVersion) {
      modem.version = `v${apiVersion}`;
    },
    dial: (request, hijack, signal) => dial(modem, request, hijack, signal),
    dispose: () => agent.destroy(),
  };
}

/** What this file uses of dockerode's modem, which has no types of its own. */
interface DockerodeModem {
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

async function createModem(endpoint: Endpoint, address: Address, agent: http.Agent): Promise<DockerodeModem> {
  const { default: Docker } = await import('dockerode');
  const options = { ...address, agent };
  // The modem would mix DOCKER_HOST and its certificates into what it is given here.
  const { DOCKER_HOST } = process.env;
  delete process.env.DOCKER_HOST;
  let modem: DockerodeModem;
  try {
    modem = new Docker(options as ConstructorParameters<typeof Docker>[0]).modem as unknown as DockerodeModem;
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

function dial(modem: DockerodeModem, request: Request, hijack: boolean, abortSignal: AbortSignal): Promise<Answer> {
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
