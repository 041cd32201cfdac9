// The `docker run` line of the run form: it shows what the fields say, and what is typed or pasted into it is sent to be read.
import { t } from '../../model/l10n.ts';
import type { RunOptions } from '../../model/run/options.ts';
import { optionsToLine } from '../../model/run/toLine.ts';
import { el, send } from '../host.ts';
import type { LineVerdict } from './check.ts';
import { markInvalid } from './problem.ts';

/** Pixels; a longer line scrolls. It leaves the fields most of a tall window. */
const maxHeight = () => Math.max(118, window.innerHeight / 4);
/** Milliseconds without a key after which the line is read. */
const pause = 120;

export interface LineBox {
  /** The label, the box and what is said of it, from top to bottom. */
  readonly elements: readonly HTMLElement[];
  /** What stands in the box. */
  readonly text: string;
  /** Whether an answer is about what stands in the box now: `edit` is the number that was sent with it. */
  isLatest(edit: number): boolean;
  /** Writes the line that says these options; a form in which nothing is said yet has none. */
  show(options: RunOptions): void;
  /** Says what is wrong with the line, or with the options as a whole. */
  say(verdict: LineVerdict): void;
  focus(): void;
}

/** An empty box, which sends what is typed into it as `line` messages. It throws nothing. */
export function createLineBox(): LineBox {
  const box = el('textarea', { id: 'line', spellcheck: 'false', rows: '1', 'aria-describedby': 'line-problem' });
  const problem = el('div', { id: 'line-problem', 'aria-live': 'polite' });
  box.placeholder = 'docker run -d --name web -p 8080:80 nginx:1.29';
  /** Goes up with each edit, so that a late answer about an earlier one is known. */
  let count = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const grow = () => {
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight + 2, maxHeight())}px`;
  };
  box.addEventListener('input', () => {
    grow();
    count += 1;
    const edit = count;
    clearTimeout(timer);
    timer = setTimeout(() => send({ type: 'line', line: box.value, count: edit }), pause);
  });
  window.addEventListener('resize', grow);

  return {
    elements: [
      el('label', { class: 'line-label', for: 'line' }, t('The docker run line: edit it or paste one here')),
      box,
      problem,
    ],
    get text() {
      return box.value;
    },
    isLatest: (edit) => edit === count,
    show(options) {
      count += 1;
      clearTimeout(timer);
      const isEmpty = options.image === '' && Object.keys(options).length <= 2;
      box.value = isEmpty ? '' : optionsToLine(options, { multiline: true });
      grow();
    },
    say({ refused, level, sentences }) {
      markInvalid(box, refused ? 'error' : undefined);
      // What is said already is not read out again.
      if (problem.textContent !== sentences.join('')) {
        problem.replaceChildren(...sentences.map((sentence) => el('p', { class: `problem ${level}` }, sentence)));
      }
    },
    focus: () => box.focus(),
  };
}
