// A window that is killed with terminals open: node killedWindow.ts ENGINE CONTAINER NOTES
import { engineOn } from '../engine/support.ts';

const [url = '', container = '', terminalNotes = ''] = process.argv.slice(2);
const engine = engineOn(url, [], {}, { terminalNotes });
for (const seconds of ['70001', '70002']) {
  const session = await engine.terminal(container, { command: ['sh', '-c', `echo ready; sleep ${seconds}`] });
  session.onOutput((data) => process.stdout.write(data));
}
