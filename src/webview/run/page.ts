// The run form: fields on one side, the `docker run` line on the other, each following the other.
import { type FieldId, formFields } from '../../model/run/form/fields.ts';
import type { RunFormAnswer, RunFormPage } from '../../model/run/form/messages.ts';
import { el, page, send, startPage } from '../host.ts';
import { readAnswer } from './answers.ts';
import { createContents, createLesson, createStatus } from './aside.ts';
import { checkForm, type FormCheck } from './check.ts';
import { createBar } from './formBar.ts';
import { firstFocus, startState, withImageAsked } from './formState.ts';
import { createLineBox } from './lineBox.ts';
import { followFocus, keepBelow, listenToKeys } from './pageEvents.ts';
import { type FormEvent, fieldsToShow, react } from './react.ts';
import { createSections } from './sections.ts';

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
  const view = createView(data, { handle, run, copy: () => send({ type: 'copy', options: state.options }) });
  const { line, status, sections } = view;
  sections.show(fieldsToShow(state.options, sections.values()));
  sections.offer(state.facts);
  line.show(state.options);
  check();
  view.begin(firstFocus(state, data.pasting === true));

  function handle(event: FormEvent): void {
    const reaction = react(state, event, { values: sections.values(), line: line.text });
    state = reaction.state;
    if (event.type === 'facts') {
      sections.offer(state.facts);
    }
    sections.show(reaction.fields ?? new Map());
    if (reaction.line) {
      line.show(state.options);
    }
    check();
    if (reaction.send) {
      send(reaction.send);
    }
  }

  function check(): void {
    view.mark(checkForm(state, sections.values()));
  }

  function run(start: boolean): void {
    for (const field of formFields.filter(({ id }) => id === 'volumes' || id === 'flags')) {
      handle({ type: 'left', field });
    }
    if (checkForm(state, sections.values()).canRun) {
      send({ type: 'run', options: state.options, start });
      return;
    }
    // Goes to what keeps it from running.
    const wrong = sections.firstProblem();
    state = withImageAsked(state);
    check();
    wrong?.focus();
  }

  return {
    handle,
    take(answer: RunFormAnswer): void {
      if (answer.type === 'status') {
        status.show(answer.status);
      } else if (!('count' in answer) || line.isLatest(answer.count)) {
        handle(answer);
      }
      if (answer.type === 'chosen') {
        sections.focusRow(answer.field, answer.row);
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
  const sections = createSections(data.origin, {
    input: ({ field }) => handle({ type: 'input', field }),
    left: ({ field }) => handle({ type: 'left', field }),
    browse: (field, row) => send({ type: 'browse', kind: field.browse ?? 'file', field: field.id, row }),
    lesson: ({ field, element }) => lesson.toggle(field.note, element),
  });
  const contents = createContents(sections.byId);
  const bar = createBar({
    run,
    copy,
    filter(text) {
      sections.filter(text);
      contents.mark();
    },
  });
  const top = el('header', { class: 'top' }, line.elements, bar.element, status.element);
  page().replaceChildren(
    top,
    el('div', { class: 'body' }, contents.element, sections.element, lesson.element),
    ...sections.offers,
  );
  listenToKeys(run, bar);
  followFocus((field) => lesson.follow(field.note));
  keepBelow(top);
  return {
    line,
    status,
    sections,
    /** Says what is wrong where it is wrong; what cannot run has no button. */
    mark(check: FormCheck): void {
      sections.mark(check);
      line.say(check.line);
      contents.count(check.counts);
      bar.enable(check);
    },
    /** Shows the beginning of the page, with the focus in a field or in the line. */
    begin(focus: 'line' | FieldId): void {
      contents.mark();
      lesson.follow('run.shape');
      if (focus === 'line') {
        line.focus();
      } else {
        sections.widget(focus)?.focus();
        window.scrollTo(0, 0);
      }
    },
  };
}
