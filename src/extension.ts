// activate(): builds the parts and joins them; the only place where they meet.
import * as vscode from 'vscode';
import { createApi, type DocknotesApi } from './api.ts';
import type { App, Log } from './app/index.ts';
import { createChangedFiles } from './engine/changedFiles.ts';
import { chosenKey, createEngines } from './engine/choices.ts';
import { createEngine } from './engine/current.ts';
import type { Engine } from './engine/types.ts';
import { setBundle } from './model/l10n.ts';
import type { SharedState } from './model/state.ts';
import { createEditing, type Editing } from './registry/change/editing.ts';
import { createCatalog } from './registry/known/catalog.ts';
import { createRegistries } from './registry/known/registries.ts';
import { createSavedLists } from './registry/known/stored/listFiles.ts';
import { createOwnRegistry } from './registry/own/lazy.ts';
import { openedForDocument } from './vscode/activation.ts';
import { copierProgram } from './vscode/copier.ts';
import { chooseFolderEngine } from './vscode/files/folderEngine.ts';
import { registerImageFiles } from './vscode/files/imageProvider.ts';
import { registerFiles } from './vscode/files/provider.ts';
import { showRunLens } from './vscode/language/runLens.ts';
import { createLanguageServer } from './vscode/language/server.ts';
import { createLog, createOutput } from './vscode/log.ts';
import { registerInspectLinks } from './vscode/pages/documentLinks.ts';
import { keepForeignPagesPlain } from './vscode/pages/foreign.ts';
import { confirm } from './vscode/prompts/modal.ts';
import { registerCommands } from './vscode/register.ts';
import { createRuns } from './vscode/runs.ts';
import { createArrangement, createPreferences, engineHost, onSetting, registryAddresses } from './vscode/settings.ts';
import { createStateFiles } from './vscode/state/inFiles.ts';
import { showEngineStatus } from './vscode/status/bar.ts';
import { createShells } from './vscode/terminals/lastShell.ts';
import { registerTerminalProfile } from './vscode/terminals/profile.ts';
import { registerColours } from './vscode/trees/colours.ts';
import { createFilters } from './vscode/trees/filters.ts';
import { showViews } from './vscode/trees/views.ts';
import { createUi } from './vscode/ui/index.ts';

/** What has to finish something when the window closes. */
let leaving: (Engine | Editing)[] = [];

/** What the parts are built with. */
interface Base {
  context: vscode.ExtensionContext;
  log: Log;
  state: SharedState;
  /** Has a part disposed of with the extension. */
  keep<T extends vscode.Disposable>(part: T): T;
}

export function activate(context: vscode.ExtensionContext): DocknotesApi {
  setBundle(bundle());
  const keep: Base['keep'] = (part) => {
    context.subscriptions.push(part);
    return part;
  };
  const output = keep(createOutput());
  const log = createLog(output);
  const state = keep(
    createStateFiles({
      folder: storage(context, 'state'),
      // Where it was kept until there were files.
      before: (key) => context.globalState.get(key),
      problem: log.warn,
    }),
  );
  const base: Base = { context, log, state, keep };
  const ofEngine = engineParts(base);
  const { engine } = ofEngine;
  const languageServer = createLanguageServer(context, state, output);
  const app: App = {
    ...ofEngine,
    ...registryParts(base, engine),
    preferences: keep(createPreferences()),
    arrangement: keep(createArrangement()),
    filters: keep(createFilters(context.workspaceState)),
    runs: createRuns(context.workspaceState),
    shells: createShells(context.workspaceState),
    languageServer,
    log,
    ui: createUi(context, { output, log, engine, state }),
  };
  leaving = [engine, app.editing];

  keep(showViews(app));
  keep(showEngineStatus(app, state));
  keep(registerCommands(app, context));
  keep(registerInspectLinks());
  keep(keepForeignPagesPlain());
  keep(registerColours());
  keep(registerTerminalProfile(app, async () => (await import('./steps/containers/openShell.ts')).shellToOpen(app)));
  keep(showRunLens());
  keep(registerFiles(app));
  keep(registerImageFiles(app));
  // Who sets an address means it, so a choice that was made before gives way.
  keep(onSetting(['engine.host'], () => app.engines.use(undefined)));
  keep(onSetting(['registries'], () => app.registries.touch({})));
  keep(languageServer.follow(app));
  if (!openedForDocument(context)) {
    // Then it was for the sidebar or a command. The engine is asked while the editor, which is told first, makes the views.
    setTimeout(() => engine.inventory.all('containers').catch(() => {}), 0);
  }
  return createApi(app);
}

function engineParts({ context, log, state, keep }: Base): Pick<App, 'engine' | 'engines' | 'changes'> {
  const { workspaceState } = context;
  chooseFolderEngine(state, workspaceState, chosenKey);
  const engine = keep(
    createEngine({
      setting: engineHost,
      chosen: () => workspaceState.get<string>(chosenKey),
      log: log.info,
      confirm,
      terminalNotes: storage(context, 'terminals'),
    }),
  );
  const engines = keep(
    createEngines({ engine, setting: engineHost, global: state, workspace: workspaceState, log: log.info }),
  );
  return { engine, engines, changes: keep(createChangedFiles(engine)) };
}

function registryParts(
  { context, log, state, keep }: Base,
  { inventory }: Pick<Engine, 'inventory'>,
): Pick<App, 'registries' | 'ownRegistry' | 'catalog' | 'editing'> {
  const registries = keep(createRegistries({ settings: registryAddresses, state, secrets: context.secrets, log }));
  const catalog = keep(
    createCatalog({
      registries,
      savedLists: createSavedLists(storage(context, 'lists'), log.warn),
      state,
      localImages: async () => (await inventory.all('images')).flatMap(({ tags }) => tags),
      log,
    }),
  );
  const editing = keep(
    createEditing({
      registries,
      folder: storage(context, 'uploads'),
      copier: () => copierProgram(context),
      bundle: bundle(),
      log,
    }),
  );
  return { registries, ownRegistry: createOwnRegistry(), catalog, editing };
}

/** A folder of our own that all windows share; it need not exist. */
function storage({ globalStorageUri }: vscode.ExtensionContext, name: string): string {
  return vscode.Uri.joinPath(globalStorageUri, name).fsPath;
}

/** The messages in the editor's language; undefined in English. */
function bundle(): Record<string, string> | undefined {
  return vscode.l10n.bundle as Record<string, string> | undefined;
}

/** A window that closes waits for copies to take their uploads away, and for terminals to be hung up. */
export async function deactivate(): Promise<void> {
  for (const part of leaving) {
    part.dispose();
  }
  await Promise.all(leaving.map((part) => part.ended()));
}
