// Comments that describe an argument or a stage: `# name text` directly above its ARG or FROM.
//
// Source: BuildKit prints them for `docker build --call=outline` and `--call=targets`.
import type { Dockerfile, Placed } from '../document.ts';

/** The description of `name` in the block of comments directly above an instruction. */
export function docComment(document: Dockerfile, placed: Placed, name: string): string | undefined {
  let found: string | undefined;
  for (let index = placed.index - 1; index >= 0; index--) {
    const node = document.nodes[index];
    if (node?.kind !== 'comment') {
      break;
    }
    const text = node.text.trim().replace(/^#\s*/, '');
    if (text === '') {
      break;
    }
    if (text.startsWith(`${name} `)) {
      found = text.slice(name.length + 1).trim();
    }
  }
  return found;
}
