// Odd registries that differ in how they list. Numbers in brackets are those of the facts about registries.
import type { Call, Odd, OddRegistry } from './server.ts';

function catalog(about: string, own: (call: Call) => void, foreign?: Odd): OddRegistry {
  return { about, setUp: () => ({ own, ...(foreign ? { foreign } : {}) }) };
}

function page(call: Call, names: unknown, link?: string): void {
  call.json(200, { repositories: names }, link === undefined ? {} : { Link: link });
}

/** Two pages, a and b, then c; `link` is the header of the first. */
function twoPages(about: string, link: (call: Call) => string, secondPath = '/v2/_catalog'): OddRegistry {
  return catalog(about, (call) => {
    if (call.path === secondPath && call.query.get('last') === 'b') {
      page(call, ['c']);
    } else if (call.path === '/v2/_catalog' && !call.query.has('last')) {
      page(call, ['a', 'b'], link(call));
    } else {
      call.error(400, 'NAME_INVALID', 'no such page');
    }
  });
}

export const listOddities = {
  'link-relative': twoPages('distribution and zot [19]', () => '</v2/_catalog?last=b&n=2>; rel="next"'),
  'link-absolute': twoPages('ECR and Quay [19]', (call) => `<${call.self}/v2/_catalog?last=b&n=2>; rel="next"`),
  'link-unquoted': twoPages('rel without quotes', () => '</v2/_catalog?last=b>;rel=next'),
  'link-without-brackets': twoPages('no angle brackets', () => '/v2/_catalog?last=b; rel="next"'),
  'link-among-others': twoPages(
    'several links in one line',
    () => '</v2/>; rel="first", </v2/_catalog?last=b>; title="a, b"; rel="prev next"',
  ),
  'link-query-only': twoPages('a link that is a query alone', () => '<?last=b>; rel="next"'),
  'link-wrong-path': twoPages(
    'an absolute link whose path only the inside knows [19, Nexus]',
    (call) => `<${call.self}/repository/docker/v2/_catalog?last=b>; rel="next"`,
  ),
  'link-foreign': catalog(
    'a link to another host, which must not be asked [12, 19]',
    (call) =>
      call.query.get('last') === 'b'
        ? page(call, ['c'])
        : page(call, ['a', 'b'], `<${call.foreign}/v2/_catalog?last=b>; rel="next"`),
    (call) => page(call, ['stolen']),
  ),
  'link-foreign-elsewhere': catalog(
    'a link to something at another host that is no list',
    (call) => page(call, ['a'], `<${call.foreign}/steal>; rel="next"`),
    (call) => page(call, ['stolen']),
  ),
  'link-after-redirect': catalog(
    'a page that was redirected, with a relative link: the login must not go to the other host [12]',
    (call) => {
      if (call.headers.authorization === undefined) {
        call.challenge('Basic realm="lab"');
      } else if (call.query.get('last') === 'b') {
        page(call, ['c']);
      } else {
        call.text(307, '', { Location: `${call.foreign}/v2/_catalog?n=2` });
      }
    },
    (call) => page(call, ['a', 'b'], '</v2/_catalog?last=b>; rel="next"'),
  ),
  'link-for-ever': catalog('Gitea sends a link with every page, with another cursor each time [19]', (call) =>
    page(call, ['a', 'b'], `</v2/_catalog?last=b&page=${call.count + 1}>; rel="next"`),
  ),
  'link-to-itself': catalog('a link to the same page [19]', (call) =>
    page(call, [`a${call.count}`], '</v2/_catalog?n=1>; rel="next"'),
  ),
  'link-wraps': catalog('after the last page comes the first [19]', (call) =>
    call.query.get('last') === 'b'
      ? page(call, ['c', 'd'], '</v2/_catalog?last=d>; rel="next"')
      : page(call, ['a', 'b'], '</v2/_catalog?last=b>; rel="next"'),
  ),
  'link-to-empty-page': catalog('an empty page that has a link again [19]', (call) =>
    page(call, call.query.has('last') ? [] : ['a'], `</v2/_catalog?last=${call.count}>; rel="next"`),
  ),
  'link-missing': catalog('a full page without a link is the last one [19]', (call) =>
    page(
      call,
      Array.from({ length: Number(call.query.get('n')) }, (_, index) => `r${index}`),
    ),
  ),
  'link-breaks': catalog('the second page fails', (call) =>
    call.query.has('last')
      ? call.error(403, 'DENIED', 'not this page')
      : page(call, ['a'], '</v2/_catalog?last=a>; rel="next"'),
  ),
  'size-1000-refused': catalog('at most 100 a page [18]', (call) =>
    Number(call.query.get('n')) > 100
      ? call.error(400, 'PAGINATION_NUMBER_INVALID', 'invalid number of results requested')
      : page(call, call.query.get('n') === '100' ? ['a'] : ['wrong']),
  ),
  'size-refused': catalog('no page size at all [18]', (call) =>
    call.query.has('n') ? call.error(405, 'UNSUPPORTED', 'The operation is unsupported.') : page(call, ['a']),
  ),
  'tags-null': catalog('tags are null once all are deleted [21]', (call) =>
    call.json(200, { name: 'team/app', tags: null }),
  ),
  'tags-for-ever': catalog('a next page, and a next one', (call) => {
    if (call.path === '/v2/') {
      call.json(200, {});
      return;
    }
    const at = Number(call.query.get('last') ?? 0);
    const tags = Array.from({ length: 1000 }, (_, index) => `t${at + index}`);
    call.json(200, { tags }, { Link: `<${call.path}?last=${at + 1000}>; rel="next"` });
  }),
  'tags-in-one-page': catalog('900,000 tags at once', (call) =>
    call.json(
      200,
      call.path === '/v2/' ? {} : { tags: Array.from({ length: 900_000 }, (_, index) => index.toString(36)) },
    ),
  ),
  'list-drips': catalog('a list that comes a byte at a time, and never ends', (call) => {
    call.raw.writeHead(200, { 'Content-Type': 'application/json' });
    call.raw.write('{"tags":[');
    const dripping = setInterval(() => call.raw.write(' '), 5);
    call.raw.on('close', () => clearInterval(dripping));
  }),
  'names-upper-case': catalog('GHCR lists names that the grammar forbids [23]', (call) =>
    page(call, ['Team/App', 'team/app']),
  ),
  'names-malformed': catalog('records that are no names', (call) =>
    page(call, ['a', null, 7, { name: 'x' }, '', 'b\u001b[31m', 'c\n', '../../etc', 'd'.repeat(5000), 'e']),
  ),
  'list-as-text': catalog('JSON sent as text/plain [22, ECR]', (call) =>
    call.text(200, JSON.stringify({ repositories: ['a'] })),
  ),
  'list-not-a-list': catalog('an object where the list should be', (call) => page(call, { a: 1 })),
  'list-html': catalog('a sign-in page with status 200 [34, Google AR]', (call) =>
    call.text(
      200,
      '<!DOCTYPE html><html><head><title>Sign in - Accounts</title></head><script>alert(1)</script></html>',
      { 'Content-Type': 'text/html' },
    ),
  ),
  'list-empty-body': catalog('200 with nothing', (call) => call.text(200, '')),
  'no-catalog': catalog('a registry that has no list', (call) => call.text(404, '404 page not found')),
} satisfies Record<string, OddRegistry>;
