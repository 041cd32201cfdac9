// Where engines listen.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { remoteHostOf } from '../../../../src/model/engines/endpoint.ts';

describe('an endpoint', () => {
  it('tells the host of an engine on another machine', () => {
    assert.equal(remoteHostOf('ssh://lena@Build.lab:22'), 'build.lab');
    assert.equal(remoteHostOf('tcp://[fd00::7]:2376'), 'fd00::7');
    for (const here of [
      'unix:///var/run/docker.sock',
      'tcp://127.0.0.1:2375',
      'tcp://localhost:2375',
      'tcp://[::1]:1',
    ]) {
      assert.equal(remoteHostOf(here), undefined, here);
    }
  });

  it('takes a name that begins like a loopback address for what it is, and whatever stands in brackets for a host', () => {
    assert.equal(remoteHostOf('tcp://127.example.com:2376'), '127.example.com');
    assert.equal(remoteHostOf('tcp://[fe80::1%eth0]:2376'), 'fe80::1%eth0');
  });
});
