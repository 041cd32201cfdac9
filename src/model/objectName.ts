// Names that the engine takes for containers, volumes and networks.
import { t } from './l10n.ts';
import { plain } from './text.ts';

/** The sentence that says why the engine refuses a name (Docker Engine API, ContainerCreate and VolumeCreate), or undefined. */
export function checkObjectName(value: string): string | undefined {
  return /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(value)
    ? undefined
    : t(
        '"{0}" cannot be a name. Use letters, digits, "_", "." and "-", and at least two of them; the first must be a letter or a digit.',
        plain(value, 120),
      );
}
