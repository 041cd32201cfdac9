// Creates helper containers: the archive API reaches a volume only through a container that mounts it.
import { helperLabel } from '../../../model/containers/helpers.ts';
import { EngineError } from '../../../model/engines/error.ts';
import { UserError } from '../../../model/errors.ts';
import { t } from '../../../model/l10n.ts';
import { plain } from '../../../model/text.ts';
import { fields, text } from '../../../model/untyped.ts';
import { segment, type Transport } from '../../connection/transport.ts';
import { findShell } from '../../exec/script.ts';
import { pullBusybox } from '../failures.ts';
import type { FileClient } from '../types.ts';
import { type HelperImage, helperImages } from './candidates.ts';
import type { Access, Consent } from './consent.ts';

/** Where a helper container mounts its volume: a path that no image has, because the engine would copy an image's files into an empty volume. */
export const volumeRoot = '/docknotes-volume';

/** What the commands in a helper container need beside the volume: files of others are read, and for changes keep their owner and mode. */
const capabilities = { read: ['DAC_OVERRIDE'], write: ['DAC_OVERRIDE', 'CHOWN', 'FOWNER', 'FSETID'] };

export interface HelperContainer {
  readonly container: string;
  /** Path of the image's shell, where it has one. */
  readonly shell: string | undefined;
  /**
   * Starts the container, so that commands can be run in it; only for one with a shell. A person is asked first where the
   * image is not an official one: until then nothing of it has run. Rejects with `foreign-helper` when the answer is no.
   */
  start(): Promise<void>;
}

/**
 * Creates a helper container of a volume that is there. One that is not `lasting` is never started. Rejects with an
 * `EngineError`, of status 404 where the volume is missing, and with a `UserError` `no-helper-image`.
 */
export type CreateHelperContainer = (volume: string, access: Access, lasting: boolean) => Promise<HelperContainer>;

interface Options {
  client: FileClient;
  transport: Transport;
  consent: Consent;
}

/** Gives what creates helper containers, from the first image that has a shell. An official one that served is taken again. */
export function createHelperContainerMaker(options: Options): CreateHelperContainer {
  /** The official image that served before. */
  let proven: HelperImage | undefined;

  return async function create(volume, access, lasting): Promise<HelperContainer> {
    const { client, transport } = options;
    // Mounting a volume that is not there would create it.
    await transport.json({ method: 'GET', path: `/volumes/${segment(volume)}` });
    const images = proven ? [proven] : await helperImages(transport, volume);
    const best = await firstWithShell(client, images, (image) => createFrom(options, image, volume, access, lasting));
    if (best?.helperContainer.shell) {
      proven = best.image.official ? best.image : undefined;
    }
    if (best) {
      return best.helperContainer;
    }
    if (proven) {
      // It has been removed meanwhile.
      proven = undefined;
      return create(volume, access, lasting);
    }
    throw noImage(volume);
  };
}

interface Created {
  image: HelperImage;
  helperContainer: HelperContainer;
}

/** Of the images that can be used, the first with a shell; else the first. The containers of the others are removed. */
async function firstWithShell(
  client: FileClient,
  images: readonly HelperImage[],
  create: (image: HelperImage) => Promise<HelperContainer | undefined>,
): Promise<Created | undefined> {
  let first: Created | undefined;
  for (const image of images) {
    const helperContainer = await create(image);
    if (helperContainer?.shell) {
      await (first && removeHelperContainer(client, first.helperContainer.container));
      return { image, helperContainer };
    }
    if (helperContainer && first) {
      await removeHelperContainer(client, helperContainer.container);
    }
    first ??= helperContainer && { image, helperContainer };
  }
  return first;
}

/** Undefined for an image that cannot be used, for example one of another system. */
async function createFrom(
  { client, transport, consent }: Options,
  image: HelperImage,
  volume: string,
  access: Access,
  lasting: boolean,
): Promise<HelperContainer | undefined> {
  let container: string | undefined;
  try {
    const body = helperContainerBody(image, volume, access, lasting);
    const answer = fields(await transport.json({ method: 'POST', path: '/containers/create', body }));
    const created = text(answer.Id);
    container = created;
    return {
      container: created,
      shell: await findShell(client, created),
      async start() {
        await consent(image, volume, access);
        // Said again each time: the engine may have been restarted, and answers at once when the container runs.
        await client.start(created);
      },
    };
  } catch (error) {
    if (container !== undefined) {
      await removeHelperContainer(client, container);
    }
    if (error instanceof EngineError && error.status !== undefined) {
      return undefined;
    }
    throw error;
  }
}

/** The body of `POST /containers/create`: a container that, should it be started, waits, and reaches the volume and nothing else. */
export function helperContainerBody(
  image: Pick<HelperImage, 'id'>,
  volume: string,
  access: Access,
  lasting: boolean,
): Record<string, unknown> {
  return {
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
          Target: volumeRoot,
          ReadOnly: access === 'read',
          VolumeOptions: { NoCopy: true },
        },
      ],
    },
  };
}

/** Never rejects. Its anonymous volumes, which an image may declare, go with it; the mounted one has a name and stays. */
export async function removeHelperContainer(client: FileClient, container: string): Promise<void> {
  await client.remove(container, { force: true, volumes: true }).catch(() => undefined);
}

function noImage(volume: string): UserError {
  return new UserError(
    'no-helper-image',
    t(
      'The engine reaches the files of the volume {0} only through a container, and it has no image to create one from. Pull any small image first, for example busybox.',
      plain(volume, 200),
    ),
    { actions: [pullBusybox()] },
  );
}
