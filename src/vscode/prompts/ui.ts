// Asks and tells: prompts that throw when they are closed, progress that can be cancelled.
import * as vscode from 'vscode';
import type { Choice, InputOptions, Log, Report, Ui } from '../../app.ts';
import type { Engine } from '../../engine/types.ts';
import { Cancelled } from '../../model/errors.ts';
import type { SharedState } from '../../model/state.ts';
import { inert } from '../../model/text.ts';
import { noteText } from '../language/notes.ts';
import { createPanels } from '../pages/panel.ts';
import { createPages } from '../pages/preview.ts';
import { createDocuments } from '../pages/textDocument.ts';
import { openWebPage } from '../pages/web.ts';
import { openTerminal } from '../terminals/processTerminal.ts';
import { hostProcess, openProgram } from '../terminals/program.ts';
import { revealRow } from '../trees/show.ts';
import { complete } from './complete.ts';
import { createFileUi } from './dialogs.ts';
import { itemOf, liveInput, search } from './search.ts';

export function createUi(
  context: vscode.ExtensionContext,
  output: vscode.LogOutputChannel,
  log: Log,
  engine: Engine,
  state: SharedState,
): Ui {
  const page = createPages(context);
  return {
    ...createFileUi(engine, state),
    pick,
    pickMany,
    input,
    complete,
    ask,
    confirm,
    progress,
    say: (message) => void vscode.window.showInformationMessage(inert(message)),
    terminal: openTerminal,
    program: openProgram,
    hostProcess,
    async note(key) {
      const text = await noteText(context, key);
      await page(/^# (.*)/.exec(text)?.[1] ?? key, text);
    },
    noteText: (key) => noteText(context, key),
    page,
    panel: createPanels(context, log),
    search,
    liveInput,
    document: createDocuments(context),
    reveal: revealRow,
    command: async (name, ...args) => vscode.commands.executeCommand(`docknotes.${name}`, ...args),
    copy: async (text) => vscode.env.clipboard.writeText(text),
    browse: openWebPage,
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
    void vscode.window.showInformationMessage(inert(options.empty));
    throw new Cancelled();
  }
  const items: (vscode.QuickPickItem & { choice?: Choice<T> })[] = [];
  for (const choice of choices) {
    if (choice.group) {
      items.push({ label: inert(choice.group), kind: vscode.QuickPickItemKind.Separator });
    }
    items.push(itemOf(choice));
  }
  const picked = await vscode.window.showQuickPick(items, {
    title: inert(options.title),
    matchOnDescription: true,
    ...(options.placeholder === undefined ? {} : { placeHolder: inert(options.placeholder) }),
  });
  if (!picked?.choice) {
    throw new Cancelled();
  }
  return picked.choice.value;
}

async function pickMany<T>(
  choices: readonly Choice<T>[],
  options: { title: string; placeholder?: string; chosen?: readonly T[] },
): Promise<T[]> {
  const items = choices.map((choice) => ({
    ...itemOf(choice),
    picked: options.chosen?.includes(choice.value) ?? false,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: inert(options.title),
    canPickMany: true,
    matchOnDescription: true,
    ...(options.placeholder === undefined ? {} : { placeHolder: inert(options.placeholder) }),
  });
  if (!picked || picked.length === 0) {
    throw new Cancelled();
  }
  return picked.map(({ choice }) => choice.value);
}

async function input(options: InputOptions): Promise<string> {
  const { check } = options;
  const value = await vscode.window.showInputBox({
    title: inert(options.title),
    prompt: inert(options.prompt),
    ignoreFocusOut: true,
    password: options.password === true,
    ...(options.value === undefined ? {} : { value: options.value }),
    ...(options.placeholder === undefined ? {} : { placeHolder: inert(options.placeholder) }),
    ...(check ? { validateInput: (text: string) => inert(check(text) ?? '') } : {}),
  });
  if (value === undefined) {
    throw new Cancelled();
  }
  return value;
}

async function confirm(question: string, detail: string, button: string): Promise<void> {
  const pressed = await vscode.window.showWarningMessage(
    inert(question),
    { modal: true, detail: inert(detail) },
    button,
  );
  if (pressed !== button) {
    throw new Cancelled();
  }
}

async function ask<T>(question: string, detail: string, answers: readonly { label: string; value: T }[]): Promise<T> {
  const labels = answers.map(({ label }) => label);
  const pressed = await vscode.window.showWarningMessage(
    inert(question),
    { modal: true, detail: inert(detail) },
    ...labels,
  );
  const answer = answers.find(({ label }) => label === pressed);
  if (!answer) {
    throw new Cancelled();
  }
  return answer.value;
}

async function progress<T>(title: string, run: (report: Report, signal: AbortSignal) => Promise<T>): Promise<T> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: inert(title), cancellable: true },
    async (progress, token) => {
      const stop = new AbortController();
      const cancelling = token.onCancellationRequested(() => stop.abort());
      let reached = 0;
      const report: Report = (message, fraction) => {
        const percent = fraction === undefined ? reached : Math.round(fraction * 100);
        progress.report({ message: inert(message), increment: Math.max(0, percent - reached) });
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
