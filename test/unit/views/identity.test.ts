import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Element, RepositoryElement } from '../../../src/model/elements.ts';
import { createIdentity } from '../../../src/views/identity.ts';

const container = (id: string) => ({ type: 'container', id }) as const;
const repository = (name: string, under?: string): RepositoryElement => ({
  type: 'repository',
  registry: 'r',
  name,
  ...(under !== undefined && { under }),
});

describe('identity of rows', () => {
  it('has one object for a row as long as it is placed, with what is known of it now', () => {
    const rows = createIdentity<Element>();
    const [first] = rows.place('', [repository('a')]);
    const [again] = rows.place('', [repository('a', 'folder/')]);
    assert.equal(again, first);
    assert.deepEqual(again, repository('a', 'folder/'));
    assert.equal(rows.same(repository('a')), first);
    assert.equal(rows.at('repository/r/a'), first);
  });

  it('forgets a row that went, with everything below it', () => {
    const rows = createIdentity<Element>();
    const group: Element = { type: 'group', by: 'compose', path: ['shop'] };
    const [kept] = rows.place('', [container('kept'), group]);
    rows.place('group/compose/shop', [container('a')]);
    rows.place('', [container('kept')]);
    assert.equal(rows.at('group/compose/shop'), undefined);
    assert.equal(rows.at('container/a'), undefined);
    assert.equal(rows.at('container/kept'), kept);
  });

  it('keeps a row that stands elsewhere now, whichever place is asked first', () => {
    const rows = createIdentity<Element>();
    const shop: Element = { type: 'group', by: 'compose', path: ['shop'] };
    const [, moved] = rows.place('', [shop, container('a')]);
    rows.place('group/compose/shop', [container('a')]);
    rows.place('', [shop]);
    assert.equal(rows.at('container/a'), moved);
    rows.place('', [shop, container('a')]);
    rows.place('group/compose/shop', []);
    assert.equal(rows.at('container/a'), moved);
  });
});
