// What an event says about the objects in memory, of Docker's events and of Podman's, which differ.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { anyUntagged, touches } from '../../../../src/engine/inventory/events.ts';

const id = 'a'.repeat(64);
const event = (Type: string, Action: string, ID: string, Attributes: Record<string, string> = {}) => ({
  Type,
  Action,
  Actor: { ID, Attributes },
});

describe('touches', () => {
  const cases: [string, object, [string, string, string][]][] = [
    ['a start', event('container', 'start', id), [['containers', id, 'prompt']]],
    [
      'a health status with its value',
      event('container', 'health_status: healthy', id),
      [['containers', id, 'prompt']],
    ],
    ['a pause, which lists know late', event('container', 'pause', id), [['containers', id, 'late']]],
    ['the end of a process inside', event('container', 'exec_die', id), []],
    ['a removal', event('container', 'destroy', id, { image: 'busybox' }), [['containers', id, 'gone']]],
    [
      'the end of a step of a classic build',
      event('container', 'destroy', id, { image: `sha256:${id}` }),
      [
        ['containers', id, 'gone'],
        ['images', anyUntagged, 'calm'],
      ],
    ],
    ['a commit', event('container', 'commit', id, { imageID: `sha256:${id}` }), [['images', `sha256:${id}`, 'prompt']]],
    ["Podman's commit, which does not name the image", event('container', 'commit', id), [['images', id, 'list']]],
    ['an image that is deleted', event('image', 'delete', `sha256:${id}`), [['images', `sha256:${id}`, 'gone']]],
    ["Podman's delete of a name", event('image', 'delete', id, { name: 'x' }), [['images', `sha256:${id}`, 'prompt']]],
    ["Podman's build", event('image', 'build', '', { name: id }), [['images', `sha256:${id}`, 'prompt']]],
    ["Podman's volume", event('volume', 'create', '', { name: 'data' }), [['volumes', 'data', 'prompt']]],
    ['a network that is joined', event('network', 'connect', 'n', { container: id }), [['containers', id, 'late']]],
    [
      'a network that is joined in Podman',
      event('network', 'connect', id, { name: 'web' }),
      [['containers', id, 'late']],
    ],
    ['another type', event('plugin', 'enable', id), []],
    ['no id', event('container', 'start', ''), []],
    ['nonsense', [1], []],
  ];
  for (const [title, raw, expected] of cases) {
    it(`understands ${title}`, () => {
      assert.deepEqual(
        touches(raw).map(({ kind, key, look }) => [kind, key, look]),
        expected,
      );
    });
  }
});

describe('what an event touches', () => {
  const id = 'ab'.repeat(32);

  const event = (Type: string, Action: string, ID = id, Attributes = {}) => ({
    Type,
    Action,
    Actor: { ID, Attributes },
  });
  const container = { kind: 'containers', key: id, look: 'prompt' };

  it('asks for nothing when nothing that is kept changes', () => {
    for (const action of ['exec_create: sh -c id', 'exec_start: sh', 'exec_die', 'attach', 'resize', 'top', 'kill']) {
      assert.deepEqual(touches(event('container', action)), [], action);
    }
    assert.deepEqual(touches(event('volume', 'mount')), []);
    assert.deepEqual(touches(event('daemon', 'reload')), []);
  });

  it('looks at a container again for every change of it', () => {
    for (const action of ['start', 'die', 'rename', 'health_status: healthy', 'update', 'something new']) {
      assert.deepEqual(touches(event('container', action)), [container], action);
    }
  });

  it('gives the engine a moment where its lists lag behind its events', () => {
    const late = { ...container, look: 'late' };
    assert.deepEqual(touches(event('network', 'connect', 'net', { container: id })), [late]);
    assert.deepEqual(touches(event('container', 'pause')), [late]);
  });

  it('knows what is gone', () => {
    assert.deepEqual(touches(event('container', 'destroy')), [{ ...container, look: 'gone' }]);
    assert.deepEqual(touches(event('image', 'delete', `sha256:${id}`)), [
      { kind: 'images', key: `sha256:${id}`, look: 'gone' },
    ]);
    assert.deepEqual(touches(event('volume', 'destroy', 'v')), [{ kind: 'volumes', key: 'v', look: 'gone' }]);
    assert.deepEqual(touches(event('network', 'destroy', 'n')), [{ kind: 'networks', key: 'n', look: 'gone' }]);
  });

  it('finds the image that a commit made, and takes references of pulls', () => {
    const made = { kind: 'images', key: `sha256:${id}`, look: 'prompt' };
    assert.deepEqual(touches(event('container', 'commit', id, { imageID: `sha256:${id}` })), [made]);
    assert.deepEqual(touches(event('image', 'pull', 'busybox:latest')), [
      { kind: 'images', key: 'busybox:latest', look: 'prompt' },
    ]);
    assert.deepEqual(touches(event('image', 'tag', id)), [made]);
  });

  it('survives lines that are no events', () => {
    for (const line of [null, 1, 'x', [], {}, { Type: 'container' }, { Type: 'container', Action: 7, Actor: null }]) {
      assert.deepEqual(touches(line), []);
    }
  });
});
