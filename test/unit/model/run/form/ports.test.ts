// Host ports that are taken, and those that are proposed.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { freeForm, portClashes, proposePorts, withFreePorts } from '../../../../../src/model/run/form/ports.ts';

describe('ports of the run form', () => {
  const published = [
    { by: 'any', address: '', port: 8080, protocol: 'tcp' },
    { by: 'local', address: '127.0.0.1', port: 9000, protocol: 'tcp' },
  ];

  it('clash where address, port and protocol meet', () => {
    const cases: [string, boolean][] = [
      ['8080:80', true],
      ['127.0.0.1:8080:80', true],
      ['8080:80/udp', false],
      ['9000:80', true],
      ['127.0.0.1:9000:80', true],
      ['192.168.0.1:9000:80', false],
      ['8079-8081:79-81', true],
      ['8000-8100:80', false],
      ['80', false],
      ['nonsense', false],
    ];
    for (const [mapping, clashes] of cases) {
      assert.equal(portClashes([mapping], published)[0] !== undefined, clashes, mapping);
    }
  });

  it('are proposed at the same port where an ordinary user may open it and it is free', () => {
    const proposed = proposePorts(['80/tcp', '8080/tcp', '3000/tcp', '5353/udp', 'x'], (port) => port !== 8080);
    assert.deepEqual(proposed, ['80', '8080', '3000:3000', '5353:5353/udp']);
  });

  it('are left to the engine when they are taken', () => {
    assert.deepEqual(withFreePorts(['8080:80', '127.0.0.1:9000:90/tcp', '7000:70'], published), [
      '80',
      '127.0.0.1::90/tcp',
      '7000:70',
    ]);
    assert.equal(freeForm('[::1]:8080:80'), '[::1]::80');
  });
});
