// Runs in the browser's network namespace: for each socket PORT.sock that appears in the folder, listens on that port and passes on.
//
//   relay.ts FOLDER IP-PROGRAM
import { execFileSync } from 'node:child_process';
import { readdirSync, watch, writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { pass } from '../machine/process.ts';

const [folder = '', ip = ''] = process.argv.slice(2);
execFileSync(ip, ['link', 'set', 'lo', 'up']);
const known = new Set<string>();
watch(folder, open);
open();
writeFileSync(join(folder, 'up'), '');

function open(): void {
  for (const name of readdirSync(folder)) {
    const port = /^(\d+)\.sock$/.exec(name)?.[1];
    if (port && !known.has(port)) {
      known.add(port);
      net
        .createServer({ allowHalfOpen: true }, (client) => pass(client, { path: join(folder, name) }))
        .listen(Number(port), '127.0.0.1', () => writeFileSync(join(folder, `${port}.ready`), ''));
    }
  }
}
