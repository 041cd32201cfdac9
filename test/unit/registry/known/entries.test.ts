import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { listEntries, typedOf } from '../../../../src/registry/known/entries.ts';

describe('the entries of the registries view', () => {
  it('are those that were added and those of the settings, each once, by name', () => {
    const problems: string[] = [];
    const entries = listEntries(
      [
        { host: 'localhost:5000', scheme: 'http' },
        { host: 'a.lab', scheme: 'https', prefix: 'team' },
      ],
      ['https://localhost:5000', 'b.lab', 'http://c.lab', 'b.lab', 'no address'],
      (line) => problems.push(line),
    );
    assert.deepEqual(entries, [
      { address: 'a.lab/team', scheme: 'https', fromSetting: false },
      { address: 'b.lab', fromSetting: true },
      { address: 'c.lab', scheme: 'http', fromSetting: true },
      { address: 'localhost:5000', scheme: 'http', fromSetting: false },
    ]);
    assert.equal(problems.length, 1);
    assert.ok(problems[0]?.startsWith('docknotes.registries: '));
  });

  it('are reached as they would be typed', () => {
    assert.equal(typedOf({ address: 'a.lab', scheme: 'http' }), 'http://a.lab');
    assert.equal(typedOf({ address: 'a.lab' }), 'a.lab');
  });
});
