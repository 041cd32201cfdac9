// Asks and tells: prompts that throw when they are closed, progress that can be cancelled.
import * as vscode from 'vscode';
import type { Choice, InputOptions, Log, Report, Ui } from '../app.ts';
import { Cancelled } from '../model/errors.ts';
import { openNotePreview } from './notePreview.ts';
import { createPages } from './page.ts';
import { createPanels } from './panel.ts';
import { openTerminal } from './terminal.ts';

export function createUi(context: vscode.ExtensionContext, output: vscode.LogOutputChannel, log: Log): Ui {
  return {
    pick,
    input,
    confirm,
    progress,
    say: (message) => void vscode.window.showInformationMessage(message),
    terminal: openTerminal,
    note: (key) => openNotePreview(context, key),
    page: createPages(context),
    panel: createPanels(context, log),
    showLog: () => output.show(),
    settings: async () => {
      await vscode.commands.executeCommand('workbench.action.openSettings', '@ext:docknotes.docknotes');
    },
  };
}

async function pick<T>(
  choices: readonly Choice<T>[],
  options: { title: string; placeholder?: string; empty?: string },
): Promise<T> {
  if (choices.length === 0 && options.empty) {
    void vscode.window.showInformationMessage(options.empty);
    throw new Cancelled();
  }
  const items: (vscode.QuickPickItem & { choice?: Choice<T> })[] = [];
  for (const choice of choices) {
    if (choice.group) {
      items.push({ label: choice.group, kind: vscode.QuickPickItemKind.Separator });
    }
    items.push({
      label: choice.icon ? `$(${choice.icon}) ${inert(choice.label)}` : inert(choice.label),
      ...(choice.description === undefined ? {} : { description: inert(choice.description) }),
      ...(choice.detail === undefined ? {} : { detail: inert(choice.detail) }),
      choice,
    });
  }
  const picked = await vscode.window.showQuickPick(items, {
    title: options.title,
    matchOnDescription: true,
    ...(options.placeholder === undefined ? {} : { placeHolder: options.placeholder }),
  });
  if (!picked?.choice) {
    throw new Cancelled();
  }
  return picked.choice.value;
}

/** `$(name)` would become an icon; names of containers and images come from outside. */
function inert(text: string): string {
  return text.replaceAll('$(', '$\u200b(');
}

async function input(options: InputOptions): Promise<string> {
  const { check } = options;
  const value = await vscode.window.showInputBox({
    title: options.title,
    prompt: options.prompt,
    ignoreFocusOut: true,
    password: options.password === true,
    ...(options.value === undefined ? {} : { value: options.value }),
    ...(options.placeholder === undefined ? {} : { placeHolder: options.placeholder }),
    ...(check ? { validateInput: (text: string) => check(text) } : {}),
  });
  if (value === undefined) {
    throw new Cancelled();
  }
  return value;
}

async function confirm(question: string, detail: string, button: string): Promise<void> {
  const pressed = await vscode.window.showWarningMessage(question, { modal: true, detail }, button);
  if (pressed !== button) {
    throw new Cancelled();
  }
}

async function progress<T>(title: string, run: (report: Report, signal: AbortSignal) => Promise<T>): Promise<T> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const stop = new AbortController();
      const cancelling = token.onCancellationRequested(() => stop.abort());
      let reached = 0;
      const report: Report = (message, fraction) => {
        const percent = fraction === undefined ? reached : Math.round(fraction * 100);
        progress.report({ message, increment: Math.max(0, percent - reached) });
        reached = Math.max(reached, percent);
      };
      const cancelled = new Promise<never>((_resolve, reject) => {
        stop.signal.addEventListener('abort', () => reject(new Cancelled()), { once: true });
      });
      try {
        // The race ends the notification at once, also for a task that cannot be interrupted midway.
        return await Promise.race([run(report, stop.signal), cancelled]);
      } catch (error) {
        throw stop.signal.aborted ? new Cancelled() : error;
      } finally {
        cancelling.dispose();
      }
    },
  );
}
