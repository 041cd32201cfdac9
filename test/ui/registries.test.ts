// The registries view and the pages of tags, on a real registry that holds many repositories.

import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before, describe, it } from 'mocha';
import { temporaryFolder } from '../parts/machine/temporary.ts';
import { type Registry, startRegistry } from '../parts/registry/distribution.ts';
import { createLayout, type Layout } from '../parts/registry/layout.ts';
import { until } from '../parts/until.ts';
import { openWorkbench, patience, type Workbench } from './workbench.ts';

describe('registries view', () => {
  let data: string;
  let registry: Registry;
  let workbench: Workbench;

  before(async function () {
    this.timeout(60_000);
    data = temporaryFolder('registry-data');
    fill(createLayout(data));
    registry = await startRegistry({ data });
    workbench = await openWorkbench({ registries: [registry.address] });
    await workbench.openSidebar();
    // The other views give their room to this one.
    for (const title of ['Containers', 'Images']) {
      // Not in the middle, where the buttons of a view may be.
      await workbench.view(title).locator('.pane-header .title').click();
    }
  });
  after(async () => {
    await workbench?.close();
    await registry?.stop();
    rmSync(data, { recursive: true, force: true });
  });

  it('shows namespaces as folders, and tags with their sizes and dates', async () => {
    await workbench.expand('Registries', registry.address);
    await workbench.row('Registries', 'platform');
    await workbench.expand('Registries', 'shop');
    await workbench.expand('Registries', 'checkout');
    await workbench.row('Registries', '2.10.0');
    await until(
      'sizes and dates',
      async () =>
        (await workbench.rows('Registries')).some((row) => /^2\.10\.0 ?[\d.]+ MB · .* ago · 2 platforms/.test(row)),
      patience,
    );
    const rows = await workbench.rows('Registries');
    const at = (text: string) => rows.findIndex((row) => row.startsWith(text));
    assert.ok(at('2.10.0') < at('2.9.1') && at('2.9.1') < at('2.9.0'), `newest version first: ${rows.join(' | ')}`);
    assert.ok(!rows.some((row) => row.startsWith('sha256-')), 'a signature is no tag of its own');
    await workbench.expand('Registries', '2.9.1');
    await workbench.row('Registries', 'Signature');
    await workbench.screenshot('registry-tree');
  });

  it('filters over all names while one types', async () => {
    const search = workbench.view('Registries').locator('.pane-header');
    await search.hover();
    await search.locator('.action-label[aria-label^="Filter Repositories"]').click();
    const input = await workbench.quickInput();
    await input.pressSequentially('svc-012');
    await workbench.row('Registries', 'team-01/svc-0121');
    await input.fill('pltgateway');
    await workbench.row('Registries', 'platform/gateway');
    await until('one row', async () => (await workbench.rows('Registries')).length === 2, patience);
    await input.fill('svc-1');
    await workbench.row('Registries', 'svc-1');
    await workbench.screenshot('registry-filter');
    await workbench.page.keyboard.press('Enter');
    assert.match(await workbench.view('Registries').innerText(), /"svc-1" is found in [\d,]+ of [\d,]+ repositories/);
    await search.hover();
    await search.locator('.action-label[aria-label^="Clear Repository Filter"]').click();
    await workbench.row('Registries', 'platform');
  });

  it('jumps to a repository by its name', async () => {
    await workbench.runCommand('Docker: Go to Repository');
    await (await workbench.quickInput()).fill('svc-0777');
    await workbench.pick('svc-0777');
    const row = await workbench.row('Registries', 'svc-0777');
    await until('the row to be chosen', async () => (await row.getAttribute('aria-selected')) === 'true', patience);
  });

  for (const theme of ['Dark', 'Light']) {
    it(`shows the page of a tag (${theme.toLowerCase()})`, async () => {
      await workbench.runCommand('Preferences: Color Theme');
      await workbench.answer(`${theme} Modern`);
      await workbench.runCommand('Docker: Open Tag');
      await choose(workbench, 'The name of a repository', 'shop/checkout');
      await choose(workbench, 'Choose a tag', '2.10.0');
      const page = await workbench.frameWith('h1, h2', 'Layers');
      await page.locator('button[aria-pressed="true"]', { hasText: 'linux/amd64' }).waitFor();
      assert.match(await page.locator('main').innerText(), /go build/);
      await page.locator('button.platform', { hasText: 'linux/arm64' }).click();
      await page.locator('button[aria-pressed="true"]', { hasText: 'linux/arm64' }).waitFor();
      await page.locator('.layers').waitFor();
      await workbench.screenshot(`tag-page-${theme.toLowerCase()}`);
      await page.locator('section', { hasText: 'Labels' }).last().scrollIntoViewIfNeeded();
      await workbench.screenshot(`tag-page-${theme.toLowerCase()}-below`);
      await workbench.runCommand('View: Close All Editors');
    });
  }

  it('compares two tags', async () => {
    await workbench.runCommand('Docker: Compare Tags');
    await choose(workbench, 'The name of a repository', 'shop/checkout');
    await choose(workbench, 'Choose a tag', '2.9.0');
    await choose(workbench, 'What to compare', '2.10.0');
    const page = await workbench.frameWith('h1, h2', 'Comparison');
    assert.match(await page.locator('main').innerText(), /2 layers are in both/);
    await workbench.screenshot('compare-light');
    await workbench.runCommand('Preferences: Color Theme');
    await workbench.answer('Dark Modern');
    await workbench.screenshot('compare-dark');
  });
});

/** Types into the list that asks this, and takes its first entry. */
async function choose(workbench: Workbench, question: string, text: string): Promise<void> {
  const input = workbench.page.locator(
    `.quick-input-widget:visible input.input[placeholder^=${JSON.stringify(question)}]`,
  );
  await input.fill(text);
  await workbench.pick(text);
}

function fill(layout: Layout): void {
  for (let index = 0; index < 2000; index += 1) {
    layout.list(`team-${String(index % 40).padStart(2, '0')}/svc-${String(index).padStart(4, '0')}`);
  }
  layout.list('platform/gateway');
  layout.list('platform/ingest/worker');
  layout.list('platform/ingest/api');
  const repository = 'shop/checkout';
  layout.list('shop/cart');
  const day = 86_400_000;
  const ago = (days: number) => new Date(Date.now() - days * day).toISOString();
  const image = (version: string, architecture: string, days: number) =>
    layout.image(repository, {
      platform: { os: 'linux', architecture },
      created: ago(days),
      layers: [
        { size: 3_400_000, step: 'ADD alpine-minirootfs-3.22.1.tar.gz / # buildkit', seed: `base ${architecture}` },
        { size: 1_250_000, step: 'RUN /bin/sh -c apk add --no-cache ca-certificates tzdata # buildkit', seed: 'apk' },
        { size: 9_800_000 + days * 10_000, step: 'RUN /bin/sh -c go build -o /out/checkout ./cmd/checkout # buildkit' },
        { size: 42_000, step: 'COPY templates /srv/templates # buildkit', seed: version },
      ],
      steps: ['ENV PORT=8080', 'USER 10001', 'ENTRYPOINT ["/out/checkout"]'],
      config: {
        Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin', 'PORT=8080', `RELEASE=${version}`],
        Entrypoint: ['/out/checkout'],
        Cmd: ['--listen', ':8080'],
        User: '10001',
        WorkingDir: '/srv',
        ExposedPorts: { '8080/tcp': {} },
        Labels: {
          'org.opencontainers.image.source': 'https://git.example/shop/checkout',
          'org.opencontainers.image.version': version,
          'org.opencontainers.image.title': '<b>Checkout</b>',
        },
      },
    });
  const versions: [string, number][] = [
    ['2.9.0', 40],
    ['2.9.1', 21],
    ['2.10.0-rc.1', 5],
    ['2.10.0', 2],
  ];
  for (const [version, days] of versions) {
    const amd64 = image(version, 'amd64', days);
    const arm64 = image(version, 'arm64', days);
    const note = layout.image(repository, { layers: [{ size: 5200, step: '' }] });
    const digest = layout.index(
      repository,
      [
        { digest: amd64, platform: { os: 'linux', architecture: 'amd64' } },
        { digest: arm64, platform: { os: 'linux', architecture: 'arm64' } },
      ],
      [{ digest: note, of: amd64 }],
    );
    layout.tag(repository, version, digest);
    const signature = layout.image(repository, { layers: [{ size: 300, step: '' }] });
    layout.tag(repository, `sha256-${digest.slice(7)}.sig`, signature);
  }
}
