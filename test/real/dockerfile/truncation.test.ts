// Cuts every file of the corpus off at every offset; slower than a unit test may be.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseDockerfile } from '../../../src/dockerfile/document.ts';
import { keyAt } from '../../../src/dockerfile/locate/keyAt.ts';
import { needCorpus, readCorpus } from '../../unit/dockerfile/corpus.ts';

describe('dockerfile: the corpus cut off at every offset', () => {
  it('comes back byte for byte and can be pointed at', function () {
    this.timeout(120_000);
    needCorpus(this);
    for (const { name, text } of readCorpus()) {
      for (let length = 0; length < text.length; length++) {
        const cut = text.slice(0, length);
        const document = parseDockerfile(cut);
        keyAt(document, length - 1);
        let end = 0;
        for (const node of document.nodes) {
          assert.ok(cut.startsWith(node.text, end), name);
          end += node.text.length;
        }
        assert.equal(end, length, name);
      }
    }
  });
});
