// Reads the Dockerfiles that stand beside the checkout: third-party files that are never copied into it.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface CorpusFile {
  /** Its path within the corpus. */
  readonly name: string;
  readonly text: string;
}

/** What BuildKit says of a file. */
export interface Expected {
  readonly file: string;
  readonly error?: string;
  readonly warnings: readonly { readonly rule: string; readonly line: number }[];
}

const ROOT = fileURLToPath(new URL('../../../../shared/corpus/', import.meta.url));

/** Skips the tests of a suite, loudly, where the corpus is absent; in CI what is skipped counts as failed. */
export function needCorpus(suite: { skip(): void }): void {
  if (!existsSync(ROOT)) {
    console.log(`There is no corpus of Dockerfiles at ${ROOT}, so these tests cannot run.`);
    suite.skip();
  }
}

/** All Dockerfiles; none where the corpus is absent. */
export function readCorpus(): CorpusFile[] {
  return (existsSync(ROOT) ? list('') : []).map((name) => ({ name, text: readFileSync(join(ROOT, name), 'utf8') }));
}

/** BuildKit's answers by file. */
export function readExpected(): Expected[] {
  return ['expected.jsonl', 'crafted-expected.jsonl'].flatMap((name) =>
    readFileSync(join(ROOT, name), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Expected),
  );
}

function list(folder: string): string[] {
  return readdirSync(join(ROOT, folder)).flatMap((entry) => {
    const name = folder === '' ? entry : `${folder}/${entry}`;
    if (statSync(join(ROOT, name)).isDirectory()) {
      return list(name);
    }
    return name.endsWith('.jsonl') || name === 'README.md' ? [] : [name];
  });
}
