// No list from outside is spread into the arguments of a call: some 100,000 of them end it with "Maximum call stack size
// exceeded". A loop, `concat` or `flat` take any number.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { filesIn, read } from './files.ts';

/** Calls that take a list as arguments, up to the bracket. */
const calls = /(?:\.(?:push|unshift|splice)|Math\.(?:max|min)|String\.from(?:CharCode|CodePoint)|path\.join)\(/g;

/** Whether one of the arguments that begin here is spread; what is spread inside a list or an object is none. */
function spreads(text: string, start: number): boolean {
  let depth = 0;
  for (let at = start; at < text.length && depth >= 0; at += 1) {
    if (depth === 0 && text.startsWith('...', at) && /[(,]\s*$/.test(text.slice(Math.max(0, at - 40), at))) {
      return true;
    }
    depth += '([{'.includes(text.charAt(at)) ? 1 : ')]}'.includes(text.charAt(at)) ? -1 : 0;
  }
  return false;
}

describe('lists from outside', () => {
  it('are not spread into arguments where engines and registries are read', () => {
    const breaches = ['src/registry', 'src/engine'].flatMap((floor) =>
      filesIn(floor, '.ts').flatMap((file) => {
        const text = read(file);
        return [...text.matchAll(calls)]
          .filter(({ index, 0: call }) => spreads(text, index + call.length))
          .map(({ index, 0: call }) => `${file}:${text.slice(0, index).split('\n').length} spreads into ${call}…)`);
      }),
    );
    assert.deepEqual(breaches, []);
  });
});
