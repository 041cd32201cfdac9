// The sidebar as a person sees it at first sight.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { openWorkbench, type Workbench } from './workbench.ts';

describe('sidebar', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench();
  });
  after(() => workbench?.close());

  it('shows the containers, the images and the registry of the sample', async () => {
    await workbench.openSidebar();
    assert.deepEqual((await workbench.views()).slice(0, 3), ['Containers', 'Images', 'Registries']);
    await workbench.row('Containers', 'sample-web');
    await workbench.row('Containers', 'sample-worker');
    await workbench.row('Containers', 'sample-migrate');
    await workbench.row('Images', 'busybox');
    await workbench.row('Registries', 'localhost:');
    await workbench.screenshot('sidebar');
  });
});
