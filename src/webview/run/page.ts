// The run form: fields on one side, the `docker run` line on the other, each following the other.
import { formFields } from '../../model/run/form/fields.ts';
import type { RunFormAnswer, RunFormPage } from '../../model/run/form/messages.ts';
import { el, page, send, startPage } from '../host.ts';
import { readAnswer } from './answers.ts';
import { createContents, createLesson, createStatus } from './aside.ts';
import { createBar } from './bar.ts';
import { checkForm } from './check.ts';
import { followFocus, keepBelow, listenToKeys } from './document.ts';
import { createLineBox } from './lineBox.ts';
import { type FormEvent, fieldsToShow, react } from './react.ts';
import { createSettings } from './settings.ts';
import { firstFocus, startState, withImageAsked } from './state.ts';

let form: ReturnType<typeof createForm> | undefined;

startPage<RunFormPage>(
  (data) => {
    if (form) {
      form.handle({ type: 'facts', facts: data.facts });
    } else {
      form = createForm(data);
    }
  },
  (message) => {
    const answer = readAnswer(message);
    if (answer) {
      form?.take(answer);
    }
  },
);

/** Fills the page with a form of these options. */
function createForm(data: RunFormPage) {
  let state = startState(data);
  const { line, status, lesson, settings, bar, contents } = createView(data, { handle, run, copy });
  settings.show(fieldsToShow(state.options, settings.values()));
  settings.offer(state.facts);
  line.show(state.options);
  check();
  contents.mark();
  lesson.follow('run.shape');
  const first = firstFocus(state, data.pasting === true);
  if (first === 'line') {
    line.focus();
  } else {
    settings.widget(first)?.focus();
    window.scrollTo(0, 0);
  }

  function handle(event: FormEvent): void {
    const reaction = react(state, event, { values: settings.values(), line: line.text });
    state = reaction.state;
    if (event.type === 'facts') {
      settings.offer(state.facts);
    }
    settings.show(reaction.fields ?? new Map());
    if (reaction.line) {
      line.show(state.options);
    }
    check();
    if (reaction.send) {
      send(reaction.send);
    }
  }

  /** Says what is wrong where it is wrong; what cannot run has no button. */
  function check(): void {
    const found = checkForm(state, settings.values());
    settings.mark(found);
    line.say(found.line);
    contents.count(found.counts);
    bar.enable(found);
  }

  function run(start: boolean): void {
    for (const field of formFields.filter(({ id }) => id === 'volumes' || id === 'flags')) {
      handle({ type: 'left', field });
    }
    if (bar.canRun) {
      send({ type: 'run', options: state.options, start });
      return;
    }
    // Goes to what keeps it from running.
    const wrong = settings.firstProblem();
    state = withImageAsked(state);
    check();
    wrong?.focus();
  }

  function copy(): void {
    send({ type: 'copy', options: state.options });
  }

  return {
    handle,
    take(answer: RunFormAnswer): void {
      if ('count' in answer && !line.isLatest(answer.count)) {
        return;
      }
      if (answer.type === 'status') {
        status.show(answer.status);
        return;
      }
      handle(answer);
      if (answer.type === 'chosen') {
        settings.focusRow(answer.field, answer.row);
      }
    },
  };
}

interface ViewEvents {
  handle(event: FormEvent): void;
  run(start: boolean): void;
  copy(): void;
}

/** The parts of the page, put together. */
function createView(data: RunFormPage, { handle, run, copy }: ViewEvents) {
  const line = createLineBox();
  const lesson = createLesson(data.notes);
  const status = createStatus((what) => {
    handle({ type: 'mend', what });
    status.show({ state: 'idle', text: '' });
    bar.focus();
  });
  const settings = createSettings(data.origin, {
    input: ({ field }) => handle({ type: 'input', field }),
    left: ({ field }) => handle({ type: 'left', field }),
    browse: (field, row) => send({ type: 'browse', kind: field.browse ?? 'file', field: field.id, row }),
    lesson: ({ field, element }) => lesson.toggle(field.note, element),
  });
  const contents = createContents(settings.sections);
  const bar = createBar({
    run,
    copy,
    filter(text) {
      settings.filter(text);
      contents.mark();
    },
  });
  const top = el('header', { class: 'top' }, line.elements, bar.element, status.element);
  page().replaceChildren(
    top,
    el('div', { class: 'body' }, contents.element, settings.element, lesson.element),
    ...settings.offers,
  );
  listenToKeys(run, bar);
  followFocus((field) => lesson.follow(field.note));
  keepBelow(top);
  return { line, lesson, status, settings, contents, bar };
}
