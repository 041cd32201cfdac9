import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Ui } from '../../../../src/app/ui.ts';
import { showImageHistory } from '../../../../src/commands/images/showImageHistory.ts';
import { double } from '../../../parts/double.ts';
import { engineDouble } from '../../../parts/engine/double.ts';

describe('the page of an image’s history', () => {
  it('says each step as the Dockerfile did, whichever builder wrote it', async () => {
    const steps = [
      'RUN /bin/sh -c apk add curl # buildkit',
      'RUN |1 VERSION=3 /bin/sh -c make # buildkit',
      'COPY . /app # buildkit',
      '/bin/sh -c #(nop)  CMD ["sh"]',
      '/bin/sh -c make install',
    ];
    let page = '';
    const line = { size: 0, created: 0, comment: '', tags: [] };
    const imageHistory = async () => steps.map((createdBy) => ({ ...line, createdBy }));
    const app = {
      engine: engineDouble({ client: { images: { history: imageHistory } } }),
      ui: double<Ui>({
        page: async (_title, text) => {
          page = text;
        },
      }),
    };
    await showImageHistory(app, 'busybox');
    const shown = page
      .split('\n')
      .filter((row) => row.startsWith('| '))
      .slice(2)
      .map((row) => row.slice(2, row.indexOf(' |')).replaceAll('\\', '').replaceAll('&#46;', '.'));
    assert.deepEqual(shown, ['RUN apk add curl', 'RUN make', 'COPY . /app', 'CMD ["sh"]', 'RUN make install']);
  });
});
