// No text makes a parser of the model slow: each of them is called with pumped strings.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { msOfLonger, msPerKilobyte, pumpedPairs, pumpedStrings } from '../../parts/sweep/pumped.ts';
import { withoutTraces } from '../../parts/sweep/suite.ts';
import { excused, parsers, places, refusable } from './parsers.ts';

const model = join(import.meta.dirname, '../../../src/model');
/** Milliseconds for each kilobyte of text. */
const most = 1;
/** All strings have the first length in UTF-16 units; those that took a parser longest are tried with the second one, too. */
const lengths = { all: 3_000, slowest: 100_000 };
const slowest = 2;
/** Where a call gives the text to so many options, each string of so many is tried: what reads an option alone tries all. */
const sampled = 10;

/** `file.function` for each exported function that a text can reach. */
function readers(): string[] {
  return readdirSync(model, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => {
      const source = readFileSync(join(model, name), 'utf8');
      const exported = [...source.matchAll(/^export (?:async )?function\*? (\w+)/gm)];
      return exported
        .filter(({ index }) => /\b(?:string|unknown|Fields|RunOptions)\b/.test(parametersAt(source, index)))
        .map(([, fn]) => `${name.slice(0, -'.ts'.length).replaceAll('\\', '/')}.${fn}`);
    });
}

/** What stands between the parentheses of the function that begins there. */
function parametersAt(source: string, index: number): string {
  const start = source.indexOf('(', index) + 1;
  let end = start;
  for (let open = 1; open > 0; end += 1) {
    open += { '(': 1, ')': -1 }[source.charAt(end)] ?? 0;
  }
  return source.slice(start, end - 1);
}

describe('pumped strings in the model', function () {
  this.timeout(300_000);
  withoutTraces();

  it('reach every exported function that takes text', () => {
    const missing = readers().filter((name) => !(name in parsers) && !(name in excused));
    assert.deepEqual(missing, [], 'add them to the table in parsers.ts, or say there why they need no place in it');
  });

  it('name no function that is gone or has two places', () => {
    const known = new Set(readers());
    const ownRows = Object.keys(excused).filter((name) => !known.has(name) || name in parsers);
    assert.deepEqual(ownRows, []);
  });

  const strings = pumpedPairs([lengths.all]);
  const longer = [...pumpedStrings([lengths.slowest])];
  for (const [name, parse] of Object.entries(parsers)) {
    it(`${name} takes at most ${most} ms for a kilobyte`, () => {
      const work = (text: string) => refusable(() => parse(text));
      const limit = most * (places[name] ?? 1);
      const step = (places[name] ?? 1) > sampled ? sampled : 1;
      const times = strings.map((pair, index) =>
        index % step === 0 ? msOfLonger(pair, work, { most: limit, enough: limit / 2 }) : 0,
      );
      const order = times.map((_, index) => index).sort((a, b) => (times[b] ?? 0) - (times[a] ?? 0));
      const worst = order.slice(0, slowest).flatMap((index) => {
        const long = longer[index];
        const again = long ? msPerKilobyte(long.text, work, { enough: limit / 2 }) : 0;
        return [
          { what: strings[index]?.[1].name, ms: times[index] ?? 0 },
          { what: long?.name, ms: again },
        ];
      });
      worst.sort((a, b) => b.ms - a.ms);
      assert.ok((worst[0]?.ms ?? 0) <= limit, worst.map(({ what, ms }) => `${what}: ${ms.toFixed(2)} ms`).join('\n'));
    });
  }
});
