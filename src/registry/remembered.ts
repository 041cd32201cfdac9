// The names that were listed in this session, so that prompts can complete them without asking anyone.

export interface Remembered {
  /** Repositories of a registry, or the tags of one of them; undefined when they were not listed yet. */
  names(registry: string, repository?: string): readonly string[] | undefined;
  add(registry: string, repositories: Iterable<string>): void;
  setTags(registry: string, repository: string, tags: readonly string[]): void;
  forgetTags(registry: string, repository: string): void;
  forget(registry?: string): void;
}

/** More names than these are not kept of one registry: a completion that long helps nobody. */
const mostNames = 100_000;
const mostTagLists = 200;

export function createRemembered(): Remembered {
  const repositories = new Map<string, Set<string>>();
  const tags = new Map<string, readonly string[]>();
  return {
    names(registry, repository) {
      if (repository !== undefined) {
        return tags.get(`${registry}/${repository}`);
      }
      const known = repositories.get(registry);
      return known && [...known];
    },
    add(registry, names) {
      const known = repositories.get(registry) ?? new Set();
      repositories.set(registry, known);
      for (const name of names) {
        if (known.size < mostNames) {
          known.add(name);
        }
      }
    },
    setTags(registry, repository, names) {
      const [oldest] = tags.keys();
      if (tags.size >= mostTagLists && oldest !== undefined) {
        tags.delete(oldest);
      }
      tags.set(`${registry}/${repository}`, names);
    },
    forgetTags: (registry, repository) => void tags.delete(`${registry}/${repository}`),
    forget(registry) {
      for (const key of [...tags.keys()].filter((name) => registry === undefined || name.startsWith(`${registry}/`))) {
        tags.delete(key);
      }
      for (const key of registry === undefined ? [...repositories.keys()] : [registry]) {
        repositories.delete(key);
      }
    },
  };
}
