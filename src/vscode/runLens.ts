// A lens over each `docker run` line of Markdown and shell files, which runs it with Docknotes.
import * as vscode from 'vscode';
import { Emitter } from '../model/event.ts';
import { t } from '../model/l10n.ts';
import { onSetting, runLensSetting } from './settings.ts';

const languages = ['markdown', 'shellscript', 'powershell', 'bat'];

/** Nothing is looked for before a document of these languages is shown. */
export function showRunLens(): vscode.Disposable {
  const changed = new Emitter<void>();
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: (listener) => changed.event(() => listener()),
    async provideCodeLenses(document) {
      if (!runLensSetting()) {
        return [];
      }
      const { findRunLines } = await import('../model/runFormLines.ts');
      return findRunLines(document.getText(), document.languageId === 'markdown').map(
        ({ line, text }) =>
          new vscode.CodeLens(new vscode.Range(line, 0, line, 0), {
            title: t('Run with Docknotes'),
            tooltip: t('Shows what the line would do, then runs it without a shell.'),
            command: 'docknotes.runLine',
            arguments: [text],
          }),
      );
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
