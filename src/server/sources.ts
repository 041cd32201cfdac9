// What the sources of COPY and ADD are in the build context: looked up on disk, within bounds.
import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { SourceFacts } from '../dockerfile/context.ts';
import { type IgnoreRule, ignoredBy, parseIgnore } from '../dockerfile/ignore.ts';
import { readPlainFile } from '../local/plainFile.ts';

/** A hover must not walk a whole disk: it stops after so many entries or milliseconds, and then tells no totals. */
const maxEntries = 20_000;
const maxMilliseconds = 300;
/** Bytes of an ignore file. */
const maxIgnoreSize = 1_000_000;

interface Ignore {
  file: string;
  rules: IgnoreRule[];
}

/** Looks sources up for one Dockerfile: beside it first, as `docker build .` there would, then in the workspace folder. */
export function sourcesOf(dockerfile: string, workspaceFolder: string | undefined) {
  const beside = dirname(dockerfile);
  const contexts = workspaceFolder && workspaceFolder !== beside ? [beside, workspaceFolder] : [beside];
  return {
    async source(path: string): Promise<SourceFacts | undefined> {
      for (const context of contexts) {
        const facts = await look(context, dockerfile, path);
        if (facts.exists) {
          return facts;
        }
      }
      return { exists: false };
    },
  };
}

async function look(context: string, dockerfile: string, path: string): Promise<SourceFacts> {
  const ignore = await ignoreFor(context, dockerfile);
  const found = await expand(context, path);
  const first = found[0];
  if (first === undefined) {
    return { exists: false };
  }
  const left = found.map((each) => ignoredBy(ignore.rules, each));
  const rule = left.every((each) => each !== undefined) ? left[0] : undefined;
  if (rule) {
    return { exists: true, ignoredBy: { file: ignore.file, line: rule.line, pattern: rule.pattern } };
  }
  const budget = { entries: maxEntries, until: Date.now() + maxMilliseconds };
  const sum = { count: 0, bytes: 0 };
  for (const each of found) {
    await add(context, each, ignore.rules, sum, budget);
  }
  return budget.entries > 0 && Date.now() < budget.until ? { exists: true, ...sum } : { exists: true };
}

/** The ignore file of this Dockerfile alone wins over the one of the context. */
async function ignoreFor(context: string, dockerfile: string): Promise<Ignore> {
  for (const file of [`${dockerfile}.dockerignore`, join(context, '.dockerignore')]) {
    try {
      return { file: basename(file), rules: parseIgnore((await readPlainFile(file, maxIgnoreSize)).toString()) };
    } catch {
      // There is none; the next one may be there.
    }
  }
  return { file: '', rules: [] };
}

/** Paths within the context that a source names; `..` cannot leave it, and `*`, `?` and `[…]` match within one part. */
async function expand(context: string, source: string): Promise<string[]> {
  const parts: string[] = [];
  for (const part of source.replaceAll('\\', '/').split('/')) {
    if (part === '..') {
      parts.pop();
    } else if (part !== '' && part !== '.') {
      parts.push(part);
    }
  }
  let paths = [''];
  for (const part of parts) {
    const next: string[] = [];
    for (const path of paths) {
      if (!/[*?[]/.test(part)) {
        next.push(path === '' ? part : `${path}/${part}`);
        continue;
      }
      // The wildcards of one part are those of an ignore file, whose matcher takes linear time; ./ keeps # and ! plain.
      const rules = parseIgnore(`./${part}`);
      const names = (await entries(join(context, path))).map(({ name }) => name);
      for (const name of names.filter((each) => ignoredBy(rules, each) !== undefined)) {
        next.push(path === '' ? name : `${path}/${name}`);
      }
    }
    paths = next.slice(0, maxEntries);
  }
  const there = await Promise.all(paths.map((path) => lstat(join(context, path)).catch(() => undefined)));
  return paths.filter((_, index) => there[index] !== undefined);
}

async function add(
  context: string,
  path: string,
  rules: readonly IgnoreRule[],
  sum: { count: number; bytes: number },
  budget: { entries: number; until: number },
): Promise<void> {
  if (--budget.entries <= 0 || Date.now() >= budget.until || (path !== '' && ignoredBy(rules, path))) {
    return;
  }
  const stat = await lstat(join(context, path)).catch(() => undefined);
  if (stat?.isDirectory()) {
    for (const { name } of await entries(join(context, path))) {
      await add(context, path === '' ? name : `${path}/${name}`, rules, sum, budget);
    }
  } else if (stat) {
    sum.count++;
    sum.bytes += stat.isFile() ? stat.size : 0;
  }
}

async function entries(folder: string): Promise<Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch(() => []);
}
