// Copies an image in a process that a test can kill: node copyChild.ts FROM TO REPOSITORY NOTES [apart]
import { createEditing } from '../../../src/registry/change/editing.ts';
import { copier } from './editing.ts';
import { labClient, signal } from './lab.ts';

const [, , from = '', to = '', repository = '', folder = '', apart] = process.argv;
const editing = createEditing({
  registries: {
    client: (host) => Promise.resolve(labClient({ address: { host, scheme: 'http' } })),
    connection: (host) => Promise.resolve({ address: { host, scheme: 'http' } }),
  },
  folder,
  log: { info: () => {} },
  ...(apart ? { copier: () => copier } : {}),
});
await editing.copy(
  { registry: from, repository, reference: '1.0' },
  { registry: to, repository, tag: '1.0' },
  { onProgress: ({ done }) => process.stdout.write(`${done}\n`) },
  signal,
);
process.exit(0);
