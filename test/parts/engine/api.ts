// The Docker Engine API in its plainest form, independent of the code under test.
import { type IncomingMessage, type RequestOptions, request } from 'node:http';

/** A request to one engine. Rejects on a status of 400 or above with the engine's own message. */
export type DockerApi = (
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<ApiAnswer>;

export interface ApiAnswer {
  status: number;
  text: string;
  /** The body as JSON. */
  json<T>(): T;
  /** The body as one JSON value per line, as pull, push, build and import answer. */
  lines(): Record<string, unknown>[];
}

export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The API of the engine at `unix://…`, `npipe://…` or `tcp://…`; a body is sent as a tar archive when it is bytes, else as JSON. */
export function dockerApi(url: string): DockerApi {
  const target = requestTarget(url);
  return (method, path, body, headers = {}) =>
    new Promise((resolve, reject) => {
      const bytes =
        body === undefined ? undefined : body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body));
      const outgoing = request({
        ...target,
        method,
        path,
        headers: {
          ...(bytes === undefined ? {} : { 'content-length': bytes.length }),
          ...(body === undefined
            ? {}
            : { 'content-type': body instanceof Uint8Array ? 'application/x-tar' : 'application/json' }),
          ...headers,
        },
      });
      outgoing.once('error', reject);
      outgoing.once('response', (incoming) => {
        readAnswer(incoming).then(resolve, reject);
      });
      outgoing.end(bytes);
    });
}

async function readAnswer(incoming: IncomingMessage): Promise<ApiAnswer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) {
    chunks.push(chunk as Buffer);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  const status = incoming.statusCode ?? 0;
  if (status >= 400) {
    throw new ApiError(status, `${status}: ${text.trim()}`);
  }
  const answer: ApiAnswer = {
    status,
    text,
    json: () => JSON.parse(text),
    lines: () =>
      text
        .split('\n')
        .filter((line) => line.trim())
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
  // Streams report a failure in their body, after a status of 200.
  const failure = /^\{"(errorDetail|error)"/m.test(text) ? answer.lines().find((line) => line.error) : undefined;
  if (failure) {
    throw new ApiError(status, String(failure.error));
  }
  return answer;
}

function requestTarget(url: string): RequestOptions {
  const [scheme, place = ''] = url.split('://', 2);
  switch (scheme) {
    case 'unix':
      return { socketPath: place };
    case 'npipe':
      return { socketPath: place.replaceAll('/', '\\') };
    case 'tcp':
    case 'http': {
      const { hostname, port } = new URL(`http://${place}`);
      return { host: hostname, port };
    }
    default:
      throw new Error(`The engine address ${url} is of a kind that the test parts do not use.`);
  }
}

/**
 * Removes what tests have made, one after the other: dockerd 20.10 can lock up for good (libnetwork's `processEndpointDelete`)
 * where many containers lose their networks at the same moment. What is gone already is passed over.
 */
export async function removeAll(api: DockerApi, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await api('DELETE', path).catch(() => undefined);
  }
}
