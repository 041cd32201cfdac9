import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { sizeOf, sizeText } from '../../../../src/model/byteSize.ts';
import {
  durationOf,
  durationText,
  fieldsOf,
  fieldsText,
  integerOf,
  isIpAddress,
  nanoCpusOf,
} from '../../../../src/model/run/parse.ts';

describe('values of run options', () => {
  it('sizes', () => {
    const sizes = {
      0: 0,
      '1024': 1024,
      '1k': 1024,
      '1.5GiB': 1_610_612_736,
      '2GB': 2 ** 31,
      '64 m': 2 ** 26,
      '1e3': 1000,
      '.5k': 512,
      '10b': 10,
    };
    for (const [text, bytes] of Object.entries(sizes)) {
      assert.equal(sizeOf(text, '--memory'), bytes, text);
    }
    for (const bytes of [0, 1, 1023, 1024, 1536, 2 ** 26, 2 ** 31, 3 * 2 ** 40]) {
      assert.equal(sizeOf(sizeText(bytes), '--memory'), bytes);
    }
    for (const text of ['', 'm', '1x', '-1', '1 kk', '1bb', 'Infinity']) {
      assert.throws(() => sizeOf(text, '--memory'), /--memory/, text);
    }
  });

  it('durations', () => {
    const durations = { 0: 0, '1m30s': 90e9, '1.5h': 5400e9, '500ms': 5e8, '100us': 1e5, '7ns': 7 };
    for (const [text, nanoseconds] of Object.entries(durations)) {
      assert.equal(durationOf(text, '--health-interval'), nanoseconds, text);
    }
    for (const nanoseconds of [0, 1, 1500, 5e8, 90e9, 3661e9]) {
      assert.equal(durationOf(durationText(nanoseconds), '--health-interval'), nanoseconds);
    }
    for (const text of ['', '10', 's', '1d', '-1s', '1s x']) {
      assert.throws(() => durationOf(text, '--health-interval'), /--health-interval/, text);
    }
  });

  it('processors', () => {
    for (const [text, nano] of Object.entries({ '1.5': 1.5e9, '.5': 5e8, '1/2': 5e8, '1e-9': 1, 2: 2e9 })) {
      assert.equal(nanoCpusOf(text), nano, text);
    }
    for (const text of ['', '.', 'x', '1e-10', '1/0', '-1']) {
      assert.throws(() => nanoCpusOf(text), text);
    }
  });

  it('whole numbers', () => {
    const numbers = {
      10: 10,
      '-1': -1,
      '+5': 5,
      '0x10': 16,
      '0o17': 15,
      '017': 15,
      '0b11': 3,
      '1_000': 1000,
      0: 0,
      '-0': 0,
    };
    for (const [text, number] of Object.entries(numbers)) {
      assert.equal(integerOf(text), number, text);
    }
    for (const text of ['', 'x', '1.5', '08', '1e3', '99999999999999999999']) {
      assert.equal(integerOf(text), undefined, text);
    }
  });

  it('fields with quotes', () => {
    for (const fields of [['a'], ['a', 'b=c'], ['a,b', 'c'], ['say "x"', ''], ['', ''], ['two\nlines']]) {
      assert.deepEqual(fieldsOf(fieldsText(fields)), fields);
    }
    assert.deepEqual(fieldsOf('"type=bind","src=/a,b",dst=/c'), ['type=bind', 'src=/a,b', 'dst=/c']);
    for (const text of ['"a', 'a"b', '"a"b', 'a,"']) {
      assert.equal(fieldsOf(text), undefined, text);
    }
  });

  it('addresses', () => {
    for (const text of ['1.2.3.4', '::', '::1', 'fe80::1', '2001:db8::9', '::ffff:1.2.3.4', '1:2:3:4:5:6:7:8']) {
      assert.ok(isIpAddress(text), text);
    }
    for (const text of ['', '1.2.3', '256.1.1.1', 'localhost', '80:80', ':', 'g::1', '1:2']) {
      assert.ok(!isIpAddress(text), text);
    }
  });
});
