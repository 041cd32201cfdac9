// Hovers in the sample Dockerfile as a person sees them.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { openWorkbench, type Workbench } from './workbench.ts';

describe('hover', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench();
  });
  after(() => workbench?.close());

  it('explains FROM', async () => {
    await workbench.openFile('Dockerfile');
    const text = await workbench.hover('FROM');
    assert.match(text, /FROM/);
    await workbench.screenshot('hover-from-en');
  });
});
