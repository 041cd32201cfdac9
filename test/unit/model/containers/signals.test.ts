// Signals by name and by number.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { signalName } from '../../../../src/model/containers/signals.ts';

describe('signals', () => {
  it('are one by name and by number', () => {
    assert.deepEqual(['15', 'term', 'SIGTERM', ' sigquit', '9', 'SIGRTMIN+3'].map(signalName), [
      'SIGTERM',
      'SIGTERM',
      'SIGTERM',
      'SIGQUIT',
      'SIGKILL',
      'SIGRTMIN+3',
    ]);
  });
  it('are known by the numbers that Dockerfiles use, too; others stay what they are', () => {
    assert.deepEqual(['28', '34', '99', 'constructor'].map(signalName), [
      'SIGWINCH',
      'SIGRTMIN',
      'SIG99',
      'SIGCONSTRUCTOR',
    ]);
  });
});
