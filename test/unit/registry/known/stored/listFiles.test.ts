import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { createSavedLists } from '../../../../../src/registry/known/stored/listFiles.ts';
import { temporaryFolder } from '../../../../parts/temporary.ts';

const host = 'localhost:5000';

describe('lists on disk', () => {
  it('are written whole, read back, and passed over when they are damaged', async () => {
    const folder = temporaryFolder('kept');
    try {
      const problems: string[] = [];
      const kept = createSavedLists(join(folder, 'new'), (line) => problems.push(line));
      assert.equal(await kept.read(host), undefined);
      await Promise.all([1, 2, 3].map((at) => kept.write(host, { names: ['a', 'b'], at })));
      assert.deepEqual((await kept.read(host))?.names, ['a', 'b']);
      const [file = '', ...others] = readdirSync(join(folder, 'new'));
      assert.deepEqual(others, [], 'nothing unfinished is left');
      const path = join(folder, 'new', file);
      for (const damaged of [readFileSync(path, 'utf8').slice(0, -5), '[]', '{"names":[1],"at":1}', '']) {
        writeFileSync(path, damaged);
        assert.equal(await kept.read(host), undefined, damaged);
      }
      await kept.forget(host);
      assert.deepEqual(readdirSync(join(folder, 'new')), []);
      mkdirSync(path);
      await kept.write(host, { names: [], at: 1 });
      assert.equal(problems.length, 1, 'a list that cannot be kept is told to the log');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
