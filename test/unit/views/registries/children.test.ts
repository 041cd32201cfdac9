import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type Element, keyOf, type RegistryElement, type RepositoryElement } from '../../../../src/model/elements.ts';
import type { Listing } from '../../../../src/registry/known/catalog.ts';
import { attachmentRows, folderAround, repositoryRows, tagRows } from '../../../../src/views/registries/children.ts';

const registry: RegistryElement = { type: 'registry', registry: 'r:5000' };
const repository: RepositoryElement = { type: 'repository', registry: 'r:5000', name: 'app' };
const brief = (rows: readonly Element[]) =>
  rows.map((row) => (row.type === 'message' ? [row.text, row.failed, row.opens] : keyOf(row)));

describe('rows below a registry', () => {
  const rowsOf = (listing: Partial<Listing>, layout: 'tree' | 'list' = 'tree') =>
    brief(repositoryRows(registry, { names: [], complete: true, ...listing }, { found: undefined, layout }));

  it('are folders and repositories, or one list', () => {
    const names = ['team/a', 'team/b', 'c'];
    assert.deepEqual(rowsOf({ names }), ['folder/r:5000/team/', 'repository/r:5000/c']);
    assert.deepEqual(
      rowsOf({ names }, 'list'),
      names.map((name) => `repository/r:5000/${name}`),
    );
  });

  it('say why there are none, with the way out', () => {
    assert.deepEqual(rowsOf({}), [['No repositories yet. Push an image to r:5000 to see it here.', false, undefined]]);
    assert.deepEqual(rowsOf({ complete: false }), [], 'they are on their way');
    const failure = 'No.';
    assert.deepEqual(rowsOf({ failure }), [['No.', true, undefined]]);
    assert.deepEqual(rowsOf({ failure, wantsLogin: true }), [['No.', true, 'signIn']]);
    assert.deepEqual(rowsOf({ failure, noCatalog: true }), [['No.', false, 'addRepository']]);
    assert.deepEqual(rowsOf({ failure, noCatalog: true, wantsNamespaces: true }), [['No.', false, 'chooseNamespaces']]);
    const added = { failure, noCatalog: true, names: ['app'] };
    assert.deepEqual(rowsOf(added), ['repository/r:5000/app'], 'what was added by name is what is wanted');
    assert.match(String(rowsOf({ names: ['a'], cut: true })[1]), /more repositories.*addRepository$/);
  });

  it('are what was found, and say that there is more or nothing', () => {
    const found = (names: string[], total: number, complete = true) =>
      brief(
        repositoryRows(
          { ...registry, filtered: true },
          { names: ['x'], complete },
          { found: { matches: names.map((name) => ({ name, marks: [] })), total }, layout: 'tree' },
        ),
      );
    assert.deepEqual(found(['team/a'], 1), ['repository/r:5000/team/a']);
    assert.deepEqual(found(['a'], 3)[1], ['2 more are found. Type more letters to see them.', false, undefined]);
    assert.deepEqual(found([], 0), [['Nothing is found here.', false, undefined]]);
    assert.deepEqual(found([], 0, false), [['Nothing is found so far.', false, undefined]]);
  });
});

describe('rows below a repository', () => {
  const texts = (names: string[], dated: number | undefined, cut = false) =>
    tagRows(repository, names, { dated, cut }).flatMap((row) => (row.type === 'message' ? [row.text] : []));

  it('say which are in order of their dates, that there are more, and that there are none', () => {
    assert.deepEqual(texts(['2', '1'], undefined), []);
    assert.deepEqual(texts(['2', '1'], 2), [], 'all are');
    assert.match(texts(['3', '2', '1'], 2)[0] ?? '', /^The first 2 by version/);
    assert.match(texts(['1'], undefined, true)[0] ?? '', /^Only the first 1 tags/);
    assert.match(texts([], undefined)[0] ?? '', /^No tags/);
  });

  it('have below them what is attached', () => {
    const [tag] = tagRows(repository, ['1'], { dated: undefined, cut: false });
    assert.ok(tag?.type === 'tag');
    const rows = attachmentRows(tag, [{ kind: 'sbom', reference: 'sha256:1', of: 'sha256:2' }]);
    assert.deepEqual(rows.map(keyOf), ['attachment/r:5000/app:1/sha256:1']);
  });
});

describe('folder around a name', () => {
  const names = ['a/b/c', 'a/b/d', 'a/e', 'f'];

  it('is the innermost that is shown', () => {
    const folder = (path: string) => folderAround('r', names, path);
    assert.deepEqual(folder('a/b/c'), { type: 'folder', registry: 'r', path: 'a/b/', under: 'a/' });
    assert.deepEqual(folder('a/b/'), { type: 'folder', registry: 'r', path: 'a/', under: '' });
    assert.equal(folder('a/'), undefined);
    assert.equal(folder('f'), undefined);
  });
});
