// Opens the field note that says most about an engine as it is now.
import type { App } from '../../app.ts';
import type { FoundEngine } from '../../model/engines/endpoint.ts';
import { engineHelp } from '../../model/engines/problems.ts';
import { engineOf } from '../../steps/engines/choose.ts';
import type { Target } from '../../steps/target.ts';

/** Without a target, about the engine in use. Resolves with the note's key. */
export async function openEngineNote(
  app: Pick<App, 'engines' | 'ui'>,
  target?: Target,
  _options?: object,
): Promise<{ key: string }> {
  const engine = engineOf(app, target) ?? app.engines.list().find(({ inUse }) => inUse);
  const key = engine ? noteOf(engine) : 'error.engine-not-running';
  await app.ui.note(key);
  return { key };
}

function noteOf({ state, problem, endpoint, reason = '', openToAll, url }: FoundEngine): string {
  if (state === 'unreachable' && problem) {
    for (const action of engineHelp(problem, endpoint, reason).actions) {
      if ('note' in action) {
        return action.note;
      }
    }
  }
  // A healthy engine on this machine: what people look for is why their images seem gone.
  return openToAll || /^(?:tcp|https?|ssh):/.test(url) ? 'engine.remote' : 'engine.data-root';
}
