// Times parse and hover on four shapes of Dockerfile, with the npm language service in the same process beside them.
import { createRequire } from 'node:module';
import type { DockerfileLanguageServiceFactory as Factory } from 'dockerfile-language-service';
import { type Dockerfile, parseDockerfile, positionAt, update } from '../../src/dockerfile/document.ts';
import { type HoverContext, hoverAt } from '../../src/dockerfile/hover.ts';
import { createTranslate } from '../../src/model/l10n.ts';
import type { Row } from './row.ts';

interface Shape {
  readonly name: string;
  readonly make: (scale: number) => string;
  /** What is pointed at: a stretch of the text, near its middle. */
  readonly point: string;
  readonly goals: { parse: number; hover: number; edited: number };
}

const TIGHT = { parse: 5, hover: 2, edited: 3 };

const SHAPES: readonly Shape[] = [
  {
    name: '40 lines',
    make: (scale) => manyStages(40 * scale),
    point: 'apt-get',
    goals: { parse: 1, hover: 1, edited: 1 },
  },
  { name: '5,000 lines', make: (scale) => manyStages(5000 * scale), point: 'apt-get', goals: TIGHT },
  { name: 'RUN of 2,000 lines', make: (scale) => longRun(2000 * scale), point: 'apt-get', goals: TIGHT },
  { name: 'heredoc of 2,000 lines', make: (scale) => longHeredoc(2000 * scale), point: 'apt-get', goals: TIGHT },
];

const context: HoverContext = {
  notes: {
    get: (key) => ({
      key,
      title: key,
      summary: key,
      field: [],
      links: [{ text: key, url: 'https://docs.docker.com/' }],
    }),
  },
  t: createTranslate({}),
};

/** All rows: times in milliseconds (medians), and how much longer ten times the text takes. */
export async function benchDockerfile(): Promise<Row[]> {
  const { DockerfileLanguageServiceFactory } = createRequire(import.meta.url)('dockerfile-language-service') as {
    DockerfileLanguageServiceFactory: typeof Factory;
  };
  const peer = DockerfileLanguageServiceFactory.createLanguageService();
  const rows: Row[] = [];
  for (const shape of SHAPES) {
    const text = shape.make(1);
    const position = positionAt(parseDockerfile(text), pointIn(text, shape.point));
    const peerParse = middle(await sample(5, () => void peer.computeSymbols({ uri: '' }, text)));
    const peerHover = middle(await sample(5, () => void peer.computeHover(text, position)));
    const own = await times(shape, 1);
    const large = await times(shape, 10);
    const row = (what: string, value: number, goal: number, theirs: number): Row => ({
      name: `Dockerfile of ${shape.name}: ${what}`,
      value,
      unit: 'ms',
      goal,
      peer: theirs,
      peerName: 'dockerfile-language-service',
    });
    rows.push(
      row('parse', own.parse, shape.goals.parse, peerParse),
      row('hover', own.hover, shape.goals.hover, peerHover),
      row('hover after an edit', own.edited, shape.goals.edited, peerHover),
      row('hover on a variable after an edit', own.variable, shape.goals.edited, peerHover),
      {
        name: `Dockerfile of ${shape.name}: ten times the text, parse and hover`,
        value: large.least / own.least,
        unit: 'times',
        goal: 12,
        note: 'from the shortest times: what the work costs when nothing else runs',
      },
    );
  }
  return rows;
}

interface Times {
  parse: number;
  hover: number;
  edited: number;
  /** A hover on a variable, whose history is worked out, after an edit. */
  variable: number;
  /** The shortest parse and the shortest hover after an edit together. */
  least: number;
}

async function times(shape: Shape, scale: number): Promise<Times> {
  const text = shape.make(scale);
  const at = pointIn(text, shape.point);
  const rounds = scale === 1 ? 41 : 15;
  let document = parseDockerfile(text);
  const parse = await sample(rounds, () => {
    document = parseDockerfile(text);
  });
  const position = positionAt(document, at);
  const hover = await sample(rounds, async () => void (await hoverAt(document, position, context)));
  const edited = await afterEdits(document, shape.point, ' ', rounds);
  const variable = await afterEdits(document, '$VERSION', 'x', rounds);
  const least = (parse[0] ?? 0) + (edited[0] ?? 0);
  return { parse: middle(parse), hover: middle(hover), edited: middle(edited), variable: middle(variable), least };
}

/** The times of typing a character before the place that is pointed at, so that it must be read again, and a hover. */
function afterEdits(document: Dockerfile, point: string, typed: string, rounds: number): Promise<number[]> {
  let version = document;
  return sample(rounds, async () => {
    const at = positionAt(version, pointIn(version.text, point));
    version = update(version, [{ range: { start: at, end: at }, text: typed }]);
    await hoverAt(version, { line: at.line, character: at.character + 1 }, context);
  });
}

/** The times that some work takes, in milliseconds, in rising order, after two rounds that do not count. */
async function sample(rounds: number, work: () => void | Promise<void>): Promise<number[]> {
  const taken: number[] = [];
  for (let round = -2; round < rounds; round++) {
    const start = performance.now();
    await work();
    if (round >= 0) {
      taken.push(performance.now() - start);
    }
  }
  return taken.sort((a, b) => a - b);
}

function middle(sorted: readonly number[]): number {
  return sorted[sorted.length >> 1] ?? 0;
}

function pointIn(text: string, point: string): number {
  const half = text.indexOf(point, text.length >> 1);
  return half < 0 ? text.lastIndexOf(point) : half;
}

function manyStages(lines: number): string {
  const written = ['# syntax=docker/dockerfile:1', 'ARG VERSION=3.20'];
  for (let stage = 0; written.length < lines; stage++) {
    const base = stage % 3 === 2 ? `stage${stage - 1}` : 'debian:$' + '{VERSION}';
    written.push(
      '',
      `# stage${stage} installs and builds part ${stage}`,
      `FROM ${base} AS stage${stage}`,
      'ARG VERSION',
      `ENV PART${stage}=$VERSION PATH=/opt/part${stage}/bin:$PATH`,
      `WORKDIR /srv/part${stage}`,
      'RUN --mount=type=cache,target=/var/cache/apt \\',
      '    set -eux; \\',
      '    # packages that the part needs',
      '    apt-get update; \\',
      `    apt-get install -y --no-install-recommends part${stage}; \\`,
      '    rm -rf /var/lib/apt/lists/*',
      `COPY --chown=app:app part${stage}/ ./`,
      `LABEL org.opencontainers.image.title="part ${stage}"`,
      'EXPOSE 8080/tcp 9090/udp',
      'RUN <<EOF',
      'make all',
      'EOF',
      'CMD ["/usr/bin/part", "--serve"]',
    );
  }
  return `${written.slice(0, lines).join('\n')}\n`;
}

function longRun(lines: number): string {
  const commands = Array.from({ length: lines }, (_, index) => `    apt-get install -y "part${index}=$VERSION" && \\`);
  return `FROM debian\nARG VERSION=1\nRUN set -e; \\\n${commands.join('\n')}\n    true\nCMD ["sh"]\n`;
}

function longHeredoc(lines: number): string {
  const commands = Array.from({ length: lines }, (_, index) => `apt-get install -y "part${index}=$VERSION"`);
  return `FROM debian\nARG VERSION=1\nRUN <<EOF\n${commands.join('\n')}\nEOF\nCMD ["sh"]\n`;
}
