// The field notes as Markdown, in the language that the person reads them in.
import { brotliDecompressSync } from 'node:zlib';
import * as vscode from 'vscode';
import { UserError } from '../model/errors.ts';
import { t } from '../model/l10n.ts';
import type { NotesLanguage } from '../model/messages.ts';
import { notesLanguage } from './settings.ts';

const files = new Map<NotesLanguage, Promise<Record<string, string>>>();

/** Folder of the bundled notes: one compressed JSON file for each language, which maps keys to Markdown. */
export function notesFolder(context: vscode.ExtensionContext): vscode.Uri {
  return vscode.Uri.joinPath(context.extensionUri, 'dist', 'notes');
}

/** The whole note with this key; rejects with a UserError when there is none. */
export async function noteText(context: vscode.ExtensionContext, key: string): Promise<string> {
  const language = notesLanguage();
  const texts = files.get(language) ?? readNotes(context, language);
  files.set(language, texts);
  const text = (await texts)[key];
  if (text === undefined) {
    throw new UserError('bad-note', t('There is no note named {0}.', key));
  }
  return text;
}

async function readNotes(context: vscode.ExtensionContext, language: NotesLanguage): Promise<Record<string, string>> {
  const file = vscode.Uri.joinPath(notesFolder(context), `${language}.json.br`);
  return JSON.parse(brotliDecompressSync(await vscode.workspace.fs.readFile(file)).toString()) as Record<
    string,
    string
  >;
}
