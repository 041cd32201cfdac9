// Run options read from where anything may come: messages of a page, state that was kept by an earlier version.

import { type Fields, fields, text, textMap, texts } from '../untyped.ts';
import { runFlags } from './flagTable.ts';
import type { RunOptions } from './options.ts';

/** The options in it, and nothing else: what has another form than its option is left out. */
export function readRunOptions(value: unknown): RunOptions {
  const given = fields(value);
  const found = runFlags.flatMap((flag): [string, unknown][] => {
    switch (flag.kind) {
      case 'switch':
        return pick(given, flag.field, typeof given[flag.field] === 'boolean');
      case 'text':
        return pick(given, flag.field, typeof given[flag.field] === 'string');
      case 'number':
        return pick(given, flag.field, Number.isFinite(given[flag.field]));
      case 'list':
        return listIn(given, flag.field);
      case 'map': {
        const map = textMap(given[flag.field]);
        return !Array.isArray(given[flag.field]) && Object.keys(map).length > 0 ? [[flag.field, map]] : [];
      }
      case 'entrypoint':
        return listIn(given, 'entrypoint');
      case 'network':
        return [...pick(given, 'network', typeof given.network === 'string'), ...listIn(given, 'otherNetworks')];
      case 'pull':
        return pick(given, 'pull', ['always', 'missing', 'never'].includes(text(given.pull)));
      default:
        return [];
    }
  });
  return {
    ...Object.fromEntries([
      ...found,
      ...listIn(given, 'command'),
      ...pick(given, 'interactive', typeof given.interactive === 'boolean'),
    ]),
    image: text(given.image),
  };
}

function pick(given: Fields, name: string, fits: boolean): [string, unknown][] {
  return fits ? [[name, given[name]]] : [];
}

function listIn(given: Fields, name: string): [string, unknown][] {
  const list = texts(given[name]);
  return list.length > 0 ? [[name, list]] : [];
}
