import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { lookUpDates, newestOfFirst } from '../../../../src/views/registries/dates.ts';

describe('tags by date', () => {
  it('have the newest first, those without a date behind them, and the others as they were', () => {
    const dates: Record<string, number> = { c: 1, a: 3, x: 9 };
    assert.deepEqual(
      newestOfFirst(['d', 'c', 'b', 'a', 'x'], 4, (name) => dates[name]),
      ['a', 'c', 'd', 'b', 'x'],
    );
  });

  it('ask for what is not known, and are drawn at the end', async () => {
    const fetched: string[] = [];
    let drawn = 0;
    const repository = {
      closed: false,
      isKnown: (name: string) => name === 'b',
      fetch: async (name: string) => void fetched.push(name),
    };
    await lookUpDates(repository, ['a', 'b', 'c'], () => drawn++);
    assert.deepEqual([fetched, drawn], [['a', 'c'], 1]);
    await lookUpDates(repository, ['b'], () => drawn++);
    assert.equal(drawn, 1, 'nothing was asked for');
  });

  it('end where the repository is closed', async () => {
    const fetched: string[] = [];
    const repository = {
      closed: false,
      isKnown: () => false,
      async fetch(name: string) {
        fetched.push(name);
        repository.closed = true;
      },
    };
    await lookUpDates(repository, ['1', '2', '3', '4', '5', '6', '7', '8'], () => assert.fail('nobody looks'));
    assert.ok(fetched.length < 8);
  });
});
