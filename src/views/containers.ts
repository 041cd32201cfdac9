// The containers view: one row a container, by name.
import type { App } from '../app.ts';
import { type ContainerElement, keyOf } from '../model/elements.ts';
import { Emitter } from '../model/event.ts';
import { formatAge, formatPorts, formatState, shortId } from '../model/format.ts';
import { t } from '../model/l10n.ts';
import type { Container } from '../model/objects.ts';
import { escapeMarkdown, plain } from '../model/text.ts';
import { rowsFor } from './changes.ts';
import type { RowChange, View } from './view.ts';

export function containersView(app: App): View<ContainerElement> {
  const { inventory } = app.engine;
  const changed = new Emitter<RowChange>();
  const listening = inventory.onChange((change) => {
    if (change.kind === 'containers') {
      changed.fire(rowsFor(change, (id) => keyOf({ type: 'container', id })));
    }
  });

  return {
    id: 'containers',
    onChange: changed.event,

    async children(element) {
      if (element) {
        return [];
      }
      const containers = await inventory.all('containers').catch(() => []);
      return [...containers]
        .sort((a, b) => a.name.localeCompare(b.name))
        .map(({ id }): ContainerElement => ({ type: 'container', id }));
    },

    row({ id }) {
      const container = inventory.peek('containers', id);
      if (!container) {
        return { label: shortId(id), kind: 'message' };
      }
      const name = plain(container.name, 200) || shortId(id);
      const parts = [formatState(container), formatPorts(container.ports), plain(container.image, 200)];
      const description = parts.filter(Boolean).join(' · ');
      return {
        label: name,
        description,
        icon: iconOf(container),
        kind: `container.${container.state}`,
        spoken: t('Container {0}, {1}', name, description.replaceAll(' · ', ', ')),
      };
    },

    async tooltip({ id }) {
      const container = inventory.peek('containers', id);
      return container && tooltipOf(container);
    },

    dispose() {
      listening.dispose();
      changed.dispose();
    },
  };
}

function iconOf(container: Container): { name: string; color?: string } {
  switch (container.state) {
    case 'running':
      return container.health === 'unhealthy'
        ? { name: 'warning', color: 'problemsWarningIcon.foreground' }
        : { name: 'vm-running', color: 'charts.green' };
    case 'paused':
      return { name: 'debug-pause', color: 'charts.yellow' };
    case 'restarting':
      return { name: 'sync', color: 'charts.yellow' };
    case 'dead':
      return { name: 'error', color: 'problemsErrorIcon.foreground' };
    case 'exited':
      // An end by its own decision, by SIGKILL (137) or by SIGTERM (143) is what `stop` causes, so it is no failure.
      return container.exitCode && ![137, 143].includes(container.exitCode)
        ? { name: 'vm-outline', color: 'charts.red' }
        : { name: 'vm-outline' };
    default:
      return { name: 'vm-outline' };
  }
}

function tooltipOf(container: Container): string {
  const lines = [
    `**${escapeMarkdown(container.name)}**`,
    `${t('State')}: ${escapeMarkdown(container.status || formatState(container))}`,
    `${t('Image')}: ${escapeMarkdown(container.image)}`,
    `${t('Command')}: ${escapeMarkdown(plain(container.command, 300))}`,
    `${t('Created')}: ${formatAge(container.created)}`,
  ];
  for (const port of container.ports.filter((p) => p.host !== undefined)) {
    const address = port.address?.includes(':') ? `[${port.address}]` : port.address;
    lines.push(`${t('Port')}: ${escapeMarkdown(`${address}:${port.host} → ${port.container}/${port.protocol}`)}`);
  }
  for (const mount of container.mounts) {
    lines.push(`${t('Mount')}: ${escapeMarkdown(`${mount.source} → ${mount.target}`)}`);
  }
  if (container.networks.length) {
    lines.push(`${t('Networks')}: ${escapeMarkdown(container.networks.join(', '))}`);
  }
  lines.push(`${t('Id')}: ${shortId(container.id)}`);
  return lines.join('  \n');
}
