import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { askCredentialHelper } from '../../../../src/registry/auth/credentialHelper.ts';

describe('credential helpers as programs', () => {
  const path = process.env.PATH;
  let folder: string;

  before(function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    folder = mkdtempSync(join(tmpdir(), 'docknotes-helper-'));
    process.env.PATH = `${folder}${delimiter}${path}`;
  });
  after(() => {
    process.env.PATH = path;
    if (folder) {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  function install(name: string, script: string): void {
    const file = join(folder, `docker-credential-${name}`);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  }

  it('gets the server on its input and gives JSON', async () => {
    install(
      'good',
      `read server; echo "{\\"ServerURL\\":\\"$server\\",\\"Username\\":\\"$1\\",\\"Secret\\":\\"for $server\\"}"`,
    );
    assert.deepEqual(await askCredentialHelper('good', 'lab:5000'), {
      username: 'get',
      password: 'for lab:5000',
      source: 'docker-credential-good',
    });
  });

  it('has nothing', async () => {
    install('empty', 'echo "credentials not found in native keychain"; exit 1');
    assert.equal(await askCredentialHelper('empty', 'lab'), undefined);
  });

  it('fails, and what it printed is not repeated', async () => {
    install('broken', 'echo "s3cret"; exit 3');
    await assert.rejects(askCredentialHelper('broken', 'lab'), {
      message: 'docker-credential-broken ended with exit code 3',
    });
    install('odd', 'echo "{s3cret"');
    await assert.rejects(askCredentialHelper('odd', 'lab'), {
      message: 'docker-credential-odd gave an answer that is not JSON',
    });
  });

  it('ends without reading its input', async () => {
    install('deaf', `echo '{"Username":"a","Secret":"b"}'; exec 0<&-`);
    assert.equal((await askCredentialHelper('deaf', 'x'.repeat(100_000)))?.username, 'a');
  });
});
