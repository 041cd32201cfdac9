// Pieces that the pages about tags share: facts, tables, sections.
import { plain } from '../../model/text.ts';
import { type Child, el } from '../host.ts';

export function mono(text: string): HTMLElement {
  return el('code', {}, plain(text, 4000));
}

/** A digest by its beginning, with the whole of it where the pointer rests and for who copies it. */
export function digestText(digest: string): HTMLElement {
  return el('code', { title: digest }, digest);
}

/** Names with what they mean; those without a value are left out. */
export function factList(facts: readonly [string, Child][]): HTMLElement | undefined {
  const there = facts.filter(([, value]) => value !== undefined && value !== '');
  return there.length === 0
    ? undefined
    : el(
        'dl',
        {},
        there.flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]),
      );
}

/** Undefined when there are no rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): HTMLElement | undefined {
  if (rows.length === 0) {
    return undefined;
  }
  return el(
    'table',
    {},
    tableHead(head),
    el(
      'tbody',
      {},
      rows.map(([name = '', ...values]) =>
        el(
          'tr',
          {},
          el('th', { scope: 'row' }, mono(name)),
          ...values.map((value) => el('td', {}, value === '' ? '' : mono(value))),
        ),
      ),
    ),
  );
}

/** The names of a table's columns. */
export function tableHead(names: readonly string[]): HTMLElement {
  return el('thead', {}, el('tr', {}, ...names.map((name) => el('th', { scope: 'col' }, name))));
}

/** Undefined when there is nothing in it. */
export function section(title: string, ...content: (Node | undefined)[]): HTMLElement | undefined {
  const there = content.filter((node) => node !== undefined);
  return there.length === 0 ? undefined : el('section', {}, el('h2', {}, title), ...there);
}
