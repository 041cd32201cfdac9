// Helper containers: the archive API reaches a volume only through a container that mounts it.

import { helperLabel } from '../../model/containers/helpers.ts';
import { EngineError } from '../../model/engines/error.ts';
import { Cancelled, UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { plain } from '../../model/text.ts';
import { segment, type Transport } from '../connection/transport.ts';
import { type FileClient, findShell } from '../exec/capture.ts';
import { list, record, text } from '../inventory/records.ts';
import { type HelperImage, helperImages } from './helperImages.ts';

/** Where a helper mounts its volume: a path that no image has, because the engine would copy an image's files into an empty volume. */
export const helperRoot = '/docknotes-volume';

/** Milliseconds that a helper stays without use: one is made in 70 ms, and while it is there its volume cannot be removed. */
const idle = 3_000;
/** A helper older than this is replaced at its next use, so that whatever is older than `abandoned` belongs to nobody. */
const longest = 10 * 60_000;
const abandoned = 15 * 60_000;
/** What the commands in a helper need beside the volume: files of others are read, and for changes keep their owner and mode. */
const capabilities = { read: ['DAC_OVERRIDE'], write: ['DAC_OVERRIDE', 'CHOWN', 'FOWNER', 'FSETID'] };

/** Whether the files of a volume are only looked at. */
export type Access = 'read' | 'write';

/** Asks a person; resolves when the button is pressed and rejects with `Cancelled` otherwise. */
export type Confirm = (question: string, detail: string, button: string) => Promise<void>;

export interface Helper {
  readonly container: string;
  /** Path of the image's shell, where it has one. */
  readonly shell: string | undefined;
  /**
   * Starts the helper, so that commands can be run in it; only for one with a shell. A person is asked first where the
   * image is not an official one: until then nothing of it has run. Rejects with `foreign-helper` when the answer is no.
   */
  start(): Promise<void>;
}

export interface Helpers {
  /** Gives a helper of a volume to `work`. It is created when there is none, and removed when it was not used for a while. */
  use<T>(volume: string, access: Access, work: (helper: Helper) => Promise<T>): Promise<T>;
  /** The same with a helper of its own to write, never started, which is removed afterwards. */
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

export function createHelpers(client: FileClient, transport: Transport, confirm?: Confirm): Helpers {
  /** By access and volume. */
  const kept = new Map<string, Kept>();
  /** The official image that served before. */
  let proven: HelperImage | undefined;
  /** Images of which the person was asked in this session, by access and id. */
  const asked = new Map<string, Promise<void>>();
  let swept = false;

  async function create(volume: string, access: Access, lasting: boolean): Promise<Helper> {
    // What a session that crashed left behind goes when helpers are used again.
    if (!swept) {
      swept = true;
      void sweep().catch(() => undefined);
    }
    // Mounting a volume that is not there would create it.
    await transport.json({ method: 'GET', path: `/volumes/${segment(volume)}` });
    let best: Helper | undefined;
    for (const image of proven ? [proven] : await helperImages(transport, volume)) {
      const helper = await createFrom(image, volume, access, lasting).catch((error: unknown) => {
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
        proven = image.official ? image : undefined;
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
      return create(volume, access, lasting);
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

  /** Once for each image, whatever the answer: files can be saved without it, and each save would ask again. */
  async function allow({ id, name, official }: HelperImage, volume: string, access: Access): Promise<void> {
    if (official) {
      return;
    }
    const key = `${access} ${id}`;
    const asking = asked.get(key) ?? ask(plain(name, 100), plain(volume, 100), access);
    asked.set(key, asking);
    await asking;
  }

  async function ask(image: string, volume: string, access: Access): Promise<void> {
    const refused = new UserError(
      'foreign-helper',
      t(
        'Docknotes does this with a shell in a helper container, and there is no official image for it on this engine. Nothing of {0} was run. Pull busybox, which is official and small.',
        image,
      ),
      { actions: [{ label: t('Pull busybox'), command: 'docknotes.pullImage', args: ['busybox'] }] },
    );
    await (confirm ?? (() => Promise.reject(refused)))(
      t('Run the shell of the image {0} for this?', image),
      [
        t(
          'The engine itself cannot do this with the files of a volume. Docknotes does it with a shell in a helper container, and neither busybox nor alpine, which are official, is on this engine.',
        ),
        access === 'read'
          ? t(
              'The shell of {0} would run as root and read the volume {1}: without a network, without a right to write, and with nothing else of the host.',
              image,
              volume,
            )
          : t(
              'The shell of {0} would run as root and change the volume {1}: without a network, and with nothing else of the host.',
              image,
              volume,
            ),
        t('If you do not trust that image, pull busybox instead. You are asked once for each image.'),
      ].join('\n\n'),
      t('Run It'),
    ).catch((error: unknown) => {
      throw error instanceof Cancelled ? refused : error;
    });
  }

  async function createFrom(image: HelperImage, volume: string, access: Access, lasting: boolean): Promise<Helper> {
    const body = {
      Image: image.id,
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
        CapDrop: ['ALL'],
        CapAdd: capabilities[access],
        // Only what is never started may need more than the volume, for the volume's own root.
        ReadonlyRootfs: lasting,
        RestartPolicy: { Name: 'no' },
        LogConfig: { Type: 'none' },
        Mounts: [
          {
            Type: 'volume',
            Source: volume,
            Target: helperRoot,
            ReadOnly: access === 'read',
            VolumeOptions: { NoCopy: true },
          },
        ],
      },
    };
    const answer = record(await transport.json({ method: 'POST', path: '/containers/create', body }));
    const container = text(answer.Id);
    try {
      const shell = await findShell(client, container);
      return {
        container,
        shell,
        async start() {
          await allow(image, volume, access);
          // Said again each time: the engine may have been restarted, and answers at once when the helper runs.
          await client.start(container);
        },
      };
    } catch (error) {
      await remove(container);
      throw error;
    }
  }

  async function remove(container: string): Promise<void> {
    // Also its anonymous volumes, which an image may declare; the mounted one has a name and stays.
    await client.remove(container, { force: true, volumes: true }).catch(() => undefined);
  }

  function forget(key: string, entry: Kept): Promise<void> {
    clearTimeout(entry.timer);
    if (kept.get(key) === entry) {
      kept.delete(key);
    }
    return entry.helper.then(
      ({ container }) => remove(container),
      () => undefined,
    );
  }

  function acquire(volume: string, access: Access): Kept {
    const key = keyOf(volume, access);
    const known = kept.get(key);
    if (known && Date.now() - known.created < longest) {
      clearTimeout(known.timer);
      return known;
    }
    const entry: Kept = { helper: create(volume, access, true), created: Date.now(), users: 0 };
    kept.set(key, entry);
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
    async use(volume, access, work) {
      const key = keyOf(volume, access);
      for (let attempt = 0; ; attempt++) {
        const entry = acquire(volume, access);
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
          const replaced = kept.get(key) !== entry;
          const failed = await entry.helper.then(
            () => false,
            () => true,
          );
          if (entry.users === 0 && (stale || failed || replaced)) {
            await forget(key, entry);
          } else if (entry.users === 0) {
            clearTimeout(entry.timer);
            entry.timer = setTimeout(() => void forget(key, entry), idle).unref();
          }
        }
      }
    },

    async useFresh(volume, work) {
      const helper = await create(volume, 'write', false);
      try {
        return await work(helper);
      } finally {
        await remove(helper.container);
      }
    },

    async release(volume) {
      for (const access of ['read', 'write'] as const) {
        const key = keyOf(volume, access);
        const entry = kept.get(key);
        if (entry) {
          await forget(key, entry);
        }
      }
    },

    sweep,

    async dispose() {
      await Promise.all([...kept].map(([key, entry]) => forget(key, entry)));
    },
  };
}

function keyOf(volume: string, access: Access): string {
  return `${access} ${volume}`;
}
