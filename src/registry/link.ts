// Reads the Link header (RFC 8288) and decides where the next page of a list is.
import { samePlace } from './places.ts';

/** The target of `rel="next"` as it stands in the header; undefined when there is none. */
export function nextLinkOf(header: string | string[] | undefined): string | undefined {
  const text = (Array.isArray(header) ? header.join(', ') : (header ?? '')).trim();
  const links = [
    ...text.matchAll(/<([^>]*)>((?:\s*;\s*[\w*!#$&+.^`|~-]+(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s,;"]*))?)*)/g),
  ];
  for (const [, target = '', params = ''] of links) {
    const rel = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s,;"]+))/i.exec(params);
    const kinds = (rel?.[1] ?? rel?.[2] ?? 'next').toLowerCase().split(/\s+/);
    if (kinds.includes('next') && target.trim() !== '') {
      return target.trim();
    }
  }
  // A few servers leave the angle brackets out.
  return links.length > 0 ? undefined : (/^([^\s;,<>]+)\s*;\s*rel\s*=\s*"?next"?/i.exec(text)?.[1] ?? undefined);
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
  return samePlace(url, base) ? url : rebased(url, base);
}

/** The part of a URL from `/v2/` on, under our own base; undefined when it has no such part. */
export function rebased(url: URL, base: URL): URL | undefined {
  const at = url.pathname.lastIndexOf('/v2/');
  return at < 0
    ? undefined
    : new URL(`${base.pathname.replace(/\/$/, '')}${url.pathname.slice(at)}${url.search}`, base);
}
