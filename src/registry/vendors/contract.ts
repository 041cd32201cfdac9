// What is particular to the registries of a vendor: how it is recognised, and how its own list of repositories is read.
import type http from 'node:http';
import { t } from '../../model/l10n.ts';
import { RegistryError } from '../../model/registries/error.ts';
import { isRecord, list } from '../../model/untyped.ts';
import type { Challenge } from '../auth/challenge.ts';
import { parseJson } from '../http/jsonBody.ts';
import type { Answer, Request } from '../http/message.ts';
import { sameOrigin } from '../http/networkGuard.ts';
import { isPathSafe } from '../http/pathName.ts';
import { notJson, statusProblem } from '../http/problems.ts';
import { retryAfterOf } from '../http/retry.ts';
import type { Credentials } from '../types.ts';

export type VendorId =
  | 'hub'
  | 'ghcr'
  | 'gitlab'
  | 'harbor'
  | 'quay'
  | 'ecr'
  | 'ecr-public'
  | 'acr'
  | 'google'
  | 'nexus'
  | 'gitea';

/** What `/v2/` says without credentials. */
export interface VendorSigns {
  headers: http.IncomingHttpHeaders;
  challenges: readonly Challenge[];
}

export interface VendorContext {
  /** The registry's host as it is known to the person. */
  host: string;
  /** Where the registry API is; ends with a slash. */
  base: URL;
  /** The token server that the registry names. */
  realm?: URL;
  /** What the person named: namespaces, groups, projects or organisations. */
  namespaces: readonly string[];
  credentials: Credentials | undefined;
  send(request: Omit<Request, 'signal'>): Promise<Answer>;
}

export interface Vendor {
  id: VendorId;
  /** As the vendor writes it. */
  name: string;
  isHost?: RegExp;
  hasSigns?(signs: VendorSigns): boolean;
  /** False where the registry API's own catalog is known not to be there. */
  catalog: boolean;
  /** Pages of repository names from the vendor's own list. */
  list?(context: VendorContext): AsyncGenerator<string[], void, void>;
  /** What the list needs to be told, as a question; absent where it needs nothing, or there is no list. */
  question?(): string;
  /** Why there is no list, or what it needs, in one sentence with the way out. */
  reason(host: string): string;
}

/** One page of a vendor's list. */
export interface VendorPage {
  names: string[];
  /** Where the next page is; may be relative. */
  next?: string | undefined;
}

const maxPages = 1000;
const maxPageBytes = 8 * 1024 * 1024;

/**
 * Walks through a vendor's list. The next page must be at the same server, since the login goes along; a page that was read
 * already, or more pages than any account has, end the list.
 */
export async function* vendorPages(
  context: VendorContext,
  first: URL,
  headers: Record<string, string>,
  read: (body: unknown, answer: Answer) => VendorPage,
): AsyncGenerator<string[], void, void> {
  const followed = new Set<string>();
  let url: URL | undefined = first;
  while (url !== undefined && !followed.has(url.href) && followed.size < maxPages) {
    followed.add(url.href);
    const answer: Answer = await context.send({
      method: 'GET',
      url,
      headers: { Accept: 'application/json', ...headers },
      maxBytes: maxPageBytes,
    });
    const { names, next } = read(readBody(context.host, answer), answer);
    const safe = names.filter((name) => isPathSafe(name));
    if (safe.length > 0) {
      yield safe;
    }
    const after: URL | undefined = next && URL.canParse(next, url.href) ? new URL(next, url) : undefined;
    url = after && sameOrigin(after, first) ? after : undefined;
  }
}

/** The JSON of an answer; rejects with what its status means. */
export function readBody(host: string, answer: Answer): unknown {
  if (answer.status !== 200) {
    throw statusProblem(host, answer.status, answer.body, retryAfterOf(answer.headers));
  }
  try {
    const text = answer.body.toString('utf8').trimStart();
    return text.startsWith('[') ? (JSON.parse(text) as unknown) : parseJson(answer.body);
  } catch {
    throw notJson(host, answer.body);
  }
}

/** The records of a list, whatever else is in it. */
export function recordsOf(value: unknown): Record<string, unknown>[] {
  return list(value).filter(isRecord);
}

/** The texts of one field of the records. */
export function namesOf(records: readonly Record<string, unknown>[], field: string): string[] {
  return records.map((record) => record[field]).filter((name): name is string => typeof name === 'string');
}

/** A list that needs to be told what to list, and was not. */
export function needsNamespaces(vendor: Pick<Vendor, 'reason'>, host: string): RegistryError {
  return new RegistryError('no-catalog', vendor.reason(host), {
    host,
    actions: [{ label: t('Choose What to List…'), command: 'docknotes.chooseNamespaces', args: [host] }],
  });
}
