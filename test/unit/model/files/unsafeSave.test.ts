import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Cancelled, UserError } from '../../../../src/model/errors.ts';
import { createAgreement } from '../../../../src/model/files/unsafeSave.ts';

describe('the question before an unsafe save', () => {
  it('comes once for a container, also for several files at a time, and says why and what else to do', async () => {
    const asked: string[][] = [];
    const agree = createAgreement(async (...question) => void asked.push(question));
    await Promise.all([agree('container-a', '/etc/hosts', 'stopped'), agree('container-a', '/etc/group', 'stopped')]);
    await agree('container-a', '/etc/hosts', 'stopped');
    assert.equal(asked.length, 1);
    const [question = '', detail = '', button] = asked[0] ?? [];
    assert.match(question, /^Save hosts/);
    assert.match(detail, /neither version is left\. Start the container/);
    assert.equal(button, 'Save Anyway');
    await agree('volume-b', '/x', 'no-helper');
    assert.match(asked[1]?.[1] ?? '', /Pull busybox/);
  });

  it('comes again after a no, which saves nothing', async () => {
    let count = 0;
    const agree = createAgreement(async () => {
      count++;
      if (count === 1) {
        throw new Cancelled();
      }
    });
    await assert.rejects(agree('container-a', '/etc/hosts', 'no-shell'), (error) => {
      assert.ok(error instanceof UserError);
      assert.deepEqual([error.code, error.message], ['not-saved', '/etc/hosts was not saved: it is as it was.']);
      return true;
    });
    await agree('container-a', '/etc/hosts', 'no-shell');
    await agree('container-a', '/etc/hosts', 'no-shell');
    assert.equal(count, 2);
  });
});
