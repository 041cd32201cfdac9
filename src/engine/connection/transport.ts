// How the rest of `engine/` speaks to the engine: requests and answers, whatever carries them.
import type { IncomingHttpHeaders } from 'node:http';
import type { Duplex, Readable } from 'node:stream';
import type { Endpoint } from '../../model/engines/endpoint.ts';
import { EngineError } from '../../model/engines/error.ts';

export interface Request {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  /** Below the version: `/containers/json`. Names in it are escaped with `segment` or `imagePath`. */
  path: string;
  /** Objects are sent as JSON, absent values not at all. */
  query?: Record<string, unknown>;
  body?: unknown;
  /** A tar archive in the place of `body`. */
  archive?: Readable;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
  /** Milliseconds until the answer must be complete (`json`, `elements`) or begin (`stream`). */
  timeout?: number | undefined;
  /** A status of 400 or more that is an answer like any other. */
  accept?: number;
}

/** One endpoint, reached. Every failure is an `EngineError`, or `Cancelled` when the request's own signal was aborted. */
export interface Transport {
  /** Whether it is Podman that answers, whose archive API has ways of its own. */
  readonly podman: boolean;
  /** The answer's body as JSON; undefined when it has none. */
  json(request: Request): Promise<unknown>;
  /** The elements of an answer that is one array, given on in parts as they come; an answer that is none has no elements. */
  elements(request: Request, take: (elements: unknown[]) => void): Promise<void>;
  /** The answer's headers, once its body has been read and dropped. */
  headers(request: Request): Promise<IncomingHttpHeaders>;
  /** The answer's body as it comes; it ends with an error when the signal is aborted or the transport disposed. */
  stream(request: Request): Promise<Readable>;
  /** A connection that both sides write to (exec, attach). */
  hijack(request: Request): Promise<Duplex>;
  /** Ends all requests and closes all connections. */
  dispose(): void;
}

export interface EventListener {
  event(raw: unknown): void;
  /** The beginning of a line that is no JSON. */
  badLine(line: string): void;
}

/** An engine that answered, and what it says of itself. */
export interface Reached {
  readonly endpoint: Endpoint;
  readonly transport: Transport;
  readonly version: string;
  /** The version of the API that both sides speak, as `1.47`. */
  readonly apiVersion: string;
  readonly os: string;
  /** The product: "Docker Engine - Community", "Podman Engine". */
  readonly name: string;
  /** The engine's own time when it was asked first, in whole seconds since 1970. */
  readonly clock: number;
  /**
   * Gives the events of these types to `take`, each as the engine sends it, from the first contact on: what is listed later
   * need not wait for their stream. Never resolves: rejects with an `EngineError` when the stream ends.
   */
  events(types: readonly string[], take: EventListener, signal: AbortSignal): Promise<never>;
  dispose(): void;
}

/** A container's or other object's name or id as one step of a path; throws an `EngineError` for what cannot be one. */
export function segment(name: string): string {
  // These would make another path of it.
  if (name === '' || name === '.' || name === '..' || /[/\\]/.test(name)) {
    throw new EngineError(`invalid reference format: "${name}"`, { status: 400 });
  }
  return encodeURIComponent(name).replace(/%3A/gi, ':');
}

/** An image reference in a path: its slashes stay. */
export function imagePath(reference: string): string {
  return reference
    .split('/')
    .map((step) => segment(step).replace(/%40/g, '@'))
    .join('/');
}
