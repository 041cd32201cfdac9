// What running a container takes from this machine (environment, folders, files, free ports), and the memory of earlier runs.
import { realpath } from 'node:fs/promises';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import * as vscode from 'vscode';
import type { Runs } from '../app/workspace.ts';
import { reasonOf } from '../local/failure.ts';
import { readPlainFile } from '../local/plainFile.ts';
import { familiarName, parseReference, withDefaultTag } from '../model/reference.ts';
import { type Remembered, readRemembered, withoutSecrets } from '../model/run/form/lastRun.ts';
import { fields } from '../model/untyped.ts';

const key = 'docknotes.runs';
/** How many images are remembered, the latest of them. */
const most = 50;
/** Bytes of the largest file that a run line may name. */
const maxFileSize = 1_000_000;

export function createRuns(state: vscode.Memento): Runs {
  /** What is kept; earlier versions kept more than was right, and what is read from them is kept anew without it. */
  function read(): Map<string, Remembered> {
    const kept = state.get<unknown>(key);
    const runs = new Map(Object.entries(fields(kept)).map(([name, run]) => [name, readRemembered(run)]));
    if (kept !== undefined && JSON.stringify(Object.fromEntries(runs)) !== JSON.stringify(kept)) {
      write(runs);
    }
    return runs;
  }
  const write = (runs: ReadonlyMap<string, Remembered>) =>
    void state.update(key, Object.fromEntries([...runs].slice(-most)));
  return {
    context() {
      const workspaceFolder = folderInUse();
      return {
        env: process.env,
        home: homedir(),
        ...(workspaceFolder !== undefined && { workspaceFolder }),
      };
    },
    async readFile(path) {
      const workspaceFolder = folderInUse();
      const file = workspaceFolder === undefined ? path : resolve(workspaceFolder, path);
      try {
        return (await readPlainFile(file, maxFileSize)).toString();
      } catch (error) {
        throw new Error(reasonOf(error), { cause: error });
      }
    },
    last: (image) => read().get(nameOf(image)),
    keep(options) {
      const name = nameOf(options.image);
      const runs = read();
      runs.delete(name);
      runs.set(name, withoutSecrets(options));
      write(runs);
    },
    realPath,
    isPortFree,
  };
}

/** The folder of the document in front, else the first one of the workspace, else the folder that the document is in. */
function folderInUse(): string | undefined {
  const document = vscode.window.activeTextEditor?.document.uri;
  const folder = (document && vscode.workspace.getWorkspaceFolder(document)) ?? vscode.workspace.workspaceFolders?.[0];
  const uri = folder?.uri ?? (document?.scheme === 'file' ? vscode.Uri.joinPath(document, '..') : undefined);
  return uri?.scheme === 'file' ? uri.fsPath : undefined;
}

/** One name for all spellings of an image: `busybox` and `docker.io/library/busybox:latest` are the same. */
function nameOf(image: string): string {
  try {
    return familiarName(withDefaultTag(parseReference(image)));
  } catch {
    return image;
  }
}

/** Of a path that is not there yet, the part that is there is followed: the engine makes the rest. */
async function realPath(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await realPath(parent), basename(path));
  }
}

function isPortFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => done(error.code !== 'EADDRINUSE'));
    server.listen(port, () => server.close(() => done(true)));
  });
}
