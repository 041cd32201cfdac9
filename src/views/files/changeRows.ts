// How the files look that a container changed: added, changed and deleted, by icon, colour and words.
import type { ChangeElement } from '../../model/elements.ts';
import type { ChangeKind, ChangeNode } from '../../model/files/changes.ts';
import { t } from '../../model/l10n.ts';
import { escapeMarkdown, plain } from '../../model/text.ts';
import { aloud, described, linesOf } from '../rowText.ts';
import type { Row } from '../types.ts';

interface Look {
  icon: string;
  colour: string;
  word(): string;
  sentence(): string;
}

const looks: Readonly<Record<ChangeKind, Look>> = {
  added: {
    icon: 'diff-added',
    colour: 'gitDecoration.addedResourceForeground',
    word: () => t('added'),
    sentence: () => t('The image has no such file.'),
  },
  changed: {
    icon: 'diff-modified',
    colour: 'gitDecoration.modifiedResourceForeground',
    word: () => t('changed'),
    sentence: () => t('Its content, mode or owner differs from the image.'),
  },
  deleted: {
    icon: 'diff-removed',
    colour: 'gitDecoration.deletedResourceForeground',
    word: () => t('deleted'),
    sentence: () => t('It was deleted in the container, and is still in the image.'),
  },
};

export function changeElement(container: string, { path, folder, kind }: ChangeNode): ChangeElement {
  return { type: 'change', container, path, folder, ...(kind && { change: kind }) };
}

/** The row above all of them; `counts` says how many there are, and is empty while that is not known. */
export function changesRow(counts: string): Row {
  return {
    label: t('Changed Files'),
    ...(counts && { description: counts }),
    icon: { name: 'diff' },
    kind: 'changes',
    expand: 'collapsed',
    spoken: [t('Changed Files'), aloud(counts)].filter(Boolean).join(', '),
  };
}

/** `name` is the last step of its path, or several where folders between them hold nothing else. */
export function changeRow({ path, change, folder }: ChangeElement, name: string | undefined): Row {
  const label = plain(name ?? path, 300) || '?';
  const look = change && looks[change];
  const word = look?.word();
  // An icon named folder would be the icon theme's, which has none in many themes, where the row has a colour.
  const icon = folder ? 'symbol-folder' : (look?.icon ?? 'file');
  const said = [label, word].filter(Boolean).join(', ');
  return {
    label,
    ...(word && { description: word }),
    icon: { name: icon, ...(look && { color: look.colour }) },
    ...(look && { colour: look.colour }),
    kind: folder ? 'change.folder' : `change.${change ?? 'changed'}`,
    ...(folder ? { expand: 'collapsed' } : { opens: change === 'deleted' ? 'compareWithImage' : 'openFile' }),
    spoken: folder ? t('Folder {0}', said) : t('File {0}', said),
  };
}

/** Markdown. */
export function changeTooltip({ path, change }: ChangeElement): string {
  return linesOf([`**${escapeMarkdown(path, 1000)}**`, change && looks[change].sentence()]);
}

export function countWords({ added, changed, deleted }: Readonly<Record<ChangeKind, number>>): string {
  return described([
    added > 0 ? t('{0} added', added) : '',
    changed > 0 ? t('{0} changed', changed) : '',
    deleted > 0 ? t('{0} deleted', deleted) : '',
  ]);
}
