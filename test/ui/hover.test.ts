// Hovers in the sample Dockerfile as a person sees them, in both languages.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { openWorkbench, type Workbench } from './workbench.ts';

for (const [language, settings] of [
  ['en', {}],
  ['zh-cn', { 'docknotes.notes.language': 'zh-cn' }],
] as const) {
  describe(`hover (${language})`, () => {
    let workbench: Workbench;
    before(async () => {
      workbench = await openWorkbench({ settings });
      await workbench.openFile('Dockerfile');
    });
    after(() => workbench?.close());

    for (const word of ['FROM', 'VOLUME', 'CMD']) {
      it(`explains ${word}`, async () => {
        const text = await workbench.hover(word);
        assert.ok(text.startsWith(word), text.slice(0, 80));
        assert.equal(/[\u4e00-\u9fff]/.test(text), language === 'zh-cn');
        await workbench.screenshot(`hover-${word.toLowerCase()}-${language}`);
      });
    }
  });
}
