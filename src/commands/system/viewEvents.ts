// Shows what happens at the engine, as it happens, in an editor tab.
import type { App } from '../../app/index.ts';
import type { EngineEvent } from '../../engine/types.ts';
import { engineHelp } from '../../model/engines/problems.ts';
import { shortId } from '../../model/format.ts';
import { t } from '../../model/l10n.ts';
import type { Level } from '../../model/logs/lines.ts';
import { plain } from '../../model/text.ts';
import { openLogView } from '../../steps/logs/page.ts';
import type { Target } from '../../steps/target.ts';

const types = ['container', 'image', 'volume', 'network'];
/** How many events are remembered by what tells them apart, because a lost connection brings some again. */
const maxKnown = 2000;

/** Resolves with how many earlier events are shown from the start. */
export async function viewEvents(
  app: Pick<App, 'engine' | 'ui'>,
  _target?: Target,
  _options?: object,
): Promise<{ events: number }> {
  const { inventory } = app.engine;
  // Asked so that the stream of events is there, also when nothing was used yet.
  await app.engine.client();
  const known = new Set<string>();
  const view = openLogView(app, {
    id: 'events',
    title: t('Engine Events'),
    kind: 'events',
    sources: [t('Containers'), t('Images'), t('Volumes'), t('Networks')],
    stamps: true,
    status() {
      const { status } = inventory;
      return status.state === 'unreachable'
        ? { status: [engineHelp(status.problem, status.endpoint, status.reason).sentence], failed: true }
        : { status: [t('New events appear as they happen.')], failed: false };
    },
  });

  function show(event: EngineEvent): void {
    const source = types.indexOf(event.type);
    if (source < 0 || known.has(event.key)) {
      return;
    }
    known.add(event.key);
    if (known.size > maxKnown) {
      for (const key of [...known].slice(0, maxKnown / 2)) {
        known.delete(key);
      }
    }
    const stamp = event.time > 0 ? new Date(event.time).toISOString() : '';
    view.push({ source, stamp, text: textOf(event), level: levelOf(event), cut: 0 });
  }

  const earlier = [...inventory.recentEvents];
  for (const event of earlier) {
    show(event);
  }
  const listening = [inventory.onEvent(show), inventory.onStatus(view.touch)];
  view.signal.addEventListener('abort', () => {
    for (const each of listening) {
      each.dispose();
    }
  });
  view.touch();
  return { events: earlier.length };
}

/** `die  web (busybox)  exit code 1`. */
function textOf({ type, action, id, attributes }: EngineEvent): string {
  const { name, image, exitCode, signal, container } = attributes;
  const subject = type === 'volume' ? id : (name ?? shortId(id));
  const details = [
    type === 'container' && image ? `(${image})` : undefined,
    exitCode === undefined ? undefined : t('exit code {0}', exitCode),
    signal === undefined ? undefined : t('signal {0}', signal),
    container === undefined ? undefined : t('container {0}', shortId(container)),
  ].filter((detail) => detail !== undefined);
  return [action.padEnd(12), subject, ...details].map((part) => plain(part, 300).padEnd(part.length)).join('  ');
}

function levelOf({ action, attributes }: EngineEvent): Level {
  if (action === 'oom' || (action === 'die' && attributes.exitCode !== '0')) {
    return 'error';
  }
  return /unhealthy|^kill/.test(action) ? 'warning' : 'info';
}
