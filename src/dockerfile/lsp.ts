// The few shapes of the Language Server Protocol that this folder answers with, as plain data.

/** Zero-based line and UTF-16 offset within it. Lines end at `\n`, `\r\n` or a lone `\r`. */
export interface Position {
  line: number;
  character: number;
}

/** From `start` up to, not including, `end`. */
export interface Range {
  start: Position;
  end: Position;
}

/** One change of a text document; without a range the text replaces the whole document. */
export interface Change {
  range?: Range;
  text: string;
}

/** What a hover shows. */
export interface Hover {
  contents: { kind: 'markdown'; value: string };
  range: Range;
}
