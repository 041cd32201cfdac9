// A network namespace of the browser's own. Chromium ends its connections whenever an interface of the machine comes or
// goes (ERR_NETWORK_CHANGED), and engines make and remove interfaces all the time: pages would stay half loaded.

import { existsSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { type Part, pass, programOnPath, root, startInBackground } from '../machine/process.ts';
import { removeTemporary, temporaryFolder } from '../machine/temporary.ts';
import { until } from '../until.ts';

export interface BrowserNetwork extends Part {
  /** A script that runs the browser inside. */
  program: string;
  /** Makes a port of this machine's loopback interface answer inside too, under the same address. */
  forward(port: number): Promise<void>;
}

/** Resolves to undefined where namespaces cannot be made: the browser then shares the machine's network. */
export async function startBrowserNetwork(browser: string): Promise<BrowserNetwork | undefined> {
  const [unshare, nsenter, ip] = ['unshare', 'nsenter', 'ip'].map(programOnPath);
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !unshare || !nsenter || !ip) {
    return undefined;
  }
  const folder = temporaryFolder('browser');
  const relay = join(root, 'test', 'parts', 'editor', 'relay.ts');
  const inside = startInBackground(unshare, ['--net', process.execPath, relay, folder, ip], {
    log: join(folder, 'relay.log'),
  });
  const servers: net.Server[] = [];
  const stop = async () => {
    for (const server of servers) {
      server.close();
    }
    await inside.stop();
    await removeTemporary(folder);
  };
  try {
    await until(`the browser's network: ${inside.tail()}`, () => existsSync(join(folder, 'up')), 10_000);
  } catch (error) {
    await stop();
    throw error;
  }
  const program = join(folder, 'browser');
  const script = `#!/bin/sh\nexec '${nsenter}' --net=/proc/${inside.pid}/ns/net -- '${browser}' "$@"\n`;
  writeFileSync(program, script, { mode: 0o755 });
  return {
    program,
    async forward(port) {
      const server = net.createServer({ allowHalfOpen: true }, (client) => pass(client, { host: '127.0.0.1', port }));
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(join(folder, `${port}.sock`), resolve));
      await until(`port ${port} in the browser's network`, () => existsSync(join(folder, `${port}.ready`)), 10_000);
    },
    stop,
  };
}
