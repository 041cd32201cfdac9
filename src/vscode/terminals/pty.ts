// Shows a process of the engine in a terminal.
import * as vscode from 'vscode';
import type { TerminalOptions } from '../../app/terminals.ts';
import type { Session } from '../../engine/types.ts';
import { explain } from '../../model/engines/help.ts';
import { messageOf } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { inert, plain } from '../../model/text.ts';
import { createLineInput } from './input.ts';

/** Characters that are given to the editor in each `period` (milliseconds): faster output only piles up in it. */
const share = 512 * 1024;
const period = 50;

export function openTerminal(options: TerminalOptions): void {
  vscode.window
    .createTerminal({ ...terminalFace(options), location: vscode.TerminalLocation.Editor, isTransient: true })
    .show();
}

/** How a terminal looks and what is in it, wherever it opens. */
export function terminalFace(options: TerminalOptions): vscode.ExtensionTerminalOptions {
  return {
    name: inert(plain(options.name, 100)),
    iconPath: new vscode.ThemeIcon(options.icon),
    pty: new SessionTerminal(options),
  };
}

class SessionTerminal implements vscode.Pseudoterminal {
  readonly #options: TerminalOptions;
  readonly #output = new vscode.EventEmitter<string>();
  readonly #closed = new vscode.EventEmitter<number | undefined>();
  readonly #stop = new AbortController();
  #session: Session | undefined;
  #size: { columns: number; rows: number } | undefined;
  #ended = false;
  /** What was typed before there was a process to read it. */
  #early: string[] = [];
  #shown = 0;
  #shownSince = 0;
  #resuming: NodeJS.Timeout | undefined;
  readonly #lines = createLineInput({
    echo: (text) => this.#output.fire(text),
    write: (line) => this.#session?.write(line),
    end: () => this.#session?.end(),
  });

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
    clearTimeout(this.#resuming);
    this.#stop.abort();
    this.#session?.dispose();
  }

  handleInput(data: string): void {
    if (this.#ended) {
      // Any key closes a terminal whose process is over.
      this.#closed.fire(undefined);
    } else if (!this.#options.interactive) {
      if (this.#options.input) {
        this.#lines(data);
      }
    } else if (this.#session) {
      this.#session.write(data);
    } else {
      this.#early.push(data);
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
      for (const data of this.#early.splice(0)) {
        session.write(data);
      }
      await this.#resize();
      const exitCode = await session.ended;
      if (!this.#stop.signal.aborted) {
        this.#say(await this.#options.ended?.(exitCode));
      }
    } catch (error) {
      this.#say(messageOf(explain(error)));
    }
    this.#ended = true;
  }

  #show(text: string): void {
    // Without a terminal on the other side nobody turns a line feed into a new line.
    this.#output.fire(this.#options.interactive ? text : text.replace(/\r?\n/g, '\r\n'));
    const now = Date.now();
    if (now - this.#shownSince >= period) {
      this.#shownSince = now;
      this.#shown = 0;
    }
    this.#shown += text.length;
    if (this.#shown > share && this.#resuming === undefined) {
      this.#session?.pause();
      const wait = this.#shownSince + period * Math.ceil(this.#shown / share) - now;
      this.#resuming = setTimeout(() => {
        this.#resuming = undefined;
        this.#session?.resume();
      }, wait);
    }
  }

  #say(sentence: string | undefined): void {
    if (sentence && !this.#stop.signal.aborted) {
      const hint = t('Press any key to close this terminal.');
      // Styles and modes of the process that has ended are not ours: cursor shown, paste and mouse as usual, main screen.
      const calm = '\x1b[0m\x1b[?25h\x1b[?2004l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1049l';
      this.#output.fire(`${calm}\r\n\x1b[2m${plain(sentence, 2000)} ${hint}\x1b[0m\r\n`);
    }
  }

  async #resize(): Promise<void> {
    if (this.#options.interactive && this.#session && this.#size) {
      // The process may have ended in this moment; then there is nothing to resize.
      await this.#session.resize(this.#size.columns, this.#size.rows).catch(() => undefined);
    }
  }
}
