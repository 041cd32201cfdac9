// The engines view: every way to an engine that was found or added, whether it answers, and the one in use.
import type { App } from '../app.ts';
import { type EngineElement, keyOf } from '../model/elements.ts';
import type { FoundEngine } from '../model/engines/endpoint.ts';
import { engineLabel, engineState, openToAllText } from '../model/engines/labels.ts';
import { engineHelp } from '../model/engines/problems.ts';
import { Emitter } from '../model/event.ts';
import { named } from '../model/format.ts';
import { t } from '../model/l10n.ts';
import { escapeMarkdown, plain } from '../model/text.ts';
import { warningIcon } from './messageRow.ts';
import type { Row, RowChange, View } from './types.ts';

/** The view of the engines that were found or added. Works until it is disposed of, and throws nothing; it holds nothing. */
export function enginesView(app: Pick<App, 'engines'>): View<EngineElement> {
  const { engines } = app;
  const changed = new Emitter<RowChange>();
  const listening = engines.onChange((ids) => {
    changed.fire(ids?.map((id) => keyOf({ type: 'engine', id })));
  });
  const find = (id: string) => engines.list().find((engine) => engine.id === id);

  return {
    id: 'engines',
    onChange: changed.event,

    async children(element) {
      if (element) {
        return [];
      }
      // The editor asks for rows only while the view is visible, so engines are asked only then.
      engines.ask();
      return engines.list().map(({ id }): EngineElement => ({ type: 'engine', id }));
    },

    row({ id }) {
      const engine = find(id);
      return engine ? rowOf(engine) : { label: plain(id, 200), kind: 'message' };
    },

    async tooltip({ id }) {
      const engine = find(id);
      return engine && tooltipOf(engine);
    },

    dispose() {
      listening.dispose();
      changed.dispose();
    },
  };
}

function rowOf(engine: FoundEngine): Row {
  const label = engineLabel(engine);
  const address = label === engine.url || engine.url.endsWith(`//${label}`) ? '' : plain(engine.url, 200);
  const parts = [
    engine.inUse ? t('in use') : '',
    engineState(engine),
    engine.openToAll ? t('open to everybody') : '',
    address,
  ].filter(Boolean);
  return {
    label,
    description: parts.join(' · '),
    icon: iconOf(engine),
    kind: `engine${engine.source === 'added' ? '.added' : ''}.${engine.inUse ? 'current' : 'other'}`,
    spoken: t('Engine {0}, {1}', label, parts.join(', ')),
  };
}

function iconOf({ state, inUse, openToAll, dataRootBefore }: FoundEngine): Row['icon'] & object {
  if (state === 'asking') {
    return { name: 'loading~spin' };
  }
  if (state === 'unreachable') {
    return inUse ? warningIcon : { name: 'debug-disconnect' };
  }
  if (openToAll || dataRootBefore) {
    return warningIcon;
  }
  return inUse ? { name: 'pass-filled', color: 'charts.green' } : { name: 'vm' };
}

function tooltipOf(engine: FoundEngine): string {
  const { facts, problem, endpoint, reason = '' } = engine;
  const line = (label: string, value: string) => (value ? [named(label, escapeMarkdown(value))] : []);
  const lines = [`**${escapeMarkdown(engineLabel(engine))}**`, ...line(t('Address'), engine.url)];
  if (facts) {
    lines.push(
      ...line(t('Engine'), `${facts.name} ${facts.version}${facts.rootless ? `, ${t('rootless')}` : ''}`),
      ...line(t('API version'), facts.apiVersion),
      ...line(t('Host'), [facts.host, facts.os].filter(Boolean).join(', ')),
      ...line(t('Storage driver'), facts.storageDriver),
      ...line(t('Data folder'), facts.dataRoot),
      ...line(t('Containers'), String(facts.containers)),
      ...line(t('Images'), String(facts.images)),
    );
  }
  const paragraphs = [lines.join('  \n')];
  if (engine.state === 'unreachable' && problem) {
    paragraphs.push(escapeMarkdown(engineHelp(problem, endpoint, reason).sentence));
  }
  if (engine.openToAll) {
    paragraphs.push(escapeMarkdown(openToAllText(engine.url)));
  }
  if (engine.dataRootBefore) {
    const where = [engine.dataRootBefore, facts?.dataRoot ?? ''] as const;
    paragraphs.push(
      escapeMarkdown(
        t(
          'The data of this engine was in {0} and is in {1} now. Images and containers that seem gone are still in the old folder.',
          ...where,
        ),
      ),
    );
  }
  return paragraphs.join('\n\n');
}
