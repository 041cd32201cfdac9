// The main path as a person walks it: a shell, a tag, a push, the tag in the registry, and the engine lost and back.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { dockerApi } from '../parts/engine/api.ts';
import { startEngine } from '../parts/engine/docker.ts';
import { ensureBaseImage } from '../parts/engine/images.ts';
import { until } from '../parts/until.ts';
import { openWorkbench, patience, type Workbench } from './workbench.ts';

describe('journey', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench();
    await workbench.openSidebar();
  });
  after(() => workbench?.close());

  it('opens a shell in a container without the docker program', async () => {
    await workbench.inlineAction('Containers', 'sample-web', 'Open Shell');
    const terminal = workbench.page.locator('.xterm:visible');
    await terminal.waitFor();
    await terminal.click();
    await until('the prompt', async () => /[#$]\s*$/.test(await workbench.terminalText()), patience);
    await workbench.page.keyboard.type('echo "six times seven is $((6*7))"; stty size\n');
    await until('the output', async () => /is 42\n\d+ \d+/.test(await workbench.terminalText()), patience);
    const [rows, columns] =
      /is 42\n(\d+) (\d+)/
        .exec(await workbench.terminalText())
        ?.slice(1)
        .map(Number) ?? [];
    assert.ok(rows && columns && rows > 5 && columns > 40, `the shell knows the terminal's size: ${rows}x${columns}`);
    await workbench.page.keyboard.type('sleep 1000\n');
    await until(
      'Ctrl-C to end it',
      async () => {
        await workbench.page.keyboard.press('Control+c');
        return /sleep 1000[\s\S]*\n\S* ?# $/.test(`${await workbench.terminalText()} `);
      },
      patience,
    );
    await workbench.screenshot('shell');
    await workbench.page.keyboard.type('exit 3\n');
    await until('the end', async () => /exit code 3/.test(await workbench.terminalText()), patience);
  });

  it('tags and pushes an image, and the registry tree shows it without a reload', async () => {
    await workbench.expand('Registries', 'localhost:');
    await workbench.expand('Images', 'busybox');
    const registry = (await (await workbench.row('Registries', 'localhost:')).innerText()).trim().split(/\s/)[0] ?? '';
    await workbench.contextMenu('Images', 'latest', 'Tag Image');
    await workbench.answer(`${registry}/journey/box:1.0`);
    await workbench.row('Images', 'journey/box');
    await workbench.expand('Images', 'journey/box');
    await workbench.inlineAction('Images', '1.0', 'Push Image');
    await workbench.row('Registries', 'journey/box');
    await workbench.expand('Registries', 'journey/box');
    await workbench.row('Registries', '1.0');
    await workbench.screenshot('pushed');
  });
});

describe('live', () => {
  it('shows what happens at the engine, and finds back when it was killed', async () => {
    const engine = await startEngine();
    try {
      await ensureBaseImage(dockerApi(engine.url));
      const workbench = await openWorkbench({ engine: engine.url });
      try {
        await workbench.openSidebar();
        await until(
          'the welcome text',
          async () => /no containers yet/.test(await workbench.view('Containers').innerText()),
          patience,
        );
        const api = dockerApi(engine.url);
        await api('POST', '/containers/create?name=xx', { Image: 'busybox', Cmd: ['sleep', '1000'] });
        await api('POST', '/containers/xx/start');
        await workbench.row('Containers', 'xx');
        await engine.kill();
        await until(
          'the view to say it',
          async () => /does not answer/.test(await workbench.view('Containers').innerText()),
          patience,
        );
        assert.match(
          await workbench.view('Containers').innerText(),
          /docker\.sock/,
          'it names the endpoint that was tried',
        );
        await workbench.screenshot('engine-gone');
        await engine.start();
        await workbench.row('Containers', 'xx');
        await workbench.screenshot('engine-back');
      } finally {
        await workbench.close();
      }
    } finally {
      await engine.stop();
    }
  });
});
