// What is remembered of a run: everything but secrets, which are asked for again.
import type { RunOptions } from './runOptions.ts';
import { pairOf } from './runValues.ts';

/** What was last used with an image. */
export interface Remembered {
  options: RunOptions;
  /** Variables whose values were not kept, because they looked secret. */
  forgot: string[];
}

const secretName = /pass|secret|token|credential|private|api_?key|access_?key|auth|(?:^|_)(?:key|pwd|pw|pin)(?:_|$)/i;
/** A password in an address, as in postgres://me:word@host. */
const secretAddress = /:\/\/[^/\s:@]*:[^@\s]+@/;

/** Whether what a variable or label holds looks like a secret. */
export function looksSecret(name: string, value: string): boolean {
  // A file or a switch is named like what it is about, and its value is no secret.
  return (
    (secretName.test(name) &&
      value !== '' &&
      !/_FILE$/i.test(name) &&
      !/^(?:true|false|yes|no|on|off|[01])$/i.test(value)) ||
    secretAddress.test(value)
  );
}

/** The options as they are kept: a variable whose value looks secret keeps its name alone, and is named in `forgot`. */
export function withoutSecrets(options: RunOptions): Remembered {
  const forgot: string[] = [];
  const env = options.env?.map((variable) => {
    const [name, value = ''] = pairOf(variable);
    if (!looksSecret(name, value)) {
      return variable;
    }
    forgot.push(name);
    return `${name}=`;
  });
  return {
    options: {
      ...options,
      ...(env && { env }),
      ...(options.labels && { labels: harmless(options.labels) }),
      ...(options.logOptions && { logOptions: harmless(options.logOptions) }),
      ...(options.annotations && { annotations: harmless(options.annotations) }),
    },
    forgot,
  };
}

function harmless(map: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(map).filter(([name, value]) => !looksSecret(name, value)));
}
