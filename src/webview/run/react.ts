// What the run form does when something happens: the state after it, what is to be shown, what the extension is told.
import { type FieldId, type FormField, formFields } from '../../model/run/form/fields.ts';
import type { RunFormAnswer, RunFormMessage, RunFormStatus } from '../../model/run/form/messages.ts';
import { type FieldValue, type FormFacts, fieldValue, fullVolume } from '../../model/run/form/values.ts';
import type { RunOptions } from '../../model/run/options.ts';
import { texts } from '../../model/untyped.ts';
import {
  type FormState,
  mended,
  readField,
  type Values,
  withLine,
  withRefusal,
  withSuggestion,
  withValue,
} from './formState.ts';

export type FormEvent =
  /** A field was changed: at every key. */
  | { type: 'input'; field: FormField }
  /** A field was left, or Enter was pressed in it. */
  | { type: 'left'; field: FormField }
  /** More is known of the engine. */
  | { type: 'facts'; facts: FormFacts }
  | { type: 'mend'; what: NonNullable<RunFormStatus['mend']> }
  | Exclude<RunFormAnswer, { type: 'status' }>;

export interface Reaction {
  state: FormState;
  /** Fields that are to show another value than they do. */
  fields?: Values;
  /** The line is to say the options. */
  line?: true;
  send?: RunFormMessage;
}

/** `values` are what the fields hold, `line` is what stands in the box of the line. */
export function react(
  state: FormState,
  event: FormEvent,
  { values, line }: { values: Values; line: string },
): Reaction {
  switch (event.type) {
    case 'input':
      return changed(withValue(state, event.field, values.get(event.field.id) ?? ''));
    case 'left':
      return left(state, event.field, values);
    case 'facts':
      return { state: { ...state, facts: event.facts } };
    case 'mend':
      return replaced(mended(state, event.what), values);
    case 'parsed': {
      // The line stays as it was typed.
      const { line: _line, ...reaction } = replaced(withLine(state, event), values);
      return reaction;
    }
    case 'refused':
      return { state: withRefusal(state, event.sentence, line) };
    case 'image': {
      const next = withSuggestion(state, event);
      return next ? replaced(next, values) : { state };
    }
    case 'chosen':
      return chosen(state, event, values);
  }
}

/** Brings a field that was left into its usual form. */
function left(state: FormState, field: FormField, values: Values): Reaction {
  switch (field.id) {
    case 'volumes': {
      const full = fullVolumes(values.get(field.id) ?? [], state.facts);
      return full ? withRows(state, field, full) : { state };
    }
    case 'flags':
      return { state, fields: fieldsToShow(state.options, values) };
    case 'image': {
      const { image } = state.options;
      return image === '' ? { state } : { state, send: { type: 'image', image } };
    }
    default:
      return { state };
  }
}

/** A file or folder was chosen for a row of a field; the row may be gone by now. */
function chosen(state: FormState, event: RunFormAnswer & { type: 'chosen' }, values: Values): Reaction {
  const field = formFields.find(({ id }) => id === event.field);
  if (!field) {
    return { state };
  }
  const rows = texts(values.get(field.id));
  return withRows(
    state,
    field,
    rows.map((row, index) => (index === event.row ? chosenRow(field.id, event.path, row) : row)),
  );
}

function chosenRow(field: FieldId, path: string, before: string): string {
  if (field !== 'volumes') {
    return path;
  }
  // A folder goes before the path in the container that the row may have already.
  const target = before.slice(before.lastIndexOf(':') + 1);
  return `${path}:${target.startsWith('/') ? target : '/data'}`;
}

/** The rows of volumes with their host folders written out; undefined when they are so already. */
function fullVolumes(value: FieldValue, facts: FormFacts): string[] | undefined {
  const rows = texts(value);
  const full = rows.map((row) => fullVolume(row.trim(), facts));
  return full.some((row, index) => row !== rows[index]) ? full : undefined;
}

/** What the fields are to show of the options: those that say something else now. */
export function fieldsToShow(options: RunOptions, values: Values): Values {
  const shown = new Map<FieldId, FieldValue>();
  for (const field of formFields) {
    const wanted = fieldValue(options, field);
    // A value counts as it reads once it was taken and shown again: blanks and empty rows do not count.
    const read = readField({ image: '' }, field, values.get(field.id) ?? '');
    if (!read || JSON.stringify(wanted) !== JSON.stringify(fieldValue(read, field))) {
      shown.set(field.id, wanted);
    }
  }
  return shown;
}

/** A field has these rows now, as if they had been typed; empty ones stay. */
function withRows(state: FormState, field: FormField, rows: readonly string[]): Reaction {
  return { ...changed(withValue(state, field, rows)), fields: new Map([[field.id, rows]]) };
}

/** The options come from elsewhere: fields and line follow. */
function replaced(state: FormState, values: Values): Reaction {
  return { ...changed(state), fields: fieldsToShow(state.options, values) };
}

function changed(state: FormState): Reaction {
  return { state, line: true, send: { type: 'changed', options: state.options } };
}
