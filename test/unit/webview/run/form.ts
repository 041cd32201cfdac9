// A run form's data for tests, and what its fields hold when they show certain options.
import assert from 'node:assert/strict';
import { type FieldId, type FormField, formFields } from '../../../../src/model/run/form/fields.ts';
import type { RunFormPage } from '../../../../src/model/run/form/messages.ts';
import { type FieldValue, fieldValue } from '../../../../src/model/run/form/values.ts';
import type { RunOptions } from '../../../../src/model/run/options.ts';

export function formPage(options: RunOptions, more: Partial<RunFormPage> = {}): RunFormPage {
  const facts = { images: [], containers: [], volumes: [], networks: [], published: [], home: '/home/me' };
  return { options, origin: '', forgot: [], facts, notes: {}, ...more };
}

export function fieldOf(id: FieldId): FormField {
  const field = formFields.find((each) => each.id === id);
  assert.ok(field, id);
  return field;
}

/** What all fields hold when they show these options, with other values in some of them. */
export function valuesOf(
  options: RunOptions,
  other: Partial<Record<FieldId, FieldValue>> = {},
): Map<FieldId, FieldValue> {
  return new Map(formFields.map((field) => [field.id, other[field.id] ?? fieldValue(options, field)]));
}
