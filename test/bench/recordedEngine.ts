// An engine with as many containers as wanted: a real engine's own answers, multiplied, from a server in this process.
import { createHash } from 'node:crypto';
import http, { type ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { DockerApi } from '../parts/engine/api.ts';
import type { Part } from '../parts/machine/process.ts';
import { removeTemporary, temporaryFolder } from '../parts/machine/temporary.ts';

export interface RecordedEngine extends Part {
  /** `unix://…` */
  readonly url: string;
  /** Paths and queries that were asked for, without the version. */
  readonly requests: string[];
  /** Changes a container and tells of it, as an engine does. */
  change(index: number, action: 'start' | 'rename'): void;
}

type Container = Record<string, unknown> & { Id: string; Names: string[] };

/** What is answered as the real engine answered it. */
const recorded = ['/_ping', '/version', '/info', '/images/json', '/volumes', '/networks'];

/** `real` has some containers; their records are repeated with ids and names of their own until there are `count`. */
export async function recordEngine(real: DockerApi, count: number): Promise<RecordedEngine> {
  const answers = new Map<string, string>();
  for (const path of recorded) {
    answers.set(path, (await real('GET', path)).text);
  }
  const { ApiVersion } = JSON.parse(answers.get('/version') ?? '{}') as { ApiVersion: string };
  const originals = (await real('GET', '/containers/json?all=true')).json<Container[]>();
  const containers = Array.from({ length: count }, (_, index): Container => {
    const Id = createHash('sha256').update(String(index)).digest('hex');
    return { ...(originals[index % originals.length] as Container), Id, Names: [`/${nameOf(index)}`] };
  });
  const byId = new Map(containers.map((each) => [each.Id, each]));
  let list: Buffer | undefined;
  const listeners = new Set<ServerResponse>();
  const requests: string[] = [];

  const server = http.createServer((request, response) => {
    const { pathname, searchParams } = new URL((request.url ?? '/').replace(/^\/v[\d.]+/, ''), 'http://engine');
    requests.push(pathname + (searchParams.size > 0 ? `?${searchParams}` : ''));
    response.setHeader('Api-Version', ApiVersion);
    const answer = answers.get(pathname);
    if (answer !== undefined) {
      response.end(answer);
    } else if (pathname === '/events') {
      response.flushHeaders();
      listeners.add(response);
      response.on('close', () => listeners.delete(response));
    } else if (pathname === '/containers/json') {
      const { id } = JSON.parse(searchParams.get('filters') ?? '{}') as { id?: string[] };
      if (id) {
        response.end(JSON.stringify(id.flatMap((each) => byId.get(each) ?? [])));
      } else {
        list ??= Buffer.from(JSON.stringify(containers));
        response.end(list);
      }
    } else {
      response.writeHead(404).end(JSON.stringify({ message: 'page not found' }));
    }
  });
  const folder = temporaryFolder('recorded');
  const file = join(folder, 'docker.sock');
  await new Promise<void>((resolve) => server.listen(file, resolve));

  return {
    url: `unix://${file}`,
    requests,
    change(index, action) {
      const container = containers[index] as Container;
      if (action === 'start') {
        Object.assign(container, { State: 'running', Status: 'Up Less than a second' });
      } else {
        container.Names = [`/${nameOf(index)}-renamed`];
      }
      list = undefined;
      const time = Date.now();
      const Actor = { ID: container.Id, Attributes: { name: container.Names[0]?.slice(1) } };
      const event = { Type: 'container', Action: action, Actor, time: Math.floor(time / 1000), timeNano: time * 1e6 };
      for (const listener of listeners) {
        listener.write(`${JSON.stringify(event)}\n`);
      }
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await removeTemporary(folder);
    },
  };
}

/** The containers' names in the order of their rows. */
export function nameOf(index: number): string {
  return `race-${String(index).padStart(5, '0')}`;
}
