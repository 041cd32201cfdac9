// Finds the processes of the Dockerfile language server, for tests that end them.
import { execFileSync } from 'node:child_process';

/** The ids of the language servers that run below a process. Needs `ps`, which Windows lacks. */
export function serverProcesses(ancestor: number): number[] {
  const parents = new Map<number, number>();
  const servers: number[] = [];
  for (const row of execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' }).split('\n')) {
    const [, pid, parent, state, args] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(row) ?? [];
    parents.set(Number(pid), Number(parent));
    // What was ended and not yet waited for is still in the list.
    if (!state?.startsWith('Z') && /dist[\\/]server\.js/.test(args ?? '')) {
      servers.push(Number(pid));
    }
  }
  return servers.filter((server) => {
    let at: number | undefined = server;
    while (at !== undefined && at !== ancestor) {
      at = parents.get(at);
    }
    return at === ancestor;
  });
}
