// Text from outside that is written like a link: it is shown as it is, and a click on it does nothing.
import assert from 'node:assert/strict';
import http from 'node:http';
import net from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { Locator } from 'playwright-core';
import { dockerApi } from '../parts/dockerApi.ts';
import { baseReference } from '../parts/images.ts';
import { type OddRegistry, type RunningOdd, runOdd } from '../parts/oddRegistries/server.ts';
import { waitFor } from '../parts/process.ts';
import { temporaryFolder } from '../parts/temporary.ts';
import { openWorkbench, patience, type Workbench } from './workbench.ts';

const socketPath = (process.env.DOCKNOTES_TEST_ENGINE ?? '').replace('unix://', '');
const engine = dockerApi(`unix://${socketPath}`);
const label = 'Fix it';
/** The containers that the links would make, if one of them acted, begin so. */
const trace = 'made-by-a-link';
const image = 'links/entrypoint:latest';
const containers = { files: 'links-web', entry: 'links-entry', refused: 'links-refused' };

/** A link that makes a container when VS Code takes it for one: this very call needs no answer from anybody. */
function hostile(from: string): string {
  const call = [baseReference, { name: `${trace}-${from}`, command: ['true'], detach: true }];
  return `[${label}](command:docknotes.runImage?${encodeURIComponent(JSON.stringify(call))})`;
}

const sleeping = { Image: baseReference, Cmd: ['sleep', '86400'] };
const fileName = hostile('file').replace('command:', 'COMMAND:');

/** Lists its repository, and refuses its images with a text of its own. */
const refusing: OddRegistry = {
  about: 'a 403 whose message is a link',
  setUp: () => ({
    own: (call) => {
      if (call.path === '/v2/') {
        call.json(200, {});
      } else if (call.path === '/v2/_catalog') {
        call.json(200, { repositories: ['hostile'] });
      } else if (call.path.endsWith('/tags/list')) {
        call.json(200, { name: 'hostile', tags: ['1.0'] });
      } else {
        call.error(403, 'DENIED', `Your account is locked. ${hostile('registry')} "now"`);
      }
    },
  }),
};

/** The real engine behind a socket of its own, which refuses to restart containers with a text of its own. */
function oddEngine(): http.Server {
  const server = http.createServer((request, response) => {
    if (request.url?.includes('/restart')) {
      response.writeHead(500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ message: `storage is damaged. ${hostile('engine')}` }));
      return;
    }
    const { method, url, headers } = request;
    const inner = http.request({ socketPath, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      response.flushHeaders();
      answer.pipe(response);
    });
    inner.on('error', () => response.destroy());
    response.on('close', () => inner.destroy());
    request.pipe(inner);
  });
  // Processes in containers: their connection is no longer HTTP once it is there.
  server.on('upgrade', ({ method, url, rawHeaders }, socket, head) => {
    const inner = net.connect(socketPath);
    const lines = rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1]}`] : []));
    inner.write([`${method} ${url} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
    inner.write(head);
    for (const each of [inner, socket]) {
      each.on('error', () => {}).on('close', () => [inner, socket].map((other) => other.destroy()));
    }
    inner.pipe(socket).pipe(inner);
  });
  return server;
}

async function remove(): Promise<void> {
  for (const name of [...Object.values(containers), ...['file', 'page', 'registry', 'engine', 'entry'].map(traceOf)]) {
    await engine('DELETE', `/containers/${name}?force=1&v=1`).catch(() => undefined);
  }
  await engine('DELETE', `/images/${image}?force=1`).catch(() => undefined);
}

const traceOf = (from: string) => `${trace}-${from}`;

describe('links in text from outside', () => {
  let workbench: Workbench;
  let registry: RunningOdd;
  let odd: http.Server;
  const began = Math.floor(Date.now() / 1000) - 1;

  before(async function () {
    this.timeout(60_000);
    await remove();
    await engine('POST', `/containers/create?name=${containers.refused}`, sleeping);
    await engine('POST', `/containers/${containers.refused}/start`);
    const entrypoint = [hostile('entry')];
    await engine('POST', `/commit?container=${containers.refused}&repo=links/entrypoint&tag=latest`, {
      Entrypoint: entrypoint,
    });
    await engine('POST', `/containers/create?name=${containers.entry}`, { Image: image });
    registry = await runOdd(refusing);
    odd = oddEngine();
    const socket = join(temporaryFolder('odd-engine'), 'engine.sock');
    await new Promise<void>((resolve) => odd.listen(socket, resolve));
    workbench = await openWorkbench({
      engine: `unix://${socket}`,
      registries: [registry.host],
      size: { width: 1280, height: 1000 },
    });
    await workbench.openSidebar();
    await workbench.view('Images').locator('.pane-header .title').click();
  });
  after(async () => {
    await workbench?.close();
    await registry?.stop();
    odd?.closeAllConnections();
    odd?.close();
    await remove();
  });

  /** A container with a file of that name and a page with such a link; made without a shell that would read either. */
  async function makeFiles(): Promise<void> {
    await engine('DELETE', `/containers/${containers.files}?force=1&v=1`).catch(() => undefined);
    await engine('POST', `/containers/create?name=${containers.files}`, sleeping);
    await engine('POST', `/containers/${containers.files}/start`);
    const write = 'mkdir /0-notes && echo text > "/0-notes/$1" && echo "$2" > /0-notes/PAGE.md';
    const page = `# Page\n\n${hostile('page')}\n\n<${hostile('page').slice(label.length + 3, -1)}>\n`;
    const { json } = await engine('POST', `/containers/${containers.files}/exec`, {
      Cmd: ['sh', '-c', write, 'sh', fileName, page],
    });
    await engine('POST', `/exec/${json<{ Id: string }>().Id}/start`, { Detach: false });
  }

  /** That the text is there, that nothing in it is a link, and what a click on each place of it does: nothing. */
  async function isHarmless(shown: Locator, more = ''): Promise<void> {
    await shown.waitFor();
    const text = await shown.innerText();
    const links = await shown.locator('a, [role="link"], [data-href]').count();
    const place = await shown.evaluate((element, wanted) => {
      const { ownerDocument: document } = element;
      const walker = document.createTreeWalker(element, document.defaultView.NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.textContent?.indexOf(wanted) ?? -1;
        if (at >= 0) {
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + wanted.length);
          const { x, y, width, height } = range.getBoundingClientRect();
          return { x: x + width / 2, y: y + height / 2 };
        }
      }
      return undefined;
    }, label);
    assert.ok(place, `${label} is nowhere`);
    await workbench.page.mouse.click(place.x, place.y);
    await workbench.page.keyboard.down('Control');
    await workbench.page.mouse.click(place.x, place.y);
    await workbench.page.keyboard.up('Control');
    assert.ok(text.includes(`[${label}]`) && text.includes(more), `the text is shown as it is: ${text}`);
    assert.equal(links, 0, `a link in: ${text}`);
  }

  const message = (text: string) =>
    workbench.page.locator('.notifications-toasts .notification-list-item-message').filter({ hasText: text }).first();
  const clearMessages = () => workbench.runCommand('Notifications: Clear All Notifications');

  it('of a registry that refuses', async () => {
    await workbench.expand('Registries', registry.host);
    await workbench.expand('Registries', 'hostile');
    await workbench.contextMenu('Registries', '1.0', 'Open Manifest');
    await message('account is locked').waitFor();
    await workbench.screenshot('links-registry');
    await isHarmless(message('account is locked'), '"now"');
    await clearMessages();
  });

  it('of an engine that fails', async () => {
    await workbench.contextMenu('Containers', containers.refused, 'Restart Container');
    await message('storage is damaged').waitFor();
    await workbench.screenshot('links-engine');
    await isHarmless(message('storage is damaged'));
    await clearMessages();
  });

  it('of the entrypoint of an image, which the engine repeats', async () => {
    await workbench.contextMenu('Containers', containers.entry, 'Start Container');
    await message(label).waitFor();
    await workbench.screenshot('links-entrypoint');
    await isHarmless(message(label));
    await clearMessages();
  });

  it('of a file in a container, in a question and in what the editor says of it', async () => {
    await makeFiles();
    // More rows of containers are in sight then.
    await workbench.view('Registries').locator('.pane-header .title').click();
    await workbench.expand('Containers', containers.files);
    await workbench.expand('Containers', 'Files');
    await workbench.expand('Containers', '0-notes');
    await workbench.contextMenu('Containers', label, 'Rename');
    await workbench.quickInput();
    await workbench.screenshot('links-file-question');
    await isHarmless(workbench.page.locator('.quick-input-message'));
    await workbench.page.keyboard.press('Escape');
    await (await workbench.row('Containers', label)).dblclick();
    await workbench.page.locator('.editor-instance .view-line').filter({ hasText: 'text' }).waitFor();
    await workbench.page.locator('.editor-instance .view-lines').click();
    await workbench.page.keyboard.type('more ');
    await engine('POST', `/containers/${containers.files}/stop?t=0`);
    await engine('DELETE', `/containers/${containers.files}?force=1&v=1`);
    await workbench.page.keyboard.press('Control+s');
    await message(label).waitFor();
    await workbench.screenshot('links-file-not-saved');
    await isHarmless(message(label));
    await clearMessages();
  });

  it('of a page in a container, in its source', async () => {
    await makeFiles();
    await workbench.expand('Containers', containers.files);
    await workbench.expand('Containers', 'Files');
    await workbench.expand('Containers', '0-notes');
    await (await workbench.row('Containers', 'PAGE.md')).dblclick();
    await message('PAGE.md is shown as plain text').waitFor();
    const lines = workbench.page.locator('.editor-instance .view-line').filter({ hasText: 'docknotes.runImage' });
    for (const line of await lines.all()) {
      await line.click({ modifiers: ['Control'] });
    }
    await workbench.screenshot('links-page');
    assert.equal(await lines.count(), 2);
    assert.equal(await workbench.page.locator('.editor-instance .detected-link').count(), 0);
  });

  it('and nothing was run', async () => {
    // What a click started would have been there before this, which comes after it in the same process.
    await workbench.contextMenu('Containers', containers.refused, 'Pause Container');
    const row = await workbench.row('Containers', containers.refused);
    await waitFor('the pause', async () => /paused/.test(await row.innerText()), patience);
    const filters = encodeURIComponent(JSON.stringify({ type: ['container'], event: ['create'] }));
    const events = await engine(
      'GET',
      `/events?since=${began}&until=${Math.ceil(Date.now() / 1000)}&filters=${filters}`,
    );
    const made = events.lines().map(({ Actor }) => (Actor as { Attributes: { name: string } }).Attributes.name);
    assert.deepEqual(
      made.filter((name) => name.startsWith(trace)),
      [],
    );
    assert.ok(made.includes(containers.refused), 'the engine tells what was made');
  });
});
