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
