// Shows a process of the engine in an editor terminal.
import * as vscode from 'vscode';
import type { TerminalOptions } from '../app.ts';
import type { Session } from '../engine/types.ts';
import { explain } from '../model/engineHelp.ts';
import { messageOf } from '../model/errors.ts';
import { plain } from '../model/text.ts';

export function openTerminal(options: TerminalOptions): void {
  const pty = new SessionTerminal(options);
  const terminal = vscode.window.createTerminal({
    name: plain(options.name, 100),
    iconPath: new vscode.ThemeIcon(options.icon),
    location: vscode.TerminalLocation.Editor,
    isTransient: true,
    pty,
  });
  terminal.show();
}

class SessionTerminal implements vscode.Pseudoterminal {
  readonly #options: TerminalOptions;
  readonly #output = new vscode.EventEmitter<string>();
  readonly #closed = new vscode.EventEmitter<number | undefined>();
  readonly #stop = new AbortController();
  #session: Session | undefined;
  #size: { columns: number; rows: number } | undefined;
  #ended = false;

  readonly onDidWrite = this.#output.event;
  readonly onDidClose = this.#closed.event;

  constructor(options: TerminalOptions) {
    this.#options = options;
  }

  open(size: vscode.TerminalDimensions | undefined): void {
    this.#size = size;
    void this.#run();
  }

  close(): void {
    this.#stop.abort();
    this.#session?.dispose();
  }

  handleInput(data: string): void {
    if (this.#ended) {
      // Any key closes a terminal whose process is over.
      this.#closed.fire(undefined);
    } else if (this.#options.interactive) {
      this.#session?.write(data);
    }
  }

  setDimensions(size: vscode.TerminalDimensions): void {
    this.#size = size;
    void this.#resize();
  }

  async #run(): Promise<void> {
    try {
      const session = await this.#options.open(this.#size, this.#stop.signal);
      if (this.#stop.signal.aborted) {
        session.dispose();
        return;
      }
      this.#session = session;
      // One decoder a stream, because a character may be cut in two by the network.
      const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
      session.onOutput((data, stream) => this.#show(decoders[stream].decode(data, { stream: true })));
      await this.#resize();
      this.#say(this.#options.ended?.(await session.ended));
    } catch (error) {
      if (!this.#stop.signal.aborted) {
        this.#say(messageOf(explain(error)));
      }
    }
    this.#ended = true;
  }

  #show(text: string): void {
    // Without a terminal on the other side nobody turns a line feed into a new line.
    this.#output.fire(this.#options.interactive ? text : text.replace(/\r?\n/g, '\r\n'));
  }

  #say(sentence: string | undefined): void {
    if (sentence && !this.#stop.signal.aborted) {
      this.#output.fire(`\r\n\x1b[2m${plain(sentence, 2000)}\x1b[0m\r\n`);
    }
  }

  async #resize(): Promise<void> {
    if (this.#options.interactive && this.#session && this.#size) {
      // The process may have ended in this moment; then there is nothing to resize.
      await this.#session.resize(this.#size.columns, this.#size.rows).catch(() => undefined);
    }
  }
}
