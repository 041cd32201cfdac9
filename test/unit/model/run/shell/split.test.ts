import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { joinWords, splitWords } from '../../../../../src/model/run/shell/split.ts';

describe('words', () => {
  const cases: [string, string[]][] = [
    ['', []],
    ['  ls   -l ', ['ls', '-l']],
    [`sh -c 'echo "a b"'`, ['sh', '-c', 'echo "a b"']],
    [`a"b c"d`, ['ab cd']],
    [`"a\\"b\\c"`, ['a"b\\c']],
    [`a\\ b`, ['a b']],
    [`'' ""`, ['', '']],
    [`'open`, ['open']],
    ['back\\', ['back\\']],
    ['$HOME $(id)', ['$HOME', '$(id)']],
  ];
  for (const [line, words] of cases) {
    it(JSON.stringify(line), () => assert.deepEqual(splitWords(line), words));
  }

  it('come back after joining', () => {
    for (const words of [['a'], ['a b', "it's", '', '"', '\\', '$x', '*']]) {
      assert.deepEqual(splitWords(joinWords(words)), words);
    }
  });
});
