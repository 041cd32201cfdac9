// Names of images, completed while they are typed.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { CompleteOptions } from '../../../../src/app/prompts.ts';
import { type Catalog, createCatalog } from '../../../../src/registry/known/catalog.ts';
import { createRegistries } from '../../../../src/registry/known/registries.ts';
import { askName, type NameQuestion } from '../../../../src/steps/images/completeName.ts';
import { withOdd } from '../../../parts/oddRegistries/client.ts';
import { createMemory, withoutEditor } from '../../../parts/withoutEditor.ts';
import { image } from '../../model/sampleObjects.ts';
import { offered, type Scripted, scripted } from '../scripted.ts';

const question: NameQuestion = { title: 'Push', placeholder: '', goal: 'new', image: 'team/box:1.4' };

/** A question that stays open while `look` looks at what it offers. */
function asking(
  more: Partial<NameQuestion>,
  look: (script: Scripted & { catalog: Catalog }, host: string, asked: () => string[]) => Promise<void>,
): Promise<void> {
  return withOdd('bearer-without-scope', async ({ host, requests }) => {
    const memory = createMemory();
    memory.settings.push(`http://${host}`);
    const registries = createRegistries(withoutEditor(memory));
    const script = scripted(registries);
    const savedLists = { read: async () => undefined, write: async () => undefined, forget: async () => undefined };
    const { state, log } = withoutEditor(memory);
    const catalog = createCatalog({ registries, savedLists, state, localImages: async () => [], log });
    Object.assign(script.app, { catalog });
    const asked = () => requests.map(({ url }) => url.replace(/\?.*/, ''));
    const complete = async (options: CompleteOptions) => {
      script.completing = options;
      await look(Object.assign(script, { catalog }), host, asked);
      return 'team/box:1';
    };
    Object.assign(script.app.ui, { complete });
    try {
      assert.equal(await askName({ ...script.app, catalog }, { ...question, ...more }), 'team/box:1');
    } finally {
      catalog.dispose();
      registries.dispose();
    }
  });
}

describe('completing the name of an image', () => {
  it('offers registries first, with the image in them', () =>
    asking({}, async (script, host) => {
      assert.deepEqual(await offered(script, ''), [`${host}/box:1.4`, `${host}/`]);
    }));

  it('asks a registry for its repositories once, not at every key', () =>
    asking({}, async (script, host, asked) => {
      for (const typed of ['', 't', 'te', 'tea', 'TEAM']) {
        assert.deepEqual(await offered(script, `${host}/${typed}`), [`${host}/team/app:`]);
      }
      assert.deepEqual(await offered(script, `${host}/none`), []);
      const lists = asked().filter((path) => path === '/v2/_catalog');
      // The first is refused, for want of a token.
      assert.equal(lists.length, 2);
    }));

  it('offers the next versions, the own tag, and those that would be replaced', () =>
    asking({}, async (script, host, asked) => {
      const expected = ['1.1', '2.0', '1.4', '1.0'].map((tag) => `${host}/team/app:${tag}`);
      assert.deepEqual(await offered(script, `${host}/team/app:`), expected);
      assert.deepEqual(await offered(script, `${host}/team/app:2`), [`${host}/team/app:2.0`]);
      assert.equal(asked().filter((path) => path.endsWith('/tags/list')).length, 2);
    }));

  it('offers repositories of the same name elsewhere, where one is not there', () =>
    asking({}, async (script, host) => {
      Object.assign(script.app.registries, { tags: async () => ({ names: [], complete: true }) });
      assert.deepEqual(await offered(script, `${host}/app:1.4`), [`${host}/app:1.4`, `${host}/team/app:`]);
    }));

  it('offers for a pull what is there', () =>
    asking({ goal: 'present' }, async (script, host) => {
      script.images.push(image({ tags: ['busybox:latest'] }));
      assert.deepEqual(await offered(script, ''), [`${host}/`, 'busybox:latest']);
      assert.deepEqual(await offered(script, `${host}/team/app:`), [`${host}/team/app:1.0`]);
    }));

  it('takes the list that is known already, 50,000 names within a keystroke, and asks nobody', () =>
    asking({}, async (script, host, asked) => {
      const names = Array.from({ length: 50_000 }, (_, index) => `team-${index % 100}/service-${index}`);
      Object.assign(script.catalog, { peek: () => ({ names, complete: true }) });
      const started = performance.now();
      assert.equal((await offered(script, `${host}/vice-4`)).length, 50);
      assert.ok(performance.now() - started < 200, `${performance.now() - started} ms`);
      assert.deepEqual(asked(), []);
    }));
});
