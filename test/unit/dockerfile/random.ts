// Random numbers that are the same in every run, and texts made of what Dockerfiles are made of.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Dockerfiles have their own substitutions.

/** A source of whole numbers below a limit, from a seed. */
export function random(seed: number): (limit: number) => number {
  let state = seed * 2654435761;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const PIECES = [
  ...[
    'FROM ',
    'RUN ',
    'COPY ',
    'ADD ',
    'ENV ',
    'ARG ',
    'LABEL ',
    'ONBUILD ',
    'HEALTHCHECK ',
    'CMD ',
    'EXPOSE ',
    'USER ',
  ],
  ...[
    '\n',
    '\n',
    '\n',
    '\r\n',
    '\r',
    '\\\n',
    '`\n',
    '# ',
    '# escape=`\n',
    '# check=skip=',
    ' AS ',
    ' ',
    '\t',
    '\u00a0',
  ],
  ...[
    '<<EOF',
    '<<-"E"',
    '<<',
    'EOF\n',
    'E\n',
    '--mount=type=cache,target=',
    '--from=',
    '--',
    '=',
    ',',
    ';',
    '&',
    '|',
    '&&',
  ],
  ...['$', '${', '}', '${A:-', '$A', '$(', ')', '"', "'", '[', ']', '["a"', '\\', '`', '\u0000', '\ud800', '\udc00'],
  ...[
    'alpine:3',
    'scratch',
    'A=1',
    'apt-get',
    'curl x | sh',
    '80/tcp',
    '镜像',
    '\u202e',
    '\ufeff',
    'SIGTERM',
    'set -e',
  ],
];

/** A text of at most `pieces` pieces, with single characters of any code between them. */
export function randomText(next: (limit: number) => number, pieces: number): string {
  let text = '';
  for (let count = next(pieces); count > 0; count--) {
    text += next(8) === 0 ? String.fromCharCode(next(65536)) : (PIECES[next(PIECES.length)] ?? '');
  }
  return text;
}
