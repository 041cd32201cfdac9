// The fields of the run form and its sections.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { formFields, formSections } from '../../../../../src/model/run/form/fields.ts';

describe('run form', () => {
  it('has each field once, in a section, with a note in both languages', () => {
    const ids = formFields.map(({ id }) => id);
    assert.deepEqual(ids, [...new Set(ids)]);
    const sections = formSections.map(({ id }) => id);
    for (const { id, section, note, label, hint } of formFields) {
      assert.ok(sections.includes(section), id);
      assert.ok(label() !== '' && hint() !== '', id);
      for (const language of ['en', 'zh-cn']) {
        const file = join(import.meta.dirname, '../../../../../media/notes', language, `${note}.md`);
        assert.ok(existsSync(file), `the field ${id} names the note ${note}, which is not in ${language}`);
      }
    }
  });
});
