// The page of logs and of events: rows are asked for as they come into sight, so that a million lines cost no more than forty.
import { t } from '../../model/l10n.ts';
import type { LogFilter } from '../../model/logs/list.ts';
import type { LogNews, LogPage } from '../../model/logs/messages.ts';
import { page, savedState, saveState, send, startPage } from '../host.ts';
import { createChips, createSummary } from './counts.ts';
import { createDetail } from './detail.ts';
import { keyAction, savedTop, withSource } from './keys.ts';
import { createLogLines } from './lines.ts';
import { foundText, type Locale } from './texts.ts';
import { createToolbar, type ToolbarEvents } from './toolbar.ts';

let hear: (news: LogNews) => void = () => {};

startPage<LogPage>(
  (start) => {
    hear = build(start);
  },
  // It comes from the extension, which made it by this type.
  (message) => hear(message as LogNews),
);

/** Fills the page, and gives the function that takes in what comes later. */
function build(start: LogPage): (news: LogNews) => void {
  let { filter, counts, stamps } = start;
  const locale = document.documentElement.lang || undefined;
  const view = createView(start, locale, {
    change,
    next,
    stamps() {
      stamps = !stamps;
      view.showStamps(stamps);
      send({ type: 'stamps', on: stamps });
    },
  });

  const { bar, list } = view;

  function change(edit: (filter: LogFilter) => LogFilter): void {
    filter = edit(filter);
    view.showFilter(filter);
    send({ type: 'filter', filter, top: list.top });
  }
  function next(back: boolean): void {
    if (filter.text !== '') {
      send({ type: 'next', row: list.current ?? list.top, back });
    }
  }
  function showFound(place?: number): void {
    const { hits } = counts;
    bar.showFound(foundText(filter, hits, place, locale), filter.text !== '' && hits === 0);
  }
  function showCounts(top?: number): void {
    view.summary.show(counts);
    showFound();
    list.update(counts, top);
  }

  view.showFilter(filter);
  view.showStamps(stamps);
  const top = savedTop(savedState());
  showCounts(top);
  list.follow(top === undefined);
  return (news) => {
    switch (news.type) {
      case 'counts':
        counts = news.counts;
        showCounts(news.top);
        return;
      case 'rows':
        list.take(news.version, news.rows);
        return;
      case 'hit':
        list.goTo(news.row);
        showFound(news.place);
        return;
      case 'line':
        view.detail.show(news, filter);
    }
  };
}

interface ViewEvents extends Pick<ToolbarEvents, 'change' | 'next' | 'stamps'> {}

/** The parts of the page, put together. */
function createView(start: LogPage, locale: Locale, { change, next, stamps }: ViewEvents) {
  const sources = start.sources.length > 1 ? start.sources : [];
  const summary = createSummary(start.kind, locale);
  const chips = createChips(sources, (source) => change((filter) => withSource(filter, source)));
  const bar = createToolbar(start, {
    change,
    next,
    stamps,
    follow: () => list.follow(true),
    range(range) {
      list.follow(true);
      send({ type: 'range', range });
    },
  });
  const list = createLogLines({
    label: start.kind === 'logs' ? t('Log lines') : t('Events'),
    sources,
    want: (from, count) => send({ type: 'rows', from, count }),
    open: (row) => send({ type: 'line', row }),
    moved(top, follow) {
      bar.showFollowing(follow);
      saveState({ top, follow });
    },
  });
  const detail = createDetail({
    sources,
    locale,
    changed(open) {
      list.resize();
      if (!open) {
        list.element.focus();
      }
    },
  });
  listenToKeys({ find: bar.find, next, close: () => detail.open && detail.close() });
  page().replaceChildren(bar.element, chips.element, ...summary.above, list.element, detail.element, summary.footer);
  return {
    bar,
    list,
    detail,
    summary,
    showFilter(filter: LogFilter): void {
      list.highlight(filter);
      bar.showFilter(filter);
      chips.show(filter);
    },
    showStamps(on: boolean): void {
      bar.showStamps(on);
      list.showStamps(on);
    },
  };
}

interface KeyEvents {
  find(): void;
  next(back: boolean): void;
  close(): void;
}

function listenToKeys({ find, next, close }: KeyEvents): void {
  document.onkeydown = (event) => {
    const action = keyAction(event.key, { command: event.ctrlKey || event.metaKey, shift: event.shiftKey });
    if (action === 'close') {
      close();
    } else if (action !== undefined) {
      if (action === 'find') {
        find();
      } else {
        next(action === 'back');
      }
      event.preventDefault();
    }
  };
}
