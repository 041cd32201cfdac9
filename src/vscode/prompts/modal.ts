// Modal questions.
import * as vscode from 'vscode';
import { Cancelled } from '../../model/errors.ts';
import { inert } from '../../model/text.ts';

export async function confirm(question: string, detail: string, button: string): Promise<void> {
  const pressed = await vscode.window.showWarningMessage(
    inert(question),
    { modal: true, detail: inert(detail) },
    button,
  );
  if (pressed !== button) {
    throw new Cancelled();
  }
}

export async function ask<T>(
  question: string,
  detail: string,
  answers: readonly { label: string; value: T }[],
): Promise<T> {
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
