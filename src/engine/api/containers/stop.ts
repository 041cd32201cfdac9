// Stopping a container: the engine's own stop, and what stands for it where the engine cannot be told a signal.
import { isOlder } from '../../../model/apiVersion.ts';
import { fields } from '../../../model/untyped.ts';
import { segment, type Transport } from '../../connection/transport.ts';

/** Seconds that every engine waits for a container that has no value of its own. */
const defaultTimeout = 10;

/**
 * Before version 1.42 of the API the engine stops with the container's own signal alone, whatever it is told: then the
 * signal is sent apart, its time is waited for, and the engine's stop ends what is still there.
 */
export async function stopContainer(
  transport: Transport,
  apiVersion: string,
  container: string,
  { timeout, signal }: { timeout?: number; signal?: string } = {},
): Promise<void> {
  const path = (step: string) => `/containers/${segment(container)}/${step}`;
  const post = (step: string, query: Record<string, unknown>, abort?: AbortSignal) =>
    transport.json({ method: 'POST', path: path(step), query, signal: abort });
  if (!signal || !isOlder(apiVersion, '1.42')) {
    await post('stop', { t: timeout, signal });
    return;
  }
  const { State, Config } = fields(await transport.json({ method: 'GET', path: path('json') }));
  if (fields(State).Running === true) {
    const own = fields(Config).StopTimeout;
    const seconds = timeout ?? (typeof own === 'number' ? own : defaultTimeout);
    await post('kill', { signal });
    await waitForEnd(seconds);
  }
  // Also what its restart policy has started again meanwhile.
  await post('stop', { t: 0 });

  async function waitForEnd(seconds: number): Promise<void> {
    const over = new AbortController();
    const timer = seconds < 0 ? undefined : setTimeout(() => over.abort(), seconds * 1000);
    try {
      await post('wait', {}, over.signal);
    } catch (error) {
      if (!over.signal.aborted) {
        throw error;
      }
    } finally {
      clearTimeout(timer);
    }
  }
}
