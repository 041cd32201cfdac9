// What running a container takes from this machine (environment, folders, files, free ports), and the memory of earlier runs.
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import * as vscode from 'vscode';
import type { Runs } from '../app.ts';
import { reasonOf } from '../local/failure.ts';
import { readPlainFile } from '../local/plainFile.ts';
import { familiarName, parseReference, withDefaultTag } from '../model/reference.ts';
import { withoutSecrets } from '../model/runFormMemory.ts';
import { readRunOptions } from '../model/runFormOptions.ts';
import { fields, texts } from '../model/untyped.ts';

const key = 'docknotes.runs';
/** How many images are remembered, the latest of them. */
const most = 50;
/** Bytes of the largest file that a run line may name. */
const largestFile = 1_000_000;

export function createRuns(state: vscode.Memento): Runs {
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
        return (await readPlainFile(file, largestFile)).toString();
      } catch (error) {
        throw new Error(reasonOf(error), { cause: error });
      }
    },
    last(image) {
      const kept = fields(fields(state.get<unknown>(key))[nameOf(image)]);
      return kept.options === undefined
        ? undefined
        : { options: readRunOptions(kept.options), forgot: texts(kept.forgot) };
    },
    keep(options) {
      const name = nameOf(options.image);
      const { [name]: _before, ...others } = fields(state.get<unknown>(key));
      const entries = [...Object.entries(others), [name, withoutSecrets(options)] as const];
      void state.update(key, Object.fromEntries(entries.slice(-most)));
    },
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

function isPortFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => done(error.code !== 'EADDRINUSE'));
    server.listen(port, () => server.close(() => done(true)));
  });
}
