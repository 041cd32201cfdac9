// Lists to choose from.
import * as vscode from 'vscode';
import type { Choice } from '../../app/prompts.ts';
import { Cancelled } from '../../model/errors.ts';
import { inert } from '../../model/text.ts';

export async function pick<T>(
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

export async function pickMany<T>(
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

/** A choice as an entry of a list. */
export function itemOf<T>(choice: Choice<T>): vscode.QuickPickItem & { choice: Choice<T> } {
  return {
    label: choice.icon ? `$(${choice.icon}) ${inert(choice.label)}` : inert(choice.label),
    ...(choice.description === undefined ? {} : { description: inert(choice.description) }),
    ...(choice.detail === undefined ? {} : { detail: inert(choice.detail) }),
    choice,
  };
}
