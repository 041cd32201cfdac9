// A notification while something goes on, with a way to cancel it.
import * as vscode from 'vscode';
import type { Report } from '../../app/messages.ts';
import { Cancelled } from '../../model/errors.ts';
import { inert } from '../../model/text.ts';

export async function progress<T>(title: string, run: (report: Report, signal: AbortSignal) => Promise<T>): Promise<T> {
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
