// The run form and the lens over run lines, as a person sees and uses them.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { Frame } from 'playwright-core';
import { dockerApi } from '../parts/engine/api.ts';
import { until } from '../parts/until.ts';
import { addRow } from './runForm.ts';
import { openWorkbench, patience, type Workbench } from './workbench.ts';

const api = dockerApi(process.env.DOCKNOTES_TEST_ENGINE ?? '');
const readme = `# Shop

Start it:

\`\`\`sh
$ docker run -d --name ui-shop \\
    -p 8080:80 \\
    busybox:latest httpd -f
\`\`\`

docker run is not run here.
`;

/** Fourteen harmless mounts, and what is to be seen before them. */
const grants = `\`\`\`sh
docker run -d --name ui-grants --privileged --restart always --entrypoint sh -u 0 ${Array.from({ length: 14 }, (_, index) => `-v /srv/data${index}:/data${index}`).join(' ')} -v /home/../:/host -v /var/run/docker.sock:/var/run/docker.sock -v ~/.ssh:/keys:ro --pid host --security-opt seccomp=unconfined --dns 10.0.0.53 --add-host db:10.0.0.5 --runtime runc busybox -c 'echo ready'
\`\`\`
`;

describe('run form', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({
      settings: { 'workbench.activityBar.location': 'default' },
      files: { 'SHOP.md': readme, 'GRANTS.md': grants },
    });
  });
  after(async () => {
    await workbench?.close();
    for (const name of ['ui-form', 'ui-line', 'ui-ports', 'ui-shop']) {
      await api('DELETE', `/containers/${name}?force=1&v=1`).catch(() => undefined);
    }
  });

  it('opens for an image, and the line follows the fields', async () => {
    const form = await openForm(workbench, 'busybox');
    await form.locator('#field-name').fill('ui-form');
    await form.locator('#field-command').fill("sh -c 'echo ready; sleep 1000'");
    await switchTo(form, 'interactive', false);
    await switchTo(form, 'detach', true);
    await addRow(form, 'ports', '127.0.0.1::8080');
    await addRow(form, 'env', 'MODE=test');
    await until('the line', async () => (await lineOf(form)) !== '' && /MODE=test/.test(await lineOf(form)), patience);
    assert.equal(
      await lineOf(form),
      [
        'docker run',
        '-d',
        '--name ui-form',
        '-p 127.0.0.1::8080',
        '-e MODE=test',
        "busybox:latest sh -c 'echo ready; sleep 1000'",
      ].join(' \\\n  '),
    );
  });

  it('shows what is wrong while it is typed, and does not run that', async () => {
    const form = await workbench.frameWith('#section-image');
    const row = form.locator('[data-field="ports"] .row input').first();
    await row.fill('80:');
    await form.locator('[data-field="ports"] .problem.error').waitFor();
    assert.ok(await form.locator('#run').isDisabled());
    await row.fill(`${await takenPort()}:80`);
    assert.match(await form.locator('[data-field="ports"] .problem.warning').innerText(), /sample-web/);
    await workbench.screenshot('run-form-clash');
    await row.fill('127.0.0.1::8080');
    await until('the button', async () => !(await form.locator('#run').isDisabled()), patience);
  });

  it('runs with the keyboard alone, and says that it runs', async () => {
    const form = await workbench.frameWith('#section-image');
    await form.locator('#field-name').press('Control+Enter');
    await form.locator('.status.done').waitFor();
    const made = (await api('GET', '/containers/ui-form/json')).json<{
      State: { Running: boolean };
      Config: { Env: string[] };
    }>();
    assert.ok(made.State.Running);
    assert.ok(made.Config.Env.includes('MODE=test'));
    // The name is taken now, which the form says without being asked.
    await form.locator('[data-field="name"] .problem.warning').waitFor();
  });

  it('says why it could not run, and mends it', async () => {
    const form = await workbench.frameWith('#section-image');
    await form.locator('#run').click();
    await form.locator('.status.failed').waitFor();
    await workbench.screenshot('run-form-failed');
    await form.locator('.status.failed button', { hasText: 'Leave the Name Out' }).click();
    assert.equal(await form.locator('#field-name').inputValue(), '');
    await form.locator('#field-name').fill('ui-ports');
    await form
      .locator('[data-field="ports"] .row input')
      .first()
      .fill(`${await takenPort()}:80`);
    await form.locator('#run').click();
    await form.locator('.status.failed button', { hasText: 'Take Free Ports' }).click();
    assert.equal(await form.locator('[data-field="ports"] .row input').first().inputValue(), '80');
    await form.locator('#run').click();
    await form.locator('.status.done').waitFor();
    await workbench.screenshot('run-form-done');
    await workbench.runCommand('View: Close All Editors');
  });

  it('takes a line that is pasted, and refuses what only a shell can do', async () => {
    await workbench.runCommand('Docker: Run a docker run Line');
    const form = await workbench.frameWith('#section-image');
    const line = form.locator('#line');
    await line.fill('docker run --rm -e A=1 \\\n  --memory 64m --ipc host busybox echo $(date)');
    await form.locator('#line-problem .error', { hasText: '$(date)' }).waitFor();
    await workbench.screenshot('run-form-refused');
    await line.fill(
      'docker create --rm --name ui-line -e A=1 -e API_TOKEN=abc \\\n  --memory 64m --ipc host busybox echo hello',
    );
    await until('the name', async () => (await form.locator('#field-name').inputValue()) === 'ui-line', patience);
    assert.equal(await form.locator('#field-memory').inputValue(), '64m');
    assert.equal(await form.locator('#field-flags').inputValue(), '--ipc host');
    assert.equal(await form.locator('#field-command').inputValue(), 'echo hello');
    await form.locator('#create').click();
    await form.locator('.status.done').waitFor();
    const made = (await api('GET', '/containers/ui-line/json')).json<{
      State: { Status: string };
      HostConfig: { Memory: number };
    }>();
    assert.equal(made.State.Status, 'created');
    assert.equal(made.HostConfig.Memory, 64 * 1024 * 1024);
  });

  it('keeps what was typed while its tab is hidden', async () => {
    await workbench.openFile('SHOP.md');
    await workbench.page.keyboard.press('Control+PageUp');
    const form = await workbench.frameWith('#section-image');
    await until('the name', async () => (await form.locator('#field-name').inputValue()) === 'ui-line', patience);
    await workbench.runCommand('View: Close All Editors');
  });

  it('remembers what was last used with the image, but no secrets', async () => {
    const form = await openForm(workbench, 'busybox');
    assert.equal(await form.locator('#field-memory').inputValue(), '64m');
    assert.ok(await form.locator('#field-remove').isChecked());
    const variables = form.locator('[data-field="env"] .row input');
    assert.deepEqual(await Promise.all((await variables.all()).map((row) => row.inputValue())), ['A=1', 'API_TOKEN=']);
    await form.locator('[data-field="env"] .problem.warning').waitFor();
    await workbench.runCommand('View: Close All Editors');
  });

  it('shows the lesson below the field where there is no room at the side', async () => {
    await workbench.page.setViewportSize({ width: 860, height: 800 });
    const form = await openForm(workbench, 'busybox');
    await form.locator('#field-name').focus();
    await form.locator('[data-field="name"] .lesson-button').click();
    await form.locator('[data-field="name"] .lesson').waitFor();
    await workbench.screenshot('run-form-narrow');
    await workbench.runCommand('View: Close All Editors');
    await workbench.page.setViewportSize({ width: 1280, height: 800 });
  });

  it('finds options by their flag', async () => {
    const form = await openForm(workbench, 'busybox');
    await form.locator('#search').fill('--cap-add');
    await until('one field', async () => (await form.locator('.setting:visible').count()) === 1, patience);
    assert.match(await form.locator('.setting:visible').innerText(), /Add Capabilities/);
    await form.locator('#search').press('Escape');
    await workbench.runCommand('View: Close All Editors');
  });

  it('offers to run a line of a README, and asks first', async () => {
    await workbench.openFile('SHOP.md');
    const lens = workbench.page.locator('.codelens-decoration a', { hasText: 'Run with Docknotes' });
    await lens.first().waitFor();
    assert.equal(await lens.count(), 1);
    await lens.first().click();
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    const said = await dialog.innerText();
    assert.match(said, /busybox:latest/);
    assert.match(said, /ui-shop/);
    assert.match(said, /8080:80/);
    await workbench.screenshot('run-lens');
    await dialog.locator('.monaco-button', { hasText: 'Create Only' }).click();
    await until(
      'the container',
      () =>
        api('GET', '/containers/ui-shop/json').then(
          () => true,
          () => false,
        ),
      patience,
    );
    await workbench.runCommand('View: Close All Editors');
  });

  it('says first what a line of a README grants, however long its lists are', async () => {
    await workbench.openFile('GRANTS.md');
    await workbench.page.locator('.codelens-decoration a', { hasText: 'Run with Docknotes' }).first().click();
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    const said = await dialog.locator('.dialog-message-detail').innerText();
    const lines = said.split('\n');
    assert.match(lines[0] ?? '', /Privileged/);
    assert.match(lines[1] ?? '', /all files of the host: \/home\/\.\.\/:\/host \(leads to \/\)/);
    for (const part of [
      "engine's socket",
      'keys or passwords',
      'seccomp=unconfined',
      '9 more',
      'Entrypoint: sh',
      'runc',
    ]) {
      assert.ok(said.includes(part), `${part} in ${said}`);
    }
    await workbench.screenshot('run-lens-grants');
    await workbench.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await workbench.runCommand('View: Close All Editors');
  });
});

async function openForm(workbench: Workbench, image: string): Promise<Frame> {
  await workbench.openSidebar();
  await workbench.expand('Images', image);
  await workbench.contextMenu('Images', 'latest', 'Run Image With');
  const form = await workbench.frameWith('#section-image');
  // The room of the sidebar goes to the form.
  await workbench.page.keyboard.press('Control+b');
  return form;
}

/** The port of the host that the sample's server has. */
async function takenPort(): Promise<string> {
  const { NetworkSettings } = (await api('GET', '/containers/sample-web/json')).json<{
    NetworkSettings: { Ports: Record<string, { HostPort: string }[]> };
  }>();
  return NetworkSettings.Ports['80/tcp']?.[0]?.HostPort ?? '';
}

function lineOf(form: Frame): Promise<string> {
  return form.locator('#line').inputValue();
}

async function switchTo(form: Frame, id: string, on: boolean): Promise<void> {
  await form.locator(`#field-${id}`).setChecked(on);
}
