// The sentences of the page of logs, and what its keys do.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { levels } from '../../../../src/model/logs/lines.ts';
import { everything } from '../../../../src/model/logs/list.ts';
import { type LogCounts, ranges } from '../../../../src/model/logs/messages.ts';
import { foundText, levelName, rangeName, sizeText, timeOf } from '../../../../src/webview/logs/texts.ts';

const counts: LogCounts = { version: 1, first: 5, end: 1239, dropped: 5, hits: 0, status: [], failed: false };

describe('texts of the page of logs', () => {
  it('count lines', () => {
    assert.equal(sizeText(counts, 'en'), '1,234 lines');
    assert.equal(sizeText({ ...counts, end: 6 }, 'en'), '1 line');
    assert.equal(sizeText({ ...counts, end: 5 }, 'en'), '0 lines');
  });

  it('say what was found, and where', () => {
    const search = { ...everything, text: 'x' };
    assert.equal(foundText(everything, 3, 1, 'en'), '');
    assert.equal(foundText(search, 0, undefined, 'en'), 'not found');
    assert.equal(foundText(search, 1234, undefined, 'en'), '1,234 found');
    assert.equal(foundText(search, 1234, 1001, 'en'), '1,001 of 1,234');
  });

  it('show the time of day to the millisecond, and leave alone what is no time', () => {
    assert.match(timeOf('2026-11-21T10:00:07.123456789Z'), /^\d\d:\d\d:07\.123$/);
    assert.equal(timeOf('yesterday'), 'yesterday');
    assert.equal(timeOf(''), '');
  });

  it('name every level and every range differently', () => {
    assert.equal(new Set(levels.map(levelName)).size, levels.length);
    assert.equal(new Set(ranges.map(rangeName)).size, ranges.length);
  });
});
