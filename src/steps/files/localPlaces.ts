// Which names files get in a local folder: none is lost to another of the same name, and none is replaced unasked.
import type { App } from '../../app/index.ts';
import type { Files } from '../../engine/types.ts';
import { t } from '../../model/l10n.ts';
import { plain } from '../../model/text.ts';
import type { ChosenFile } from './choose.ts';
import { localName } from './transfer.ts';

/** Asks for the path of a tar file; `name` comes without an ending. It is compressed when the path ends in `.gz` or `.tgz`. */
export function askArchivePath(
  { ui }: Pick<App, 'ui'>,
  { title, name }: { title: string; name: string },
): Promise<string> {
  return ui.saveFile({
    title,
    name: `${name}.tar.gz`,
    filters: { [t('Tar archives')]: ['tar.gz', 'tgz', 'tar'] },
  });
}

export interface LocalPlace {
  to: string;
  /** The person wants the file that is there to be replaced. */
  overwrite: boolean;
}

type Answer = 'replace' | 'keep' | 'skip';

/** A place for each file, in their order; undefined for those that are skipped. Asks once for all that are there already. */
export async function placesIn(
  app: Pick<App, 'engine' | 'ui'>,
  files: Files,
  folder: string,
  chosen: readonly ChosenFile[],
): Promise<(LocalPlace | undefined)[]> {
  const names = chosen.map((file) => localName(app, file));
  const pathOf = (name: string) => `${folder}/${name}`;
  const kinds = await app.ui.localKinds(names.map(pathOf));
  // Many systems take names for the same that differ in case.
  const keys = names.map((name) => name.toLowerCase());
  const isFirst = keys.map((key, index) => keys.indexOf(key) === index);
  const there = chosen.filter((_, index) => kinds[index] && isFirst[index]);
  /** Those that a file of the same name can be replaced by. */
  const replacing = new Set<ChosenFile>();
  for (const [index, file] of chosen.entries()) {
    if (kinds[index] === 'file' && isFirst[index]) {
      const { kind, leadsTo } = await files.stat(file.owner, file.path);
      if ((leadsTo ?? kind) === 'file') {
        replacing.add(file);
      }
    }
  }
  const answer = there.length > 0 ? await ask(app, there, replacing.size) : 'keep';

  const taken = new Set(keys);
  async function freeName(name: string): Promise<string> {
    const [, stem = name, ending = ''] = /^(.+?)((?:\.tar)?\.[^.]+)?$/s.exec(name) ?? [];
    for (let count = 2; ; count++) {
      const next = `${stem} (${count})${ending}`;
      const [kind] = await app.ui.localKinds([pathOf(next)]);
      if (kind === undefined && !taken.has(next.toLowerCase())) {
        taken.add(next.toLowerCase());
        return next;
      }
    }
  }

  const places: (LocalPlace | undefined)[] = [];
  for (const [index, file] of chosen.entries()) {
    const name = names[index] ?? '';
    if (isFirst[index] && kinds[index] === undefined) {
      places.push({ to: pathOf(name), overwrite: false });
    } else if (isFirst[index] && answer === 'skip') {
      places.push(undefined);
    } else if (answer === 'replace' && replacing.has(file)) {
      places.push({ to: pathOf(name), overwrite: true });
    } else {
      places.push({ to: pathOf(await freeName(name)), overwrite: false });
    }
  }
  return places;
}

async function ask(
  app: Pick<App, 'engine' | 'ui'>,
  there: readonly ChosenFile[],
  replaceable: number,
): Promise<Answer> {
  const names = there.map((file) => localName(app, file));
  const shown = [...names.slice(0, 10), ...(names.length > 10 ? [t('and {0} more', names.length - 10)] : [])];
  const [first = ''] = names;
  return app.ui.ask<Answer>(
    names.length === 1
      ? t('{0} is in this folder already.', plain(first, 100))
      : t('{0} of these names are in this folder already.', names.length),
    [
      ...(names.length > 1 ? [shown.join('\n')] : []),
      t('What is kept both gets another name, for example {0} (2).', plain(first, 100)),
      ...(replaceable > 0 && replaceable < names.length
        ? [t('Folders are not replaced: with Replace, too, they get another name.')]
        : []),
    ].join('\n\n'),
    [
      ...(replaceable > 0 ? [{ label: t('Replace'), value: 'replace' as const }] : []),
      { label: t('Keep Both'), value: 'keep' },
      { label: t('Skip'), value: 'skip' },
    ],
  );
}
