// Asks a docker credential helper for a login. It is a program of the person's machine: never run through a shell.
// https://github.com/docker/docker-credential-helpers
import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fields } from '../../model/untyped.ts';
import type { Credentials } from '../types.ts';

/** Runs a program with text on its standard input; tests give their own. */
export type RunCredentialHelper = (
  program: string,
  args: readonly string[],
  input: string,
) => Promise<{ exitCode: number | undefined; stdout: string }>;

const timeout = 15_000;
/** The user name that says that the secret is an identity token. */
const tokenUser = '<token>';

/**
 * What the helper `docker-credential-<name>` has for a server; undefined when it has nothing.
 * Rejects with a short reason when the helper is missing, fails or says something unreadable.
 */
export async function askCredentialHelper(
  name: string,
  server: string,
  run: RunCredentialHelper = runHelper,
): Promise<Credentials | undefined> {
  if (!/^[\w.-]+$/.test(name)) {
    throw new Error('the name of the credential helper is not a program name');
  }
  const program = `docker-credential-${name}`;
  const { exitCode, stdout } = await run(program, ['get'], server);
  if (exitCode !== 0) {
    if (/credentials not found|no credentials server URL|no credentials username/i.test(stdout)) {
      return undefined;
    }
    throw new Error(
      exitCode === undefined
        ? `${program} cannot be run or took too long`
        : `${program} ended with exit code ${exitCode}`,
    );
  }
  const { Username, Secret } = readAnswer(program, stdout);
  if (typeof Secret !== 'string' || Secret === '') {
    return undefined;
  }
  if (Username === tokenUser) {
    return { identityToken: Secret, source: program };
  }
  return typeof Username === 'string' && Username !== ''
    ? { username: Username, password: Secret, source: program }
    : undefined;
}

/** The servers that the helper has a login for; none when it is missing or fails. No secret is asked for. */
export async function listCredentialHelper(name: string, run: RunCredentialHelper = runHelper): Promise<string[]> {
  if (!/^[\w.-]+$/.test(name)) {
    return [];
  }
  const { exitCode, stdout } = await run(`docker-credential-${name}`, ['list'], '');
  try {
    return exitCode === 0 ? Object.keys(fields(JSON.parse(stdout))) : [];
  } catch {
    return [];
  }
}

/** The answer holds a secret, so a failure to read it must not repeat it. */
function readAnswer(program: string, stdout: string): { Username?: unknown; Secret?: unknown } {
  try {
    return fields(JSON.parse(stdout));
  } catch {
    throw new Error(`${program} gave an answer that is not JSON`);
  }
}

function runHelper(
  program: string,
  args: readonly string[],
  input: string,
): Promise<{ exitCode: number | undefined; stdout: string }> {
  return new Promise((resolve) => {
    const options = { timeout, maxBuffer: 1024 * 1024, windowsHide: true, env: { ...process.env, PATH: searchPath() } };
    const child = execFile(program, args, options, (error, stdout) => {
      resolve({ exitCode: error === null ? 0 : typeof error.code === 'number' ? error.code : undefined, stdout });
    });
    // A helper that ends before it reads its input breaks the pipe; its exit code tells the story.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}

/** An editor that was started from a desktop has a short PATH: the places where Docker Desktop and brew put helpers are added. */
function searchPath(): string {
  const more =
    process.platform === 'win32'
      ? ['C:\\Program Files\\Docker\\Docker\\resources\\bin']
      : [
          join(homedir(), '.docker', 'bin'),
          '/usr/local/bin',
          '/opt/homebrew/bin',
          '/Applications/Docker.app/Contents/Resources/bin',
        ];
  return [process.env.PATH ?? '', ...more].filter(Boolean).join(delimiter);
}
