// Finding and grouping repository names, fast enough for 50,000 of them at every key that is pressed.

/** Where a text was found in a name: pairs of start and end. */
export type Marks = [number, number][];

export interface Match {
  name: string;
  marks: Marks;
}

export interface Found {
  /** In the list's own order. */
  matches: Match[];
  /** How many match in all, for when only the first are given. */
  total: number;
}

/**
 * The names that hold what was typed, or, where none does, those that hold its letters in their order; at most `max`
 * of them with their marks. Upper and lower case are alike and spaces do not count. An empty text is in every name.
 */
export function findNames(names: Iterable<string>, typed: string, max: number): Found {
  const wanted = typed.toLowerCase().replace(/\s+/g, '');
  const whole: Match[] = [];
  const scattered: string[] = [];
  const total = { whole: 0, scattered: 0 };
  for (const name of names) {
    const lower = name.toLowerCase();
    const at = lower.indexOf(wanted);
    if (at >= 0) {
      total.whole += 1;
      if (whole.length < max) {
        whole.push({ name, marks: wanted ? [[at, at + wanted.length]] : [] });
      }
    } else if (total.whole === 0 && isSubsequence(lower, wanted)) {
      total.scattered += 1;
      if (scattered.length < max) {
        scattered.push(name);
      }
    }
  }
  return total.whole > 0
    ? { matches: whole, total: total.whole }
    : { matches: scattered.map((name) => ({ name, marks: marksOf(name, wanted) })), total: total.scattered };
}

function isSubsequence(text: string, wanted: string): boolean {
  let at = 0;
  for (let index = 0; index < wanted.length; index += 1) {
    at = text.indexOf(wanted[index] ?? '', at) + 1;
    if (at === 0) {
      return false;
    }
  }
  return true;
}

function marksOf(name: string, wanted: string): Marks {
  const lower = name.toLowerCase();
  const marks: Marks = [];
  let at = 0;
  for (const letter of wanted) {
    at = lower.indexOf(letter, at) + letter.length;
    const last = marks.at(-1);
    if (last?.[1] === at - letter.length) {
      last[1] = at;
    } else {
      marks.push([at - letter.length, at]);
    }
  }
  return marks;
}

/** One row of a level: a folder that holds `count` names, or a repository. */
export type Entry = { type: 'folder'; path: string; count: number } | { type: 'repository'; name: string };

/**
 * What stands directly below a folder (`''` is the top; others end with a slash), in the list's own order. A folder
 * with a single way on is joined with what follows, and one that holds a single name is that name.
 */
export function entriesBelow(names: Iterable<string>, folder: string): Entry[] {
  const repositories = new Map<string, Entry>();
  const groups = new Map<string, { common: string; count: number; only: string; entry: Entry }>();
  const order: Entry[] = [];
  for (const name of names) {
    if (!name.startsWith(folder) || name.length === folder.length) {
      continue;
    }
    const slash = name.indexOf('/', folder.length);
    if (slash < 0) {
      if (!repositories.has(name)) {
        const entry: Entry = { type: 'repository', name };
        repositories.set(name, entry);
        order.push(entry);
      }
      continue;
    }
    const path = name.slice(0, slash + 1);
    const group = groups.get(path);
    if (group === undefined) {
      const entry: Entry = { type: 'folder', path, count: 0 };
      groups.set(path, { common: name.slice(0, name.lastIndexOf('/') + 1), count: 1, only: name, entry });
      order.push(entry);
    } else {
      group.count += 1;
      while (!name.startsWith(group.common)) {
        group.common = group.common.slice(0, group.common.lastIndexOf('/', group.common.length - 2) + 1);
      }
    }
  }
  const joined = new Map<Entry, Entry>();
  for (const { common, count, only, entry } of groups.values()) {
    joined.set(entry, count === 1 ? { type: 'repository', name: only } : { type: 'folder', path: common, count });
  }
  return order.map((entry) => joined.get(entry) ?? entry);
}

/** The folders above a name, outermost first, as `entriesBelow` shows them. */
export function foldersAbove(names: Iterable<string> & { length: number }, name: string): string[] {
  const above: string[] = [];
  for (let folder = ''; ; ) {
    const next = entriesBelow(namesUnder(names, folder), folder).find(
      (entry) => entry.type === 'folder' && name.startsWith(entry.path),
    );
    if (next?.type !== 'folder') {
      return above;
    }
    folder = next.path;
    above.push(folder);
  }
}

function* namesUnder(names: Iterable<string>, folder: string): Iterable<string> {
  for (const name of names) {
    if (name.startsWith(folder)) {
      yield name;
    }
  }
}

/** Whether a name that a person typed is a pattern, for a list, rather than a single name. */
export function isPattern(typed: string): boolean {
  return typed.includes('*');
}

/** `team/{web,api}` -> `team/web`, `team/api`; braces may follow one another. At most 100 names. */
export function expandBraces(typed: string): string[] {
  // What no grammar of names allows is not looked at, so that hundreds of braces need not be multiplied.
  if (typed.length > 1000) {
    return [typed];
  }
  let names = [''];
  let end = 0;
  for (const [whole, before = '', inside = ''] of typed.matchAll(/([^{}]*)\{([^{}]*)\}/gy)) {
    const parts = inside.split(',').map((part) => before + part.trim());
    // Cut at every step: braces that follow one another multiply.
    names = names.flatMap((name) => parts.map((part) => name + part)).slice(0, 100);
    end += whole.length;
  }
  return names.map((name) => name + typed.slice(end));
}

/** What a pattern matches: `*` stands for any text, `?` for one character, everything else for itself. Spaces around it do not count. */
export function patternTest(pattern: string): (name: string) => boolean {
  const [first = '', ...rest] = pattern.trim().split('*');
  const last = rest.pop();
  if (last === undefined) {
    return (name) => name.length === first.length && standsAt(name, first, 0);
  }
  return (name) => {
    const end = name.length - last.length;
    if (end < first.length || !standsAt(name, first, 0) || !standsAt(name, last, end)) {
      return false;
    }
    let at = first.length;
    for (const piece of rest) {
      const found = findPiece(name, piece, at);
      if (found < 0) {
        return false;
      }
      at = found + piece.length;
    }
    return at <= end;
  };
}

function standsAt(name: string, piece: string, at: number): boolean {
  if (!piece.includes('?')) {
    return name.startsWith(piece, at);
  }
  for (let index = 0; index < piece.length; index += 1) {
    if (piece[index] !== '?' && piece[index] !== name[at + index]) {
      return false;
    }
  }
  return at + piece.length <= name.length;
}

function findPiece(name: string, piece: string, from: number): number {
  if (!piece.includes('?')) {
    return name.indexOf(piece, from);
  }
  for (let at = from; at + piece.length <= name.length; at += 1) {
    if (standsAt(name, piece, at)) {
      return at;
    }
  }
  return -1;
}
