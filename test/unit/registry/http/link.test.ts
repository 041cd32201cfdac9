import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { nextLinkOf, nextPage } from '../../../../src/registry/http/link.ts';

describe('Link', () => {
  const cases: [string | string[] | undefined, string | undefined][] = [
    [undefined, undefined],
    ['', undefined],
    ['</a>; rel="next"', '/a'],
    ['</a>;rel=next', '/a'],
    ['</a>', '/a'],
    ['</a>; rel="prev"', undefined],
    ['</a>; rel="prev", </b>; title="x, y"; rel="last NEXT"', '/b'],
    [['</a>; rel="first"', '</b>; rel="next"'], '/b'],
    ['/a?x=1; rel=next', '/a?x=1'],
    ['<>; rel="next"', undefined],
    ['nonsense', undefined],
  ];
  for (const [header, expected] of cases) {
    it(String(header), () => assert.equal(nextLinkOf(header), expected));
  }

  const base = new URL('https://registry.lab/team/');
  const current = new URL('https://registry.lab/team/v2/_catalog?n=2');
  it('stays at the registry', () => {
    const next = (target: string) => nextPage(current, `<${target}>; rel="next"`, base)?.href;
    assert.equal(next('/team/v2/_catalog?last=b'), 'https://registry.lab/team/v2/_catalog?last=b');
    assert.equal(next('https://elsewhere.lab/v2/_catalog?last=b'), 'https://registry.lab/team/v2/_catalog?last=b');
    assert.equal(next('http://registry.lab/v2/_catalog?last=b'), 'https://registry.lab/team/v2/_catalog?last=b');
    assert.equal(next('https://elsewhere.lab/steal'), undefined);
    assert.equal(next('http://['), undefined);
  });
});
