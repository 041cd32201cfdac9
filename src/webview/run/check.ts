// What is wrong in the run form, what is set in it, and what can be done with it.
import { t } from '../../model/l10n.ts';
import { type FieldId, formFields, type SectionId } from '../../model/run/form/fields.ts';
import { type FieldValue, fieldProblems, formProblem, type Problem } from '../../model/run/form/values.ts';
import { texts } from '../../model/untyped.ts';
import type { FormState, Values } from './formState.ts';

export interface FormCheck {
  /** For each field, what is wrong with its rows or its only value, as `fieldProblems` gives it. */
  problems: ReadonlyMap<FieldId, readonly (Problem | undefined)[]>;
  /** Fields that hold something. */
  set: ReadonlySet<FieldId>;
  /** How many fields of each section are set. */
  counts: ReadonlyMap<SectionId, number>;
  line: LineVerdict;
  canRun: boolean;
  canCopy: boolean;
}

/** What is said below the line. */
export interface LineVerdict {
  /** The line cannot be read as it is. */
  refused: boolean;
  level: Problem['level'];
  sentences: readonly string[];
}

export function checkForm(state: FormState, values: Values): FormCheck {
  const { options, facts, touched, refusal } = state;
  const problems = new Map<FieldId, (Problem | undefined)[]>();
  const set = new Set<FieldId>();
  const counts = new Map<SectionId, number>();
  let errors = 0;
  for (const field of formFields) {
    const value = values.get(field.id) ?? '';
    const found = fieldProblems(field, value, facts).map(
      (problem, row) => problem ?? missing(state, field.id, value, row),
    );
    errors += found.filter((problem) => problem?.level === 'error').length;
    // An empty image keeps it from running, but is no mistake before anything was typed.
    const isUntouched = field.id === 'image' && !touched.has('image') && options.image === '';
    problems.set(field.id, isUntouched ? [] : found);
    if (isSet(value)) {
      set.add(field.id);
    }
    counts.set(field.section, (counts.get(field.section) ?? 0) + (isSet(value) ? 1 : 0));
  }
  // What is wrong with the options as a whole is only said once each of them is right.
  const objection = errors === 0 ? formProblem(options, facts) : undefined;
  return {
    problems,
    set,
    counts,
    line: verdict(state, objection),
    canRun: errors === 0 && objection === undefined && refusal === undefined,
    canCopy: options.image !== '' && refusal === undefined,
  };
}

function verdict({ refusal, warnings }: FormState, objection: string | undefined): LineVerdict {
  const error = refusal ?? objection;
  const said: Pick<LineVerdict, 'level' | 'sentences'> =
    error === undefined ? { level: 'warning', sentences: warnings } : { level: 'error', sentences: [error] };
  return { refused: refusal !== undefined, ...said };
}

/** A value that was not kept and has to be given again. */
function missing({ forgot, dropped }: FormState, id: FieldId, value: FieldValue, row: number): Problem | undefined {
  const variable = id === 'env' ? texts(value)[row] : undefined;
  if (variable?.endsWith('=') && forgot.has(variable.slice(0, -1))) {
    return { level: 'warning', text: t('Its value was not kept, because it looks like a secret. Type it again.') };
  }
  return row === 0 && dropped.has(id)
    ? { level: 'warning', text: t('A value in it was not kept, because it looks like a secret. Type it again.') }
    : undefined;
}

function isSet(value: FieldValue): boolean {
  return value === true || (typeof value === 'object' ? value.length > 0 : typeof value === 'string' && value !== '');
}
