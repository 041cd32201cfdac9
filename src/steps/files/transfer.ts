// Which file a command is about, and what is said of a transfer.
import type { App, Report } from '../../app.ts';
import type { Files, Transferred } from '../../engine/types.ts';
import { UserError } from '../../model/errors.ts';
import { baseName, type FileElement, type FileOwner, normalizePath } from '../../model/files/entry.ts';
import type { FileUi } from '../../model/files/prompts.ts';
import { formatSize, shortId } from '../../model/format.ts';
import { t } from '../../model/l10n.ts';
import { plain } from '../../model/text.ts';
import { chooseContainer, type Target } from '../choose.ts';

export type FileApp = App & { readonly ui: FileUi };

interface VolumeRow {
  type: 'volume';
  name: string;
}

/**
 * A file's row, several of them, a container's or volume's row, or a string: a container's name or id, or `volume:` and
 * a volume's name.
 */
export type FileTarget = Target | FileElement | VolumeRow | readonly (FileElement | VolumeRow)[];

export interface ChosenFile {
  owner: FileOwner;
  path: string;
}

/** One file; `path` is the path that was given with the command, `/` when neither it nor a file's row was. */
export async function chooseFile(
  app: App,
  target: FileTarget,
  prompt: { title: string; path?: string | undefined },
): Promise<ChosenFile> {
  const [first] = await chooseFilesOf(app, target, prompt);
  if (!first) {
    throw new UserError('nothing-chosen', t('No file was chosen.'));
  }
  return first;
}

/** A path in a container, typed. */
export function askFilePath(app: App, title: string): Promise<string> {
  return app.ui.input({
    title,
    prompt: t('Path of the file in the container'),
    placeholder: '/etc/hosts',
    check: (value) => (value.startsWith('/') ? undefined : t('Write the whole path, from / on.')),
  });
}

/** All files that a command is about: the selected rows. */
export async function chooseFilesOf(
  app: App,
  target: FileTarget,
  prompt: { title: string; path?: string | undefined },
): Promise<ChosenFile[]> {
  const path = normalizePath(prompt.path ?? '/');
  const rows = typeof target === 'object' ? ('type' in target ? [target] : target) : [];
  const files = rows.flatMap((row): ChosenFile[] => {
    switch (row.type) {
      case 'file':
        return [{ owner: row.owner, path: prompt.path === undefined ? row.path : path }];
      case 'change':
        return [{ owner: { type: 'container', id: row.container }, path: row.path }];
      case 'volume':
        return [{ owner: { type: 'volume', name: row.name }, path }];
      case 'container':
        return [{ owner: { type: 'container', id: row.id }, path }];
      default:
        return [];
    }
  });
  if (files.length > 0) {
    return files;
  }
  if (typeof target === 'string' && target.startsWith('volume:')) {
    return [{ owner: { type: 'volume', name: target.slice('volume:'.length) }, path }];
  }
  const { id } = await chooseContainer(app, typeof target === 'string' ? target : undefined, { title: prompt.title });
  return [{ owner: { type: 'container', id }, path }];
}

/** A volume's name: of its row, as a string with or without `volume:`, or the one that is picked. */
export async function chooseVolume(app: App, target: FileTarget, prompt: { title: string }): Promise<string> {
  if (typeof target === 'string') {
    return target.replace(/^volume:/, '');
  }
  const rows = typeof target === 'object' ? ('type' in target ? [target] : target) : [];
  for (const row of rows) {
    if (row.type === 'volume') {
      return row.name;
    }
    if (row.type === 'file' && row.owner.type === 'volume') {
      return row.owner.name;
    }
  }
  const volumes = await app.engine.inventory.all('volumes');
  return app.ui.pick(
    volumes.map(({ name, driver }) => ({
      label: plain(name, 200),
      description: driver,
      icon: 'database',
      value: name,
    })),
    { title: prompt.title, placeholder: t('Choose a volume'), empty: t('The engine has no volumes.') },
  );
}

/** The files of the engine in use. */
export async function filesOf(app: App): Promise<Files> {
  return (await app.engine.client()).files;
}

/** The container's or volume's name, for people. */
export function ownerName(app: App, owner: FileOwner): string {
  return owner.type === 'volume'
    ? plain(owner.name, 100)
    : plain(app.engine.inventory.peek('containers', owner.id)?.name ?? shortId(owner.id), 100);
}

/** The file's name for a local file: for a root, its owner's. */
export function localName(app: App, { owner, path }: ChosenFile): string {
  // What a file dialog or another system would take for a path is replaced.
  const name = path === '/' ? ownerName(app, owner) : baseName(path);
  return (
    plain(name, 100)
      .replace(/[\\/:*?"<>|]/g, '_')
      .replace(/^\.+$|[. ]+$/g, '_') || 'files'
  );
}

/** A listener for a transfer's bytes. */
export function byteReport(report: Report): (bytes: number, total?: number) => void {
  return (bytes, total) =>
    report(
      total === undefined ? formatSize(bytes) : t('{0} of {1}', formatSize(bytes), formatSize(total)),
      total ? bytes / total : undefined,
    );
}

/** Says what a transfer left out, and writes all of it to the log. Says nothing of one that took everything. */
export function sayLeftOut(app: App, { skipped, skippedCount }: Transferred): void {
  if (skippedCount === 0) {
    return;
  }
  for (const { name, reason } of skipped) {
    app.log.warn(`left out (${reason}): ${plain(name, 300)}`);
  }
  const names = skipped.slice(0, 3).map(({ name }) => plain(name, 60));
  app.ui.say(
    skippedCount === 1
      ? t(
          '{0} was left out: it is a device, a link out of the folder, or has a name that cannot be used here.',
          names.join(''),
        )
      : t(
          '{0} files were left out ({1} …): devices, links out of the folder, or names that cannot be used here. The log has all of them.',
          skippedCount,
          names.join(', '),
        ),
  );
}
