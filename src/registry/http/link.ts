// Reads the Link header (RFC 8288) and decides where the next page of a list is.
import { sameOrigin } from './networkGuard.ts';
import { createScanner, maxHeaderLength, type Scanner } from './scanner.ts';

const name = /[\w*!#$&+.^`|~-]*/y;
const value = /[^\s,;"]*/y;

/** The target of `rel="next"` as it stands in the header; undefined when there is none. */
export function nextLinkOf(header: string | string[] | undefined): string | undefined {
  const line = (Array.isArray(header) ? header.join(', ') : (header ?? '')).trim();
  const text = createScanner(line);
  let any = false;
  while (text.behind('<')) {
    const start = text.at;
    if (!text.behind('>')) {
      break;
    }
    any = true;
    const target = line.slice(start, text.at - 1).trim();
    const kinds = takeRelation(text).toLowerCase().split(/\s+/);
    if (kinds.includes('next') && target !== '') {
      return target;
    }
  }
  // A few servers leave the angle brackets out.
  return any
    ? undefined
    : (/^([^\s;,<>]+)\s*;\s*rel\s*=\s*"?next"?/i.exec(line.slice(0, maxHeaderLength))?.[1] ?? undefined);
}

/** Goes over the parameters of a link and returns its `rel`; a link without one is taken for the next page. */
function takeRelation(text: Scanner): string {
  let relation: string | undefined;
  for (;;) {
    text.blanks();
    if (!text.take(';')) {
      return relation ?? 'next';
    }
    text.blanks();
    const parameter = text.run(name).toLowerCase();
    text.blanks();
    const given = text.take('=') && text.blanks() >= 0 ? (text.quoted() ?? text.run(value)) : '';
    relation ??= parameter === 'rel' ? given : undefined;
  }
}

/**
 * The next page's URL. A link is followed as it stands, but only to the registry itself: what leads to another host, also
 * after a redirect of the page before, is taken over to our own address. Undefined ends the list.
 */
export function nextPage(current: URL, header: string | string[] | undefined, base: URL): URL | undefined {
  const target = nextLinkOf(header);
  if (target === undefined || !URL.canParse(target, current.href)) {
    return undefined;
  }
  const url = new URL(target, current);
  return sameOrigin(url, base) ? url : rebased(url, base);
}

/** The part of a URL from `/v2/` on, under our own base; undefined when it has no such part. */
export function rebased(url: URL, base: URL): URL | undefined {
  const at = url.pathname.lastIndexOf('/v2/');
  return at < 0
    ? undefined
    : new URL(`${base.pathname.replace(/\/$/, '')}${url.pathname.slice(at)}${url.search}`, base);
}
