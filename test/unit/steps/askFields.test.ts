import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Choice } from '../../../src/app/prompts.ts';
import type { Ui } from '../../../src/app/ui.ts';
import { Cancelled } from '../../../src/model/errors.ts';
import { askFields } from '../../../src/steps/askFields.ts';
import { pairFields, pairsOf } from '../../../src/steps/pairFields.ts';
import { double } from '../../parts/double.ts';

/** A person who chooses these rows, one after the other, and closes the list after the last. */
function person(...labels: string[]) {
  const seen: string[][] = [];
  const typed: string[] = [];
  return {
    seen,
    typed,
    ui: double<Ui>({
      async pick<T>(choices: readonly Choice<T>[]): Promise<T> {
        seen.push(choices.map(({ label, description = '' }) => `${label}: ${description}`));
        const wanted = labels.shift();
        const chosen = choices.find(({ label }) => label === wanted);
        if (!chosen) {
          throw new Cancelled();
        }
        return chosen.value;
      },
      async input({ check }) {
        const text = typed.shift() ?? '';
        assert.equal(check?.(text), undefined);
        return text;
      },
    }),
  };
}

describe('asking for fields', () => {
  it('shows after each change what holds then, until the first row is chosen', async () => {
    const { ui, seen } = person('Size', 'Size', 'Do it');
    let size = 1;
    await askFields(
      { ui },
      {
        title: 'Things',
        placeholder: '',
        rows: () => ({
          done: { label: 'Do it' },
          fields: [
            {
              label: 'Size',
              description: String(size),
              change() {
                size += 1;
              },
            },
          ],
        }),
      },
    );
    assert.equal(size, 3);
    assert.deepEqual(
      seen.map(([, row]) => row),
      ['Size: 1', 'Size: 2', 'Size: 3'],
    );
  });

  it('ends as the question of a field does', async () => {
    const { ui } = person('Size', 'Do it');
    const change = () => Promise.reject(new Cancelled());
    const rows = () => ({ done: { label: 'Do it' }, fields: [{ label: 'Size', change }] });
    await assert.rejects(askFields({ ui }, { title: '', placeholder: '', rows }), Cancelled);
  });

  it('keeps options and labels, and gives none where none were typed', async () => {
    const { ui, typed } = person('Labels', 'Do it');
    typed.push('team=shop "note=two words" bare');
    const made = { options: [], labels: [] };
    await askFields(
      { ui },
      {
        title: '',
        placeholder: '',
        rows: () => ({ done: { label: 'Do it' }, fields: pairFields({ ui }, '', made, { options: '' }) }),
      },
    );
    assert.equal(pairsOf(made).options, undefined);
    assert.deepEqual(pairsOf(made).labels, { team: 'shop', note: 'two words', bare: '' });
  });
});
