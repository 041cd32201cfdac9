// What an event of the engine says about the objects in memory.
import type { Kind } from '../model/objects.ts';
import { record, text } from './records.ts';

/** What to do with one object. For images the key may be a reference instead of an id. */
export interface Touch {
  kind: Kind;
  key: string;
  /** Look at it again at once, or a moment later because the engine's lists lag behind this event; or forget it. */
  look: 'prompt' | 'late' | 'gone';
}

/** The types of events that the inventory needs. */
export const eventTypes = ['container', 'image', 'volume', 'network'];

interface Meaning {
  kind: Kind;
  /** Actions that change nothing that is kept; every other action touches the object. */
  noise: ReadonlySet<string>;
  gone: ReadonlySet<string>;
}

const meanings: Readonly<Record<string, Meaning>> = {
  container: {
    kind: 'containers',
    // `kill` only says that a signal was sent: when it ends the container, `die` follows. exec_died, exec, mount … are Podman's.
    noise: new Set(
      'attach detach resize top copy archive-path extract-to-dir export kill commit prune exec_create exec_start exec_die exec_detach exec exec_died mount unmount sync'.split(
        ' ',
      ),
    ),
    gone: new Set(['destroy', 'remove']),
  },
  // A push adds a digest. Podman's `remove` of an image may take away a name only, so it is looked at again.
  image: { kind: 'images', noise: new Set(['save', 'prune', 'mount', 'unmount']), gone: new Set(['delete']) },
  volume: { kind: 'volumes', noise: new Set(['mount', 'unmount', 'prune']), gone: new Set(['destroy', 'remove']) },
  network: {
    kind: 'networks',
    noise: new Set(['connect', 'disconnect', 'prune']),
    gone: new Set(['destroy', 'remove']),
  },
};

/** Reads one line of `GET /events`. A line that makes no sense touches nothing. */
export function touches(raw: unknown): Touch[] {
  const event = record(raw);
  const actor = record(event.Actor);
  const attributes = record(actor.Attributes);
  const meaning = meanings[text(event.Type)];
  const key = text(actor.ID) || text(event.id);
  // `health_status: healthy` and `exec_start: sh -c …` carry a value behind the colon.
  const [action = ''] = (text(event.Action) || text(event.status)).split(':');
  if (!meaning) {
    return [];
  }
  const also = related(meaning.kind, action, attributes);
  if (key === '' || meaning.noise.has(action)) {
    return also;
  }
  return [{ kind: meaning.kind, key: imageKey(meaning.kind, key), look: lookFor(meaning, action) }, ...also];
}

function lookFor({ kind, gone }: Meaning, action: string): Touch['look'] {
  if (gone.has(action)) {
    return 'gone';
  }
  return kind === 'containers' && (action === 'pause' || action === 'unpause') ? 'late' : 'prompt';
}

/** Objects of another kind that an event changes. */
function related(kind: Kind, action: string, attributes: Record<string, unknown>): Touch[] {
  if (kind === 'networks' && (action === 'connect' || action === 'disconnect') && text(attributes.container)) {
    return [{ kind: 'containers', key: text(attributes.container), look: 'late' }];
  }
  if (kind === 'containers' && action === 'commit' && text(attributes.imageID)) {
    return [{ kind: 'images', key: imageKey('images', text(attributes.imageID)), look: 'prompt' }];
  }
  return [];
}

/** Podman leaves the algorithm out of an image's id. */
function imageKey(kind: Kind, key: string): string {
  return kind === 'images' && /^[0-9a-f]{64}$/.test(key) ? `sha256:${key}` : key;
}
