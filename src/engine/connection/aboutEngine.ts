// What an engine says of itself when it is asked for one moment. Loaded when an engine is first asked.
import type { Endpoint, EngineFacts } from '../../model/engines/endpoint.ts';
import { fields, list, number, text } from '../../model/untyped.ts';
import { reach } from './reach.ts';

/** Connects for one moment. `timeout` in milliseconds for each answer. Rejects with an `EngineError`, or with `Cancelled`. */
export async function factsOf(
  endpoint: Endpoint,
  options: { timeout: number; signal?: AbortSignal | undefined },
): Promise<EngineFacts> {
  const reached = await reach(endpoint, options);
  try {
    const about = fields(await reached.transport.json({ method: 'GET', path: '/info', ...options }));
    return {
      name: reached.name,
      version: reached.version,
      apiVersion: reached.apiVersion,
      os: reached.os,
      host: text(about.Name),
      storageDriver: text(about.Driver),
      dataRoot: text(about.DockerRootDir),
      rootless: list(about.SecurityOptions).map(text).includes('name=rootless'),
      containers: number(about.Containers),
      images: number(about.Images),
    };
  } finally {
    reached.dispose();
  }
}
