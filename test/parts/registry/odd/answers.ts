// Odd registries that differ in how they answer. Numbers in brackets are those of the facts about registries.
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { type Call, digestOf, type Odd, type OddRegistry } from './server.ts';

function registry(about: string, own: (call: Call) => void, foreign?: Odd): OddRegistry {
  return { about, setUp: () => ({ own, ...(foreign ? { foreign } : {}) }) };
}

/** Fails so many times with this status, then answers. */
function failsFirst(
  about: string,
  times: number,
  status: number,
  headers: (call: Call) => Record<string, string> = () => ({}),
): OddRegistry {
  return registry(about, (call) =>
    call.count < times ? call.text(status, 'not now', headers(call)) : call.json(200, { repositories: ['a'] }),
  );
}

export const oddManifest = JSON.stringify({
  schemaVersion: 2,
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: `sha256:${'c'.repeat(64)}`, size: 2 },
  layers: [
    { mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest: `sha256:${'d'.repeat(64)}`, size: 1000 },
    null,
    { digest: 'x' },
  ],
});
const manifestType = { 'Content-Type': 'application/vnd.oci.image.manifest.v1+json; charset=utf-8' };

function* pieces(start: string, piece: string, length: number): Iterable<string> {
  yield start;
  const much = piece.repeat(20_000);
  for (let sent = 0; sent < length; sent += much.length) {
    yield much;
  }
}

export const answerOddities = {
  'ping-html': registry('a web server that is no registry', (call) =>
    call.text(200, '<html><title>Welcome to nginx</title></html>', { 'Content-Type': 'text/html' }),
  ),
  'ping-nothing-there': registry('404 at /v2/ [1]', (call) => call.text(404, 'Not Found')),
  'ping-true': registry('Quay answers true [1]', (call) => call.text(200, 'true')),
  'ping-under-prefix': registry('a registry below a path [1]', (call) =>
    call.path === '/team/registry/v2/' ? call.json(200, {}) : call.text(404, 'Not Found'),
  ),
  'ping-wants-https': registry('http on an https port [3]', (call) =>
    call.text(400, 'Client sent an HTTP request to an HTTPS server.\n'),
  ),
  'ping-moves': registry('a redirect on /v2/', (call) =>
    call.path === '/v2/' ? call.text(301, '', { Location: '/real/v2/' }) : call.json(200, {}),
  ),
  'body-cut': registry('a body that ends half-way', (call) => {
    call.raw.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' });
    call.raw.write('{"repositories":["a"');
    setImmediate(() => call.raw.destroy());
  }),
  'body-slow': registry('a body that stops', (call) => {
    call.raw.writeHead(200, { 'Content-Type': 'application/json' });
    call.raw.write('{"repositories":["a"');
  }),
  'no-answer': registry('a request that is taken and never answered', () => {}),
  'body-endless': registry('2 GB of JSON, without saying so before', (call) => {
    call.raw.writeHead(200, { 'Content-Type': 'application/json' });
    call.raw.write('{"repositories":[');
    const piece = `${'"name",'.repeat(10_000)}`;
    let sent = 0;
    const more = () => {
      while (sent < 2e9 && !call.raw.destroyed) {
        sent += piece.length;
        if (!call.raw.write(piece)) {
          call.raw.once('drain', more);
          return;
        }
      }
    };
    more();
  }),
  'body-announced-large': registry('2 GB, announced', (call) => {
    call.raw.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': String(2e9) });
    call.raw.write('{');
  }),
  'header-large': registry('a header of a megabyte', (call) => call.json(200, {}, { 'X-Large': 'x'.repeat(1e6) })),
  'body-gzip': {
    about: '100 MB of zeros in half a megabyte of gzip, which nobody asked for',
    setUp() {
      const bomb = gzipSync(Buffer.alloc(100e6), { level: 1 });
      return {
        own(call: Call) {
          call.raw.writeHead(200, { 'Content-Encoding': 'gzip' });
          call.raw.end(bomb);
        },
      };
    },
  },
  'length-short': registry('a length that is less than what comes', (call) => {
    call.raw.socket?.write(
      'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{"repositories":["a"]}',
    );
  }),
  'length-twice': registry('two lengths', (call) => {
    call.raw.socket?.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 22\r\n\r\n{"repositories":["a"]}');
  }),
  'manifest-large': registry('a manifest of 100 MB, without saying so before', (call) => {
    call.raw.writeHead(200, manifestType);
    Readable.from(pieces('[', '[],', 100e6)).pipe(call.raw);
  }),
  'json-deep': registry('JSON that is nested 100,000 deep', (call) => {
    const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
    const config = `{"os":"linux","architecture":"amd64","deep":${deep}}`;
    const manifest = JSON.stringify({
      config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digestOf(config), size: 1 },
      layers: [],
    });
    if (call.path.includes('/blobs/')) {
      call.text(200, config);
    } else if (call.path.endsWith('/tags/list')) {
      call.text(200, `{"tags":${deep}}`);
    } else {
      call.text(200, call.path.endsWith('/deep') ? `${manifest.slice(0, -1)},"deep":${deep}}` : manifest, manifestType);
    }
  }),
  'numbers-odd': registry('sizes that are no sizes, and fields that come twice', (call) =>
    call.text(
      200,
      `{"config":{"digest":"sha256:${'c'.repeat(64)}","size":1e999},"layers":[
        {"digest":"sha256:${'1'.repeat(64)}","size":-5},{"digest":"sha256:${'2'.repeat(64)}","size":0.5},
        {"digest":"sha256:${'3'.repeat(64)}","size":99999999999999999999},{"digest":"sha256:${'4'.repeat(64)}","size":1,"size":7}]}`,
      manifestType,
    ),
  ),
  'blob-drips': registry('a blob that comes a byte at a time', (call) => {
    call.raw.writeHead(200);
    const dripping = setInterval(() => call.raw.write('x'), 5);
    call.raw.on('close', () => clearInterval(dripping));
  }),
  'limited-seconds': failsFirst('429 with seconds [35]', 1, 429, () => ({ 'Retry-After': '3' })),
  'limited-date': failsFirst('429 with a date [35]', 1, 429, () => ({
    'Retry-After': new Date(Date.now() + 20_000).toUTCString(),
  })),
  'limited-silent': failsFirst('429 without a hint [35]', 2, 429),
  'limited-for-ever': failsFirst('429 again and again [35]', 1000, 429),
  'limited-hours': failsFirst('429 for hours [35]', 1000, 429, () => ({ 'Retry-After': '21600' })),
  'fails-500-once': failsFirst('500, then good', 1, 500),
  'fails-503-twice': failsFirst('503 twice, then good [35]', 2, 503),
  'fails-500': failsFirst('500 for ever', 1000, 500),
  'errors-several': registry('several errors at once, with terminal codes and direction marks [34]', (call) =>
    call.json(400, {
      errors: [
        { code: 'NAME_INVALID', message: 'bad \u001b[31mname\u001b[0m', detail: 'no\u202Eevil\u202C' },
        { code: 'TAG_INVALID', message: '' },
        null,
        'text',
      ],
    }),
  ),
  'error-long': registry('an error of a megabyte', (call) => call.text(500, 'x'.repeat(1e6))),
  'redirect-elsewhere': registry(
    'a blob at another host, which must not see the login [29]',
    (call) => {
      if (call.headers.authorization === undefined) {
        call.challenge('Basic realm="lab"');
      } else {
        call.text(307, '', { Location: `${call.foreign}/blob?sign=1` });
      }
    },
    (call) => call.text(200, '{"architecture":"amd64","os":"linux"}'),
  ),
  'redirect-loop': registry('a redirect that never ends [29]', (call) =>
    call.text(307, '', { Location: `/v2/x${call.count}` }),
  ),
  'redirect-metadata': registry('a redirect to the metadata service [12]', (call) =>
    call.text(307, '', { Location: 'http://169.254.169.254/' }),
  ),
  'redirect-private': registry('a redirect into the private network [12]', (call) =>
    call.text(307, '', { Location: 'http://192.168.1.1/' }),
  ),
  'digest-wrong-header': registry('a header that names another digest [25]', (call) =>
    call.text(200, oddManifest, { ...manifestType, 'Docker-Content-Digest': digestOf('other') }),
  ),
  'digest-wrong-once': registry('other content under a digest, the first time', (call) =>
    call.text(200, call.count === 0 ? `${oddManifest} ` : oddManifest, manifestType),
  ),
  'digest-not-said': registry('HEAD without a digest [25]', (call) => call.text(200, oddManifest, manifestType)),
  'head-unsupported': registry('no HEAD at all [34]', (call) =>
    call.method === 'HEAD' ? call.text(405, '') : call.text(200, oddManifest, manifestType),
  ),
  'head-reason': registry('the reason of a failed HEAD is in the GET [34]', (call) =>
    call.error(404, 'MANIFEST_UNKNOWN', 'manifest unknown to us'),
  ),
  'manifest-conditional': registry('If-None-Match is answered by 304 [25]', (call) =>
    call.headers['if-none-match'] === `"${digestOf(oddManifest)}"`
      ? call.text(304, '')
      : call.text(200, oddManifest, manifestType),
  ),
  'manifest-html': registry('a page instead of a manifest', (call) =>
    call.text(200, '<html></html>', { 'Content-Type': 'text/html' }),
  ),
  'index-with-attestations': registry('BuildKit adds children for no platform [26]', (call) =>
    call.json(200, {
      schemaVersion: 2,
      manifests: [
        {
          digest: `sha256:${'1'.repeat(64)}`,
          size: 10,
          platform: { os: 'linux', architecture: 'arm64', variant: 'v8' },
        },
        {
          digest: `sha256:${'2'.repeat(64)}`,
          size: 20,
          platform: { os: 'unknown', architecture: 'unknown' },
          annotations: {
            'vnd.docker.reference.type': 'attestation-manifest',
            'vnd.docker.reference.digest': `sha256:${'1'.repeat(64)}`,
          },
        },
        { digest: 'not a digest' },
      ],
    }),
  ),
  'referrers-by-tag': registry('no referrers API: an index under a tag [28]', (call) =>
    call.path === `/v2/team/app/manifests/sha256-${'1'.repeat(64)}`
      ? call.json(200, {
          manifests: [
            { digest: `sha256:${'2'.repeat(64)}`, artifactType: 'application/spdx+json' },
            { digest: `sha256:${'3'.repeat(64)}` },
          ],
        })
      : call.text(404, '404 page not found'),
  ),
  'referrers-in-pages': registry('referrers page by page, the filter left to us [28]', (call) =>
    call.query.has('next')
      ? call.json(200, { manifests: [{ digest: `sha256:${'3'.repeat(64)}`, artifactType: 'a/b' }] })
      : call.json(
          200,
          {
            manifests: [
              { digest: `sha256:${'2'.repeat(64)}`, artifactType: 'a/b' },
              { digest: `sha256:${'4'.repeat(64)}`, artifactType: 'c/d' },
            ],
          },
          { Link: `<${call.path}?next=1>; rel="next"` },
        ),
  ),
  'deletion-off': registry('405 means that deletion is off [31]', (call) =>
    call.error(405, 'UNSUPPORTED', 'The operation is unsupported.'),
  ),
  'upload-elsewhere': registry(
    'an upload that is to go to another host',
    (call) => {
      if (call.method === 'DELETE') {
        call.path.includes('sha256:')
          ? call.error(404, 'MANIFEST_UNKNOWN', 'unknown')
          : call.error(400, 'DIGEST_INVALID', 'invalid');
      } else if (call.method === 'POST') {
        call.text(202, '', { Location: `${call.foreign}/upload` });
      } else {
        call.text(200, oddManifest, manifestType);
      }
    },
    (call) => call.text(201, ''),
  ),
} satisfies Record<string, OddRegistry>;
