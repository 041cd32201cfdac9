// The field notes as Markdown, in the language that the person reads them in.
import { brotliDecompressSync } from 'node:zlib';
import * as vscode from 'vscode';
import { UserError } from '../model/errors.ts';
import { t } from '../model/l10n.ts';
import type { NotesLanguage } from '../model/messages.ts';
import { notesIn } from '../model/notesFile.ts';
import { notesLanguage } from './settings.ts';

const languages = new Map<NotesLanguage, Promise<Record<string, string>>>();

/** The bundled notes of all languages, compressed. */
export function notesFile(context: vscode.ExtensionContext): vscode.Uri {
  return vscode.Uri.joinPath(context.extensionUri, 'dist', 'notes.br');
}

/** The whole note with this key; rejects with a UserError when there is none. */
export async function noteText(context: vscode.ExtensionContext, key: string): Promise<string> {
  const language = notesLanguage();
  const texts = languages.get(language) ?? readNotes(context, language);
  languages.set(language, texts);
  const text = (await texts)[key];
  if (text === undefined) {
    throw new UserError('bad-note', t('There is no note named {0}.', key));
  }
  return text;
}

async function readNotes(context: vscode.ExtensionContext, language: NotesLanguage): Promise<Record<string, string>> {
  const packed = await vscode.workspace.fs.readFile(notesFile(context));
  return notesIn(brotliDecompressSync(packed), language);
}
