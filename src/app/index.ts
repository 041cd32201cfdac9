// What commands and views may use: the join of its parts in `src/app`. Types only; the parts are built in extension.ts.

import type { ChangedFiles, Engine, Engines } from '../engine/types.ts';
import type { Editing } from '../registry/change/editing.ts';
import type { Catalog } from '../registry/known/catalog.ts';
import type { Registries } from '../registry/known/registries.ts';
import type { OwnRegistry } from '../registry/own/lazy.ts';
import type { Arrangement, Preferences } from './preferences.ts';
import type { Ui } from './ui.ts';
import type { Filters, Runs, Shells } from './workspace.ts';

/** The whole. Steps, commands and views take the members that they use: `Pick<App, 'engine' | 'ui'>`. */
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

/** One line of the Docknotes output channel. Never given a secret. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string, error?: unknown): void;
}
