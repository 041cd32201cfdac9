// The output channel of the product.
import * as vscode from 'vscode';
import type { Log } from '../app/index.ts';
import { messageOf } from '../model/errors.ts';

export function createOutput(): vscode.LogOutputChannel {
  return vscode.window.createOutputChannel('Docknotes', { log: true });
}

export function createLog(output: vscode.LogOutputChannel): Log {
  return {
    info: (message) => output.info(message),
    warn: (message) => output.warn(message),
    error: (message, error) => output.error(error === undefined ? message : `${message}: ${messageOf(error)}`),
  };
}
