// Texts made of one short piece again and again, which is what makes a parser slow that looks at the same stretch twice,
// and a way to measure the time that a parser takes for them which a busy machine does not spoil.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables are among what is repeated.

export interface Pumped {
  /** What it is made of and its length, for messages. */
  readonly name: string;
  readonly text: string;
}

/** At least one of each class of characters that any grammar of ours tells apart. */
const CHARACTERS = [
  ...['a', 'F', '0', '_', 'é', '中', '😀', '\ud800', '\0', '\ufeff', '\u200b'],
  ...[' ', '\t', '\n', '\r', '\v', '\u0085', '\u00a0', '\u2028'],
  ...['"', "'", '`', '\\', '/', '$', '#', '<', '>', '&', '|', ';', ':', ',', '.', '=', '@', '!', '?', '*', '+', '-'],
  ...['~', '%', '^', '(', ')', '[', ']', '{', '}'],
];

/** Those that begin, end or divide something; each is repeated together with each other one. */
const SIGNS = ['a', '0', ' ', '\n', '\r', '"', "'", '\\', '/', '$', '<', ':', ',', '=', '@', '*', '-', '['];

/** What grammars give a meaning to only as a whole. */
const WORDS = [
  ...[
    '\r\n',
    '\\\n',
    ' \\\n',
    '\n\n',
    '\n#',
    '\n a',
    '${',
    '$(',
    '$A',
    '${A}',
    '${A:-',
    '<<E\n',
    '&&',
    '||',
    '*a',
    '[a',
  ],
  ...[
    '../../',
    '../editor/c/',
    '/..',
    '://',
    '%41',
    '%',
    '&lt;',
    '<b>',
    '<!--',
    '-----',
    '--a ',
    '--a=b ',
    'a=b ',
    'a="b" ',
    'a:b,',
  ],
  ...[
    '"a",',
    '["a"',
    '{"a":',
    '\\"',
    "a'b",
    'aA0',
    '1.',
    'a.b.',
    'sha256:',
    'x509: ',
    'docker ',
    'latest',
    '\u001b[0m',
  ],
];

const NESTINGS = [
  ...[
    ['(', ')'],
    ['[', ']'],
    ['{', '}'],
    ['<', '>'],
    ['"', "'"],
    ['[[', ']]'],
  ],
  ...[
    ['${a:-', '}'],
    ['$(', ')'],
    ['{"a":', '}'],
    ['["a",', ']'],
    ['<b>', '</b>'],
    ['**a ', '**'],
  ],
] as const;

/** Up to this length a piece comes in pairs and between words too: there are hundreds of these. */
const SHORT = 20_000;

/** Each piece pumped up to each of the lengths, in UTF-16 units: alone and nested, and where short in pairs and between words. */
export function* pumpedStrings(lengths: readonly number[]): Iterable<Pumped> {
  for (const length of lengths) {
    for (const piece of [...CHARACTERS, ...WORDS]) {
      yield pumped(piece, length);
      if (length > SHORT) {
        continue;
      }
      yield { name: `a word, ${nameOf(piece)}, a word`, text: `a${pumped(piece, length - 2).text}b` };
      yield { name: `${nameOf(piece)} and what fits nowhere`, text: `${pumped(piece, length - 1).text}\u0001` };
    }
    for (const first of length > SHORT ? [] : SIGNS) {
      for (const second of SIGNS) {
        if (first !== second) {
          yield pumped(first + second, length);
          const half = length >> 1;
          yield {
            name: `${nameOf(first)}, then ${nameOf(second)}`,
            text: pumped(first, half).text + pumped(second, half).text,
          };
        }
      }
    }
    for (const [open, close] of NESTINGS) {
      const depth = Math.floor(length / (open.length + close.length));
      yield { name: `${depth} times ${open}, then ${close}`, text: open.repeat(depth) + close.repeat(depth) };
    }
  }
}

/** The same texts, each with a quarter of it before it. */
export function pumpedPairs(lengths: readonly number[]): [quarter: Pumped, text: Pumped][] {
  const quarters = [...pumpedStrings(lengths.map((length) => length / 4))];
  return [...pumpedStrings(lengths)].map((text, index) => [quarters[index] ?? text, text]);
}

/**
 * The milliseconds that some work takes for each 1,024 units of its text: the least of up to `runs` measurements. A figure
 * up to `enough` is not measured again; a short text is measured more often, because a single pause would outweigh it.
 */
export function msPerKilobyte(text: string, work: (text: string) => unknown, { runs = 5, enough = 0.2 } = {}): number {
  let least = Number.POSITIVE_INFINITY;
  let spent = 0;
  for (let run = 0; least > enough && (run < runs || spent < patienceFor(least)); run++) {
    const elapsed = run < wallRuns ? wallClock() : stopwatch();
    work(text);
    const took = elapsed();
    spent += took;
    least = Math.min(least, took / (text.length / 1024));
  }
  return least;
}

/** Milliseconds that a parser of this kind may take for a kilobyte of any text. */
export const maxMsPerKilobyte = 1;

/**
 * Milliseconds that are spent on measuring again. What seems to take too long is given more: on a busy machine code runs
 * for long before it is compiled, and a parser that really takes too long does so as often as it is tried.
 */
export function patienceFor(ms: number): number {
  return ms > maxMsPerKilobyte ? 1_000 : 100;
}

/**
 * A text that takes less than one part in so many of what it may take for each kilobyte need not be tried at four times its
 * length: to take too long there, the time would have to grow with more than the third power of the length.
 */
export const room = 4 ** 2;

/** The same as `msPerKilobyte` for a text, where a quarter of it takes so little that the text itself need not be tried: of that. */
export function msOfLonger(
  [quarter, text]: readonly [quarter: Pumped, text: Pumped],
  work: (text: string) => unknown,
  { most, ...options }: { most: number; runs?: number; enough?: number },
): number {
  let quick = Number.POSITIVE_INFINITY;
  for (let run = 0; run < wallRuns && quick > most / room; run++) {
    const elapsed = wallClock();
    work(quarter.text);
    quick = Math.min(quick, elapsed() / (quarter.text.length / 1024));
  }
  return quick > most / room ? msPerKilobyte(text.text, work, options) : quick;
}

/** So many runs are measured by the clock alone: it is read in no time, the processor's time takes longer than many a parser. */
export const wallRuns = 2;

/** Milliseconds from now on by the clock. */
export function wallClock(): () => number {
  const start = performance.now();
  return () => performance.now() - start;
}

/** Milliseconds from now on: on a busy machine the clock counts the time of other programs too, the processor's time does not. */
export function stopwatch(): () => number {
  const start = performance.now();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return Math.min(performance.now() - start, (user + system) / 1000);
  };
}

function pumped(piece: string, length: number): Pumped {
  return {
    name: `${nameOf(piece)} over ${length} characters`,
    text: piece.repeat(Math.ceil(length / piece.length)).slice(0, length),
  };
}

function nameOf(piece: string): string {
  return JSON.stringify(piece);
}
