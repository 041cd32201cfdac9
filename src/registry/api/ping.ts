// Asks an address, without credentials, whether a registry stands there.
import { parseChallenges } from '../auth/challenge.ts';
import type { Answer } from '../http/message.ts';
import { notARegistry, statusProblem } from '../http/problems.ts';
import { errorCodesOf } from '../http/serverText.ts';
import type { Transport } from '../http/transport.ts';
import type { Ping } from '../types.ts';

/** 200 and 401 make a registry, whatever the body; a web page or an unknown path does not. */
export async function pingRegistry(host: string, transport: Transport, url: URL, signal: AbortSignal): Promise<Ping> {
  const answer = await transport.send({ method: 'GET', url, signal, maxBytes: 1024 * 1024 });
  if (answer.status === 200) {
    if (isPage(answer)) {
      throw notARegistry(host, answer.status, answer.body);
    }
    return { state: 'open' };
  }
  const asked = parseChallenges(answer.headers['www-authenticate']).map(({ scheme }) => scheme);
  const kinds = (['basic', 'bearer'] as const).filter((kind) => asked.includes(kind));
  if (answer.status === 401 && (kinds.length > 0 || saysRegistry(answer) || errorCodesOf(answer.body).length > 0)) {
    return { state: 'login', kinds };
  }
  if (answer.status === 401 || answer.status === 404 || answer.status < 400) {
    throw notARegistry(host, answer.status, answer.body);
  }
  throw statusProblem(host, answer.status, answer.body);
}

/** The header is optional, so it can only speak for a registry, never against one. */
function saysRegistry({ headers }: Answer): boolean {
  return String(headers['docker-distribution-api-version'] ?? '').includes('registry/2');
}

/** Registries answer `{}`, `true` or nothing; anything that is not JSON is some web server's page. */
function isPage(answer: Answer): boolean {
  const text = answer.body.toString('utf8').trim();
  if (saysRegistry(answer) || text === '') {
    return false;
  }
  try {
    JSON.parse(text);
    return false;
  } catch {
    return true;
  }
}
