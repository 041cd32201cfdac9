// The page of logs and of events: rows are asked for as they come into sight, so that a million lines cost no more than forty.
import { t } from '../../model/l10n.ts';
import { type Level, levels } from '../../model/logs/lines.ts';
import { type LogCounts, type LogNews, type LogPage, type LogRange, ranges } from '../../model/logs/messages.ts';
import { button, el, page, savedState, saveState, send, startPage } from '../host.ts';
import { styledText } from './highlight.ts';
import { createLogLines, type LogLines } from './lines.ts';

let lines: LogLines | undefined;
let counts: LogCounts | undefined;
let hear: (news: LogNews) => void = () => {};

startPage<LogPage>(
  build,
  // It comes from the extension, which made it by this type.
  (message) => hear(message as LogNews),
);

function build(start: LogPage): void {
  let { filter } = start;
  const several = start.sources.length > 1;
  const search = el('input', {
    type: 'search',
    id: 'search',
    placeholder: t('Search'),
    'aria-label': t('Search'),
    spellcheck: 'false',
  });
  search.value = filter.text;
  const found = el('span', { class: 'found', role: 'status' });
  const chips = el('div', { class: 'chips', role: 'group', 'aria-label': t('What is shown') });
  const dropped = el('div', { class: 'dropped' });
  const empty = el('div', { class: 'empty' }, start.kind === 'logs' ? t('No lines yet.') : t('No events yet.'));
  const status = el('div', { class: 'status', role: 'status' });
  const size = el('div', { class: 'size' });
  const detail = el('aside', { class: 'detail', 'aria-label': t('The whole line'), hidden: '' });
  const following = toggle(t('Follow'), t('Stay at the newest line'), () => lines?.follow(true));
  const list = createLogLines({
    label: start.kind === 'logs' ? t('Log lines') : t('Events'),
    sources: several ? start.sources : [],
    want: (from, count) => send({ type: 'rows', from, count }),
    open: (row) => send({ type: 'line', row }),
    moved(top, follow) {
      following.setAttribute('aria-pressed', String(follow));
      saveState({ top, follow });
    },
  });
  lines = list;

  function change(more: Partial<typeof filter>): void {
    filter = { ...filter, ...more };
    list.highlight(filter.text, filter.exact);
    showFilter();
    send({ type: 'filter', filter, top: list.top });
  }
  function next(back: boolean): void {
    if (filter.text !== '') {
      send({ type: 'next', row: list.current ?? list.top, back });
    }
  }

  const exact = toggle('Aa', t('Upper and lower case matter'), () => change({ exact: !filter.exact }));
  const only = toggle(t('Only matches'), t('Hide the lines without the text'), () => change({ only: !filter.only }));
  const stamps = toggle(t('Times'), t('Show when each line was written'), () => {
    const on = stamps.getAttribute('aria-pressed') !== 'true';
    stamps.setAttribute('aria-pressed', String(on));
    list.showStamps(on);
    send({ type: 'stamps', on });
  });
  stamps.setAttribute('aria-pressed', String(start.stamps));
  const level = choice(
    t('Level'),
    levels.map((each) => [each, levelName(each)] as const),
    filter.level,
    (value) => change({ level: value }),
  );
  const range =
    start.range === undefined
      ? undefined
      : choice(
          t('How far back'),
          ranges.map((each) => [each, rangeName(each)] as const),
          start.range,
          (value) => {
            list.follow(true);
            send({ type: 'range', range: value });
          },
        );

  function showFilter(): void {
    exact.setAttribute('aria-pressed', String(filter.exact));
    only.setAttribute('aria-pressed', String(filter.only));
    chips.replaceChildren(
      ...(several
        ? start.sources.map((name, source) => {
            const shown = !filter.hidden.includes(source);
            const chip = toggle(name, t('Show or hide {0}', name), () =>
              change({
                hidden: shown ? [...filter.hidden, source] : filter.hidden.filter((each) => each !== source),
              }),
            );
            chip.className = `chip source${source % 8}`;
            chip.setAttribute('aria-pressed', String(shown));
            return chip;
          })
        : []),
    );
    chips.hidden = !several;
  }

  function showCounts(now: LogCounts): void {
    counts = now;
    empty.hidden = now.end > now.first;
    dropped.hidden = now.dropped === 0;
    dropped.textContent = t('{0} older lines were dropped to keep memory free.', formatCount(now.dropped));
    const same = status.textContent === now.status.join(' ');
    if (!same) {
      status.textContent = now.status.join(' ');
    }
    status.classList.toggle('problem', now.failed);
    const rows = now.end - now.first;
    size.textContent = rows === 1 ? t('1 line') : t('{0} lines', formatCount(rows));
    showFound();
  }

  function showFound(place?: number): void {
    const hits = counts?.hits ?? 0;
    found.textContent =
      filter.text === ''
        ? ''
        : hits === 0
          ? t('not found')
          : place === undefined
            ? t('{0} found', formatCount(hits))
            : t('{0} of {1}', formatCount(place), formatCount(hits));
    found.classList.toggle('problem', filter.text !== '' && hits === 0);
  }

  hear = (news) => {
    switch (news.type) {
      case 'counts':
        showCounts(news.counts);
        list.update(news.counts, news.top);
        return;
      case 'rows':
        list.take(news.version, news.rows);
        return;
      case 'hit':
        list.goTo(news.row);
        showFound(news.place);
        return;
      case 'line':
        showLine(news);
    }
  };

  function showLine(line: LogNews & { type: 'line' }): void {
    const text = el('pre', { tabindex: '0' });
    styledText(text, line.text, line.colored, filter.text, filter.exact);
    const close = button(t('Close'), closeLine, { class: 'link' });
    const about = [several ? (start.sources[line.source] ?? '') : '', line.stamp].filter(Boolean).join(' · ');
    detail.replaceChildren(
      el('div', { class: 'line' }, el('span', { class: 'quiet' }, about), close),
      text,
      line.cut > 0 ? el('p', { class: 'quiet' }, t('{0} more characters were cut off.', formatCount(line.cut))) : '',
    );
    detail.hidden = false;
    list.resize();
  }
  function closeLine(): void {
    detail.hidden = true;
    list.resize();
    list.element.focus();
  }

  let typing: number | undefined;
  search.addEventListener('input', () => {
    window.clearTimeout(typing);
    typing = window.setTimeout(() => change({ text: search.value }), 150);
  });
  search.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') {
      if (search.value !== filter.text) {
        window.clearTimeout(typing);
        change({ text: search.value });
      }
      next(event.shiftKey);
      event.preventDefault();
    }
  });
  document.onkeydown = (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f') {
      search.focus();
      search.select();
      event.preventDefault();
    } else if (event.key === 'F3') {
      next(event.shiftKey);
      event.preventDefault();
    } else if (event.key === 'Escape' && !detail.hidden) {
      closeLine();
    }
  };

  page().replaceChildren(
    el(
      'div',
      { class: 'bar', role: 'toolbar', 'aria-label': t('Search and filter') },
      el('span', { class: 'box' }, search, exact),
      icon('↑', t('Previous match'), () => next(true)),
      icon('↓', t('Next match'), () => next(false)),
      found,
      only,
      el('span', { class: 'gap' }),
      start.kind === 'logs' ? level : undefined,
      range,
      stamps,
      following,
    ),
    chips,
    dropped,
    empty,
    list.element,
    detail,
    el(
      'footer',
      {},
      status,
      size,
      button(t('Open as Document'), () => send({ type: 'document' }), { class: 'link' }),
      button(t('Clear'), () => send({ type: 'clear' }), { class: 'link' }),
    ),
  );
  showFilter();
  list.highlight(filter.text, filter.exact);
  list.showStamps(start.stamps);
  showCounts(start.counts);
  const saved = savedState();
  const top = typeof saved.top === 'number' && saved.follow === false ? saved.top : undefined;
  list.update(start.counts, top);
  list.follow(top === undefined);
}

function toggle(label: string, title: string, press: () => void): HTMLButtonElement {
  return button(label, press, { class: 'toggle', title, 'aria-pressed': 'false' });
}

function icon(sign: string, label: string, press: () => void): HTMLButtonElement {
  return button(sign, press, { class: 'plain', title: label, 'aria-label': label });
}

function choice<T extends string>(
  label: string,
  values: readonly (readonly [T, string])[],
  chosen: T,
  change: (value: T) => void,
): HTMLSelectElement {
  const options = values.map(([value, name]) =>
    el('option', { value, ...(value === chosen ? { selected: '' } : {}) }, name),
  );
  const select = el('select', { 'aria-label': label, title: label }, ...options);
  select.addEventListener('change', () => {
    const value = values.find(([each]) => each === select.value)?.[0];
    if (value !== undefined) {
      change(value);
    }
  });
  return select;
}

function levelName(level: Level): string {
  switch (level) {
    case 'none':
      return t('All levels');
    case 'error':
      return t('Errors');
    case 'warning':
      return t('Warnings and worse');
    case 'info':
      return t('Information and worse');
    case 'debug':
      return t('All with a level');
  }
}

function rangeName(range: LogRange): string {
  switch (range) {
    case 'last1000':
      return t('Last 1,000 lines');
    case 'last10000':
      return t('Last 10,000 lines');
    case 'all':
      return t('From the beginning');
    case 'minutes15':
      return t('Last 15 minutes');
    case 'hour':
      return t('Last hour');
    case 'day':
      return t('Last day');
  }
}

function formatCount(count: number): string {
  return count.toLocaleString(document.documentElement.lang || undefined);
}
