// Changed files as a tree, updates that take limits away, signals, and processes in order.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type ChangeTree, changeTree, type PathChange } from '../../../../src/model/files/changes.ts';

const kinds = { A: 'added', C: 'changed', D: 'deleted' } as const;

const changes = (...lines: string[]): PathChange[] =>
  lines.map((line) => ({ kind: kinds[line.charAt(0) as 'A'], path: line.slice(2) }));

function drawn(tree: ChangeTree, path = '/', indent = ''): string[] {
  return tree
    .below(path)
    .flatMap(({ path: each, label, folder, kind }) => [
      `${indent}${label}${folder ? '/' : ''}${kind ? ` ${kind}` : ''}`,
      ...drawn(tree, each, `${indent}  `),
    ]);
}

describe('changed files', () => {
  it('are a tree with folders first, and folders with one folder in them as one row', () => {
    const tree = changeTree(
      changes(
        ...['C /var', 'C /var/lib', 'A /var/lib/app', 'A /var/lib/app/b10', 'A /var/lib/app/b9'],
        ...['C /etc', 'C /etc/hosts', 'D /etc/group', 'A /etc/conf.d', 'A /etc/conf.d/x', 'A /empty', 'C /tmp'],
      ),
    );
    assert.deepEqual(drawn(tree), [
      'etc/',
      '  conf.d/ added',
      '    x added',
      '  group deleted',
      '  hosts changed',
      'var/lib/app/ added',
      '  b9 added',
      '  b10 added',
      'empty added',
      'tmp changed',
    ]);
    assert.deepEqual(tree.counts, { added: 4, changed: 2, deleted: 1 });
    assert.equal(tree.above('/var/lib/app/b9'), '/var/lib/app');
    assert.equal(tree.above('/var/lib/app'), '/');
    assert.equal(tree.above('/etc/conf.d'), '/etc');
    assert.deepEqual(tree.at('/var/lib/app'), {
      path: '/var/lib/app',
      label: 'var/lib/app',
      folder: true,
      kind: 'added',
    });
    assert.equal(tree.at('/nowhere'), undefined);
    assert.deepEqual(tree.below('/nowhere'), []);
  });

  it('are what the engine says and nothing outside of it', () => {
    const hostile = ['A relative', 'A /../up', 'A /a/./b', 'A //x', 'A /a//b', 'A /', 'A ', 'A /ok', 'A /__proto__/x'];
    assert.deepEqual(drawn(changeTree(changes(...hostile))), ['__proto__/', '  x added', 'ok added']);
    assert.deepEqual(drawn(changeTree([])), []);
  });

  it('stay quick with 100,000 paths, also in one folder', () => {
    const many = Array.from({ length: 50_000 }, (_, index) => `A /opt/d${index % 500}/f${index}`);
    const flat = Array.from({ length: 50_000 }, (_, index) => `A /cache/f${index}`);
    const list = changes('C /opt', 'A /cache', ...many, ...flat);
    const started = performance.now();
    const tree = changeTree(list);
    assert.equal(tree.below('/').length, 2);
    assert.equal(tree.below('/opt').length, 500);
    assert.equal(tree.below('/cache').length, 50_000);
    const took = performance.now() - started;
    assert.ok(took < 2000, `${took} ms`);
  });
});
