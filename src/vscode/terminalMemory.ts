// Which shell was last opened in the containers of an image, kept with the workspace.
import type * as vscode from 'vscode';
import type { Shells } from '../app.ts';
import { looksSecret } from '../model/runFormMemory.ts';

const key = 'shells';
/** Images that are remembered. */
const most = 100;

export function createShells(state: vscode.Memento): Shells {
  const read = () => state.get<Record<string, ReturnType<Shells['last']>>>(key, {});
  return {
    last: (image) => read()[image],
    keep(image, { env, ...choice }) {
      const { [image]: _, ...others } = read();
      const kept = env?.filter((variable) => {
        const [name = '', ...value] = variable.split('=');
        return !looksSecret(name, value.join('='));
      });
      const entries = [...Object.entries(others).slice(1 - most), [image, { ...choice, ...(kept && { env: kept }) }]];
      void state.update(key, Object.fromEntries(entries));
    },
  };
}
