// A lens over each `docker run` line of Markdown and shell files, which runs it with Docknotes.
import * as vscode from 'vscode';
import { Emitter } from '../../model/event.ts';
import { t } from '../../model/l10n.ts';
import type { FoundLine } from '../../model/run/findLines.ts';
import { onSetting, runLensSetting } from '../settings.ts';

const languages = ['markdown', 'shellscript', 'powershell', 'bat'];

/** Nothing is looked for before a document of these languages is shown. */
export function showRunLens(): vscode.Disposable {
  const changed = new Emitter<void>();
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: (listener) => changed.event(() => listener()),
    async provideCodeLenses(document, token) {
      if (!runLensSetting()) {
        return [];
      }
      const { findRunLines } = await import('../../model/run/findLines.ts');
      const lenses: vscode.CodeLens[] = [];
      for (const found of findRunLines(document.getText(), document.languageId === 'markdown')) {
        lenses.push(...found.map(lensOf));
        // Every extension shares this thread: a long file is looked through in slices, and no longer than it is wanted.
        await new Promise((done) => setImmediate(done));
        if (token.isCancellationRequested) {
          return [];
        }
      }
      return lenses;
    },
  };
  return vscode.Disposable.from(
    vscode.languages.registerCodeLensProvider(
      languages.map((language) => ({ language })),
      provider,
    ),
    onSetting(['run.lens'], () => changed.fire()),
    changed,
  );
}

function lensOf({ line, text }: FoundLine): vscode.CodeLens {
  return new vscode.CodeLens(new vscode.Range(line, 0, line, 0), {
    title: t('Run with Docknotes'),
    tooltip: t('Shows what the line would do, then runs it without a shell.'),
    command: 'docknotes.runLine',
    arguments: [text],
  });
}
