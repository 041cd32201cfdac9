// Every setting of the product, read where it is needed.
import * as vscode from 'vscode';

const section = 'docknotes';

/** The endpoint of the engine that the person chose, or undefined to find one. */
export function engineHost(): string | undefined {
  return vscode.workspace.getConfiguration(section).get<string>('engine.host')?.trim() || undefined;
}

/** Addresses of registries that the settings name, as they were typed. */
export function registryAddresses(): string[] {
  const value = vscode.workspace.getConfiguration(section).get<unknown>('registries');
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
}

/** The language of the notes: the one that was chosen, else the editor's where there are notes in it. */
export function notesLanguage(): 'en' | 'zh-cn' {
  const chosen = vscode.workspace.getConfiguration(section).get<string>('notes.language');
  if (chosen === 'en' || chosen === 'zh-cn') {
    return chosen;
  }
  return /^zh(-|$)/i.test(vscode.env.language) ? 'zh-cn' : 'en';
}

/** Calls back when one of the named settings (without `docknotes.`) changed. */
export function onSetting(names: string[], listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (names.some((name) => event.affectsConfiguration(`${section}.${name}`))) {
      listener();
    }
  });
}
