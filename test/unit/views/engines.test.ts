// The engines view on engines in memory.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Engines } from '../../../src/engine/types.ts';
import type { EngineFacts, FoundEngine } from '../../../src/model/engines/endpoint.ts';
import { Emitter } from '../../../src/model/event.ts';
import { enginesView } from '../../../src/views/engines.ts';
import type { RowChange } from '../../../src/views/types.ts';

const facts: EngineFacts = {
  name: 'Docker Engine - Community',
  version: '27.1',
  apiVersion: '1.46',
  os: 'linux',
  host: 'lab',
  storageDriver: 'overlay2',
  dataRoot: '/var/lib/docker',
  rootless: false,
  containers: 3,
  images: 4,
};

function engine(fields: Partial<FoundEngine>): FoundEngine {
  const url = fields.url ?? 'unix:///var/run/docker.sock';
  return { id: url, source: 'well-known', url, inUse: false, openToAll: false, state: 'unknown', ...fields };
}

function viewOf(list: FoundEngine[]) {
  const changed = new Emitter<readonly string[] | undefined>();
  let asked = 0;
  const engines = { list: () => list, ask: () => asked++, onChange: changed.event } as unknown as Engines;
  return { view: enginesView({ engines }), changed, asked: () => asked };
}

describe('engines view', () => {
  it('says of each engine what it is, or why it is out of reach', async () => {
    const { view, asked } = viewOf([
      engine({ state: 'reachable', facts, inUse: true }),
      engine({ id: 'context/lab', source: 'context', context: 'lab', url: 'ssh://ada@lab', state: 'asking' }),
      engine({ url: 'tcp://build:2375', source: 'added', openToAll: true, state: 'reachable', facts }),
      engine({ url: 'unix:///run/x.sock', state: 'unreachable', problem: 'not-running', reason: 'ENOENT' }),
    ]);
    assert.equal(asked(), 0);
    const rows = (await view.children()).map((element) => view.row(element));
    assert.equal(asked(), 1);
    assert.deepEqual(
      rows.map(({ label, description, kind }) => [label, description, kind]),
      [
        ['/var/run/docker.sock', 'in use · Docker Engine 27.1 · overlay2', 'engine.current'],
        ['lab', 'asking… · ssh://ada@lab', 'engine.other'],
        ['tcp://build:2375', 'Docker Engine 27.1 · overlay2 · open to everybody', 'engine.added.other'],
        ['/run/x.sock', 'The Docker engine is not running', 'engine.other'],
      ],
    );
  });

  it('tells where the data lies, and that it lies elsewhere now', async () => {
    const { view } = viewOf([engine({ state: 'reachable', facts, dataRootBefore: '/srv/old' })]);
    const [element] = await view.children();
    assert.ok(element);
    const tooltip = (await view.tooltip?.(element)) ?? '';
    assert.match(tooltip, /Data folder: \/var\/lib\/docker/);
    assert.match(tooltip, /was in \/srv\/old/);
    assert.match(view.row(element).description ?? '', /elsewhere/);
  });

  it('shows what engines and files say inert', async () => {
    const evil = '\u001b[31m[x](command:evil)<b>';
    const { view } = viewOf([
      engine({
        id: 'context/e',
        source: 'context',
        context: evil,
        state: 'reachable',
        facts: { ...facts, name: evil },
      }),
    ]);
    const [element] = await view.children();
    assert.ok(element);
    assert.ok(!JSON.stringify(view.row(element)).includes('\\u001b'));
    assert.doesNotMatch((await view.tooltip?.(element)) ?? '', /(?<!\\)\]\(|(?<!\\)</);
  });

  it('draws single rows again, and leaves no listener behind', () => {
    const { view, changed } = viewOf([]);
    const seen: RowChange[] = [];
    view.onChange((rows) => seen.push(rows));
    changed.fire(['context/lab']);
    changed.fire(undefined);
    assert.deepEqual(seen, [['engine/context/lab'], undefined]);
    view.dispose();
    assert.equal(changed.size, 0);
  });
});
