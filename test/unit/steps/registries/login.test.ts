// Pushes and pulls that lack a login, or the trust of the engine.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { RegistryAuth } from '../../../../src/engine/types.ts';
import { EngineError } from '../../../../src/model/engines/error.ts';
import { Cancelled, type UserError } from '../../../../src/model/errors.ts';
import { createRegistries } from '../../../../src/registry/known/registries.ts';
import { withLogin } from '../../../../src/steps/registries/login.ts';
import { withOdd } from '../../../parts/oddRegistries/client.ts';
import { createMemory, withoutEditor } from '../../../parts/withoutEditor.ts';
import { type Scripted, scripted } from '../scripted.ts';

/** An engine whose registry takes one password; `words` are what it says otherwise. */
function pusher(words: string): {
  run(auth: RegistryAuth | undefined): Promise<string>;
  given: (string | undefined)[];
} {
  const given: (string | undefined)[] = [];
  return {
    given,
    async run(auth) {
      given.push(auth?.password);
      if (auth?.password !== 's3cret') {
        throw new EngineError(words);
      }
      return 'pushed';
    },
  };
}

function world(use: (script: Scripted, host: string) => Promise<void>): Promise<void> {
  return withOdd('basic-upper-case', async ({ host }) => {
    const registries = createRegistries(withoutEditor(createMemory()));
    try {
      await use(scripted(registries), host);
    } finally {
      registries.dispose();
    }
  });
}

const where = (registry: string, more: object = {}) =>
  ({ action: 'push', registry, repository: 'team/app', ask: true, ...more }) as const;

describe('pushing with a login', () => {
  it('asks once for the one that is missing, and tries again with it', () =>
    world(async (script, host) => {
      const { run, given } = pusher('unauthorized: authentication required');
      script.answers.push('lena', 's3cret');
      assert.equal(await withLogin(script.app, where(host), run), 'pushed');
      assert.deepEqual(given, [undefined, 's3cret']);
      assert.equal(await withLogin(script.app, where(host), run), 'pushed');
    }));

  it('asks once for the one that is refused, with its name filled in', () =>
    world(async (script, host) => {
      const { run } = pusher('no basic auth credentials');
      await script.app.registries.signIn(host, { username: 'lena', password: 's3cret' }, new AbortController().signal);
      const old = { username: 'lena', password: 'old', serverAddress: host };
      const auths = [old, undefined];
      Object.assign(script.app.registries, { authFor: async () => auths.shift() ?? { ...old, password: 's3cret' } });
      script.answers.push(true, 's3cret');
      assert.equal(await withLogin(script.app, where(host), run), 'pushed');
      assert.match(script.told[0] ?? '', /refused the login.*\[lena\]$/);
    }));

  it('asks nobody when it is automated, and says what to do', () =>
    world(async (script, host) => {
      const { run } = pusher('unauthorized: authentication required');
      await assert.rejects(withLogin(script.app, where(host, { ask: false }), run), (error: UserError) => {
        assert.equal(error.code, 'login-required');
        assert.ok(error.message.includes(host));
        assert.deepEqual(error.actions[0], { label: 'Sign In', command: 'docknotes.signIn', args: [host] });
        return true;
      });
      const denied = pusher('pull access denied for team/app, repository does not exist');
      await assert.rejects(withLogin(script.app, where(host, { action: 'pull' }), denied.run), {
        code: 'access-denied',
      });
    }));

  it('leaves failures that another login would not mend, and those that a person wanted', () =>
    world(async (script, host) => {
      const failing = (error: Error) => withLogin(script.app, where(host), () => Promise.reject(error));
      await assert.rejects(failing(new EngineError('no space left on device')), { code: 'engine' });
      await assert.rejects(failing(new Cancelled()), Cancelled);
      await assert.rejects(
        failing(new EngineError('x509: certificate signed by unknown authority')),
        (error: UserError) => {
          assert.equal(error.code, 'unknown-ca');
          assert.ok(error.message.includes(`/etc/docker/certs.d/${host}/ca.crt`));
          return true;
        },
      );
      assert.deepEqual(script.told, []);
    }));
});
