// Pushes and pulls of the engine with the logins that we find: passwords and identity tokens.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { Ui } from '../../../src/app/ui.ts';
import { machine } from '../../../src/engine/connection/discover.ts';
import { createEngine } from '../../../src/engine/current.ts';
import type { Engine } from '../../../src/engine/types.ts';
import { createRegistries, type Registries } from '../../../src/registry/known/registries.ts';
import type { Credentials } from '../../../src/registry/types.ts';
import { withLogin } from '../../../src/steps/registries/login.ts';
import { double } from '../../parts/double.ts';
import { createMemory, withoutEditor } from '../../parts/editor/absent.ts';
import { dockerApi } from '../../parts/engine/api.ts';
import { importImage } from '../../parts/engine/images.ts';
import { tar } from '../../parts/machine/tar.ts';
import { realParts } from '../../parts/run/environment.ts';
import { type Lab, signal, startLab, temporaryFolder, whyNoLab } from './lab.ts';
import { startTokenServer, type TokenServer } from './tokenServer.ts';

describe('the engine, with the logins that are known here', function () {
  this.timeout(60_000);
  let engine: Engine;
  let server: TokenServer;
  let lab: Lab;
  let ref: string;

  before(async function () {
    if (whyNoLab()) {
      this.skip();
    }
    const folder = temporaryFolder();
    server = await startTokenServer(folder, { alice: 's3cret' }, (account) =>
      account === 'alice' ? ['pull', 'push'] : [],
    );
    const token = { realm: server.realm, service: 'lab', issuer: 'lab-issuer', rootcertbundle: server.certificate };
    lab = await startLab({ folder, auth: { token } });
    engine = createEngine({
      setting: () => realParts().engine,
      environment: { ...machine, env: {}, home: '/nowhere' },
      log: () => undefined,
    });
    ref = `${lab.host}/team/pushed:1`;
    await importImage(dockerApi(realParts().engine), ref, tar([{ path: 'hello', content: 'hello' }]));
  });

  after(async () => {
    await dockerApi(realParts().engine)('DELETE', `/images/${ref}`).catch(() => undefined);
    engine?.dispose();
    await server?.stop();
    await lab?.stop();
  });

  const logins: [string, Credentials | undefined, string | undefined][] = [
    ['a password', { username: 'alice', password: 's3cret', source: 'file' }, undefined],
    ['an identity token', { username: 'alice', identityToken: 'refresh-of-alice', source: 'helper' }, undefined],
    ['a wrong password', { username: 'alice', password: 'wrong', source: 'file' }, 'refused'],
    ['none', undefined, 'denied'],
  ];
  for (const [name, login, outcome] of logins) {
    it(`${outcome ? 'is refused' : 'pushes and pulls'} with ${name}`, async () => {
      const registries: Registries = createRegistries(
        withoutEditor(createMemory(), { find: async () => login, hosts: async () => [] }),
      );
      const app = { registries, ui: double<Ui>({}) };
      const client = await engine.client();
      const where = { registry: lab.host, repository: 'team/pushed', ask: false };
      const push = withLogin(app, { ...where, action: 'push' }, (auth) =>
        client.images.push(ref, { ...(auth && { auth }), signal }),
      );
      if (outcome !== undefined) {
        await assert.rejects(push, (error: Error & { code?: string }) => {
          assert.match(error.code ?? '', /^(login-denied|login-required|access-denied)$/);
          assert.ok(!error.message.includes('wrong'));
          return true;
        });
      } else {
        await push;
        await withLogin(app, { ...where, action: 'pull' }, (auth) =>
          client.images.pull(ref, { ...(auth && { auth }), signal }),
        );
      }
      registries.dispose();
    });
  }
});
