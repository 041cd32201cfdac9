// The `docker run` line of the run form: it shows what the fields say, and what is typed or pasted into it is sent to be read.
import { t } from '../../model/l10n.ts';
import type { RunOptions } from '../../model/run/options.ts';
import { optionsToLine } from '../../model/run/toLine.ts';
import { el, send } from '../host.ts';

/** Pixels; a longer line scrolls. It leaves the fields most of a tall window. */
const tallest = () => Math.max(118, window.innerHeight / 4);
/** Milliseconds without a key after which the line is read. */
const pause = 120;

export function createLineBox() {
  const box = el('textarea', { id: 'line', spellcheck: 'false', rows: '1', 'aria-describedby': 'line-problem' });
  const problem = el('div', { id: 'line-problem', 'aria-live': 'polite' });
  box.placeholder = 'docker run -d --name web -p 8080:80 nginx:1.29';
  /** Goes up with each edit, so that a late answer about an earlier one is known. */
  let count = 0;
  let refused = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const grow = () => {
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight + 2, tallest())}px`;
  };
  const say = (level: 'error' | 'warning', sentences: readonly string[]) => {
    // What is said already is not read out again.
    if (problem.textContent !== sentences.join('')) {
      problem.replaceChildren(...sentences.map((sentence) => el('p', { class: `problem ${level}` }, sentence)));
    }
  };
  const mark = (wrong: boolean) => {
    refused = wrong;
    box.classList.toggle('error', wrong);
    if (wrong) {
      box.setAttribute('aria-invalid', 'true');
    } else {
      box.removeAttribute('aria-invalid');
    }
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
    /** Whether the line cannot be read. */
    get refused() {
      return refused;
    },
    /** Whether an answer is about what stands in the box now. */
    isLatest: (edit: number) => edit === count,
    /** Writes the line that says these options; a form in which nothing is said yet has none. */
    show(options: RunOptions) {
      count += 1;
      clearTimeout(timer);
      mark(false);
      say('error', []);
      const isEmpty = options.image === '' && Object.keys(options).length <= 2;
      box.value = isEmpty ? '' : optionsToLine(options, { multiline: true });
      grow();
    },
    /** An empty line is no mistake. */
    refuse(sentence: string) {
      mark(box.value.trim() !== '');
      say('error', refused ? [sentence] : []);
    },
    accept(warnings: readonly string[]) {
      mark(false);
      say('warning', warnings);
    },
    /** What is wrong with the options as a whole. */
    object(sentence: string) {
      say('error', [sentence]);
    },
    focus: () => box.focus(),
  };
}
