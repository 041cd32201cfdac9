// activate(): builds the parts and joins them; the only place where they meet.
import * as vscode from 'vscode';
import { createApi, type DocknotesApi } from './api.ts';
import type { App, Log } from './app.ts';
import { chosenKey, createEngines } from './engine/choices.ts';
import { createEngine } from './engine/engine.ts';
import { createChangedFiles } from './engine/files/comparisons.ts';
import type { Engine } from './engine/types.ts';
import { messageOf } from './model/errors.ts';
import { setBundle } from './model/l10n.ts';
import { createEditing, type Editing } from './registry/change/editing.ts';
import { createCatalog } from './registry/known/catalog.ts';
import { createRegistries } from './registry/known/registries.ts';
import { createSavedLists } from './registry/known/stored/listFiles.ts';
import { createOwnRegistry } from './registry/own/lazy.ts';
import { containersView } from './views/containers/tree.ts';
import { enginesView } from './views/engines.ts';
import { imagesView } from './views/images.ts';
import { networksView } from './views/networks.ts';
import { registriesView } from './views/registries/tree.ts';
import { volumesView } from './views/volumes.ts';
import { copierProgram } from './vscode/copier.ts';
import { folderEngine } from './vscode/files/folderEngine.ts';
import { registerImageFiles } from './vscode/files/imageProvider.ts';
import { registerFiles } from './vscode/files/provider.ts';
import { showRunLens } from './vscode/language/runLens.ts';
import { createLanguageServer } from './vscode/language/server.ts';
import { registerInspectLinks } from './vscode/pages/documentLinks.ts';
import { keepForeignPagesPlain } from './vscode/pages/foreign.ts';
import { createUi } from './vscode/prompts/ui.ts';
import { registerCommands } from './vscode/register.ts';
import { createRuns } from './vscode/runs.ts';
import { createArrangement, createPreferences, engineHost, onSetting, registryAddresses } from './vscode/settings.ts';
import { createStateFiles } from './vscode/stateFiles.ts';
import { showEngineStatus } from './vscode/status/bar.ts';
import { followEngineState } from './vscode/status/views.ts';
import { createShells } from './vscode/terminals/lastShell.ts';
import { registerTerminalProfile } from './vscode/terminals/profile.ts';
import { registerColours } from './vscode/trees/colours.ts';
import { followFilter } from './vscode/trees/filterState.ts';
import { createFilters } from './vscode/trees/filters.ts';
import { showView } from './vscode/trees/show.ts';

/** What has to finish something when the window closes. */
let leaving: (Engine | Editing)[] = [];

export function activate(context: vscode.ExtensionContext): DocknotesApi {
  setBundle(vscode.l10n.bundle as Record<string, string> | undefined);
  const output = vscode.window.createOutputChannel('Docknotes', { log: true });
  const log: Log = {
    info: (message) => output.info(message),
    warn: (message) => output.warn(message),
    error: (message, error) => output.error(error === undefined ? message : `${message}: ${messageOf(error)}`),
  };

  const state = createStateFiles({
    folder: vscode.Uri.joinPath(context.globalStorageUri, 'state').fsPath,
    // Where it was kept until there were files.
    before: (key) => context.globalState.get(key),
    problem: log.warn,
  });
  const folder = folderEngine(state);
  if (folder !== undefined && context.workspaceState.get(chosenKey) === undefined) {
    // As if it had been chosen here; memory has it at once, and the promise is for the disk.
    void context.workspaceState.update(chosenKey, folder);
  }
  const engine = createEngine({
    setting: engineHost,
    chosen: () => context.workspaceState.get<string>(chosenKey),
    log: log.info,
    confirm: (...question) => app.ui.confirm(...question),
    terminalNotes: vscode.Uri.joinPath(context.globalStorageUri, 'terminals').fsPath,
  });
  const engines = createEngines({
    engine,
    setting: engineHost,
    global: state,
    workspace: context.workspaceState,
    log: log.info,
  });
  const registries = createRegistries({
    settings: registryAddresses,
    state,
    secrets: context.secrets,
    log,
  });
  const preferences = createPreferences();
  const catalog = createCatalog({
    registries,
    savedLists: createSavedLists(vscode.Uri.joinPath(context.globalStorageUri, 'lists').fsPath, log.warn),
    state,
    localImages: async () => (await engine.inventory.all('images')).flatMap(({ tags }) => tags),
    log,
  });
  const editing = createEditing({
    registries,
    folder: vscode.Uri.joinPath(context.globalStorageUri, 'uploads').fsPath,
    copier: () => copierProgram(context),
    bundle: vscode.l10n.bundle as Record<string, string> | undefined,
    log,
  });
  leaving = [engine, editing];
  const arrangement = createArrangement();
  const filters = createFilters(context.workspaceState);
  const languageServer = createLanguageServer(context, state, output);
  const app: App = {
    engine,
    engines,
    changes: createChangedFiles(engine),
    registries,
    ownRegistry: createOwnRegistry(),
    catalog,
    editing,
    preferences,
    arrangement,
    filters,
    runs: createRuns(context.workspaceState),
    shells: createShells(context.workspaceState),
    languageServer,
    log,
    ui: createUi(context, output, log, engine, state),
  };

  const containers = containersView(app);
  const images = imagesView(app);
  const registriesData = registriesView(app);
  const volumes = volumesView(app);
  const networks = networksView(app);
  const engineTrees = [
    showView(containers, log),
    showView(images, log),
    showView(volumes, log),
    showView(networks, log),
  ];

  const enginesData = enginesView(app);

  context.subscriptions.push(
    output,
    state,
    engine,
    engines,
    app.changes,
    enginesData,
    showView(enginesData, log),
    showEngineStatus(app, state),
    registries,
    catalog,
    editing,
    preferences,
    arrangement,
    filters,
    followFilter(catalog),
    containers,
    images,
    volumes,
    networks,
    registriesData,
    ...engineTrees,
    showView(registriesData, log),
    followEngineState(engine, engineTrees),
    registerCommands(app, context),
    registerInspectLinks(),
    keepForeignPagesPlain(),
    registerColours(),
    registerTerminalProfile(app, async () => (await import('./steps/containers/openShell.ts')).shellToOpen(app)),
    showRunLens(),
    registerFiles(app),
    registerImageFiles(app),
    // Who sets an address means it, so a choice that was made before gives way.
    onSetting(['engine.host'], () => engines.use(undefined)),
    onSetting(['registries'], () => registries.touch({})),
    languageServer.follow(app),
  );
  if (!openedForDocument(context)) {
    // Then it was for the sidebar or a command. The engine is asked while the editor, which is told first, makes the views.
    setTimeout(() => engine.inventory.all('containers').catch(() => {}), 0);
  }
  return createApi(app);
}

/** Whether a document is open that has the editor start us, so that nobody may want an engine. */
function openedForDocument({ extension }: vscode.ExtensionContext): boolean {
  const { activationEvents } = extension.packageJSON as { activationEvents: string[] };
  const events = new Set(activationEvents);
  return vscode.workspace.textDocuments.some(
    ({ languageId, uri }) => events.has(`onLanguage:${languageId}`) || events.has(`onFileSystem:${uri.scheme}`),
  );
}

/** A window that closes waits for copies to take their uploads away, and for terminals to be hung up. */
export async function deactivate(): Promise<void> {
  for (const part of leaving) {
    part.dispose();
  }
  await Promise.all(leaving.map((part) => part.ended()));
}
