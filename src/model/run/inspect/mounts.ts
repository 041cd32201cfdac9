// The ports, volumes and mounts of a container, from its inspect answer, as run options.

import { sizeText } from '../../byteSize.ts';
import { type Fields, fields, list, number, text, textMap, texts } from '../../untyped.ts';
import type { RunOptions } from '../options.ts';
import { fieldsText } from '../parse.ts';

/** The ports, volumes and mounts of a container, without what its image declares. */
export function inspectedMounts(config: Fields, host: Fields, own: Fields): Partial<RunOptions> {
  const bindings = Object.entries(fields(host.PortBindings)).sort(byPort);
  const hidden = [...Object.keys(fields(own.ExposedPorts)), ...bindings.map(([port]) => port)];
  const exposed = Object.entries(fields(config.ExposedPorts)).filter(([port]) => !hidden.includes(port));
  const volumes = Object.keys(fields(config.Volumes)).filter((path) => !(path in fields(own.Volumes)));
  return {
    ports: bindings.flatMap(([port, all]) => list(all).map((binding) => portText(port, fields(binding)))),
    publishAll: host.PublishAllPorts === true,
    expose: exposed.sort(byPort).map(([port]) => port.replace(/\/tcp$/, '')),
    volumes: [...texts(host.Binds), ...volumes],
    mounts: list(host.Mounts).map((mount) => mountText(fields(mount))),
    tmpfs: Object.entries(textMap(host.Tmpfs)).map(([path, settings]) => (settings ? `${path}:${settings}` : path)),
    volumesFrom: texts(host.VolumesFrom),
    volumeDriver: text(host.VolumeDriver),
  };
}

function byPort([one]: [string, unknown], [other]: [string, unknown]): number {
  return Number.parseInt(one, 10) - Number.parseInt(other, 10) || (one < other ? -1 : 1);
}

function portText(port: string, { HostIp, HostPort }: Fields): string {
  const address = text(HostIp);
  const shownAddress = address.includes(':') ? `[${address}]:` : address ? `${address}:` : '';
  const hostPort = text(HostPort);
  return `${shownAddress}${hostPort || address ? `${hostPort}:` : ''}${port.replace(/\/tcp$/, '')}`;
}

function mountText(mount: Fields): string {
  const bind = fields(mount.BindOptions);
  const volume = fields(mount.VolumeOptions);
  const driver = fields(volume.DriverConfig);
  const tmpfs = fields(mount.TmpfsOptions);
  const recursive = bind.NonRecursive
    ? 'disabled'
    : bind.ReadOnlyNonRecursive
      ? 'writable'
      : bind.ReadOnlyForceRecursive
        ? 'readonly'
        : '';
  const pairs: [string, unknown][] = [
    ['type', mount.Type],
    ['source', mount.Source],
    ['target', mount.Target],
    ['readonly', mount.ReadOnly],
    ['consistency', mount.Consistency],
    ['bind-propagation', bind.Propagation],
    ['bind-recursive', recursive],
    ['volume-nocopy', volume.NoCopy],
    ['volume-subpath', volume.Subpath],
    ['volume-driver', driver.Name],
    ...Object.entries(textMap(driver.Options)).map(([key, value]): [string, string] => [
      'volume-opt',
      `${key}=${value}`,
    ]),
    ...Object.entries(textMap(volume.Labels)).map(([key, value]): [string, string] => [
      'volume-label',
      `${key}=${value}`,
    ]),
    ['image-subpath', fields(mount.ImageOptions).Subpath],
    ['tmpfs-size', number(tmpfs.SizeBytes) && sizeText(number(tmpfs.SizeBytes))],
    ['tmpfs-mode', number(tmpfs.Mode) ? number(tmpfs.Mode).toString(8) : ''],
  ];
  return fieldsText(pairs.flatMap(([key, value]) => (value === true ? [key] : value ? [`${key}=${value}`] : [])));
}
