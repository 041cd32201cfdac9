import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  changeElement,
  changeRow,
  changesRow,
  changeTooltip,
  countWords,
} from '../../../../src/views/files/changeRows.ts';

describe('rows of changes', () => {
  it('count what there is, and nothing else', () => {
    assert.equal(countWords({ added: 2, changed: 0, deleted: 1 }), '2 added · 1 deleted');
    assert.equal(countWords({ added: 0, changed: 0, deleted: 0 }), '');
    assert.equal(changesRow('2 added · 1 deleted').spoken, 'Changed Files, 2 added, 1 deleted');
    assert.equal(changesRow('').spoken, 'Changed Files');
  });

  it('have their path where no name is known, and say nothing of a folder that is as in the image', () => {
    const element = changeElement('c', { path: '/srv/app', label: 'srv/app', folder: true });
    assert.ok(!('change' in element));
    const { label, description, icon, kind } = changeRow(element, undefined);
    assert.deepEqual(
      [label, description, icon, kind],
      ['/srv/app', undefined, { name: 'symbol-folder' }, 'change.folder'],
    );
    assert.equal(changeTooltip(element), '**/srv/app**');
    assert.match(changeTooltip({ ...element, change: 'deleted' }), / {2}\nIt was deleted/);
  });
});
