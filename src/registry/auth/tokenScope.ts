// Scopes of access tokens: `repository:NAME:pull,push`, `registry:catalog:*`.

/**
 * Merges the actions of each resource and drops repeats, in the order of first appearance:
 * some token servers read the first scope only, so the one that is needed comes first.
 */
export function mergeScopes(scopes: readonly string[]): string[] {
  const actionsOf = new Map<string, Set<string>>();
  for (const scope of scopes.flatMap((text) => text.split(/\s+/)).filter(Boolean)) {
    const { resource, actions } = splitScope(scope);
    const known = actionsOf.get(resource) ?? new Set();
    for (const action of actions) {
      known.add(action);
    }
    actionsOf.set(resource, known);
  }
  return [...actionsOf].map(([resource, actions]) =>
    actions.size > 0 ? `${resource}:${[...actions].join(',')}` : resource,
  );
}

/** Whether a token for `granted` is enough for `wanted`. */
export function coversScopes(granted: readonly string[], wanted: readonly string[]): boolean {
  const have = new Map(
    mergeScopes(granted).map((scope) => [splitScope(scope).resource, new Set(splitScope(scope).actions)]),
  );
  return mergeScopes(wanted).every((scope) => {
    const { resource, actions } = splitScope(scope);
    const known = have.get(resource);
    return known !== undefined && actions.every((action) => known.has(action) || known.has('*'));
  });
}

/**
 * What to ask a token for: our own knowledge of what a request for a repository needs comes first, and the scopes of the
 * challenge are added where they are about the same repository. GHCR and others name a placeholder where they cannot know.
 */
export function withAskedScopes(needed: readonly string[], asked: string): string[] {
  const own = mergeScopes(needed);
  const names = own.map((scope) => scope.slice(0, scope.lastIndexOf(':') + 1));
  return mergeScopes([...own, ...asked.split(/\s+/).filter((scope) => names.some((name) => scope.startsWith(name)))]);
}

export function repositoryScope(repository: string, ...actions: ('pull' | 'push' | 'delete')[]): string {
  return `repository:${repository}:${actions.join(',')}`;
}

/** Type and name end at the last colon: a name may hold `host:port`. */
function splitScope(scope: string): { resource: string; actions: string[] } {
  const last = scope.lastIndexOf(':');
  return last <= scope.indexOf(':')
    ? { resource: scope, actions: [] }
    : {
        resource: scope.slice(0, last),
        actions: scope
          .slice(last + 1)
          .split(',')
          .filter(Boolean),
      };
}
