// Where the text of an inspection names other objects of the engine.

export interface InspectLink {
  /** Place in the text. */
  start: number;
  end: number;
  kind: 'container' | 'image' | 'network' | 'volume';
  /** Name or id. */
  name: string;
}

/** `"key": "value"` in pretty JSON, and a key that opens an object: `"bridge": {`. */
const entry = /^( *)(?:"((?:[^"\\]|\\.)*)": )?(?:"((?:[^"\\]|\\.)*)"|([{[]))/gm;
const containerId = /^[0-9a-f]{64}$/;

/** Finds them in pretty JSON (indented by two blanks) of a container, image, network or volume. */
export function inspectLinks(text: string): InspectLink[] {
  const links: InspectLink[] = [];
  /** The keys on the way to a line, by indentation. */
  const path: string[] = [];
  /** Within one entry of Mounts: whether it is a volume. */
  let volume = false;
  for (const match of text.matchAll(entry)) {
    const [whole, blanks = '', key, value, opens] = match;
    const depth = Math.floor(blanks.length / 2);
    path.length = depth;
    path[depth] = key ?? '';
    const parents = path.slice(0, depth).filter(Boolean);
    const add = (kind: InspectLink['kind'], name: string, start: number) => {
      if (name !== '' && !name.includes('\\')) {
        links.push({ kind, name, start, end: start + name.length });
      }
    };
    if (opens) {
      if (key !== undefined && parents.at(-1) === 'Networks') {
        add('network', key, match.index + blanks.length + 1);
      }
      if (key !== undefined && parents.at(-1) === 'Containers' && containerId.test(key)) {
        add('container', key, match.index + blanks.length + 1);
      }
      volume = false;
      continue;
    }
    const name = value ?? '';
    const start = match.index + whole.length - 1 - name.length;
    if (key === 'Image' || (key === 'Parent' && name.startsWith('sha256:'))) {
      add('image', name, start);
    } else if (key === 'NetworkID') {
      add('network', name, start);
    } else if (key === 'Type' && parents.at(-1) === 'Mounts') {
      volume = name === 'volume';
    } else if (key === 'Name' && parents.at(-1) === 'Mounts' && volume) {
      add('volume', name, start);
    } else if (parents.at(-1) === 'RepoTags' && key === undefined) {
      add('image', name, start);
    }
  }
  return links;
}
