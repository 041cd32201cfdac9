// Files of images: an engine gives them out of a container only, so one is created, never started, and removed again.

import { helperLabel } from '../../model/containers/helpers.ts';
import { Cancelled, UserError } from '../../model/errors.ts';
import { baseName } from '../../model/files/entry.ts';
import { t } from '../../model/l10n.ts';
import { fields, text } from '../../model/untyped.ts';
import { segment, type Transport } from '../connection/transport.ts';
import { openArchive, readContent } from './archive.ts';
import { shown } from './failures.ts';
import { readTar } from './tar/reader.ts';
import type { ImageFile } from './types.ts';

/** Nothing of it is ever run, so that it needs no program, network or log. */
const container = {
  Entrypoint: ['-'],
  Cmd: [],
  Labels: { [helperLabel]: 'true' },
  Healthcheck: { Test: ['NONE'] },
  HostConfig: { NetworkMode: 'none', RestartPolicy: { Name: 'no' }, LogConfig: { Type: 'none' } },
};

/** Reads one file of an image. The container is gone when this settles, also after a failure or a cancellation. */
export async function readImageFile(transport: Transport, { image, path, limit, signal }: ImageFile): Promise<Buffer> {
  const stop = () => {
    if (signal?.aborted) {
      throw new Cancelled();
    }
  };
  stop();
  // Without the signal: a request that is broken off may leave a container whose id nobody knows.
  const body = { ...container, Image: image };
  const made = fields(await transport.json({ method: 'POST', path: '/containers/create', body }));
  const id = text(made.Id);
  try {
    stop();
    for await (const entry of readTar(await openArchive(transport, id, path, signal))) {
      if (entry.kind !== 'file') {
        throw new UserError('not-a-file', t('{0} is not a regular file in the image.', shown(path)));
      }
      const content = await readContent(entry, limit);
      if (!content) {
        throw new UserError('file-too-large', t('{0} is too large in the image to be compared.', baseName(path)));
      }
      return content;
    }
    throw missing(path);
  } catch (error) {
    stop();
    throw error instanceof UserError && error.code === 'file-not-found' ? missing(path) : error;
  } finally {
    // With the volumes that the image declares. One that cannot be removed now goes with the next sweep of helper containers.
    const query = { force: true, v: true };
    await transport.json({ method: 'DELETE', path: `/containers/${segment(id)}`, query }).catch(() => undefined);
  }
}

function missing(path: string): UserError {
  return new UserError('file-not-found', t('The image has no file {0}.', shown(path)));
}
