// The pieces of a log line: colours and matches.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { lookOf, piecesOf } from '../../../../src/webview/logs/pieces.ts';

const nothing = { text: '', exact: false };

/** Pieces in short: text, what is searched for in brackets, classes behind a colon. */
const short = (...[raw, colored, search]: Parameters<typeof piecesOf>) =>
  piecesOf(raw, colored, search).map(
    ({ text, marked, look }) => `${marked ? `[${text}]` : text}${look.classes.map((each) => `:${each}`).join('')}`,
  );

describe('pieces of a log line', () => {
  it('are one where it is all alike, and none of an empty line', () => {
    assert.deepEqual(short('plain', false, nothing), ['plain']);
    assert.deepEqual(short('\u001b[1mnot read', false, nothing), ['\u001b[1mnot read']);
    assert.deepEqual(short('', false, nothing), []);
  });

  it('are cut at matches', () => {
    assert.deepEqual(short('to be or not to be', false, { text: 'BE', exact: false }), [
      'to ',
      '[be]',
      ' or not to ',
      '[be]',
    ]);
    assert.deepEqual(short('Be be', false, { text: 'be', exact: true }), ['Be ', '[be]']);
    assert.deepEqual(short('a.c abc', false, { text: 'a.c', exact: false }), ['[a.c]', ' abc']);
  });

  it('are cut at colours, and at matches across them', () => {
    const raw = '\u001b[1mbold\u001b[0m and \u001b[4mline\u001b[0m';
    assert.deepEqual(short(raw, true, nothing), ['bold:bold', ' and ', 'line:underline']);
    assert.deepEqual(short(raw, true, { text: 'd a', exact: false }), [
      'bol:bold',
      '[d]:bold',
      '[ a]',
      'nd ',
      'line:underline',
    ]);
  });

  it('hold the whole text, whatever is in it', () => {
    const text = 'ab '.repeat(1000);
    const pieces = piecesOf(text, false, { text: 'b', exact: false });
    assert.equal(pieces.map((piece) => piece.text).join(''), text);
    assert.equal(pieces.filter(({ marked }) => marked).length, 100);
  });
});

describe('the look of a terminal style', () => {
  it('mixes a colour with that of the text, so that it is seen on the editor', () => {
    assert.deepEqual(lookOf({ color: 1 }), {
      color: 'color-mix(in srgb, var(--vscode-terminal-ansiRed) 75%, var(--vscode-editor-foreground))',
      classes: [],
    });
    assert.match(lookOf({ color: 9 }).color ?? '', /ansiBrightRed/);
    assert.match(lookOf({ color: '#102030' }).color ?? '', /#102030/);
  });

  it('leaves a colour on a background as it is, and makes white on it white', () => {
    assert.deepEqual(lookOf({ color: 0, background: 3 }), {
      color: 'var(--vscode-terminal-ansiBlack)',
      background: 'var(--vscode-terminal-ansiYellow)',
      classes: [],
    });
    assert.match(lookOf({ color: 7, background: 4 }).color ?? '', /white\)$/);
    assert.doesNotMatch(lookOf({ color: 7, background: 15 }).color ?? '', /white\)$/);
  });

  it('changes the colours over when inverse, also those of the editor', () => {
    const { color, background } = lookOf({ inverse: true });
    assert.equal(color, 'var(--vscode-editor-background)');
    assert.equal(background, 'var(--vscode-editor-foreground)');
    assert.deepEqual(lookOf({ inverse: true, bold: true, color: '#aaaaaa', background: '#000000' }), {
      color: '#000000',
      background: '#aaaaaa',
      classes: ['bold'],
    });
  });
});
