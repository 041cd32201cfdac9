// Names that the engine takes for containers, volumes and networks.
import { t } from './l10n.ts';

/** The sentence that says why the engine refuses a name (Docker Engine API, ContainerCreate and VolumeCreate), or undefined. */
export function checkObjectName(value: string): string | undefined {
  return /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(value)
    ? undefined
    : t('A name has at least two characters: letters, digits, and _ . - after the first one.');
}
