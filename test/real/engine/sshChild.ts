// A process that uses an engine over ssh until it is killed: lists, follows events, and has a command running.
import { engineOn } from './support.ts';

const [url = '', container = ''] = process.argv.slice(2);
const engine = engineOn(url);
await engine.inventory.all('containers');
const client = await engine.client();
const session = await client.containers.exec(container, {
  command: ['sh', '-c', 'echo ready; sleep 600'],
  terminal: true,
  input: true,
});
session.onOutput((data) => process.stdout.write(data));
