// A box for a text.
import * as vscode from 'vscode';
import type { InputOptions } from '../../app/prompts.ts';
import { Cancelled } from '../../model/errors.ts';
import { inert } from '../../model/text.ts';

export async function input(options: InputOptions): Promise<string> {
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
