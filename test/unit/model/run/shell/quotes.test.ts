// Quotes of shells, each by itself.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { dollarQuoted, doubleQuoted, singleQuoted } from '../../../../../src/model/run/shell/quotes.ts';

const notClosed = { code: 'run-line', message: /never closed/ };
/** One sign stands for one value. */
const expand = () => ({ value: 'V', length: 1 });

describe('single quotes', () => {
  it('keep everything up to the next one', () => {
    assert.deepEqual(singleQuoted("a'b\\$c\n'd", 1), { value: 'b\\$c\n', end: 8 });
    assert.deepEqual(singleQuoted("''", 0), { value: '', end: 2 });
    assert.throws(() => singleQuoted("'a", 0), notClosed);
  });
});

describe('double quotes', () => {
  const read = (text: string, dialect: 'posix' | 'powershell' | 'cmd') => doubleQuoted(text, 0, dialect, expand);

  it('know a few escapes in a POSIX shell, and leave the other backslashes', () => {
    assert.deepEqual(read('"a\\"b\\\\c\\d\\\ne"f', 'posix'), { value: 'a"b\\c\\de', end: 14 });
  });

  it('know the backquote in PowerShell, and the rule of Windows programs for a quote', () => {
    assert.deepEqual(read('"C:\\a`"b"', 'powershell'), { value: 'C:\\a"b', end: 9 });
    assert.deepEqual(read('"C:\\a\\"b"', 'cmd'), { value: 'C:\\a"b', end: 9 });
  });

  it('fill in what stands for something else, by percent signs only in cmd.exe', () => {
    assert.equal(read('"a$b"', 'posix').value, 'aVb');
    assert.equal(read('"a%b"', 'posix').value, 'a%b');
    assert.equal(read('"a%b"', 'cmd').value, 'aVb');
  });

  it('are refused where they are not closed', () => {
    for (const text of ['"', '"a', '"a\\"']) {
      assert.throws(() => read(text, 'posix'), notClosed);
    }
  });
});

describe('quotes behind a dollar sign', () => {
  it('have the escapes of C', () => {
    assert.deepEqual(dollarQuoted(String.raw`$'a\n\t\x41\u00e9\U0001f600\101\'\\\q'b`, 0), {
      value: "a\n\tAé😀A'\\\\q",
      end: 38,
    });
  });

  it('put the replacement character in place of what is no character', () => {
    assert.equal(dollarQuoted(String.raw`$'\Uffffffff'`, 0).value, '\ufffd');
  });

  it('are refused where they are not closed', () => {
    assert.throws(() => dollarQuoted("$'a\\'", 0), notClosed);
  });
});
