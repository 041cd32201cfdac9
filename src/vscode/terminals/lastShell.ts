// Which shell was last opened in the containers of an image, kept with the workspace.
import type * as vscode from 'vscode';
import type { Shells } from '../../app/workspace.ts';
import { pairOf } from '../../model/pairs.ts';
import { holdsSecret, looksSecret, withoutSecretWords } from '../../model/run/secrets.ts';
import { fields, same, text, texts } from '../../model/untyped.ts';

type Choice = NonNullable<ReturnType<Shells['last']>>;

const key = 'shells';
/** Images that are remembered. */
const most = 100;

export function createShells(state: vscode.Memento): Shells {
  /** Earlier versions kept more than was right; what is read from them is kept anew without it. */
  const read = (): Record<string, Choice> => {
    const kept = fields(state.get<unknown>(key));
    const choices = Object.fromEntries(Object.entries(kept).map(([image, value]) => [image, harmless(fields(value))]));
    if (JSON.stringify(choices) !== JSON.stringify(kept)) {
      void state.update(key, choices);
    }
    return choices;
  };
  return {
    last: (image) => read()[image],
    keep(image, choice) {
      const { [image]: _, ...others } = read();
      const entries = [...Object.entries(others).slice(1 - most), [image, harmless(choice)]];
      void state.update(key, Object.fromEntries(entries));
    },
  };
}

/** The choice with the names of its variables and flags alone, where their values may be secrets. */
function harmless(value: object): Choice {
  const given = fields(value);
  const forgot: string[] = texts(given.forgot);
  const env = texts(given.env).map((variable) => {
    const [name, value = ''] = pairOf(variable);
    if (!looksSecret(name, value) && !holdsSecret(value)) {
      return variable;
    }
    forgot.push(name);
    return `${name}=`;
  });
  const words = texts(given.command);
  const command = withoutSecretWords(words);
  const incomplete = given.incomplete === true || !same(command, words);
  return {
    ...(text(given.user) && { user: text(given.user) }),
    ...(text(given.workdir) && { workdir: text(given.workdir) }),
    ...(env.length > 0 && { env }),
    ...(forgot.length > 0 && { forgot }),
    ...(command.length > 0 && { command }),
    ...(incomplete && { incomplete }),
  };
}
