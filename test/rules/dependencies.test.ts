// The dependency rule: which floor of src may use which, and which room of a floor (rooms.ts has the tables). A breach is
// said with the import that makes it and the way out.
import assert from 'node:assert/strict';
import { builtinModules } from 'node:module';
import { before, describe, it } from 'mocha';
import { filesIn } from './files.ts';
import { type Import, readImports } from './imports.ts';
import { doors, floors, openArrows, openCircles, rooms } from './rooms.ts';

const root = '.';

describe('dependency rule', () => {
  let imports: readonly Import[] = [];
  before(function () {
    this.timeout(60_000);
    imports = readImports().filter(({ from }) => from !== 'src/extension.ts');
    assert.ok(imports.length > 2000, `only ${imports.length} imports were found: has the rule gone blind?`);
  });

  for (const floor of Object.keys(floors)) {
    it(`${floor} uses the floors below it`, () => {
      report(imports.filter(({ from }) => floorOf(from) === floor).map((one) => [one, breachOfFloor(one)]));
    });
  }

  for (const floor of Object.keys(rooms)) {
    it(`the rooms of ${floor} use the rooms below them`, () => {
      const inside = imports.filter(({ from, to }) => floorOf(from) === floor && floorOf(to) === floor);
      report(inside.map((one) => [one, breachOfRoom(one, rooms[floor] ?? {})]));
    });
  }

  it('commands never import one another', () => {
    const isCommand = (path: string) => path.startsWith('src/commands/') && path !== 'src/commands/index.ts';
    assert.deepEqual(
      imports
        .filter(({ from, to }) => isCommand(from) && isCommand(to))
        .map(({ from, to }) => `${from} imports another command, ${to}: move what they share to src/steps`),
      [],
    );
  });

  it('no file leads back to itself', () => {
    const circles = circlesOf(imports).filter((circle) => !openCircles.some((open) => circle.includes(open)));
    assert.deepEqual(
      circles.map((circle) => `${circle} is a circle: move what both ends need to a file of its own, or hand it in`),
      [],
    );
  });

  it('the tables of rooms name what is there', () => {
    const files = filesIn('src', '.ts');
    const gone = Object.entries(rooms).flatMap(([floor, plan]) => {
      const there = (name: string) =>
        name === root || files.some((file) => `${file}/`.startsWith(`src/${floor}/${name}/`));
      const named = Object.entries(plan).flatMap(([room, uses]) => [room, ...uses.map(nameOf)]);
      return [...new Set(named)].filter((name) => !there(name)).map((name) => `src/${floor}/${name}`);
    });
    assert.deepEqual(
      gone.map((name) => `${name} is gone: take it out of test/rules/rooms.ts`),
      [],
    );
  });

  it('what is listed as still open is', () => {
    const now = new Set(imports.map(arrow));
    assert.deepEqual(
      [...openArrows, ...openCircles]
        .filter((open) => !now.has(open))
        .map((gone) => `${gone} is opened: take its line off the list in test/rules/rooms.ts`),
      [],
    );
  });
});

/** Fails with all breaches but those that are listed as still open. */
function report(found: readonly (readonly [Import, string | undefined])[]): void {
  assert.deepEqual(
    found
      .filter(([one, breach]) => breach !== undefined && !openArrows.includes(arrow(one)))
      .map(([{ from, to }, breach]) => `${from} imports ${to}: ${breach}`),
    [],
  );
}

function breachOfFloor(one: Import): string | undefined {
  const { from, to, kind } = one;
  const floor = floorOf(from);
  const uses = floors[floor] ?? [];
  if (to.startsWith('src/')) {
    const other = floorOf(to);
    return other === floor
      ? undefined
      : breachOf({ own: floor, other, names: [other, to.slice('src/'.length)], kind, uses, all: floors });
  }
  if (to.startsWith('node:') || builtinModules.includes(to)) {
    return permits(uses, ['node'], kind) ? undefined : `${floor} does without Node; hand in what Node does, from above`;
  }
  const name = packageOf(to);
  if (permits([...uses, ...(doors[from] ?? [])], [name], kind)) {
    return undefined;
  }
  const [door] = Object.entries(doors).find(([, packages]) => permits(packages, [name], 'type')) ?? [];
  const [home] = Object.entries(floors).find(([, packages]) => permits(packages, [name], 'type')) ?? [];
  if (door === from || home === floor) {
    return `${name} is ${uses.includes(`type ${name}`) ? 'for its types only: import type' : 'loaded with import() where it is needed'}`;
  }
  return door || home
    ? `only ${door ?? `src/${home}`} knows the package ${name}; use what that exports, or have it handed in`
    : `the package ${name} has no line in test/rules/rooms.ts; do without it, or give it a door of its own there`;
}

function breachOfRoom({ from, to, kind }: Import, plan: Record<string, readonly string[]>): string | undefined {
  const own = roomOf(from);
  const other = roomOf(to);
  const unknown = [own, other].find((room) => !plan[room]);
  if (unknown) {
    return `the room ${unknown} has no line in test/rules/rooms.ts; say there what it uses`;
  }
  const within = to.split('/').slice(2).join('/');
  return own === other
    ? undefined
    : breachOf({ own, other, names: [other, within], kind, uses: plan[own] ?? [], all: plan });
}

/** Why `own` may not use `other`, with the way out; undefined where it may. `names` are those of what is imported. */
function breachOf({
  own,
  other,
  names,
  kind,
  uses,
  all,
}: {
  own: string;
  other: string;
  names: readonly string[];
  kind: Import['kind'];
  uses: readonly string[];
  all: Record<string, readonly string[]>;
}): string | undefined {
  if (permits(uses, names, kind)) {
    return undefined;
  }
  if (permits(uses, names, 'type')) {
    return permits(uses, names, 'later')
      ? `${spoken(own)} loads it with import() only, where it is needed`
      : `${spoken(own)} knows its types only: use import type, and hand in what does the work`;
  }
  return reaches(all, other, own)
    ? `${spoken(own)} stands below ${spoken(other)}; move what both need to ${spoken(own)}, or hand it in`
    : `${spoken(own)} and ${spoken(other)} stand beside one another; move what both need to a place below both, or hand it in`;
}

function permits(uses: readonly string[], names: readonly string[], kind: Import['kind']): boolean {
  return uses.some((entry) => {
    const [, how, name = ''] = /^(?:(type|later) )?(.*)$/.exec(entry) ?? [];
    return names.includes(name) && (how === undefined || kind === 'type' || kind === how);
  });
}

/** What an entry of the tables names. */
function nameOf(entry: string): string {
  return entry.replace(/^(type|later) /, '');
}

/** Whether `upper` uses `lower`, itself or by what it uses. */
function reaches(all: Record<string, readonly string[]>, upper: string, lower: string): boolean {
  const seen = new Set([upper]);
  for (const place of seen) {
    for (const entry of all[place] ?? []) {
      seen.add(nameOf(entry));
    }
  }
  return seen.has(lower);
}

/** The circles of imports, each once: `a -> b -> a`. Types load nothing, so that none of them closes a circle. */
function circlesOf(imports: readonly Import[]): string[] {
  const loads = imports.filter(({ kind }) => kind !== 'type');
  const done = new Set<string>();
  const path: string[] = [];
  const circles: string[] = [];
  const walk = (file: string) => {
    const start = path.indexOf(file);
    if (start >= 0) {
      circles.push([...path.slice(start), file].join(' -> '));
    }
    if (start >= 0 || done.has(file)) {
      return;
    }
    path.push(file);
    for (const { to } of loads.filter(({ from }) => from === file)) {
      walk(to);
    }
    path.pop();
    done.add(file);
  };
  for (const { from } of loads) {
    walk(from);
  }
  return circles;
}

function arrow({ from, to }: Import): string {
  return `${from} -> ${to}`;
}

/** `engine` of `src/engine/files/tar.ts`, `app.ts` of `src/app.ts`. */
function floorOf(path: string): string {
  return path.split('/')[1] ?? path;
}

/** `files` of `src/engine/files/tar.ts`; the root for a file beside the rooms. */
function roomOf(path: string): string {
  const [, , room, ...rest] = path.split('/');
  return rest.length > 0 && room ? room : root;
}

function packageOf(name: string): string {
  return name.split('/', name.startsWith('@') ? 2 : 1).join('/');
}

function spoken(place: string): string {
  return place === root ? 'the root' : place;
}
