// Programs of this machine in a terminal, and what is known of its processes.
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { inert, plain } from '../../model/text.ts';

/** Starts a program with its arguments as they are; no shell reads them. */
export function openProgram({ name, icon, command }: { name: string; icon: string; command: readonly string[] }): void {
  const [shellPath = '', ...shellArgs] = command;
  vscode.window
    .createTerminal({
      name: inert(plain(name, 100)),
      iconPath: new vscode.ThemeIcon(icon),
      location: vscode.TerminalLocation.Editor,
      isTransient: true,
      shellPath,
      shellArgs,
    })
    .show();
}

/** The control groups of a process, which name its container, and whether we are root; undefined where there is no such process. */
export async function hostProcess(pid: number): Promise<{ groups: string; root: boolean } | undefined> {
  if (process.platform !== 'linux') {
    return undefined;
  }
  try {
    const groups = await readFile(`/proc/${pid}/cgroup`, 'utf8');
    return { groups, root: process.getuid?.() === 0 };
  } catch {
    return undefined;
  }
}
