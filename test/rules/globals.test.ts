// Each kind of code uses what the place has where it runs. The compiler finds what is not there (`tsconfig.*.json`), and
// would advise to declare it; here stands what to do instead.
import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import { type Kind, readSources, type Sources, unknownNames } from './compiler.ts';

const kinds: Record<Kind, { title: string; mend: string }> = {
  pure: {
    title: 'model and dockerfile know neither Node nor pages',
    mend: 'these floors run in Node and in pages alike; hand in what it gives, or name it in src/platform.d.ts where both have it',
  },
  pages: {
    title: 'webview knows pages and no Node',
    mend: 'pages run in a browser; let the extension do it, and send the page what comes of it',
  },
  node: {
    title: 'all other code knows Node and no page',
    mend: 'only src/webview runs in a page; do it there, and send the page what it needs for that',
  },
};

describe('names of the place where code runs', () => {
  let sources: Sources;
  before(function () {
    this.timeout(60_000);
    sources = readSources();
  });

  for (const kind of ['pure', 'pages', 'node'] as const) {
    it(kinds[kind].title, function () {
      this.timeout(60_000);
      const found = [...sources.files.keys()]
        .filter((file) => kindOf(file) === kind)
        .flatMap((file) =>
          unknownNames(sources.programs[kind], file).map((name) => `${file} uses ${name}: ${kinds[kind].mend}`),
        );
      assert.deepEqual(found, []);
    });
  }
});

function kindOf(file: string): Kind {
  const floor = file.split('/')[1];
  return floor === 'model' || floor === 'dockerfile' ? 'pure' : floor === 'webview' ? 'pages' : 'node';
}
