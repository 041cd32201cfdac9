// Every setting of the product, read where it is needed.
import * as vscode from 'vscode';
import type { Arrangement, Preferences } from '../app/preferences.ts';
import {
  type ContainerArrangement,
  containerGroupings,
  containerLabels,
  containerParts,
  containerSorts,
  type ImageArrangement,
  imageGroupings,
  imageSorts,
} from '../model/arrange.ts';
import { Emitter } from '../model/event.ts';
import type { HoverSetting } from '../model/notes/otherServers.ts';

const section = 'docknotes';

/** The endpoint of the engine that the person chose, or undefined to find one. */
export function engineHost(): string | undefined {
  return vscode.workspace.getConfiguration(section).get<string>('engine.host')?.trim() || undefined;
}

/** Addresses of registries that the settings name, as they were typed. */
export function registryAddresses(): string[] {
  const value = vscode.workspace.getConfiguration(section).get<unknown>('registries');
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
}

/** The language of the notes: the one that was chosen, else the editor's where there are notes in it. */
export function notesLanguage(): 'en' | 'zh-cn' {
  const chosen = vscode.workspace.getConfiguration(section).get<string>('notes.language');
  if (chosen === 'en' || chosen === 'zh-cn') {
    return chosen;
  }
  return /^zh(-|$)/i.test(vscode.env.language) ? 'zh-cn' : 'en';
}

/** Whether Dockerfiles get our hovers when another extension brings its own. */
export function hoverSetting(): HoverSetting {
  const value = vscode.workspace.getConfiguration(section).get<string>('dockerfile.hovers');
  return value === 'on' || value === 'off' ? value : 'auto';
}

export async function setHoverSetting(value: HoverSetting): Promise<void> {
  await vscode.workspace
    .getConfiguration(section)
    .update('dockerfile.hovers', value, vscode.ConfigurationTarget.Global);
}

/** Whether `docker run` lines have a lens that runs them. */
export function runLensSetting(): boolean {
  return vscode.workspace.getConfiguration(section).get<boolean>('run.lens') ?? true;
}

/** Choices about the views; the caller disposes of what it gets. */
export function createPreferences(): Preferences & vscode.Disposable {
  const changed = new Emitter<void>();
  const listening = onSetting(['repositories.layout', 'tags.order'], () => changed.fire());
  const read = () => vscode.workspace.getConfiguration(section);
  const keys = { repositoryLayout: 'repositories.layout', tagOrder: 'tags.order' };
  return {
    get repositoryLayout() {
      return read().get<string>('repositories.layout') === 'list' ? 'list' : 'tree';
    },
    get tagOrder() {
      return read().get<string>('tags.order') === 'date' ? 'date' : 'version';
    },
    set: async (name, value) => read().update(keys[name], value, vscode.ConfigurationTarget.Global),
    onChange: changed.event,
    dispose() {
      listening.dispose();
      changed.dispose();
    },
  };
}

/** How containers and images are laid out; the caller disposes of what it gets. */
export function createArrangement(): Arrangement & vscode.Disposable {
  const changed = new Emitter<void>();
  /** Kept until a setting changes: every row is drawn by it, and the editor takes long to give a value. */
  let containers: ContainerArrangement | undefined;
  let images: ImageArrangement | undefined;
  const listening = onSetting(['containers', 'images'], () => {
    containers = undefined;
    images = undefined;
    changed.fire();
  });
  const read = () => vscode.workspace.getConfiguration(section);
  /** Where the value is now: in the workspace when it has one of its own, else for the person. */
  const set = async (prefix: string, change: object) => {
    for (const [name, value] of Object.entries(change)) {
      const found = read().inspect(`${prefix}.${name}`);
      const { Global, Workspace } = vscode.ConfigurationTarget;
      await read().update(`${prefix}.${name}`, value, found?.workspaceValue === undefined ? Global : Workspace);
    }
  };
  return {
    get containers() {
      containers ??= readContainers(read());
      return containers;
    },
    get images() {
      images ??= readImages(read());
      return images;
    },
    setContainers: (change) => set('containers', change),
    setImages: (change) => set('images', change),
    onChange: changed.event,
    dispose() {
      listening.dispose();
      changed.dispose();
    },
  };
}

function readContainers(settings: vscode.WorkspaceConfiguration): ContainerArrangement {
  const parts = settings.get<unknown>('containers.description');
  return {
    groupBy: oneOf(containerGroupings, settings.get<string>('containers.groupBy'), 'compose'),
    groupByLabel: settings.get<string>('containers.groupByLabel') ?? '',
    sortBy: oneOf(containerSorts, settings.get<string>('containers.sortBy'), 'name'),
    label: oneOf(containerLabels, settings.get<string>('containers.label'), 'name'),
    description: Array.isArray(parts) ? parts.filter((part) => containerParts.includes(part)) : [],
  };
}

function readImages(settings: vscode.WorkspaceConfiguration): ImageArrangement {
  return {
    groupBy: oneOf(imageGroupings, settings.get<string>('images.groupBy'), 'repository'),
    sortBy: oneOf(imageSorts, settings.get<string>('images.sortBy'), 'name'),
    dangling: settings.get<boolean>('images.dangling') ?? true,
  };
}

function oneOf<T extends string>(values: readonly T[], value: string | undefined, usual: T): T {
  return values.find((each) => each === value) ?? usual;
}

/** Calls back when one of the named settings (without `docknotes.`) changed. */
export function onSetting(names: string[], listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (names.some((name) => event.affectsConfiguration(`${section}.${name}`))) {
      listener();
    }
  });
}
