// Volumes, mounts and temporary file systems of run options as the engine's API wants them.
import { t } from '../../l10n.ts';
import type { RunOptions } from '../options.ts';
import { badValue, shown } from '../parse.ts';
import { parseMount } from './mount.ts';
import { isAbsolute, parseVolume } from './volume.ts';

/** The parts of a create request that speak of volumes and mounts. */
export function mountsOf(options: RunOptions) {
  const volumes = (options.volumes ?? []).map(parseVolume);
  const anonymous = volumes.flatMap(({ source, target }) => (source === undefined ? [[target, {}]] : []));
  const binds = volumes.flatMap(({ source, target, mode }) =>
    source === undefined ? [] : [[source, target, ...(mode ? [mode] : [])].join(':')],
  );
  return {
    config: { Volumes: Object.fromEntries(anonymous) as Record<string, object> },
    host: {
      ...(binds.length > 0 && { Binds: [...new Set(binds)] }),
      ...(options.mounts?.length && { Mounts: options.mounts.map(parseMount) }),
      ...(options.tmpfs?.length && { Tmpfs: Object.fromEntries(options.tmpfs.map(parseTmpfs)) }),
      ...(options.volumesFrom?.length && { VolumesFrom: options.volumesFrom }),
      ...(options.volumeDriver && { VolumeDriver: options.volumeDriver }),
    },
  };
}

function parseTmpfs(text: string): [string, string] {
  const [, path = text, rest = ''] = /^([^:]*):([\s\S]*)$/.exec(text) ?? [];
  if (!isAbsolute(path)) {
    throw badValue(
      'bad-tmpfs',
      t('The path inside the container in "{0}" must be absolute, for example /run:size=64m.', shown(text)),
    );
  }
  return [path, rest];
}
