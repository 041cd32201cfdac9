// What the run form knows, and what becomes of it when a field, the line or the extension says something. Nothing here is drawn.
import { type FieldId, type FormField, formFields } from '../../model/run/form/fields.ts';
import type { RunFormAnswer, RunFormPage, RunFormStatus } from '../../model/run/form/messages.ts';
import { freeForm, withFreePorts } from '../../model/run/form/ports.ts';
import { type FieldValue, type FormFacts, withField } from '../../model/run/form/values.ts';
import type { RunOptions } from '../../model/run/options.ts';
import { readRunOptions } from '../../model/run/readOptions.ts';

export interface FormState {
  readonly options: RunOptions;
  readonly facts: FormFacts;
  /** Variables whose values were not kept, until they have one again. */
  readonly forgot: ReadonlySet<string>;
  /** Fields with a value that was not kept, until the person changes them. */
  readonly dropped: ReadonlySet<FieldId>;
  /** Fields that the person has set; the image's suggestions leave them alone. */
  readonly touched: ReadonlySet<FieldId>;
  /** Why the line as it is typed cannot be read. */
  readonly refusal?: string;
  /** What the line said that is no option. */
  readonly warnings: readonly string[];
}

/** Values of fields: what they hold, or what they are to show. */
export type Values = ReadonlyMap<FieldId, FieldValue>;

export function startState({ options, facts, forgot, dropped = [] }: RunFormPage): FormState {
  return {
    options: readRunOptions(options),
    facts,
    forgot: new Set(forgot),
    dropped: new Set(dropped.map(fieldWith)),
    touched: new Set(),
    warnings: [],
  };
}

/** Options without a field of their own stand among the other flags. */
function fieldWith(option: string): FieldId {
  return formFields.find(({ id }) => id === option)?.id ?? 'flags';
}

/** After the person has changed a field. Other flags that cannot be read wait until they can. */
export function withValue(state: FormState, field: FormField, value: FieldValue): FormState {
  const options = readField(state.options, field, value) ?? state.options;
  const given = field.id === 'env' ? (options.env ?? []).filter((variable) => /=./.test(variable)) : [];
  return {
    ...withOptions(state, options),
    forgot: without(state.forgot, ...given.map((variable) => variable.slice(0, variable.indexOf('=')))),
    dropped: without(state.dropped, field.id),
    touched: new Set([...state.touched, field.id]),
  };
}

/** The options with this value; undefined for one that cannot be read, of which the field itself says what is wrong. */
export function readField(options: RunOptions, field: FormField, value: FieldValue): RunOptions | undefined {
  try {
    return withField(options, field, value);
  } catch {
    return undefined;
  }
}

/** After the line was read: it says these options. */
export function withLine(state: FormState, { options, warnings }: RunFormAnswer & { type: 'parsed' }): FormState {
  const touched: FieldId[] = ['ports', 'interactive', 'detach'];
  return { ...withOptions(state, options), warnings, touched: new Set([...state.touched, ...touched]) };
}

/** After the line could not be read; an empty line is no mistake. */
export function withRefusal(state: FormState, sentence: string, line: string): FormState {
  const { refusal: _refusal, ...rest } = state;
  return line.trim() === '' ? rest : { ...rest, refusal: sentence };
}

/**
 * What the image that was just named asks for, where the person has not said something else; undefined when another image
 * is named by now.
 */
export function withSuggestion(
  state: FormState,
  { image, ports, interactive }: RunFormAnswer & { type: 'image' },
): FormState | undefined {
  const { options, touched } = state;
  if (image !== options.image) {
    return undefined;
  }
  const { ports: _ports, interactive: _interactive, detach: _detach, ...rest } = options;
  const keeps = touched.has('interactive') || touched.has('detach');
  return withOptions(state, {
    ...rest,
    ...(touched.has('ports') ? options.ports && { ports: options.ports } : ports.length > 0 && { ports }),
    ...(keeps
      ? { ...(options.interactive && { interactive: true }), ...(options.detach && { detach: true }) }
      : interactive
        ? { interactive: true }
        : { detach: true }),
  });
}

/** With the ports or the name that kept it from running left to the engine. */
export function mended(state: FormState, what: NonNullable<RunFormStatus['mend']>): FormState {
  const { options, facts } = state;
  if (what === 'name') {
    const { name: _name, ...rest } = options;
    return withOptions(state, rest);
  }
  const ports = options.ports ?? [];
  const free = withFreePorts(ports, facts.published);
  // A port that no container holds is held by some other program.
  const changed = free.some((port, index) => port !== ports[index]);
  return withOptions(state, { ...options, ports: changed ? free : ports.map(freeForm) });
}

/** With the image marked as one that the person has been asked for. */
export function withImageAsked(state: FormState): FormState {
  return { ...state, touched: new Set([...state.touched, 'image']) };
}

/** With other options; what was said of the line as it was is gone with it. */
function withOptions(state: FormState, options: RunOptions): FormState {
  const { refusal: _refusal, ...rest } = state;
  return { ...rest, options, warnings: [] };
}

/** What has the focus at first. */
export function firstFocus({ options }: FormState, pasting: boolean): 'line' | 'image' | 'name' {
  return pasting ? 'line' : options.image === '' ? 'image' : 'name';
}

function without<T>(all: ReadonlySet<T>, ...gone: readonly T[]): Set<T> {
  return new Set([...all].filter((each) => !gone.includes(each)));
}
