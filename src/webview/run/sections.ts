// All fields of the run form, in their sections.
import { t } from '../../model/l10n.ts';
import { type FieldId, formFields, formSections, type SectionId } from '../../model/run/form/fields.ts';
import type { FieldValue, FormFacts } from '../../model/run/form/values.ts';
import { el } from '../host.ts';
import type { FormCheck } from './check.ts';
import { createWidget, type FieldEvents, type Widget } from './fields.ts';
import { findFields, offerKinds, offersOf } from './findFields.ts';
import type { Values } from './formState.ts';

export interface Sections {
  readonly element: HTMLElement;
  readonly byId: ReadonlyMap<SectionId, HTMLElement>;
  /** Lists of known names, which the fields refer to; they are to stand somewhere on the page. */
  readonly offers: readonly HTMLElement[];
  widget(id: FieldId): Widget | undefined;
  /** What every field holds. */
  values(): Values;
  /** Shows other values in these fields. */
  show(values: Values): void;
  /** Shows what is wrong, and which fields are set. */
  mark(check: Pick<FormCheck, 'problems' | 'set'>): void;
  /** Offers the names that are known now. */
  offer(facts: FormFacts): void;
  /** Shows only the fields that have the text in their name. */
  filter(text: string): void;
  /** Goes to a row of a list, if it is still there. */
  focusRow(field: string, row: number): void;
  /** What keeps the form from running: the first field with an error, else the image. */
  firstProblem(): HTMLElement | null | undefined;
}

/** All fields, empty. `origin` is the sentence above them; empty for none. */
export function createSections(origin: string, events: FieldEvents): Sections {
  const widgets = new Map<FieldId, Widget>(formFields.map((field) => [field.id, createWidget(field, events)]));
  const sections = new Map<SectionId, HTMLElement>(
    formSections.map(({ id, title }) => {
      const own = formFields.filter(({ section }) => section === id).map((field) => widgets.get(field.id)?.element);
      return [id, el('section', { id: `section-${id}` }, el('h2', {}, title()), own)];
    }),
  );
  const offers = offerKinds.map((kind) => [kind, el('datalist', { id: `offers-${kind}` })] as const);
  const nothing = el('p', { class: 'nothing', role: 'status', hidden: '' }, t('No option has this in its name.'));
  return {
    element: el(
      'div',
      { class: 'settings' },
      origin === '' ? undefined : el('p', { class: 'origin' }, origin),
      [...sections.values()],
      nothing,
    ),
    byId: sections,
    offers: offers.map(([, element]) => element),
    widget: (id) => widgets.get(id),
    values: () => new Map<FieldId, FieldValue>([...widgets].map(([id, widget]) => [id, widget.value()])),
    show(values) {
      for (const [id, value] of values) {
        widgets.get(id)?.show(value);
      }
    },
    mark({ problems, set }) {
      for (const [id, widget] of widgets) {
        widget.problems(problems.get(id) ?? []);
        widget.element.classList.toggle('set', set.has(id));
      }
    },
    offer(facts) {
      for (const [kind, element] of offers) {
        element.replaceChildren(...offersOf(kind, facts).map((value) => el('option', { value })));
      }
    },
    filter(text) {
      const found = findFields(text);
      for (const [id, { element }] of widgets) {
        element.hidden = !found.fields.has(id);
      }
      for (const [id, section] of sections) {
        section.hidden = !found.sections.has(id);
      }
      nothing.hidden = found.fields.size > 0;
    },
    focusRow: (field, row) => [...widgets.values()].find((widget) => widget.field.id === field)?.focusRow(row),
    firstProblem: () =>
      document.querySelector<HTMLElement>('[aria-invalid="true"]') ??
      widgets.get('image')?.element.querySelector<HTMLElement>('input'),
  };
}
