// What a hover learns of an image from a real engine and a real registry, whose tag moves on meanwhile.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { Engine } from '../../../src/engine/types.ts';
import { createRegistries, type Registries } from '../../../src/registry/known/registries.ts';
import { createImageFacts, type ImageFactsSource } from '../../../src/vscode/language/imageFacts.ts';
import { createMemory, withoutEditor } from '../../parts/editor/absent.ts';
import { dockerApi } from '../../parts/engine/api.ts';
import { importImage } from '../../parts/engine/images.ts';
import { tar } from '../../parts/machine/tar.ts';
import { realParts } from '../../parts/run/environment.ts';
import { until } from '../../parts/until.ts';
import { engineOn } from '../engine/support.ts';

const manifestType = 'application/vnd.docker.distribution.manifest.v2+json';

describe('what a hover tells of an image', function () {
  this.timeout(60_000);
  const parts = realParts();
  const api = dockerApi(parts.engine);
  const repository = 'hover/facts';
  const [old, next] = [1, 2].map((version) => `${parts.registry}/${repository}:${version}.0`) as [string, string];
  let engine: Engine;
  let registries: Registries;
  let images: ImageFactsSource;

  before(async () => {
    engine = engineOn(parts.engine);
    const memory = createMemory();
    memory.state.set('registries', [{ host: parts.registry, scheme: 'http' }]);
    registries = createRegistries(withoutEditor(memory));
    images = createImageFacts({ engine, registries, log: { info() {}, warn() {}, error() {} } });
    const client = await engine.client();
    for (const reference of [old, next]) {
      await importImage(api, reference, tar([{ path: 'version', content: reference }]));
      await client.images.push(reference, { signal: new AbortController().signal });
    }
    await api('DELETE', `/images/${next}`);
  });
  after(async () => {
    await api('DELETE', `/images/${old}`).catch(() => undefined);
    images?.dispose();
    registries?.dispose();
    engine?.dispose();
  });

  const news = () => until('news of the registry', () => images.news(old));

  it('is its size, age, platform and digest where the engine has it', async () => {
    const facts = await images.facts(old);
    assert.equal(facts?.onEngine, true);
    assert.ok(Math.abs(Date.now() - (facts.created ?? 0)) < 600_000);
    assert.match(facts.platforms?.join() ?? '', /^linux\/\w+$/);
    assert.deepEqual(facts.digests, [(await news()).digest], 'the registry has the same image under this tag');
  });

  it('is the newer tag of its registry', async () => {
    assert.equal((await news()).newerTag, '2.0');
  });

  it('is another digest once the tag was moved in the registry', async () => {
    const at = (tag: string) => `http://${parts.registry}/v2/${repository}/manifests/${tag}`;
    const manifest = await (await fetch(at('2.0'), { headers: { accept: manifestType } })).text();
    await fetch(at('1.0'), { method: 'PUT', body: manifest, headers: { 'content-type': manifestType } });
    registries.touch({ registry: parts.registry });
    const { digest } = await news();
    const facts = await images.facts(old);
    assert.ok(digest && !facts?.digests?.includes(digest), `${digest} is not ${facts?.digests}`);
  });

  it('comes from the registry where the engine does not have it', async () => {
    const facts = await until('the registry to tell', async () => {
      const found = await images.facts(next);
      return found?.env && found;
    });
    assert.equal(facts.onEngine, false);
    assert.equal(facts.digests?.length, 1);
    assert.ok((facts.size ?? 0) > 0);
  });
});
