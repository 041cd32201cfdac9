// No secret may be in a log, an error, a setting, the process list or a file of ours: known secrets are used for everything
// that registries are used for, then all of that is searched for them in the forms that they travel in.

import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { inspect } from 'node:util';
import { hashSync } from 'bcryptjs';
import { after, before, describe, it } from 'mocha';
import { messageOf } from '../../../src/model/errors.ts';
import { createFileCredentials } from '../../../src/registry/auth/credentials.ts';
import { createEditing } from '../../../src/registry/change/editing.ts';
import { createRegistries, type Registries } from '../../../src/registry/known/registries.ts';
import { createSavedLists } from '../../../src/registry/known/stored/listFiles.ts';
import { dockerApi } from '../../parts/dockerApi.ts';
import { baseReference, ensureBaseImage } from '../../parts/images.ts';
import { memorySecrets, memoryState } from '../../parts/memoryState.ts';
import { engineOn } from '../engine/support.ts';
import { copier } from './editing.ts';
import { putImage } from './fill.ts';
import { collect, type Lab, signal, startLab, temporaryFolder, whyNoLab } from './lab.ts';
import { startTokenServer, type TokenServer } from './tokenServer.ts';

const password = 'Pä55 w0rd/+=&%"\'\\:end';
const wrongPassword = 'wr0ng-Pä55/+=&';
const helperToken = 'refresh-of-alice';
const basicAlice = { Authorization: `Basic ${Buffer.from(`alice:${password}`).toString('base64')}` };

describe('secrets of registries', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  const log: string[] = [];
  const errors: unknown[] = [];
  const results: unknown[] = [];
  const commandLines = new Set<string>();
  const state = new Map<string, unknown>();
  const secrets = new Map<string, string>();
  const pathBefore = process.env.PATH;
  let own: Lab;
  let tokenLab: Lab;
  let server: TokenServer;
  let registries: Registries;
  let sampling: NodeJS.Timeout | undefined;

  before(async function () {
    if (whyNoLab() || process.platform !== 'linux') {
      this.skip();
    }
    const [first, second] = [temporaryFolder(), temporaryFolder()];
    writeFileSync(join(first, 'htpasswd'), `alice:${hashSync(password, 4)}\n`);
    own = await startLab({ folder: first, auth: { htpasswd: { realm: 'lab', path: join(first, 'htpasswd') } } });
    server = await startTokenServer(second, { alice: password }, (account) =>
      account === 'alice' ? ['pull', 'push', 'delete', '*'] : [],
    );
    tokenLab = await startLab({
      folder: second,
      auth: {
        token: {
          realm: server.realm,
          service: 'lab',
          issuer: 'lab-issuer',
          rootcertbundle: server.certificate,
        },
      },
    });
    await putImage(`http://${own.host}`, 'team/app', ['1.0', '1.1', 'latest'], 'one', basicAlice);
    installHelper();
    const note = (line: string) => log.push(line);
    registries = createRegistries({
      settings: () => [],
      state: memoryState(state),
      secrets: memorySecrets(secrets),
      files: createFileCredentials(note, { env: { DOCKER_CONFIG: folder }, home: folder }),
      log: { info: note, warn: note },
    });
    sampling = setInterval(() => sampleProcesses(commandLines), 3);
  });
  after(async () => {
    clearInterval(sampling);
    process.env.PATH = pathBefore;
    registries?.dispose();
    await Promise.all([own?.stop(), tokenLab?.stop(), server?.stop()]);
    rmSync(folder, { recursive: true, force: true });
  });

  /** A credential helper as docker's are: a program that is asked on its standard input. */
  function installHelper(): void {
    const program = join(folder, 'bin', 'docker-credential-lab');
    const answer = JSON.stringify({ ServerURL: tokenLab.host, Username: '<token>', Secret: helperToken });
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'answer.json'), answer);
    writeFileSync(program, `#!/bin/sh\ncat > /dev/null\nsleep 0.1\ncat ${join(folder, 'answer.json')}\n`);
    chmodSync(program, 0o755);
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ credHelpers: { [tokenLab.host]: 'lab' } }));
    process.env.PATH = `${join(folder, 'bin')}${delimiter}${pathBefore}`;
  }

  async function fails(action: Promise<unknown>): Promise<void> {
    await assert.rejects(action, (error) => errors.push(error) > 0);
  }

  it('are used for everything that registries are used for', async () => {
    const typed = `http://${own.host}`;
    await fails(registries.add(typed, {}, signal));
    await fails(registries.add(typed, { username: 'alice', password: wrongPassword }, signal));
    results.push(await registries.add(typed, { username: 'alice', password }, signal));
    results.push(await registries.add(`http://${tokenLab.host}`, {}, signal));
    await fails(registries.signIn(own.host, { username: 'alice', password: wrongPassword }, signal));
    results.push(await registries.signIn(own.host, { username: 'alice', password }, signal));
    results.push(await registries.accounts(own.host), await registries.login(tokenLab.host));

    const lists = createSavedLists(join(folder, 'lists'), (line) => log.push(line));
    const names = await collect(registries.repositories(own.host, signal));
    await lists.write(own.host, { names, at: 1 });
    results.push(names, await registries.tags(own.host, 'team/app', signal));
    results.push(await registries.image(own.host, 'team/app', 'latest', signal));
    await fails(registries.tags(own.host, 'team/none', signal));

    const editing = createEditing({
      copier: () => copier,
      registries,
      folder: join(folder, 'uploads'),
      log: { info: (line) => log.push(line) },
    });
    const from = { registry: own.host, repository: 'team/app', reference: '1.0' };
    const to = { registry: tokenLab.host, repository: 'team/copy', tag: '1.0' };
    results.push(await editing.copy(from, to, { referrers: true }, signal));
    results.push(await editing.copy({ ...to, reference: '1.0' }, { ...from, tag: 'back' }, {}, signal));
    results.push(await editing.retag(from, 'stable', signal));
    results.push(await editing.plan(from, { keep: 1 }, signal));
    await editing.untag({ ...from, tag: 'back' }, signal);
    const deletion = await editing.planDeletion(from, ['1.1'], signal);
    results.push(deletion);
    await editing.remove(from, deletion[0] ?? assert.fail(), signal);
    await fails(editing.copy({ ...from, reference: 'gone' }, to, {}, signal));
    await fails(editing.remove(from, deletion[0] ?? assert.fail(), signal));
    assert.ok(server.tokens.length > 0, 'the identity token of the helper was exchanged');
    assert.ok(secrets.size > 0);
  });

  it('are used for a push by the engine', async function () {
    const url = process.env.DOCKNOTES_TEST_ENGINE;
    if (!url) {
      this.skip();
    }
    const engine = engineOn(url, log);
    try {
      const client = await engine.client();
      await ensureBaseImage(dockerApi(url));
      const ref = `${own.host}/team/pushed:1`;
      await client.images.tag(baseReference, ref);
      try {
        const wrong = { username: 'alice', password: wrongPassword, serverAddress: own.host };
        await fails(client.images.push(ref, { auth: wrong, signal, onProgress: () => {} }));
        const auth = await registries.authFor(own.host);
        assert.equal(auth?.password, password);
        results.push(
          await client.images.push(ref, {
            ...(auth ? { auth } : {}),
            signal,
            onProgress: (line) => results.push(line),
          }),
        );
      } finally {
        await client.images.remove(ref, { force: true });
      }
    } finally {
      engine.dispose();
    }
  });

  it('are in nothing that can be read afterwards', async () => {
    clearInterval(sampling);
    results.push(await registries.signOut(own.host).catch(messageOf));
    assert.ok(
      [...commandLines].some((line) => line.includes('docker-credential-lab')),
      'the process list was looked at while the helper ran',
    );
    assert.ok(
      [...commandLines].some((line) => line.includes('copy/child.ts')),
      'and while copies ran',
    );
    const places: Record<string, string> = {
      'the log': log.join('\n'),
      'an error': errors
        .map((error) => inspect(error, { depth: 12, showHidden: true, maxStringLength: null }))
        .join('\n'),
      'the result of a call': inspect(results, { depth: 12, maxStringLength: null, maxArrayLength: null }),
      'the state of the editor': JSON.stringify([...state]),
      'the process list': [...commandLines].join('\n'),
      ...filesBelow(join(folder, 'lists')),
      ...filesBelow(join(folder, 'uploads')),
    };
    assert.ok(log.length > 50 && errors.length >= 6 && state.size > 0);
    const found: string[] = [];
    const known = { password, wrongPassword, helperToken, ...Object.fromEntries(server.tokens.entries()) };
    for (const [name, secret] of Object.entries(known)) {
      for (const [form, text] of Object.entries(formsOf(secret))) {
        for (const [place, content] of Object.entries(places)) {
          if (content.includes(text)) {
            found.push(`${name}, ${form}, is in ${place}`);
          }
        }
      }
    }
    assert.deepEqual(found, []);
  });

  it('would be found: the search sees a secret in each of its forms', () => {
    const header = `Authorization: ${basicAlice.Authorization}`;
    assert.ok(Object.values(formsOf(password)).some((text) => header.includes(text)));
    const query = new URLSearchParams({ secret: password }).toString();
    assert.ok(Object.values(formsOf(password)).some((text) => query.includes(text)));
    const json = Buffer.from(JSON.stringify({ a: 'xy', password: 'plain-secret-1' })).toString('base64url');
    assert.ok(Object.values(formsOf('plain-secret-1')).some((text) => json.includes(text)));
  });
});

/** A secret as it is, and as it travels; in base64 at each of the three places where it can begin within a group. */
function formsOf(secret: string): Record<string, string> {
  const forms: Record<string, string> = {
    plain: secret,
    'as JSON': JSON.stringify(secret).slice(1, -1),
    'URL-encoded': encodeURIComponent(secret),
    'form-encoded': new URLSearchParams({ s: secret }).toString().slice(2),
  };
  for (const shift of [0, 1, 2]) {
    const bytes = Buffer.from(' '.repeat(shift) + secret);
    // The first and last characters depend on what stands beside the secret.
    const inner = (text: string) => text.replace(/=+$/, '').slice(shift === 0 ? 0 : shift + 1, -1);
    forms[`base64 (${shift})`] = inner(bytes.toString('base64'));
    forms[`base64url (${shift})`] = inner(bytes.toString('base64url'));
  }
  return forms;
}

function sampleProcesses(into: Set<string>): void {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      into.add(line);
      if (/docker-credential-lab|copy\/child\.ts/.test(line)) {
        into.add(readFileSync(`/proc/${pid}/environ`, 'utf8'));
      }
    } catch {
      // It ended between the two calls.
    }
  }
}

function filesBelow(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  try {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) {
        const file = join(entry.parentPath, entry.name);
        files[`the file ${file}`] = readFileSync(file, 'utf8');
      }
    }
  } catch {
    // Nothing was written.
  }
  return files;
}
