// What every kind of field can do, whatever it looks like.
import type { FieldValue, Problem } from '../../model/run/form/values.ts';

/** What a field is filled in with. */
export interface Control {
  readonly element: HTMLElement;
  value(): FieldValue;
  show(value: FieldValue): void;
  /** One entry for each row, as `fieldProblems` gives them. */
  problems(problems: readonly (Problem | undefined)[]): void;
  focus(): void;
  /** Goes to a row of a list, where there is one. */
  focusRow(row: number): void;
}

/** What a control tells of its own field. */
export interface ControlEvents {
  input(): void;
  left(): void;
  browse(row: number): void;
}
