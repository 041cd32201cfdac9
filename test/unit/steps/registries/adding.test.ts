// What a person is asked when a registry is added, and what follows from the answers.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { addRegistry } from '../../../../src/commands/registries/addRegistry.ts';
import { signIn } from '../../../../src/commands/registries/signIn.ts';
import { signOut } from '../../../../src/commands/registries/signOut.ts';
import { switchAccount } from '../../../../src/commands/registries/switchAccount.ts';
import { Cancelled } from '../../../../src/model/errors.ts';
import { createRegistries } from '../../../../src/registry/known/registries.ts';
import { withOdd } from '../../../parts/oddRegistries/client.ts';
import type { OddName } from '../../../parts/oddRegistries/index.ts';
import { createMemory, withoutEditor } from '../../../parts/withoutEditor.ts';
import { container, image } from '../../model/sampleObjects.ts';
import { offered, type Scripted, scripted } from '../scripted.ts';

function world(
  name: OddName,
  use: (script: Scripted, host: string) => Promise<void>,
  hosts: string[] = [],
): Promise<void> {
  return withOdd(name, async ({ host }) => {
    const files = { find: async () => undefined, hosts: async () => hosts };
    const registries = createRegistries(withoutEditor(createMemory(), files));
    try {
      await use(scripted(registries), host);
    } finally {
      registries.dispose();
    }
  });
}

describe('adding a registry, asked step by step', () => {
  it('offers what containers serve, what images are from, and what has a login', () =>
    world(
      'ping-true',
      async (script, host) => {
        const port = (fields: object) => ({ container: 5000, protocol: 'tcp' as const, ...fields });
        script.containers.push(
          container({
            name: 'mine',
            image: 'registry:2',
            ports: [port({ host: 5007 }), port({ host: 5007, address: '::' })],
          }),
          container({ name: 'zot', image: 'ghcr.io/project-zot/zot-linux-amd64:v2', ports: [port({ host: 5008 })] }),
          container({ name: 'off', image: 'registry:2', state: 'exited', ports: [port({ host: 5009 })] }),
          container({ name: 'hidden', image: 'registry:2', ports: [port({})] }),
          container({ name: 'web', image: 'nginx:1', ports: [port({ host: 8080 })] }),
        );
        script.images.push(image({ tags: ['registry.lab:5000/team/app:1', 'busybox:latest', 'localhost:5007/x:1'] }));
        script.answers.push(host);
        await addRegistry(script.app);
        assert.deepEqual(await offered(script, ''), [
          'localhost:5007',
          'localhost:5008',
          'registry.lab:5000',
          'quay.io',
        ]);
        assert.deepEqual(await offered(script, 'LAB'), ['registry.lab:5000']);
        assert.match(script.told.join('\n'), /accepts connections/);
      },
      ['quay.io', 'registry.lab:5000'],
    ));

  it('asks for a login until it is taken, with the name filled in', () =>
    world('basic-upper-case', async (script, host) => {
      script.answers.push(host, 'lena', 'wrong', true, 's3cret');
      assert.deepEqual(await addRegistry(script.app), { registry: host });
      const boxes = script.told.filter((line) => /user name:/.test(line));
      assert.match(boxes[0] ?? '', /wants a login.*\[\]$/);
      assert.match(boxes[1] ?? '', /refused the login.*\[lena\]$/);
      assert.match(script.told.at(-1) ?? '', /with the login of lena/);
      assert.ok(!script.told.join('\n').includes('s3cret'));
      script.answers.push(`http://${host}/v2/`);
      await addRegistry(script.app);
      assert.match(script.told.at(-1) ?? '', /in the view already/);
    }));

  it('says how far it came, and asks for another address with this one filled in', () =>
    world('ping-true', async (script, host) => {
      const nowhere = '127.0.0.1:1';
      script.answers.push(nowhere, 'Change the Address…', host);
      assert.deepEqual(await addRegistry(script.app), { registry: host });
      const question = script.told.find((line) => /cannot be added/.test(line)) ?? '';
      assert.match(question, /✓ The name 127\.0\.0\.1 is known\.\n✗ Nothing listens at/);
      assert.ok(script.told.includes(`Add Registry [${nowhere}]`));
    }));

  it('asks once about plain http on another machine', function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    return world('ping-true', async (script, host) => {
      const elsewhere = host.replace('127.0.0.1', '0.0.0.0');
      script.answers.push(elsewhere, 'Use Plain http');
      assert.deepEqual(await addRegistry(script.app), { registry: elsewhere });
      assert.match(script.told.join('\n'), /everybody on the way can read the password/);
    });
  });

  it('ends in silence when a prompt is closed', () =>
    world('basic-upper-case', async (script, host) => {
      script.answers.push(host, 'lena', undefined);
      await assert.rejects(addRegistry(script.app), Cancelled);
      assert.deepEqual(script.app.registries.list(), []);
    }));

  it('asks nothing when it is given options', () =>
    world('basic-upper-case', async (script, host) => {
      await assert.rejects(addRegistry(script.app, host, {}), { code: 'unauthorized' });
      await assert.rejects(addRegistry(script.app, undefined, {}), { code: 'bad-address' });
      assert.deepEqual(await addRegistry(script.app, host, { username: 'lena', password: 's3cret' }), {
        registry: host,
      });
    }));
});

describe('logins of a registry', () => {
  it('are asked for, switched and forgotten', () =>
    world('basic-upper-case', async (script, host) => {
      const { app } = script;
      await addRegistry(app, host, { username: 'lena', password: 's3cret' });
      script.answers.push(true);
      assert.deepEqual(await signOut(app, host), { registry: host, account: 'lena' });
      await assert.rejects(signOut(app, host), { code: 'not-signed-in' });
      script.answers.push('lena', 'wrong', true, 's3cret');
      assert.deepEqual(await signIn(app, host), { registry: host, account: 'lena' });
      script.answers.push('Another account…', 'lena', 's3cret');
      assert.deepEqual(await switchAccount(app, host), { registry: host, account: 'lena' });
      assert.deepEqual(await switchAccount(app, host, { username: 'lena' }), { registry: host, account: 'lena' });
      await assert.rejects(switchAccount(app, host, { username: 'nobody' }), { code: 'no-such-account' });
    }));
});
