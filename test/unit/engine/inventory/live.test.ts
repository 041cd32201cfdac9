// What odd engines list and tell: the inventory keeps what makes sense.
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { closeAll, engineThat, ours } from '../oddEngine.ts';

describe('the inventory of odd engines', () => {
  afterEach(closeAll);

  it('leaves out a record that makes no sense, and says so in the log', async () => {
    const good = (id: string) => ({ Id: id, Names: [`/${id}`], State: 'running', Status: 'Up' });
    const { url } = await engineThat((_, response) =>
      response.end(JSON.stringify([good('a'), { Names: 7 }, null, good('b')])),
    );
    const { inventory, log } = ours(url);
    assert.deepEqual(
      (await inventory.all('containers')).map(({ name }) => name),
      ['a', 'b'],
    );
    assert.equal(log.filter((line) => line.includes('left out')).length, 2);
  });

  it('keeps the other kinds when one cannot be listed', async () => {
    const { url } = await engineThat((path, response) =>
      path.startsWith('/images')
        ? response.writeHead(500).end('{"message":"layer store is broken"}')
        : response.end('[]'),
    );
    const { inventory } = ours(url);
    await assert.rejects(inventory.all('images'), /layer store is broken/);
    assert.deepEqual(await inventory.all('containers'), []);
    assert.equal(inventory.status.state, 'connected');
  });

  it('lists afresh when the engine does not understand the filter, and survives odd events', async () => {
    let listed = 0;
    const { url, events } = await engineThat((path, response) => {
      if (path.includes('filters')) {
        response.writeHead(500).end('{"message":"invalid filter"}');
        return;
      }
      listed += 1;
      response.end(JSON.stringify([{ Id: 'a', Names: [`/name-${listed}`], State: 'running', Status: 'Up' }]));
    });
    const { inventory } = ours(url);
    await inventory.all('containers');
    const changed = new Promise<void>((resolve) => inventory.onChange(() => resolve()));
    const [stream] = events;
    assert.ok(stream);
    stream.write('no json\n{"Type":"container"}\n[1]\n');
    stream.write('{"Type":"container","Action":"rename","Actor":{"ID":"a"}}\n');
    await changed;
    assert.equal(inventory.peek('containers', 'a')?.name, 'name-2');
  });

  it('forgets an object at once when it goes, also when an older answer still has it', async () => {
    const both = (name: string) =>
      JSON.stringify([
        { Id: 'a', Names: ['/a'], State: 'running' },
        { Id: 'b', Names: [`/${name}`], State: 'running' },
      ]);
    let answer: (() => void) | undefined;
    const { url, events } = await engineThat((path, response) => {
      if (!path.includes('filters')) {
        response.end(both('old'));
        return;
      }
      answer = () => response.end(both('new'));
      events[0]?.write('{"Type":"container","Action":"destroy","Actor":{"ID":"a"}}\n');
    });
    const { inventory } = ours(url);
    await inventory.all('containers');
    const gone = new Promise<void>((resolve) =>
      inventory.onChange(({ removed }) => removed.includes('a') && resolve()),
    );
    const renamed = new Promise<void>((resolve) =>
      inventory.onChange(({ changed }) => changed.includes('b') && resolve()),
    );
    const start = (id: string) => `{"Type":"container","Action":"start","Actor":{"ID":"${id}"}}\n`;
    events[0]?.write(start('a') + start('b'));
    await gone;
    answer?.();
    await renamed;
    assert.equal(inventory.peek('containers', 'a'), undefined);
    assert.equal(inventory.peek('containers', 'b')?.name, 'new');
  });
});
