// The packed extension, built again only when its sources have changed.
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture, root } from '../machine/process.ts';

const sources = [
  ...['src/**', 'media/**', 'l10n/**', 'syntaxes/**', 'package*.json'],
  ...['README.md', 'CHANGELOG.md', 'LICENSE', 'build.mjs', '.vscodeignore'],
];

/** Path of the VSIX and a digest of what it was built from. */
export async function ensureVsix(say: (line: string) => void): Promise<{ file: string; digest: string }> {
  const file = join(root, 'dist', 'docknotes.vsix');
  const note = join(root, 'out', 'vsix.sha256');
  const digest = digestOfSources();
  if (!existsSync(file) || !existsSync(note) || readFileSync(note, 'utf8') !== digest) {
    say('Building the extension …');
    await capture(process.execPath, [join(root, 'build.mjs'), '--package'], { cwd: root });
    mkdirSync(join(root, 'out'), { recursive: true });
    writeFileSync(note, digest);
  }
  return { file, digest };
}

function digestOfSources(): string {
  const hash = createHash('sha256');
  for (const path of globSync(sources, { cwd: root }).sort()) {
    if (statSync(join(root, path)).isFile()) {
      hash.update(`${path}\0`).update(readFileSync(join(root, path)));
    }
  }
  return hash.digest('hex');
}
