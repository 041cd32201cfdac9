// Why an engine cannot be used, and the way out.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { EngineProblem } from '../../../../src/model/engines/endpoint.ts';
import { EngineError } from '../../../../src/model/engines/error.ts';
import { explain } from '../../../../src/model/engines/help.ts';
import { engineHelp } from '../../../../src/model/engines/problems.ts';

const problems: EngineProblem[] = [
  'no-endpoint',
  'not-running',
  'permission-denied',
  'not-an-engine',
  'tls',
  'bad-address',
  'timeout',
  'other',
];

describe('engineHelp', () => {
  const endpoint = { url: 'unix:///run/\u001b[31mx.sock', source: 'context', context: 'work' } as const;

  for (const problem of problems) {
    it(`names endpoint, answer and way out for ${problem}`, () => {
      const { title, sentence, actions } = engineHelp(problem, endpoint, 'the\nreason');
      assert.ok(title.length > 0 && actions.length > 0);
      if (problem !== 'no-endpoint') {
        assert.ok(sentence.includes('the reason'), sentence);
        assert.ok(sentence.includes('work'), sentence);
      }
      assert.ok(!sentence.includes('\u001b'));
      engineHelp(problem, undefined, '');
    });
  }

  it('tells the way out of Podman where that is the engine', () => {
    const podman = (url: string) => engineHelp('not-running', { url, source: 'well-known' }, 'ECONNREFUSED').sentence;
    assert.match(podman('unix:///run/podman/podman.sock'), /"sudo systemctl start podman\.socket"/);
    assert.match(podman('unix:///run/user/1000/podman/podman.sock'), /"systemctl --user start podman\.socket"/);
    assert.match(podman('npipe:////./pipe/podman-machine-default'), /"podman machine start"/);
    const { sentence } = engineHelp(
      'permission-denied',
      { url: 'unix:///run/podman/podman.sock', source: 'context' },
      'EACCES',
    );
    assert.doesNotMatch(sentence, /docker group/);
  });

  it('names the folders of Podman beside those of Docker, and no restart where a reload is enough', () => {
    const { message: ca } = explain(new EngineError('x509: certificate signed by unknown authority'));
    assert.match(ca, /\/etc\/docker\/certs\.d.*\/etc\/containers\/certs\.d/);
    const { message: plainHttp } = explain(new EngineError('http: server gave HTTP response to HTTPS client'));
    assert.match(plainHttp, /reload.*registries\.conf/);
    assert.doesNotMatch(plainHttp, /restart/);
  });

  it('points at the notes', () => {
    assert.deepEqual(
      engineHelp('permission-denied', endpoint, 'EACCES').actions.map((action) => 'note' in action && action.note),
      ['error.permission-denied'],
    );
  });
});
