// What hovers ask registries for: little, not of strangers, and without waiting for the slow ones.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { EngineStatus } from '../../../../src/engine/types.ts';
import { EngineError } from '../../../../src/model/engines/error.ts';
import { createRegistries, type Registries } from '../../../../src/registry/known/registries.ts';
import { createImageFacts, type ImageFactsSource } from '../../../../src/vscode/language/imageFacts.ts';
import { engineDouble } from '../../../parts/engineDouble.ts';
import { until } from '../../../parts/oddRegistries/client.ts';
import { type Call, digestOf, runOdd } from '../../../parts/oddRegistries/server.ts';
import { createMemory, withoutEditor } from '../../../parts/withoutEditor.ts';

const config = JSON.stringify({ os: 'linux', architecture: 'amd64', config: { User: 'app', Env: ['A=1'] } });
const manifest = JSON.stringify({
  schemaVersion: 2,
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digestOf(config), size: config.length },
  layers: [],
});

/** A registry with one image of many tags, whose list of tags has a second page. */
function answer(call: Call): void {
  if (call.path.includes('/manifests/')) {
    call.text(200, call.method === 'HEAD' ? '' : manifest, {
      'Content-Type': 'application/vnd.oci.image.manifest.v1+json',
      'Docker-Content-Digest': digestOf(manifest),
    });
  } else if (call.path.includes('/blobs/')) {
    call.text(200, config);
  } else if (call.path.endsWith('/tags/list')) {
    const tags = call.query.has('last') ? ['1.3'] : ['1.0', '1.1', '1.2'];
    call.json(200, { tags }, call.query.has('last') ? {} : { Link: '</v2/team/app/tags/list?last=1.2>; rel="next"' });
  } else {
    call.json(200, {});
  }
}

interface World {
  host: string;
  images: ImageFactsSource;
  registries: Registries;
  /** Method and path of each request so far. */
  asked(): string[];
}

const connected: EngineStatus = {
  state: 'connected',
  endpoint: { url: 'unix:///none', source: 'setting' },
  ...{ name: 'Docker Engine', version: '27.1', apiVersion: '1.46', os: 'linux' },
};

/** An image's facts in front of a registry, and of an engine that has nothing, or that does not answer. */
async function world(
  use: (world: World) => Promise<void>,
  { own = answer, added = true, engine = true }: { own?: (call: Call) => void; added?: boolean; engine?: boolean } = {},
): Promise<void> {
  const { host, requests, stop } = await runOdd({ about: 'one image', setUp: () => ({ own }) });
  const memory = createMemory();
  memory.state.set('registries', added ? [{ host, scheme: 'http' }] : []);
  const registries = createRegistries(withoutEditor(memory));
  const app = {
    engine: engineDouble({
      client: { images: { inspect: () => Promise.reject(new EngineError('No such image', { status: 404 })) } },
      status: engine ? connected : { state: 'unreachable', problem: 'not-running', reason: '' },
    }),
    registries,
    log: { info() {}, warn() {}, error() {} },
  };
  const images = createImageFacts(app);
  try {
    await use({ host, images, registries, asked: () => requests.map(({ method, url }) => `${method} ${url}`) });
  } finally {
    images.dispose();
    registries.dispose();
    await stop();
  }
}

/** The answer once it is there: the first ones may come before the registry's. */
async function once<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await ask();
    if (found !== undefined) {
      return found;
    }
  }
}

describe('facts about images for hovers', () => {
  it('are asked of no registry that nobody added', () =>
    world(
      async ({ host, images, asked }) => {
        assert.deepEqual(await images.facts(`${host}/team/app:1.0`), { onEngine: false });
        assert.equal(await images.news(`${host}/team/app:1.0`), undefined);
        assert.deepEqual(asked(), []);
      },
      { added: false },
    ));

  it('come from the registry where the engine has no such image, once for many hovers', () =>
    world(async ({ host, images, asked }) => {
      const facts = await once(async () => {
        const found = await images.facts(`${host}/team/app:1.0`);
        return found?.env && found;
      });
      assert.deepEqual(
        [facts.onEngine, facts.user, facts.env, facts.platforms, facts.digests],
        [false, 'app', ['A=1'], ['linux/amd64'], [digestOf(manifest)]],
      );
      const before = asked().length;
      assert.deepEqual(await images.facts(`${host}/team/app:1.0`), facts);
      assert.equal(asked().length, before);
    }));

  it('say nothing of the engine where none answers', () =>
    world(
      async ({ host, images }) => {
        const facts = await once(() => images.facts(`${host}/team/app:1.0`));
        assert.equal('onEngine' in facts, false);
      },
      { engine: false },
    ));

  it('tell of news in two requests for a version and in one for another tag, again only when something changed', () =>
    world(async ({ host, images, registries, asked }) => {
      const news = () => once(() => images.news(`${host}/team/app:1.0`));
      assert.deepEqual(await news(), { digest: digestOf(manifest), newerTag: '1.2' });
      const expected = ['GET /v2/team/app/tags/list?n=1000', 'HEAD /v2/team/app/manifests/1.0'];
      assert.deepEqual(asked().sort(), expected);
      await news();
      assert.deepEqual(asked().sort(), expected);
      registries.touch({ registry: host });
      await news();
      assert.equal(asked().length, 4);
      assert.deepEqual(await once(() => images.news(`${host}/team/app:latest`)), { digest: digestOf(manifest) });
      assert.deepEqual(asked().slice(4), ['HEAD /v2/team/app/manifests/latest']);
    }));

  it('do not wait for a slow registry: its answer is there for a later hover', async () => {
    const held: (() => void)[] = [];
    let slow = true;
    const own = (call: Call): void => void (slow ? held.push(() => answer(call)) : answer(call));
    await world(
      async ({ host, images, asked }) => {
        const reference = `${host}/team/app:latest`;
        assert.deepEqual(await Promise.all([images.facts(reference), images.news(reference)]), [
          { onEngine: false },
          undefined,
        ]);
        assert.deepEqual(await images.news(reference), undefined);
        await until(() => held.length === 2);
        slow = false;
        for (const release of held) {
          release();
        }
        assert.deepEqual(await once(() => images.news(reference)), { digest: digestOf(manifest) });
        assert.equal(asked().filter((line) => line.startsWith('HEAD')).length, 1);
      },
      { own },
    );
  });
});
