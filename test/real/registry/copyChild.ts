// Copies an image in a process of its own, so that a test can kill it: node copyChild.ts FROM TO REPOSITORY NOTES
import { createEditing } from '../../../src/registry/editing.ts';
import { labClient, signal } from './lab.ts';

const [, , from = '', to = '', repository = '', folder = ''] = process.argv;
const clients = new Map([from, to].map((host) => [host, labClient({ address: { host, scheme: 'http' } })]));
const editing = createEditing({
  registries: { client: (address) => Promise.resolve(clients.get(address) ?? Promise.reject(new Error(address))) },
  folder,
  log: { info: () => {} },
});
await editing.copy(
  { registry: from, repository, reference: '1.0' },
  { registry: to, repository, tag: '1.0' },
  { onProgress: ({ done }) => process.stdout.write(`${done}\n`) },
  signal,
);
process.exit(0);
