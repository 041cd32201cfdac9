// A desktop VS Code on the sample workspace, with settings and extensions of its own beside the person's.

import { join } from 'node:path';
import { alive, capture, endProcess, type Part, programOnPath } from '../machine/process.ts';
import { until } from '../until.ts';

/** Why no desktop VS Code can be used here, in one sentence; undefined when one can. */
export function whyNoDesktop(): string | undefined {
  return programOnPath('code')
    ? undefined
    : 'There is no "code" program on PATH. Install VS Code with its shell command, or leave out --desktop.';
}

/** Opens a window on the workspace; `closed` settles when the person has closed it. */
export async function openDesktop(options: {
  workspace: string;
  vsix: string;
  data: string;
}): Promise<Part & { closed: Promise<void> }> {
  const user = join(options.data, 'user');
  const places = ['--user-data-dir', user, '--extensions-dir', join(options.data, 'extensions')];
  await code([...places, '--install-extension', options.vsix, '--force']);
  await code([...places, '--disable-workspace-trust', '--new-window', options.workspace]);
  const pids = await until('the window of VS Code', async () => {
    const found = await processesWith(user);
    return found.length > 0 && found;
  });
  let stopped = false;
  const closed = (async () => {
    while (!stopped && pids.some(alive)) {
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  })();
  return {
    closed,
    stop: async () => {
      stopped = true;
      await Promise.all((await processesWith(user)).map((pid) => endProcess(pid)));
    },
  };
}

/** `code` is a script on every system, on Windows one for its command interpreter. */
async function code(args: readonly string[]): Promise<void> {
  const program = programOnPath('code') ?? 'code';
  if (process.platform === 'win32') {
    await capture('cmd.exe', ['/d', '/c', program, ...args]);
  } else {
    await capture(program, args);
  }
}

/** The program hands over to a process that is not its child, so its window is found by the folder that only it uses. */
async function processesWith(folder: string): Promise<number[]> {
  const list =
    process.platform === 'win32'
      ? await capture('powershell.exe', [
          '-NoProfile',
          '-Command',
          'Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId) $($_.CommandLine)" }',
        ])
      : await capture('ps', ['-A', '-o', 'pid=,args=']);
  return list
    .split('\n')
    .filter((line) => line.includes(folder) && !line.includes('Get-CimInstance'))
    .map((line) => Number.parseInt(line.trim(), 10))
    .filter((pid) => pid > 0 && pid !== process.pid);
}
