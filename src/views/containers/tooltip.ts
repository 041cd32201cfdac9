// What a container's tooltip tells, from the list and, when it is asked for, from an inspection.
import type { App } from '../../app/index.ts';
import { type ContainerFacts, containerFacts } from '../../model/containers/details.ts';
import { webAddress } from '../../model/containers/webAddress.ts';
import type { PortElement } from '../../model/elements.ts';
import { formatAge, formatState, named, shortId } from '../../model/format.ts';
import { t } from '../../model/l10n.ts';
import type { Container, Port } from '../../model/objects.ts';
import { escapeMarkdown, plain } from '../../model/text.ts';
import { holdsVolumesFor } from '../../model/volumes/shared.ts';
import { factLine, linesOf } from '../rowText.ts';
import { mountWord, shortVolume } from './rows.ts';

/** Characters of a health check's output that are shown. */
const maxOutput = 300;

/** Markdown. Without an inspection (the container went, the engine hangs) it has what the list says. */
async function containerTooltip(app: Pick<App, 'engine'>, container: Container): Promise<string> {
  const facts = await app.engine
    .client()
    .then((client) => client.containers.inspect(container.id))
    .then(({ raw }) => containerFacts(raw))
    .catch(() => undefined);
  const all = await app.engine.inventory.all('containers').catch((): readonly Container[] => []);
  return tooltipOf(container, facts, all, app.engine.inventory.status.endpoint?.url);
}

/** As `containerTooltip`, of a container that may have gone. */
export async function tooltipById(app: Pick<App, 'engine'>, id: string): Promise<string | undefined> {
  const container = app.engine.inventory.peek('containers', id);
  return container && containerTooltip(app, container);
}

export function portTooltip(
  element: PortElement,
  container: Container | undefined,
  endpoint: string | undefined,
): string | undefined {
  const same = container?.ports.filter(
    (port) => port.container === element.port && port.protocol === element.protocol && port.host === element.host,
  );
  return same?.map((port) => portLine(port, endpoint)).join('  \n') || undefined;
}

/** The words, apart from where they come from. */
export function tooltipOf(
  container: Container,
  facts: ContainerFacts | undefined,
  all: readonly Container[],
  endpoint: string | undefined,
): string {
  const state = formatState(container);
  const since = facts?.started && container.state === 'running' ? t('started {0}', formatAge(facts.started)) : '';
  const networks = facts?.addresses.map(({ network, ip, ip6 }) => [network, ip, ip6].filter(Boolean).join(' '));
  const lines = [
    `**${escapeMarkdown(container.name)}**`,
    factLine(t('State'), since ? t('{0}, {1}', state, since) : state),
    factLine(t('Error'), facts?.error ?? ''),
    facts?.outOfMemory ? t('It was ended because it used more memory than its limit.') : '',
    facts?.health ? healthLine(facts.health) : '',
    factLine(t('Image'), container.image),
    factLine(t('Command'), container.command),
    named(t('Created'), formatAge(container.created)),
    ...container.ports
      .filter(({ host }) => host !== undefined)
      .map((port) => named(t('Port'), portLine(port, endpoint))),
    ...container.mounts.map(({ kind, source, target, writable }) => {
      // Memory has no name.
      const from = (kind === 'volume' ? shortVolume(source) : source) || mountWord(kind);
      return factLine(t('Mount'), [`${from} → ${target}`, writable ? '' : t('read-only')].filter(Boolean).join(', '));
    }),
    factLine(t('Networks'), (networks ?? container.networks).join(', ')),
    facts ? factLine(t('Restart policy'), restartWords(facts)) : '',
    facts ? factLine(t('Limits'), limitWords(facts)) : '',
    facts?.volumesFrom.length
      ? factLine(t('Volumes of'), facts.volumesFrom.map((id) => nameOf(all, id)).join(', '))
      : '',
    dataOnlyLine(container, all),
    named(t('Id'), shortId(container.id)),
  ];
  return linesOf(lines);
}

/** Only what was built here becomes a link: the address has digits, letters and dots alone. */
function portLine(port: Port, endpoint: string | undefined): string {
  const inner = `${port.container}/${port.protocol}`;
  const url = webAddress(port, endpoint);
  if (url) {
    return `[${url}](${url}) → ${inner}`;
  }
  const address = port.address?.includes(':') ? `[${port.address}]` : (port.address ?? '');
  return escapeMarkdown(port.host === undefined ? inner : `${address}:${port.host} → ${inner}`);
}

function healthLine({ status, failing, output }: NonNullable<ContainerFacts['health']>): string {
  const said = plain(output, maxOutput);
  const names: Record<string, string> = { healthy: t('healthy'), unhealthy: t('unhealthy'), starting: t('starting') };
  const name = names[status] ?? status;
  const state = failing > 1 ? t('{0}, failed {1} times in a row', name, failing) : name;
  return named(t('Health'), escapeMarkdown(said ? named(state, said) : state, maxOutput + 100));
}

function restartWords({ restart, restartCount }: ContainerFacts): string {
  return restartCount > 0 ? t('{0}, restarted {1} times', restart, restartCount) : restart;
}

function limitWords({ memory, cpus, pids }: ContainerFacts): string {
  return [
    memory && t('{0} of memory', memory),
    cpus && t('{0} CPUs', cpus),
    pids === undefined ? '' : t('{0} processes', pids),
  ]
    .flatMap((words) => words || [])
    .reduce((all, words) => (all ? t('{0}, {1}', all, words) : words), '');
}

function dataOnlyLine(container: Container, all: readonly Container[]): string {
  const others = holdsVolumesFor(container, all).map(({ name }) => plain(name, 100));
  return others.length === 0
    ? ''
    : escapeMarkdown(
        t(
          'It looks like a data-only container: it need not run, and these use its volumes, as with --volumes-from: {0}.',
          others.slice(0, 10).join(', '),
        ),
        600,
      );
}

function nameOf(all: readonly Container[], id: string): string {
  return all.find((container) => container.id === id || container.name === id)?.name ?? shortId(id);
}
