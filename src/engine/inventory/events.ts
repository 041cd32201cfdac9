// What an event of the engine says about the objects in memory.
import type { Kind } from '../../model/objects.ts';
import { fields, text, textMap } from '../../model/untyped.ts';
import type { EngineEvent } from './types.ts';

/** What to do with one object. For images the key may be a reference instead of an id, or `anyUntagged`. */
export interface Touch {
  kind: Kind;
  key: string;
  /**
   * Look at it again at once, or a moment later because the engine's lists lag behind this event, or once no more
   * such events come; or list all of its kind, or forget it.
   */
  look: 'prompt' | 'late' | 'calm' | 'list' | 'gone';
}

/** In the place of an image's id: images without a tag may have come or gone. */
export const anyUntagged = '';

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
  // A push adds a digest.
  image: { kind: 'images', noise: new Set(['save', 'prune', 'mount', 'unmount']), gone: new Set(['delete']) },
  volume: { kind: 'volumes', noise: new Set(['mount', 'unmount', 'prune']), gone: new Set(['destroy', 'remove']) },
  network: {
    kind: 'networks',
    noise: new Set(['connect', 'disconnect', 'prune']),
    gone: new Set(['destroy', 'remove']),
  },
};

/** Reads one line of `GET /events`; undefined for what is no event. */
export function readEvent(raw: unknown): EngineEvent | undefined {
  const event = fields(raw);
  const actor = fields(event.Actor);
  const type = text(event.Type);
  const action = text(event.Action) || text(event.status);
  if (type === '' || action === '') {
    return undefined;
  }
  const { time, timeNano } = event;
  const id = text(actor.ID) || text(event.id);
  const milliseconds = typeof timeNano === 'number' ? timeNano / 1e6 : typeof time === 'number' ? time * 1000 : 0;
  return {
    type,
    action,
    id,
    attributes: textMap(actor.Attributes),
    time: Math.floor(milliseconds),
    key: `${timeNano ?? time} ${type} ${action} ${id}`,
  };
}

/** Reads one line of `GET /events`. A line that makes no sense touches nothing. */
export function touches(raw: unknown): Touch[] {
  const event = fields(raw);
  const actor = fields(event.Actor);
  const attributes = fields(actor.Attributes);
  const meaning = meanings[text(event.Type)];
  // Podman 4 names a volume, and an image that was built, in the attributes only.
  const named = meaning?.kind === 'volumes' || meaning?.kind === 'images';
  const key = text(actor.ID) || text(event.id) || (named ? text(attributes.name) : '');
  // `health_status: healthy` and `exec_start: sh -c …` carry a value behind the colon.
  const [action = ''] = (text(event.Action) || text(event.status)).split(':');
  if (!meaning) {
    return [];
  }
  const also = related(meaning.kind, action, key, attributes);
  if (key === '' || meaning.noise.has(action)) {
    return also;
  }
  return [{ kind: meaning.kind, key: imageKey(meaning.kind, key), look: lookFor(meaning, action, key) }, ...also];
}

function lookFor({ kind, gone }: Meaning, action: string, key: string): Touch['look'] {
  // Podman, whose ids of images are bare, says `delete` also when only a name was taken away.
  if (gone.has(action) && !(kind === 'images' && bareId.test(key))) {
    return 'gone';
  }
  return kind === 'containers' && (action === 'pause' || action === 'unpause') ? 'late' : 'prompt';
}

/** Objects of another kind that an event changes. */
function related(kind: Kind, action: string, key: string, attributes: Record<string, unknown>): Touch[] {
  if (kind === 'networks' && (action === 'connect' || action === 'disconnect')) {
    // In Podman's events the container stands in the network's place.
    return [{ kind: 'containers', key: text(attributes.container) || key, look: 'late' }];
  }
  if (kind === 'containers' && action === 'commit') {
    const image = text(attributes.imageID);
    // Podman does not say which image was made, nor that it has a tag.
    return [
      image
        ? { kind: 'images', key: imageKey('images', image), look: 'prompt' }
        : { kind: 'images', key, look: 'list' },
    ];
  }
  // A step of a classic build, whose containers alone are made from ids: no event tells of an image without a tag.
  if (kind === 'containers' && action === 'destroy' && /^sha256:/.test(text(attributes.image))) {
    return [{ kind: 'images', key: anyUntagged, look: 'calm' }];
  }
  return [];
}

const bareId = /^[0-9a-f]{64}$/;

/** Podman leaves the algorithm out of an image's id. */
function imageKey(kind: Kind, key: string): string {
  return kind === 'images' && bareId.test(key) ? `sha256:${key}` : key;
}
