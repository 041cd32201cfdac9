// The field notes as Markdown, in the language that the person reads them in.
import { brotliDecompressSync } from 'node:zlib';
import * as vscode from 'vscode';
import { UserError } from '../../model/errors.ts';
import { type Bundle, createTranslate, t } from '../../model/l10n.ts';
import { notesIn } from '../../model/notes/bundle.ts';
import { withSourcesWritten } from '../../model/notes/citations.ts';
import type { NotesLanguage } from '../../model/notes/messages.ts';
import { notesLanguage } from '../settings.ts';

const languages = new Map<NotesLanguage, Promise<{ texts: Record<string, string>; words: Bundle }>>();

/** The bundled notes of all languages, compressed. */
export function notesFile(context: vscode.ExtensionContext): vscode.Uri {
  return vscode.Uri.joinPath(context.extensionUri, 'dist', 'notes.br');
}

/** The words around the notes: these may be in another language than the editor, so they are read from our own bundle. */
export async function notesWords(context: vscode.ExtensionContext, language: NotesLanguage): Promise<Bundle> {
  if (language === 'en') {
    return {};
  }
  const file = vscode.Uri.joinPath(context.extensionUri, 'l10n', `bundle.l10n.${language}.json`);
  const bundle: unknown = JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
  return bundle as Bundle;
}

/** The whole note with this key, its sources written out; rejects with a UserError when there is none. */
export async function noteText(context: vscode.ExtensionContext, key: string): Promise<string> {
  const language = notesLanguage();
  const known = languages.get(language) ?? readNotes(context, language);
  languages.set(language, known);
  const { texts, words } = await known;
  const text = texts[key];
  if (text === undefined) {
    throw new UserError('bad-note', t('There is no note named {0}.', key));
  }
  return withSourcesWritten(text, createTranslate(words));
}

async function readNotes(
  context: vscode.ExtensionContext,
  language: NotesLanguage,
): Promise<{ texts: Record<string, string>; words: Bundle }> {
  const packed = await vscode.workspace.fs.readFile(notesFile(context));
  return { texts: notesIn(brotliDecompressSync(packed), language), words: await notesWords(context, language) };
}
