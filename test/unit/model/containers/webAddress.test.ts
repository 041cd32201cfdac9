// The addresses of published ports for a browser.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isWebPort, webAddress, webPorts } from '../../../../src/model/containers/webAddress.ts';
import type { Port } from '../../../../src/model/objects.ts';

const port = (fields: Partial<Port>): Port => ({ container: 80, protocol: 'tcp', host: 8080, ...fields });

describe('web address', () => {
  const local = 'unix:///var/run/docker.sock';

  it('is that of the machine for a local engine, and of its host for a remote one', () => {
    assert.equal(webAddress(port({ address: '0.0.0.0' }), local), 'http://localhost:8080');
    assert.equal(webAddress(port({ address: '::' }), undefined), 'http://localhost:8080');
    assert.equal(webAddress(port({ address: '127.0.0.1' }), local), 'http://localhost:8080');
    assert.equal(webAddress(port({ address: '10.0.0.7', container: 8443 }), local), 'https://10.0.0.7:8080');
    assert.equal(webAddress(port({ address: 'fd00::1' }), local), 'http://[fd00::1]:8080');
    assert.equal(webAddress(port({ address: '0.0.0.0' }), 'tcp://build.example:2376'), 'http://build.example:8080');
    assert.equal(webAddress(port({ address: '0.0.0.0' }), 'ssh://me@build.example'), 'http://build.example:8080');
    assert.equal(webAddress(port({ address: '' }), 'tcp://127.0.0.1:2375'), 'http://localhost:8080');
  });

  it('is none for what no browser reaches', () => {
    assert.equal(webAddress(port({ protocol: 'udp' }), local), undefined);
    assert.equal(webAddress({ container: 80, protocol: 'tcp' }, local), undefined);
    assert.equal(webAddress(port({ address: '127.0.0.1' }), 'ssh://me@build.example'), undefined);
    assert.equal(webAddress(port({ address: 'evil](x' }), local), undefined);
    assert.equal(webAddress(port({ address: '' }), 'tcp://evil](x'), undefined);
    assert.equal(webAddress(port({ address: '' }), 'tcp://[fe80::1%eth0]:2376'), undefined);
    assert.equal(webAddress(port({ address: '' }), 'tcp://[fd00::7]:2376'), 'http://[fd00::7]:8080');
  });

  it('comes first for the port that is likely a page, once for each', () => {
    const ports = [
      port({ container: 5432, host: 1 }),
      port({ container: 7777, host: 2 }),
      port({ container: 8080, host: 3, address: '0.0.0.0' }),
      port({ container: 8080, host: 3, address: '::' }),
    ];
    assert.deepEqual(
      webPorts(ports, local).map(({ url }) => url),
      ['http://localhost:3', 'http://localhost:2', 'http://localhost:1'],
    );
    assert.ok(isWebPort(port({})) && !isWebPort(port({ container: 7777 })));
  });
});
