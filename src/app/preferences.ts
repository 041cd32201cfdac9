// Choices about the views that are kept in the settings.
import type { ContainerArrangement, ImageArrangement } from '../model/arrange.ts';
import type { Event } from '../model/event.ts';

/** How registries are shown. */
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
