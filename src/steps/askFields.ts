// A list of what is about to be done: Enter on its first row does it, each other row changes one thing first.
import type { App } from '../app/index.ts';

/** One thing that can be changed. */
export interface Field {
  label: string;
  /** What holds now. */
  description?: string;
  detail?: string;
  /** Name of a codicon; a pencil when absent. */
  icon?: string;
  /** A heading above this row. */
  group?: string;
  /** Asks for another value, and notes it. */
  change(): void | Promise<void>;
}

export interface FieldRows {
  /** The first row; a check mark when it has no icon of its own. */
  done: { label: string; description?: string; icon?: string };
  fields: readonly Field[];
}

export interface FieldsOptions {
  title: string;
  placeholder: string;
  /** Called again after each change, for what holds then. */
  rows(): FieldRows | Promise<FieldRows>;
}

/** Resolves when the first row is chosen. Rejects with what a field's question does, as `Cancelled` when it is closed. */
export async function askFields({ ui }: Pick<App, 'ui'>, { title, placeholder, rows }: FieldsOptions): Promise<void> {
  for (;;) {
    const { done, fields } = await rows();
    const chosen = await ui.pick<Field | undefined>(
      [
        { icon: 'check', ...done, value: undefined },
        ...fields.map((field) => {
          const { change, ...row } = field;
          return { icon: 'edit', ...row, value: field };
        }),
      ],
      { title, placeholder },
    );
    if (!chosen) {
      return;
    }
    await chosen.change();
  }
}
