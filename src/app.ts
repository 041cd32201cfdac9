// What commands and views may use. Types only: the parts are built and joined in extension.ts.
import type { ChangedFiles, Engine, Engines, ExecOptions, Session } from './engine/types.ts';
import type { ContainerArrangement, ImageArrangement } from './model/arrange.ts';
import type { Element, FilteredView } from './model/elements.ts';
import type { Event } from './model/event.ts';
import type { FileUi } from './model/files/prompts.ts';
import type { Remembered } from './model/run/form/lastRun.ts';
import type { RunLineContext } from './model/run/line.ts';
import type { RunOptions } from './model/run/options.ts';
import type { Editing } from './registry/change/editing.ts';
import type { Catalog } from './registry/known/catalog.ts';
import type { Registries } from './registry/known/registries.ts';
import type { OwnRegistry } from './registry/own/lazy.ts';

export interface App {
  readonly engine: Engine;
  /** The engines that can be chosen. */
  readonly engines: Engines;
  /** What containers changed in their files. */
  readonly changes: ChangedFiles;
  readonly registries: Registries;
  /** What a registry of one's own is made with. */
  readonly ownRegistry: OwnRegistry;
  /** The lists of the registries' repositories, and what is known of tags. */
  readonly catalog: Catalog;
  /** Changes what is in the registries. */
  readonly editing: Editing;
  readonly preferences: Preferences;
  readonly arrangement: Arrangement;
  readonly filters: Filters;
  readonly runs: Runs;
  readonly shells: Shells;
  readonly languageServer: LanguageServer;
  readonly ui: Ui;
  readonly log: Log;
}

/** The process that explains Dockerfiles; it is started with the first of them. */
export interface LanguageServer {
  /** Ends it where it runs, and starts it. Resolves once it answers; rejects where it does not start. */
  restart(): Promise<void>;
}

/** Choices about the views that are kept in the settings. */
export interface Preferences {
  readonly repositoryLayout: 'tree' | 'list';
  readonly tagOrder: 'version' | 'date';
  set(name: 'repositoryLayout' | 'tagOrder', value: string): Promise<void>;
  readonly onChange: Event<void>;
}

/** How the containers and images are laid out, from the settings. */
export interface Arrangement {
  readonly containers: ContainerArrangement;
  readonly images: ImageArrangement;
  /** Changes settings, at the place where each has its value now. */
  setContainers(change: Partial<ContainerArrangement>): Promise<void>;
  setImages(change: Partial<ImageArrangement>): Promise<void>;
  readonly onChange: Event<void>;
}

/** What each view is filtered by; kept with the workspace. */
export interface Filters {
  /** Empty when the view shows everything. */
  get(view: FilteredView): string;
  set(view: FilteredView, text: string): void;
  readonly onChange: Event<FilteredView>;
}

/** What running a container takes from this machine, and what is remembered of earlier runs in this workspace. */
export interface Runs {
  /** What lines are read with: the environment and the folders. */
  context(): Omit<RunLineContext, 'readFile'>;
  /** The text of a file that a line names; rejects with a sentence that says why it cannot be read. */
  readFile(path: string): Promise<string>;
  /** What was last used with an image. */
  last(image: string): Remembered | undefined;
  /** Remembers it, but no secrets. */
  keep(options: RunOptions): void;
  /** Where a path of this machine leads once its links are followed; the path itself where that cannot be known. */
  realPath(path: string): Promise<string>;
  /** Whether a program could listen at this port of this machine now. */
  isPortFree(port: number): Promise<boolean>;
}

/** How shells were opened in the containers of an image; kept with the workspace, without secrets. */
export interface Shells {
  /** `forgot` names the variables whose values were not kept; `incomplete` tells that words of the command were not. */
  last(
    image: string,
  ):
    | (Pick<ExecOptions, 'user' | 'workdir' | 'env'> & { command?: string[]; forgot?: string[]; incomplete?: boolean })
    | undefined;
  keep(image: string, choice: Pick<ExecOptions, 'user' | 'workdir' | 'env'> & { command?: string[] }): void;
}

/** One line of the Docknotes output channel. Never given a secret. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string, error?: unknown): void;
}

export interface Choice<T> {
  label: string;
  description?: string;
  detail?: string;
  /** Name of a codicon. */
  icon?: string;
  value: T;
  /** A heading above this choice. */
  group?: string;
}

export interface InputOptions {
  title: string;
  prompt: string;
  value?: string;
  placeholder?: string;
  password?: boolean;
  /** The sentence that is shown while the input cannot be used, or undefined. */
  check?: (value: string) => string | undefined;
}

/** A list that is searched anew at every key. */
export interface SearchOptions<T> {
  title: string;
  placeholder: string;
  /** The choices for what was typed, the best first; called again when `onChange` fires. */
  find(typed: string): Choice<T>[];
  onChange?: Event<unknown>;
  /** Whether more may come: shown as a progress line. */
  busy?(): boolean;
}

/** A text that takes effect while it is typed. */
export interface LiveInputOptions {
  title: string;
  prompt: string;
  value: string;
  placeholder: string;
  onText(text: string): void;
  /** A line below the box, asked for after every key and every `onChange`. */
  status(): string;
  onChange?: Event<unknown>;
}

/** One text that `complete` offers. */
export interface Offer {
  /** What stands in the box when it is chosen. */
  text: string;
  description?: string;
  /** Name of a codicon. */
  icon?: string;
  /** A heading above this offer. */
  group?: string;
  /** The beginning of a text: choosing it fills it in, and the question stays open. */
  begins?: boolean;
}

/** A text that is typed freely or put together from what is offered while it is typed. */
export interface CompleteOptions {
  title: string;
  placeholder?: string;
  value?: string;
  /** What goes with the text so far, the best first. Called at every key, so what it asks of others it must remember. */
  offers(text: string): readonly Offer[] | Promise<readonly Offer[]>;
  /** The sentence that is shown while the text cannot be used, or undefined. */
  check(text: string): string | undefined;
}

/** Reports a progress: a text, and how far it is (0 to 1), where that is known. */
export type Report = (text: string, fraction?: number) => void;

export interface TerminalOptions {
  name: string;
  /** Name of a codicon. */
  icon: string;
  /** Starts the process; its output fills the terminal. Rejects with what is shown instead. */
  open(size: { columns: number; rows: number } | undefined, signal: AbortSignal): Promise<Session>;
  /** Said when the process has ended; the exit code is undefined where the engine cannot tell. */
  ended?(exitCode: number | undefined): string | Promise<string>;
  /** False where the process has no terminal: lone line feeds are mended, and what is typed goes nowhere … */
  interactive: boolean;
  /** … unless this is set: then it is echoed, and sent line by line. */
  input?: boolean;
}

/** A page of our own in an editor tab; see `src/vscode/pages/panel.ts`. */
export interface PanelOptions {
  /** One tab for each id: opening it again shows the tab that is there, with the new data. */
  id: string;
  title: string;
  /** Name of a bundle in `dist/webview`, whose source is `src/webview`. */
  script: string;
  /** Name of a style sheet in `media/webview`. */
  style: string;
  /** What the page shows, as plain data. */
  data: object;
  /** What the page sends. It comes from outside and has to be checked. A rejection is shown to the person. */
  onMessage(message: unknown, panel: Panel): void | Promise<void>;
}

export interface Panel {
  /** Gives the page other data to draw. */
  update(data: object): void;
  /** What the page is given when its tab is shown again, without drawing anything now. */
  keep(data: object): void;
  /** Sends the page a message of its own, besides its data. A hidden page gets none. */
  post(message: object): void;
  readonly visible: boolean;
  readonly onVisible: (listener: (visible: boolean) => void) => void;
  close(): void;
  readonly onClosed: (listener: () => void) => void;
}

/** Everything that asks or tells a person something. A prompt that is closed rejects with Cancelled. */
export interface Ui extends FileUi {
  pick<T>(choices: readonly Choice<T>[], options: { title: string; placeholder?: string; empty?: string }): Promise<T>;
  /** Several choices; those in `chosen` are marked from the start. Rejects with Cancelled when none is left. */
  pickMany<T>(
    choices: readonly Choice<T>[],
    options: { title: string; placeholder?: string; chosen?: readonly T[] },
  ): Promise<T[]>;
  input(options: InputOptions): Promise<string>;
  search<T>(options: SearchOptions<T>): Promise<T>;
  /** Resolves with the text when Enter is pressed. */
  liveInput(options: LiveInputOptions): Promise<string>;
  complete(options: CompleteOptions): Promise<string>;
  /** A modal question with several answers, the most likely first. `detail` may have several lines. */
  ask<T>(question: string, detail: string, answers: readonly { label: string; value: T }[]): Promise<T>;
  /** A modal question; resolves when the button is pressed. `detail` names what goes. */
  confirm(question: string, detail: string, button: string): Promise<void>;
  say(message: string): void;
  progress<T>(title: string, run: (report: Report, signal: AbortSignal) => Promise<T>): Promise<T>;
  terminal(options: TerminalOptions): void;
  /** A program of this machine in a terminal, with its arguments as they are. */
  program(options: { name: string; icon: string; command: readonly string[] }): void;
  /** The control groups of a process of this machine, and whether we are root; undefined where there is no such process. */
  hostProcess(pid: number): Promise<{ groups: string; root: boolean } | undefined>;
  /** Opens a field note as a preview. */
  note(key: string): Promise<void>;
  /** The Markdown of a field note. */
  noteText(key: string): Promise<string>;
  /** Shows a Markdown text as a page with this name. Text from outside in it must be escaped. */
  page(name: string, markdown: string): Promise<void>;
  panel(options: PanelOptions): Panel;
  /** Shows a text that cannot be changed in an editor; the ending of `name` decides its language. */
  document(name: string, text: string): Promise<void>;
  /** Shows a row of a view (its id without the `docknotes.` prefix), with what is above it opened. */
  reveal(view: string, element: Element): Promise<void>;
  /** Runs a command of ours, by its name without the prefix. */
  command(name: string, ...args: unknown[]): Promise<unknown>;
  copy(text: string): Promise<void>;
  /** Opens a page in the browser. */
  browse(url: string): Promise<void>;
  showLog(): void;
  settings(): Promise<void>;
}
