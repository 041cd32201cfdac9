// The run form: fields on one side, the `docker run` line on the other, each following the other.
import { t } from '../../model/l10n.ts';
import { type FieldId, formFields, formSections, type SectionId } from '../../model/run/form/fields.ts';
import type { RunFormPage, RunFormStatus } from '../../model/run/form/messages.ts';
import { freeForm, withFreePorts } from '../../model/run/form/ports.ts';
import {
  type FormFacts,
  fieldProblems,
  fieldValue,
  formProblem,
  fullVolume,
  type Problem,
  withField,
} from '../../model/run/form/values.ts';
import type { RunOptions } from '../../model/run/options.ts';
import { readRunOptions } from '../../model/run/readOptions.ts';
import { fields, number, text, texts } from '../../model/untyped.ts';
import { button, el, page, send, startPage } from '../host.ts';
import { createContents, createLesson, createStatus } from './aside.ts';
import { createWidget, type FieldEvents, type Widget } from './fields.ts';
import { createLineBox } from './lineBox.ts';

let form: ReturnType<typeof createForm> | undefined;

startPage<RunFormPage>(
  (data) => {
    if (form) {
      form.facts(data.facts);
    } else {
      form = createForm(data);
    }
  },
  (message) => form?.hear(message),
);

function createForm(data: RunFormPage) {
  let options = readRunOptions(data.options);
  let facts = data.facts;
  const forgot = new Set(data.forgot);
  /** Fields with a value that was not kept, until the person changes them. */
  const dropped = new Set((data.dropped ?? []).map((option) => fieldWith(option)));
  /** Fields that the person has set; the image's suggestions leave them alone. */
  const touched = new Set<FieldId>();

  const line = createLineBox();
  let warnings: string[] = [];

  const runButton = button(t('Run'), () => run(true), { class: 'primary', id: 'run', title: 'Ctrl+Enter' });
  const createButton = button(t('Create Only'), () => run(false), { class: 'secondary', id: 'create' });
  const copyButton = button(t('Copy Line'), () => send({ type: 'copy', options }), { class: 'secondary', id: 'copy' });
  const search = el('input', {
    type: 'search',
    id: 'search',
    placeholder: t('Search options'),
    'aria-label': t('Search options'),
    spellcheck: 'false',
  });
  const status = createStatus(mend);
  const lesson = createLesson(data.notes);

  const events: FieldEvents = {
    input(widget) {
      touched.add(widget.field.id);
      dropped.delete(widget.field.id);
      take(widget);
      drawLine();
      check();
      changed();
    },
    change(widget) {
      settle(widget);
    },
    browse: (field, row) => send({ type: 'browse', kind: field.browse ?? 'file', field: field.id, row }),
    lesson: ({ field, element }) => lesson.toggle(field.note, element),
  };
  const widgets = new Map<FieldId, Widget>(formFields.map((field) => [field.id, createWidget(field, events)]));
  const sections = new Map<SectionId, HTMLElement>(
    formSections.map(({ id, title }) => [
      id,
      el(
        'section',
        { id: `section-${id}` },
        el('h2', {}, title()),
        ...formFields.filter(({ section }) => section === id).map((field) => widgets.get(field.id)?.element),
      ),
    ]),
  );
  const contents = createContents(sections);
  const offers = (['images', 'networks', 'containers', 'volumes'] as const).map(
    (kind) => [kind, el('datalist', { id: `offers-${kind}` })] as const,
  );
  const nothing = el('p', { class: 'nothing', role: 'status', hidden: '' }, t('No option has this in its name.'));

  page().replaceChildren(
    el(
      'header',
      { class: 'top' },
      ...line.elements,
      el('div', { class: 'bar' }, runButton, createButton, copyButton, search),
      status.element,
    ),
    el(
      'div',
      { class: 'body' },
      contents.element,
      el(
        'div',
        { class: 'settings' },
        ...(data.origin ? [el('p', { class: 'origin' }, data.origin)] : []),
        ...sections.values(),
        nothing,
      ),
      lesson.element,
    ),
    ...offers.map(([, element]) => element),
  );

  search.addEventListener('input', filter);
  document.addEventListener('focusin', ({ target }) => {
    const id = target instanceof Element ? target.closest('[data-field]')?.getAttribute('data-field') : undefined;
    const field = formFields.find((candidate) => candidate.id === id);
    if (field) {
      lesson.follow(field.note);
    }
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      run(!event.shiftKey);
    } else if (event.key.toLowerCase() === 'f' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === 'Escape' && event.target === search) {
      search.value = '';
      filter();
    } else if (event.key === 'Escape' && event.target instanceof Element && event.target.closest('.lesson')) {
      document.querySelector<HTMLElement>(':focus')?.blur();
    }
  });
  // What stays at the side begins below the line, however tall that is.
  const top = document.querySelector<HTMLElement>('.top');
  if (top) {
    new ResizeObserver(() => {
      document.documentElement.style.setProperty('--top', `${top.offsetHeight}px`);
    }).observe(top);
  }

  showAll();
  drawOffers();
  drawLine();
  check();
  contents.mark();
  lesson.follow('run.shape');
  if (data.pasting) {
    line.focus();
  } else {
    widgets.get(options.image === '' ? 'image' : 'name')?.focus();
    window.scrollTo(0, 0);
  }

  /** Takes a field's value into the options; other flags that cannot be read wait until they can. */
  function take({ field, value }: Widget): void {
    try {
      options = withField(options, field, value());
    } catch {
      // The field itself says what is wrong with it.
    }
    if (field.id === 'env') {
      for (const variable of options.env ?? []) {
        if (/=./.test(variable)) {
          forgot.delete(variable.slice(0, variable.indexOf('=')));
        }
      }
    }
  }

  /** Brings a field that was left into its usual form. */
  function settle(widget: Widget): void {
    if (widget.field.id === 'volumes') {
      const rows = widget.value();
      const full = typeof rows === 'object' ? rows.map((row) => fullVolume(row.trim(), facts)) : [];
      if (typeof rows === 'object' && full.some((row, index) => row !== rows[index])) {
        widget.show(full);
        events.input(widget);
      }
    } else if (widget.field.id === 'flags') {
      showAll();
    } else if (widget.field.id === 'image' && options.image !== '') {
      send({ type: 'image', image: options.image });
    }
  }

  /** Shows the options in every field that says something else. */
  function showAll(): void {
    for (const widget of widgets.values()) {
      const wanted = fieldValue(options, widget.field);
      if (JSON.stringify(wanted) !== JSON.stringify(usual(widget))) {
        widget.show(wanted);
      }
    }
  }

  /** A field's value as it reads once it was taken and shown again: blanks and empty rows do not count. */
  function usual({ field, value }: Widget): unknown {
    try {
      return fieldValue(withField({ image: '' }, field, value()), field);
    } catch {
      return undefined;
    }
  }

  function drawLine(): void {
    warnings = [];
    line.show(options);
  }

  /** Says what is wrong where it is wrong; what cannot run has no button. */
  function check(): void {
    let errors = 0;
    const counts = new Map<SectionId, number>();
    for (const widget of widgets.values()) {
      const { field } = widget;
      const value = widget.value();
      const problems = fieldProblems(field, value, facts).map(
        (problem, row) => problem ?? missing(field.id, value, row),
      );
      errors += problems.filter((problem) => problem?.level === 'error').length;
      // An empty image is no mistake before anything was typed.
      widget.problems(field.id === 'image' && !touched.has('image') && options.image === '' ? [] : problems);
      const isSet =
        value === true || (typeof value === 'object' ? value.length > 0 : typeof value === 'string' && value !== '');
      widget.element.classList.toggle('set', isSet);
      counts.set(field.section, (counts.get(field.section) ?? 0) + (isSet ? 1 : 0));
    }
    const whole = errors === 0 ? formProblem(options, facts) : undefined;
    if (!line.refused) {
      if (whole === undefined) {
        line.accept(warnings);
      } else {
        line.object(whole);
      }
    }
    contents.counts(counts);
    const stopped = errors > 0 || whole !== undefined || line.refused;
    runButton.disabled = stopped;
    createButton.disabled = stopped;
    copyButton.disabled = options.image === '' || line.refused;
  }

  function missing(id: FieldId, value: unknown, row: number): Problem | undefined {
    const variable = id === 'env' ? texts(value)[row] : undefined;
    const isForgotten = variable?.endsWith('=') && forgot.has(variable.slice(0, -1));
    if (isForgotten) {
      return { level: 'warning', text: t('Its value was not kept, because it looks like a secret. Type it again.') };
    }
    return row === 0 && dropped.has(id)
      ? { level: 'warning', text: t('A value in it was not kept, because it looks like a secret. Type it again.') }
      : undefined;
  }

  function changed(): void {
    send({ type: 'changed', options });
  }

  function run(start: boolean): void {
    for (const id of ['volumes', 'flags'] as const) {
      const widget = widgets.get(id);
      if (widget) {
        settle(widget);
      }
    }
    if (!runButton.disabled) {
      send({ type: 'run', options, start });
      return;
    }
    // Goes to what keeps it from running.
    const wrong =
      document.querySelector<HTMLElement>('[aria-invalid="true"]') ??
      widgets.get('image')?.element.querySelector('input');
    touched.add('image');
    check();
    wrong?.focus();
  }

  function mend(what: 'ports' | 'name'): void {
    if (what === 'name') {
      const { name: _name, ...rest } = options;
      options = rest;
    } else {
      const ports = options.ports ?? [];
      const free = withFreePorts(ports, facts.published);
      // A port that no container holds is held by some other program.
      options = { ...options, ports: free.some((port, index) => port !== ports[index]) ? free : ports.map(freeForm) };
    }
    replace(options);
    status.show({ state: 'idle', text: '' });
    runButton.focus();
  }

  function replace(next: RunOptions): void {
    options = next;
    showAll();
    drawLine();
    check();
    changed();
  }

  function filter(): void {
    const wanted = search.value.trim().toLowerCase();
    for (const { field, element } of widgets.values()) {
      const words = `${field.label()} ${field.flag} ${field.hint()} ${field.id}`.toLowerCase();
      element.hidden = !words.includes(wanted);
    }
    for (const section of sections.values()) {
      section.hidden = [...section.querySelectorAll<HTMLElement>('.setting')].every(({ hidden }) => hidden);
    }
    nothing.hidden = [...sections.values()].some(({ hidden }) => !hidden);
    contents.mark();
  }

  function drawOffers(): void {
    for (const [kind, element] of offers) {
      const names = kind === 'volumes' ? facts.volumes.map((name) => `${name}:`) : facts[kind];
      element.replaceChildren(...names.slice(0, 500).map((value) => el('option', { value })));
    }
  }

  function hear(message: unknown): void {
    const heard = fields(message);
    switch (heard.type) {
      case 'parsed':
        if (line.isLatest(number(heard.count))) {
          options = readRunOptions(heard.options);
          warnings = texts(heard.warnings);
          touched.add('ports').add('interactive').add('detach');
          line.accept(warnings);
          showAll();
          check();
          changed();
        }
        return;
      case 'refused':
        if (line.isLatest(number(heard.count))) {
          line.refuse(text(heard.sentence));
          check();
        }
        return;
      case 'status':
        status.show(readStatus(heard.status));
        return;
      case 'image':
        suggest(text(heard.image), texts(heard.ports), heard.interactive === true);
        return;
      case 'chosen':
        chosen(text(heard.field), number(heard.row), text(heard.path));
        return;
    }
  }

  /** What the image that was just named asks for, where the person has not said something else. */
  function suggest(image: string, ports: string[], interactive: boolean): void {
    if (image !== options.image) {
      return;
    }
    const { ports: _ports, interactive: _interactive, detach: _detach, ...rest } = options;
    const keeps = touched.has('interactive') || touched.has('detach');
    replace({
      ...rest,
      ...(touched.has('ports') ? options.ports && { ports: options.ports } : ports.length > 0 && { ports }),
      ...(keeps
        ? { ...(options.interactive && { interactive: true }), ...(options.detach && { detach: true }) }
        : interactive
          ? { interactive: true }
          : { detach: true }),
    });
  }

  function chosen(field: string, row: number, path: string): void {
    const widget = formFields.some(({ id }) => id === field) ? widgets.get(field as FieldId) : undefined;
    if (widget) {
      // A folder goes before the path in the container that the row may have already.
      const before = texts(widget.value())[row] ?? '';
      const target = before.slice(before.lastIndexOf(':') + 1);
      widget.fill(row, field === 'volumes' ? `${path}:${target.startsWith('/') ? target : '/data'}` : path);
      events.input(widget);
    }
  }

  return {
    facts(newer: FormFacts) {
      facts = newer;
      drawOffers();
      check();
    },
    hear,
  };
}

/** Options without a field of their own stand among the other flags. */
function fieldWith(option: string): FieldId {
  return formFields.find(({ id }) => id === option)?.id ?? 'flags';
}

function readStatus(value: unknown): RunFormStatus {
  const status = fields(value);
  const { state, mend, fraction } = status;
  return {
    state: state === 'busy' || state === 'failed' || state === 'done' ? state : 'idle',
    text: text(status.text),
    actions: texts(status.actions),
    ...(typeof fraction === 'number' && { fraction: Math.min(1, Math.max(0, fraction)) }),
    ...((mend === 'ports' || mend === 'name') && { mend }),
  };
}
