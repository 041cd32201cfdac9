// A PATH on which no docker and no podman is found: what the product does, it does without these programs.
import { existsSync, mkdirSync, readdirSync, realpathSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Part, programOnPath } from '../machine/process.ts';
import { removeTemporary, temporaryFolder } from '../machine/temporary.ts';

const hidden = ['docker', 'podman'] as const;
type Hidden = (typeof hidden)[number];

export interface WithoutDocker extends Part {
  /** PATH for a stage, and where the hidden programs are, for the parts and comparisons that need them. */
  readonly env: NodeJS.ProcessEnv;
}

/** Each folder of PATH that has one of them is stood in for by a folder of links to everything else in it. */
export function hideDocker(): WithoutDocker {
  if (process.platform === 'win32') {
    // Links need a right there that few accounts have.
    return { env: {}, stop: async () => {} };
  }
  const folder = temporaryFolder('path');
  const standIns = new Map<string, string>();
  const standIn = (path: string): string => {
    if (!hidden.some((name) => existsSync(join(path, name)))) {
      return path;
    }
    // One folder often has two names, as /bin and /usr/bin.
    const real = realpathSync(path);
    const known = standIns.get(real);
    if (known) {
      return known;
    }
    const made = join(folder, String(standIns.size));
    standIns.set(real, made);
    mkdirSync(made);
    for (const name of readdirSync(real)) {
      if (!hidden.some((program) => program === name)) {
        symlinkSync(join(real, name), join(made, name));
      }
    }
    return made;
  };
  const path = (process.env.PATH ?? '').split(delimiter).map((each) => each && standIn(each));
  return {
    env: {
      PATH: path.join(delimiter),
      // As if a terminal had started the editor: it asks no login shell for another PATH.
      VSCODE_CLI: '1',
      ...Object.fromEntries(hidden.map((name) => [variable(name), programOnPath(name)])),
    },
    stop: () => removeTemporary(folder),
  };
}

/** Where one of the hidden programs is, whether or not it is hidden now; undefined when the machine has none. */
export function hiddenProgram(name: Hidden): string | undefined {
  return process.env[variable(name)] || programOnPath(name);
}

function variable(name: Hidden): string {
  return `DOCKNOTES_TEST_${name.toUpperCase()}`;
}
