// Helper containers: the archive API reaches a volume only through a container that mounts it.
import { EngineError } from '../model/engineError.ts';
import { UserError } from '../model/errors.ts';
import { helperLabel } from '../model/helperContainers.ts';
import { t } from '../model/l10n.ts';
import { plain } from '../model/text.ts';
import { type FileClient, findShell } from './inside.ts';
import { list, record, text } from './records.ts';
import { segment, type Transport } from './transport.ts';

/** Where a helper mounts its volume: a path that no image has, because the engine would copy an image's files into an empty volume. */
export const helperRoot = '/docknotes-volume';

/** Milliseconds that a helper stays without use: one is made in 70 ms, and while it is there its volume cannot be removed. */
const idle = 3_000;
/** A helper older than this is replaced at its next use, so that whatever is older than `abandoned` belongs to nobody. */
const longest = 10 * 60_000;
const abandoned = 15 * 60_000;
/** Images that are tried for a shell, the smallest first. */
const candidates = 5;

export interface Helper {
  readonly container: string;
  /** Path of the image's shell, where it has one. */
  readonly shell: string | undefined;
  /** Starts the helper, so that commands can be run in it; only for one with a shell. */
  start(): Promise<void>;
}

export interface Helpers {
  /** Gives a helper of a volume to `work`. It is created when there is none, and removed when it was not used for a while. */
  use<T>(volume: string, work: (helper: Helper) => Promise<T>): Promise<T>;
  /** The same with a helper of its own, never started, which is removed afterwards. */
  useFresh<T>(volume: string, work: (helper: Helper) => Promise<T>): Promise<T>;
  release(volume: string): Promise<void>;
  sweep(): Promise<void>;
  /** Removes all helpers of this session. */
  dispose(): Promise<void>;
}

interface Kept {
  helper: Promise<Helper>;
  created: number;
  users: number;
  timer?: NodeJS.Timeout;
}

export function createHelpers(client: FileClient, transport: Transport): Helpers {
  const kept = new Map<string, Kept>();
  /** The image that served before. */
  let proven: string | undefined;
  let swept = false;

  async function create(volume: string): Promise<Helper> {
    // What a session that crashed left behind goes when helpers are used again.
    if (!swept) {
      swept = true;
      void sweep().catch(() => undefined);
    }
    // Mounting a volume that is not there would create it.
    await transport.json({ method: 'GET', path: `/volumes/${segment(volume)}` });
    let best: Helper | undefined;
    for (const image of proven ? [proven] : await images()) {
      const helper = await createFrom(image, volume).catch((error: unknown) => {
        // Some images cannot be used, for example those of another system.
        if (error instanceof EngineError && error.status !== undefined) {
          return undefined;
        }
        throw error;
      });
      if (!helper) {
        continue;
      }
      if (helper.shell) {
        proven = image;
        await (best && remove(best.container));
        return helper;
      }
      if (best) {
        await remove(helper.container);
      }
      best ??= helper;
    }
    if (proven && !best) {
      // It has been removed meanwhile.
      proven = undefined;
      return create(volume);
    }
    if (!best) {
      throw new UserError(
        'no-helper-image',
        t(
          'The engine reaches the files of the volume {0} only through a container, and it has no image to create one from. Pull any small image first, for example busybox.',
          plain(volume, 200),
        ),
        { actions: [{ label: t('Pull busybox'), command: 'docknotes.pullImage', args: ['busybox'] }] },
      );
    }
    return best;
  }

  /** Ids of local images: what is called busybox or alpine first, then the smallest. */
  async function images(): Promise<string[]> {
    const all = list(await transport.json({ method: 'GET', path: '/images/json' })).map(record);
    const rank = (image: Record<string, unknown>) =>
      /(?:^|\/)(?:busybox|alpine)[:@]/.test(list(image.RepoTags).map(text).join(' ').split(' ')[0] ?? '') ? 0 : 1;
    return all
      .sort((a, b) => rank(a) - rank(b) || Number(a.Size) - Number(b.Size))
      .slice(0, candidates)
      .map(({ Id }) => text(Id));
  }

  async function createFrom(image: string, volume: string): Promise<Helper> {
    const body = {
      Image: image,
      // Waits for input that never comes, should it be started; "read" is a part of every shell.
      Entrypoint: ['sh', '-c', 'read line'],
      Cmd: [],
      OpenStdin: true,
      User: '0:0',
      WorkingDir: '/',
      Labels: { [helperLabel]: 'true' },
      Healthcheck: { Test: ['NONE'] },
      HostConfig: {
        NetworkMode: 'none',
        SecurityOpt: ['no-new-privileges'],
        RestartPolicy: { Name: 'no' },
        LogConfig: { Type: 'none' },
        Mounts: [{ Type: 'volume', Source: volume, Target: helperRoot, VolumeOptions: { NoCopy: true } }],
      },
    };
    const answer = record(await transport.json({ method: 'POST', path: '/containers/create', body }));
    const container = text(answer.Id);
    try {
      const shell = await findShell(client, container);
      return {
        container,
        shell,
        // Said again each time: the engine may have been restarted, and answers at once when the helper runs.
        start: () => client.startContainer(container),
      };
    } catch (error) {
      await remove(container);
      throw error;
    }
  }

  async function remove(container: string): Promise<void> {
    // Also its anonymous volumes, which an image may declare; the mounted one has a name and stays.
    await client.removeContainer(container, { force: true, volumes: true }).catch(() => undefined);
  }

  function forget(volume: string, entry: Kept): Promise<void> {
    clearTimeout(entry.timer);
    if (kept.get(volume) === entry) {
      kept.delete(volume);
    }
    return entry.helper.then(
      ({ container }) => remove(container),
      () => undefined,
    );
  }

  function acquire(volume: string): Kept {
    const known = kept.get(volume);
    if (known && Date.now() - known.created < longest) {
      clearTimeout(known.timer);
      return known;
    }
    const entry: Kept = { helper: create(volume), created: Date.now(), users: 0 };
    kept.set(volume, entry);
    return entry;
  }

  async function sweep(): Promise<void> {
    const filters = { label: [`${helperLabel}=true`] };
    const found = await transport.json({ method: 'GET', path: '/containers/json', query: { all: true, filters } });
    const limit = Date.now() / 1000 - abandoned / 1000;
    for (const { Id, Created } of list(found).map(record)) {
      if (Number(Created) < limit) {
        await remove(text(Id));
      }
    }
  }

  return {
    async use(volume, work) {
      for (let attempt = 0; ; attempt++) {
        const entry = acquire(volume);
        entry.users++;
        let stale = false;
        try {
          return await work(await entry.helper);
        } catch (error) {
          // Another window, or a person, has removed the helper.
          stale = error instanceof EngineError && /no such container/i.test(error.message);
          if (!stale || attempt > 0) {
            throw error;
          }
        } finally {
          entry.users--;
          const replaced = kept.get(volume) !== entry;
          const failed = await entry.helper.then(
            () => false,
            () => true,
          );
          if (entry.users === 0 && (stale || failed || replaced)) {
            await forget(volume, entry);
          } else if (entry.users === 0) {
            clearTimeout(entry.timer);
            entry.timer = setTimeout(() => void forget(volume, entry), idle).unref();
          }
        }
      }
    },

    async useFresh(volume, work) {
      const helper = await create(volume);
      try {
        return await work(helper);
      } finally {
        await remove(helper.container);
      }
    },

    async release(volume) {
      const entry = kept.get(volume);
      if (entry) {
        await forget(volume, entry);
      }
    },

    sweep,

    async dispose() {
      await Promise.all([...kept].map(([volume, entry]) => forget(volume, entry)));
    },
  };
}
