// The engine that a person has running already.
import { chooseEndpoint } from '../../../src/engine/connection/discover.ts';
import { type DockerApi, dockerApi } from './api.ts';

/** The engine that the docker program would use, if it answers; never one that has to be reached with TLS or ssh. */
export async function existingEngine(): Promise<{ url: string; api: DockerApi } | undefined> {
  try {
    const { url } = chooseEndpoint(undefined);
    const api = dockerApi(url);
    await api('GET', '/_ping');
    return { url, api };
  } catch {
    return undefined;
  }
}
