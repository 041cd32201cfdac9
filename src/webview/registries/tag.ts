// The page of a tag.
import { formatAge, formatSize } from '../../model/format.ts';
import { t } from '../../model/l10n.ts';
import {
  attachmentName,
  type PlatformFacts,
  type TagAction,
  type TagFacts,
  type TagPage,
} from '../../model/registries/tag.ts';
import { plain } from '../../model/text.ts';
import { button, el, page, send, startPage } from '../host.ts';
import { digestText, factList, mono, section, table } from './definitions.ts';
import { layerBar, layerTable } from './layers.ts';
import { nameParts, splitVariable } from './wording.ts';

startPage<TagPage>((data) => {
  const focused = document.activeElement?.id;
  page().replaceChildren(...pageOf(data));
  // Drawing anew takes the focus away from the button that asked for it.
  (focused ? document.getElementById(focused) : null)?.focus();
});

function pageOf(data: TagPage): Node[] {
  const { name, tag, platform, problem } = data;
  const status = el('p', { id: 'status', role: 'status', class: 'status' });
  const head = el(
    'header',
    {},
    el('h1', {}, ...heading(name)),
    el(
      'div',
      { class: 'line' },
      mono(tag?.digest ?? '…'),
      copyButton(t('Copy reference'), name, status),
      ...(tag ? [copyButton(t('Copy by digest'), `${tag.registry}/${tag.repository}@${tag.digest}`, status)] : []),
    ),
    actions(data),
    status,
  );
  if (!tag) {
    return [head, el('p', { class: 'quiet', 'aria-busy': 'true' }, t('Reading from the registry…'))];
  }
  return [
    head,
    ...platforms(tag, data.shown),
    ...(platform
      ? platformParts(platform, tag)
      : [el('p', { class: problem ? 'problem' : 'quiet' }, problem ?? t('Reading from the registry…'))]),
    ...attachments(tag),
  ];
}

/** The repository in quiet letters, the tag in loud ones. */
function heading(name: string): Node[] {
  const [repository, tag] = nameParts(name);
  return [el('span', { class: 'quiet' }, plain(repository, 500)), el('span', {}, plain(tag, 200))];
}

function actions({ vendor, tag }: TagPage): HTMLElement {
  const act = (type: TagAction, label: string, primary = false) =>
    button(label, () => send({ type }), { id: `do-${type}`, class: primary ? 'primary' : 'secondary' });
  return el(
    'div',
    { class: 'actions', role: 'toolbar', 'aria-label': t('Actions') },
    act('pull', t('Pull'), true),
    act('run', t('Run')),
    act('compare', t('Compare…')),
    act('manifest', t('Manifest')),
    ...(tag ? [act('config', t('Configuration'))] : []),
    ...(vendor ? [act('browse', t('Open in {0}', vendor))] : []),
  );
}

function platforms({ platforms: list }: TagFacts, shown: string | undefined): Node[] {
  if (list.length === 0) {
    return [];
  }
  const buttons = list.map(({ name, digest }, index) =>
    button(name, () => send({ type: 'show', digest }), {
      id: `platform-${index}`,
      class: 'platform',
      'aria-pressed': String(digest === shown),
      title: digest,
    }),
  );
  return [el('div', { class: 'platforms', role: 'group', 'aria-label': t('Platforms') }, ...buttons)];
}

function platformParts(platform: PlatformFacts, tag: TagFacts): Node[] {
  const { created, size, configDigest } = platform;
  const words = (list: string[] | undefined) => (list?.length ? mono(JSON.stringify(list)) : undefined);
  return [
    factList([
      [t('Platform'), platform.platform || undefined],
      [t('Digest'), digestText(platform.digest)],
      [t('Size'), size === undefined ? undefined : t('{0}, compressed', formatSize(size))],
      [
        t('Created'),
        created === undefined ? undefined : `${formatAge(created)} (${new Date(created).toLocaleString()})`,
      ],
      [t('Configuration digest'), configDigest === undefined ? undefined : digestText(configDigest)],
      [t('Media type'), mono(tag.mediaType)],
    ]),
    section(t('Layers'), layerBar(platform.layers), layerTable(platform.layers)),
    section(
      t('Configuration'),
      factList([
        [t('Entrypoint'), words(platform.entrypoint)],
        [t('Command'), words(platform.command)],
        [t('User'), platform.user && mono(platform.user)],
        [t('Working directory'), platform.workdir && mono(platform.workdir)],
        [t('Ports'), platform.ports.length ? mono(platform.ports.join(', ')) : undefined],
        [t('Volumes'), platform.volumes.length ? mono(platform.volumes.join(', ')) : undefined],
      ]),
      table([t('Variable'), t('Value')], platform.env.map(splitVariable)),
    ),
    section(t('Labels'), table([t('Label'), t('Value')], Object.entries(platform.labels))),
    section(
      t('Annotations'),
      table([t('Annotation'), t('Value')], Object.entries({ ...tag.annotations, ...platform.annotations })),
    ),
    section(t('History'), history(platform)),
  ].filter((node) => node !== undefined);
}

function history({ steps, layers }: PlatformFacts): Node | undefined {
  if (steps.length === 0) {
    return undefined;
  }
  return el(
    'ol',
    { class: 'history' },
    steps.map(({ text, layer }) => {
      const size = layer === undefined ? undefined : layers[layer]?.size;
      return el(
        'li',
        { class: layer === undefined ? 'quiet' : '' },
        mono(plain(text, 2000)),
        size === undefined ? undefined : el('span', { class: 'size' }, ` ${formatSize(size)}`),
      );
    }),
  );
}

function attachments({ attachments: list, attachmentsProblem }: TagFacts): Node[] {
  if (list.length === 0 && attachmentsProblem === undefined) {
    return [];
  }
  const rows = list.map((entry, index) =>
    el(
      'li',
      {},
      el('span', { class: 'kind' }, attachmentName(entry.kind)),
      mono(plain(entry.type ?? '', 200)),
      el('span', { class: 'size' }, entry.size === undefined ? '' : formatSize(entry.size)),
      button(t('Manifest'), () => send({ type: 'attachment', reference: entry.reference }), {
        id: `attachment-${index}`,
        class: 'link',
        title: entry.reference,
      }),
    ),
  );
  const made = section(
    t('Signatures and attestations'),
    rows.length ? el('ul', { class: 'attachments' }, rows) : undefined,
    attachmentsProblem === undefined
      ? undefined
      : el('p', { class: 'problem' }, t('There may be more: {0}', attachmentsProblem)),
  );
  return made ? [made] : [];
}

function copyButton(label: string, text: string, status: HTMLElement): HTMLButtonElement {
  return button(
    label,
    () => {
      send({ type: 'copy', text });
      status.textContent = t('Copied: {0}', text);
    },
    { class: 'link', title: text },
  );
}
