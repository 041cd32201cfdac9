// The section "Storage" of the run form: volumes, folders and what is kept in memory.
import { t } from '../../../l10n.ts';
import type { Section } from './field.ts';

export const storageSection: Section = {
  title: () => t('Storage'),
  fields: [
    {
      id: 'volumes',
      kind: 'list',
      flag: '--volume -v',
      note: 'run.volumes',
      label: () => t('Volumes and Folders'),
      hint: () =>
        t('A volume as name:/path, a folder of the host as /host/folder:/path. :ro behind it forbids writing.'),
      placeholder: 'data:/var/lib/data',
      offers: 'volumes',
      browse: 'folder',
      add: () => t('Add Volume'),
    },
    {
      id: 'volumesFrom',
      kind: 'list',
      flag: '--volumes-from',
      note: 'run.volumes-from',
      label: () => t('Volumes From'),
      hint: () => t('Containers whose volumes are mounted here too, at the same paths.'),
      placeholder: 'db:ro',
      offers: 'containers',
      add: () => t('Add Container'),
    },
    {
      id: 'mounts',
      kind: 'list',
      flag: '--mount',
      note: 'run.volumes',
      label: () => t('Mounts'),
      hint: () => t('Mounts in the long form. Unlike a volume, a folder that is missing is an error here.'),
      placeholder: 'type=bind,source=/host/folder,target=/path,readonly',
      add: () => t('Add Mount'),
    },
    {
      id: 'tmpfs',
      kind: 'list',
      flag: '--tmpfs',
      note: 'run.volumes',
      label: () => t('Folders in Memory'),
      hint: () => t('Paths whose files are kept in memory and go with the container.'),
      placeholder: '/run:size=64m',
      add: () => t('Add Folder'),
    },
    {
      id: 'readOnly',
      kind: 'switch',
      flag: '--read-only',
      note: 'engine.immutable',
      label: () => t('Read-Only Root'),
      hint: () => t('Nothing can be written outside of volumes and mounts.'),
    },
  ],
};
