// What is said of failures: one sentence each, with the way out, and nothing of the engine's own markup.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { EngineError } from '../../../../src/model/engines/error.ts';
import { explain, explainExec } from '../../../../src/model/engines/help.ts';
import { UserError } from '../../../../src/model/errors.ts';

describe('explain', () => {
  // Messages as engines and registries really give them.
  for (const [code, words, subject] of [
    [
      'port-allocated',
      'driver failed programming external connectivity on endpoint web (ab12): Bind for 0.0.0.0:8080 failed: port is already allocated',
      '0.0.0.0:8080',
    ],
    [
      'port-allocated',
      'driver failed programming external connectivity on endpoint web: Error starting userland proxy: listen tcp4 0.0.0.0:8080: bind: address already in use',
      '0.0.0.0:8080',
    ],
    [
      'name-in-use',
      'Conflict. The container name "/web" is already in use by container "ab12". You have to remove (or rename) that container to be able to reuse that name.',
      'web',
    ],
    [
      'container-running',
      'You cannot remove a running container ab12. Stop the container before attempting removal or force remove',
      'Stop it',
    ],
    [
      'container-running',
      'cannot remove container "/web": container is running: stop the container before removing or force remove',
      'Stop it',
    ],
    ['no-such-container', 'No such container: gone', 'gone'],
    ['no-such-image', 'No such image: nothing:latest', 'nothing:latest'],
    [
      'tag-not-found',
      'manifest for 127.0.0.1:5000/a:9 not found: manifest unknown: manifest unknown',
      '127.0.0.1:5000/a:9',
    ],
    ['tag-not-found', 'An image does not exist locally with the tag: 127.0.0.1:5000/x', '127.0.0.1:5000/x'],
    ['login-required', 'no basic auth credentials', 'no basic auth credentials'],
    ['login-required', 'Get "https://r/v2/": unauthorized: authentication required', 'unauthorized'],
    ['login-denied', 'unauthorized: incorrect username or password', 'incorrect'],
    ['access-denied', "pull access denied for a/b, repository does not exist or may require 'docker login'", 'a/b'],
    ['access-denied', 'denied: requested access to the resource is denied', 'denied'],
    [
      'plain-http-registry',
      'Get "https://r:5000/v2/": http: server gave HTTP response to HTTPS client',
      'HTTPS client',
    ],
    ['unknown-ca', 'Get "https://r/v2/": x509: certificate signed by unknown authority', 'certs.d'],
    [
      'certificate-expired',
      'Get "https://r/v2/": tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-11-21T17:00:00Z is after 2026-11-20T17:00:00Z',
      'has expired',
    ],
    [
      'certificate-not-yet-valid',
      'Get "https://r/v2/": x509: certificate has expired or is not yet valid: current time 2026-11-21T17:00:00Z is before 2027-11-20T17:00:00Z',
      'not valid yet',
    ],
    ['certificate-name', 'Get "https://r/v2/": x509: certificate is valid for registry.lab, not r', 'another name'],
    [
      'certificate-name',
      'Get "https://10.0.0.1/v2/": x509: cannot validate certificate for 10.0.0.1 because it doesn\'t contain any IP SANs',
      'another name',
    ],
    [
      'certificate-name',
      'x509: certificate is not valid for any names, but wanted to match registry.lab',
      'another name',
    ],
    ['certificate-name', 'x509: certificate relies on legacy Common Name field, use SANs instead', 'another name'],
    ['certificate', 'x509: certificate specifies an incompatible key usage', 'does not accept'],
    ['registry-unreachable', 'Get "https://r/v2/": dial tcp: lookup r: no such host', 'no such host'],
    ['registry-unreachable', 'Get "https://r/v2/": dial tcp 10.0.0.1:443: i/o timeout', 'i/o timeout'],
    [
      'no-such-command',
      'OCI runtime exec failed: exec failed: unable to start container process: exec: "bash": executable file not found in $PATH: unknown',
      'bash',
    ],
    [
      'image-in-use',
      'conflict: unable to delete ab12cd34ef56 (cannot be forced) - image is being used by running container 0123456789ab',
      '0123456789ab',
    ],
    [
      'image-in-use',
      'conflict: unable to remove repository reference "b:1" (must force) - container 0123456789ab is using its referenced image ab12',
      '0123456789ab',
    ],
    [
      'image-has-tags',
      'conflict: unable to delete ab12cd34ef56 (must be forced) - image is referenced in multiple repositories',
      'ab12cd34ef56',
    ],
    [
      'image-has-children',
      'conflict: unable to delete ab12cd34ef56 (cannot be forced) - image has dependent child images',
      'ab12cd34ef56',
    ],
    ['not-running', 'Container ab12 is not running', ''],
    ['paused', 'cannot start a paused container, try unpause instead', ''],
    ['paused', 'Container ab12 is paused, unpause the container before exec', ''],
    ['bad-reference', 'invalid reference format: repository name must be lowercase', 'lowercase'],
    ['engine', 'something\u001b[31m entirely new', 'something entirely new'],
  ] as const) {
    it(`knows ${code}: ${words.slice(0, 50)}`, () => {
      const error = explain(new EngineError(words, { status: 500 }));
      assert.equal(error.code, code);
      assert.ok(error.message.includes(subject), error.message);
      assert.ok(!error.message.includes('\u001b'));
    });
  }

  it('leaves a UserError as it is, and names the endpoint of a lost one', () => {
    const own = new UserError('mine', 'Mine.');
    assert.equal(explain(own), own);
    const endpoint = { url: 'tcp://h:1', source: 'setting' } as const;
    const lost = explain(new EngineError('connect ECONNREFUSED', { problem: 'not-running', endpoint }));
    assert.equal(lost.code, 'engine-not-running');
    assert.ok(lost.message.includes('tcp://h:1'));
  });

  it('explains a program that is not there, and only that', () => {
    const output = 'OCI runtime exec failed: exec failed: exec: "sh": stat sh: no such file or directory: unknown\r\n';
    assert.equal(explainExec(126, output)?.code, 'no-such-command');
    assert.equal(explainExec(0, output), undefined);
    assert.equal(explainExec(127, 'sh: nope: not found'), undefined);
  });
});
