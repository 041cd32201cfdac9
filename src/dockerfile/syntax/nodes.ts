// The nodes of a Dockerfile: each owns a run of whole lines, and together they are the file, byte for byte.
//
// A node knows its own text but not its place, so that an edit elsewhere leaves it as it is,
// with all that was worked out from it.

/** From `start` up to, not including, `end`; offsets into a text that the context names. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Escape = '\\' | '`';

interface NodeBase {
  /** The node's text with its line ends. */
  readonly text: string;
  /** How many line ends the text has, as the editor counts them. */
  readonly lines: number;
}

/** The byte order mark before the first line. */
export interface ByteOrderMark extends NodeBase {
  readonly kind: 'bom';
}

/** A line with nothing but white space, outside an instruction. */
export interface Blank extends NodeBase {
  readonly kind: 'blank';
}

/** A line that begins with `#`, outside an instruction, and is no parser directive. */
export interface Comment extends NodeBase {
  readonly kind: 'comment';
}

/** `# syntax=…`, `# escape=…` or `# check=…` at the top of the file. */
export interface Directive extends NodeBase {
  readonly kind: 'directive';
  /** `syntax`, `escape` or `check`. */
  readonly name: string;
  readonly nameSpan: Span;
  readonly valueSpan: Span;
  /** False for a repeated one (BuildKit refuses those) and for an `escape` that has no effect. */
  readonly effective: boolean;
}

export interface Instruction extends NodeBase {
  readonly kind: 'instruction';
  /** The keyword in lower case; empty where a lone line continuation stands. */
  readonly name: string;
  /**
   * The stretches of the text that make up the logical line, as start and end in turn: what is left without
   * line continuations, comments and blank lines between them, and heredoc bodies.
   */
  readonly segments: readonly number[];
  readonly heredocs: readonly Heredoc[];
  /** The file's escape character. */
  readonly escape: Escape;
  /** A blank line stands between continued lines; BuildKit warns about it. */
  readonly emptyContinuation: boolean;
}

export interface Heredoc {
  /** The word that ends it, without quotes. */
  readonly name: string;
  /** False when the word is quoted: nothing in the body is expanded. */
  readonly expand: boolean;
  /** `<<-`: leading tabs are dropped. */
  readonly chomp: boolean;
  /** The redirection in the logical line, e.g. `3<<-"EOF"`. */
  readonly marker: Span;
  /** The body in the node's text, line ends included. */
  readonly body: Span;
  /** The closing word in the node's text; absent when the file ends first. */
  readonly terminator?: Span;
}

export type Node = ByteOrderMark | Blank | Comment | Directive | Instruction;
