// How engines come to trust the CA of a registry of one's own, as a Markdown document.
import type { EngineKind, Platform } from '../engines/kind.ts';
import { t } from '../l10n.ts';
import { quotePowerShell, quoteSh, type Recipe, trustRecipes } from './trustRecipes.ts';

export interface TrustSubject {
  /** `host[:port]` as `parseAddress` gives it, since it becomes part of commands; each has a folder of its own. */
  hosts: readonly string[];
  /** The CA's certificate. */
  pem: string;
  /** SHA-256, as OpenSSL prints it. */
  fingerprint: string;
  /** Where the certificate lies on this machine; without it, the reader is told to save it. */
  file?: string;
}

export interface TrustPlace {
  /** The system of this machine, on which the commands for `kind` run unless the engine is elsewhere. */
  platform: Platform;
  /** The engine in use, which comes first; undefined when there is none. */
  kind?: EngineKind;
  /** The engine's host, when it is another machine. */
  remote?: string;
}

/**
 * A Markdown document with the CA's fingerprint and file, and for each kind of engine the commands that make it trust
 * the CA: first for the engine in use, then for the others. Commands are quoted for their shell.
 */
export function trustInstructions(subject: TrustSubject, place: TrustPlace): string {
  const recipes = trustRecipes();
  const own = recipes.find(
    ({ kind, platform }) => kind === place.kind && (platform === undefined || platform === place.platform),
  );
  const others = recipes.filter((recipe) => recipe !== own);
  const file = place.remote === undefined ? subject.file : undefined;
  return [
    `# ${t('Trust the CA of {0}', code(subject.hosts[0] ?? ''))}`,
    t(
      'The certificate of this registry was signed by a CA of its own. An engine pushes to it and pulls from it once it knows that CA. An engine reaches a registry on its own machine, as localhost or 127.0.0.1, without this.',
    ),
    `- ${t('SHA-256 fingerprint of the CA: {0}', code(subject.fingerprint))}`,
    subject.file === undefined
      ? `- ${t('Save the certificate at the end of this page as {0}.', code('ca.crt'))}`
      : `- ${t('The certificate of the CA: {0}', code(subject.file))}`,
    ...(own
      ? [
          `## ${place.remote === undefined ? t('The engine in use: {0}', own.title) : t('The engine in use, on {0}: {1}', place.remote, own.title)}`,
          ...(place.remote === undefined ? [] : [t('Copy the certificate to that machine first, and run this there.')]),
          ...steps(own, subject.hosts, file),
        ]
      : []),
    `## ${t('Other engines')}`,
    t('Copy the certificate to the machine as {0}, and compare its fingerprint there:', code('ca.crt')),
    block('sh', ['openssl x509 -in ca.crt -noout -fingerprint -sha256']),
    ...others.flatMap((recipe) => [`### ${recipe.title}`, ...steps(recipe, subject.hosts, undefined)]),
    `## ${t('The certificate')}`,
    block('text', [subject.pem.trim()]),
    '',
  ].join('\n\n');
}

function steps({ shell, commands, after }: Recipe, hosts: readonly string[], file: string | undefined): string[] {
  const quoted = file === undefined ? 'ca.crt' : shell === 'sh' ? quoteSh(file) : quotePowerShell(file);
  return [block(shell, [...new Set(hosts.flatMap((host) => commands(host, quoted)))]), ...(after ? [after] : [])];
}

/** A span of code; the fence is longer than any run of backticks in it. */
function code(text: string): string {
  const fence = '`'.repeat(Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length)) + 1);
  return `${fence}${text}${fence}`;
}

function block(language: string, lines: string[]): string {
  return [`\`\`\`${language}`, ...lines, '```'].join('\n');
}
