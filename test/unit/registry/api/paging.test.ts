import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { bounded } from '../../../../src/registry/api/paging.ts';
import { collect } from '../../../parts/oddRegistries/client.ts';

describe('a list without end', () => {
  it('one name a page: ends after 2,000 pages', async () => {
    let asked = 0;
    async function* onePerPage() {
      for (; asked < 10_000; asked += 1) {
        yield [`t${asked}`];
      }
    }
    await assert.rejects(collect(bounded('registry.lab', 'tags', onePerPage())), { code: 'too-many-names' });
    assert.equal(asked, 2000);
  });
});
