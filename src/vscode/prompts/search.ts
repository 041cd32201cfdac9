// Two prompts that answer at every key: a list that is searched by us, and a text that takes effect while it is typed.
import * as vscode from 'vscode';
import type { Choice, LiveInputOptions, SearchOptions } from '../../app.ts';
import { Cancelled } from '../../model/errors.ts';
import { inert } from '../../model/text.ts';

/** The list shows what `find` gives and in its order: VS Code's own filter would leave things out again. */
export function search<T>(options: SearchOptions<T>): Promise<T> {
  const box = vscode.window.createQuickPick<vscode.QuickPickItem & { choice: Choice<T> }>();
  box.title = inert(options.title);
  box.placeholder = inert(options.placeholder);
  const draw = () => {
    box.items = options.find(box.value).map((choice) => ({ ...itemOf(choice), alwaysShow: true }));
    box.busy = options.busy?.() ?? false;
  };
  draw();
  return prompt(box, [box.onDidChangeValue(draw), options.onChange?.(draw)], () => box.activeItems[0]?.choice.value);
}

/** A box that is closed without Enter leaves what was there before it was opened. */
export async function liveInput(options: LiveInputOptions): Promise<string> {
  const box = vscode.window.createInputBox();
  box.title = inert(options.title);
  box.value = options.value;
  box.placeholder = inert(options.placeholder);
  const draw = () => {
    box.prompt = inert([options.prompt, options.status()].filter(Boolean).join(' · '));
  };
  draw();
  const typing = box.onDidChangeValue((text) => {
    options.onText(text);
    draw();
  });
  try {
    return await prompt(box, [typing, options.onChange?.(draw)], () => box.value);
  } catch (error) {
    options.onText(options.value);
    throw error;
  }
}

/** Shows a box and resolves with its answer once Enter is pressed; rejects with Cancelled when it is closed. */
function prompt<T>(
  box: vscode.QuickPick<vscode.QuickPickItem & { choice: Choice<T> }> | vscode.InputBox,
  listening: ({ dispose(): void } | undefined)[],
  answer: () => T | undefined,
): Promise<T> {
  return new Promise((resolve, reject) => {
    listening.push(
      box.onDidAccept(() => {
        const value = answer();
        if (value !== undefined) {
          resolve(value);
          box.hide();
        }
      }),
      box.onDidHide(() => {
        reject(new Cancelled());
        for (const entry of listening) {
          entry?.dispose();
        }
        box.dispose();
      }),
    );
    box.show();
  });
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
