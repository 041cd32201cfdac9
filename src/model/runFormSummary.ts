// What a run line would do, in a few plain lines, for the question before it is run.
import { t } from './l10n.ts';
import type { RunOptions } from './runOptions.ts';
import { plain } from './text.ts';
import { joinWords } from './words.ts';

/** Image, name, ports, mounts, what it may do to the host, and what of the line is not honoured. One fact a line. */
export function runSummary(options: RunOptions, warnings: readonly string[]): string {
  const list = (values: readonly string[] = []) => plain(values.join(', '), 600);
  const mounts = [
    ...(options.volumes ?? []),
    ...(options.mounts ?? []),
    ...(options.volumesFrom ?? []).map((container) => t('volumes of {0}', container)),
  ];
  const rights = rightsOf(options);
  return [
    t('Image: {0}', plain(options.image, 300)),
    options.name && t('Name: {0}', plain(options.name, 200)),
    options.command && t('Command: {0}', plain(joinWords(options.command), 600)),
    options.ports && t('Ports: {0}', list(options.ports)),
    options.publishAll && t('Ports: all that the image exposes, at free ports of the host'),
    options.network && t('Network: {0}', list([options.network, ...(options.otherNetworks ?? [])])),
    mounts.length > 0 && t('Mounts: {0}', list(mounts)),
    options.env && t('Variables: {0}', list(options.env.map((variable) => variable.replace(/=.*$/s, '')))),
    ...rights,
    ...(warnings.length > 0 ? ['', ...warnings.map((warning) => `⚠ ${plain(warning, 600)}`)] : []),
  ]
    .filter((line) => typeof line === 'string')
    .join('\n');
}

/** What gives the container power over its host. */
function rightsOf({ privileged, capAdd, devices, pid, network, volumes = [], mounts = [] }: RunOptions): string[] {
  const socket = [...volumes, ...mounts].some((mount) => /docker\.sock|podman\.sock/.test(mount));
  const facts = [
    privileged && t('⚠ Privileged: the container can do everything on the host.'),
    socket && t("⚠ It gets the engine's socket: the container can control every other container, and the host."),
    capAdd && t('⚠ Further rights: {0}', plain(capAdd.join(', '), 300)),
    devices && t('⚠ Devices of the host: {0}', plain(devices.join(', '), 300)),
    pid === 'host' && t('⚠ It sees all processes of the host.'),
    network === 'host' && t("⚠ It uses the host's network directly."),
  ];
  return facts.filter((fact) => typeof fact === 'string');
}
