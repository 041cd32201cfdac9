// What tests do to the run form.
import type { Frame } from 'playwright-core';

/** Adds a row to a field with several, and fills it in. */
export async function addRow(form: Frame, id: string, text: string): Promise<void> {
  const field = form.locator(`[data-field="${id}"]`);
  await field.locator('button.add').click();
  await field.locator('.row input').last().fill(text);
}
