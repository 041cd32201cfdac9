// What the suites in the extension host share: our commands, our API, and the engine asked directly.
import assert from 'node:assert/strict';
import { request } from 'node:http';
import * as vscode from 'vscode';
import type { DocknotesApi } from '../../../src/api.ts';

/** Calls a command with options, so that it rejects instead of showing a box. */
// biome-ignore lint/suspicious/noExplicitAny: each command has its own result, and the test says what it expects.
export async function command(name: string, target: unknown, options: object): Promise<any> {
  return vscode.commands.executeCommand(`docknotes.${name}`, target, options);
}

export async function api(): Promise<DocknotesApi> {
  const extension = vscode.extensions.getExtension<DocknotesApi>('docknotes.docknotes');
  assert.ok(extension, 'The extension is not installed.');
  return extension.activate();
}

/** A name that no other test and no sample has. */
export function ours(name: string): string {
  return `test-${name}-${Math.random().toString(36).slice(2, 8)}`;
}

/** `host:port` of the plain registry of this run. */
export function registry(): string {
  const address = process.env.DOCKNOTES_TEST_REGISTRY;
  assert.ok(address, 'DOCKNOTES_TEST_REGISTRY is not set: start the suites with npm test.');
  return address;
}

/** The command that kills all of them waits for ever for one that is ending already. */
export function closeTerminals(): void {
  for (const terminal of vscode.window.terminals) {
    terminal.dispose();
  }
}

/** Asks the engine of this run without our code in between. */
export async function engineApi<T>(method: string, path: string): Promise<T> {
  const socketPath = (process.env.DOCKNOTES_TEST_ENGINE ?? '').replace('unix://', '');
  return new Promise((resolve, reject) => {
    const asking = request({ socketPath, method, path }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => {
        text += part;
      });
      answer.on('end', () => resolve((text ? JSON.parse(text) : undefined) as T));
    });
    asking.on('error', reject);
    asking.end();
  });
}
