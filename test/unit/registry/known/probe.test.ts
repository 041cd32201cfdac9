import assert from 'node:assert/strict';
import net, { type AddressInfo } from 'node:net';
import { describe, it } from 'mocha';
import { fixedCredentials } from '../../../../src/registry/auth/credentials.ts';
import { type ProbeError, type ProbeOptions, probeRegistry } from '../../../../src/registry/known/probe.ts';
import { lena, withOdd } from '../../../parts/oddRegistries/client.ts';

const options: ProbeOptions = {
  credentials: fixedCredentials(undefined),
  certificates: () => Promise.resolve({ ca: [], problems: [] }),
  timeouts: { connect: 1000, answer: 300, idle: 300 },
  wait: () => Promise.resolve(),
};

/** A server that answers every connection with these bytes; empty: it closes at once. */
async function withBytes(bytes: string, use: (host: string) => Promise<void>): Promise<void> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await use(`127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    for (const socket of sockets) {
      socket.destroy();
    }
    await new Promise((resolve) => server.close(resolve));
  }
}

describe('probing an address', () => {
  it('tries https first, then plain http on this machine, without credentials until it has an answer', () =>
    withOdd('basic-upper-case', async ({ host, requests }) => {
      const found = await probeRegistry(`${host}/`, { ...options, credentials: fixedCredentials(lena) });
      assert.deepEqual(found.address, { host, scheme: 'http' });
      assert.deepEqual([found.access, found.account], ['login', 'lena']);
      assert.equal(requests[0]?.authorization, undefined);
    }));

  it('finds a registry below a path, and at the root for a pasted page', async () => {
    await withOdd('ping-under-prefix', async ({ host }) => {
      const found = await probeRegistry(`http://${host}/team/registry/`, options);
      assert.deepEqual(found.address, { host, scheme: 'http', prefix: 'team/registry' });
      await assert.rejects(probeRegistry(`http://${host}/`, options), { code: 'not-a-registry' });
    });
    await withOdd('ping-wants-https', async ({ host }) => {
      await assert.rejects(probeRegistry(`http://${host}`, options), { name: 'ProbeError', code: 'tls-required' });
    });
    await withOdd('bearer-without-scope', async ({ host }) => {
      const found = await probeRegistry(`http://${host}/v2/_catalog?n=5`, options);
      assert.deepEqual([found.address.prefix, found.access], [undefined, 'anonymous']);
    });
  });

  it('asks about plain http anywhere but on this machine', function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    // The unspecified address reaches this machine, but no rule calls it loopback.
    return withOdd('basic-upper-case', async ({ host, requests }) => {
      const elsewhere = host.replace('127.0.0.1', '0.0.0.0');
      const known = { ...options, credentials: fixedCredentials(lena) };
      await assert.rejects(probeRegistry(elsewhere, known), { name: 'ProbeError', code: 'plain-http' });
      assert.deepEqual(requests, []);
      assert.equal((await probeRegistry(`http://${elsewhere}`, known)).account, 'lena');
    });
  });

  it('takes a 401 with the errors of a registry for one', () =>
    withOdd('no-challenge', async ({ host }) => {
      await assert.rejects(probeRegistry(host, options), { code: 'unauthorized' });
    }));

  it('says which step failed', () =>
    withOdd('token-refuses', async ({ host }) => {
      await assert.rejects(
        probeRegistry(host, { ...options, credentials: fixedCredentials(lena) }),
        (error: ProbeError) => {
          assert.equal(error.code, 'login-failed');
          assert.deepEqual(
            error.steps.map(({ state }) => state),
            ['ok', 'ok', 'skipped', 'ok', 'failed'],
          );
          assert.equal(error.steps.at(-1)?.sentence, error.message);
          return true;
        },
      );
    }));

  it('refuses a web page', () =>
    withOdd('ping-html', async ({ host }) => {
      await assert.rejects(probeRegistry(host, options), { code: 'not-a-registry', words: 'Welcome to nginx' });
    }));

  it('refuses a server that speaks something else', () =>
    withBytes('SSH-2.0-OpenSSH_9.2\r\n', async (host) => {
      await assert.rejects(probeRegistry(`http://${host}`, options), { code: 'not-a-registry' });
    }));

  it('refuses a server that says nothing', () =>
    withBytes('', async (host) => {
      await assert.rejects(probeRegistry(host, options), { code: 'connection-lost' });
    }));

  it('says that nothing listens', async () => {
    let free = '';
    await withBytes('', async (host) => {
      free = host;
    });
    await assert.rejects(probeRegistry(free, options), (error: ProbeError) => {
      assert.equal(error.code, 'refused');
      assert.deepEqual(
        error.steps.map(({ state }) => state),
        ['ok', 'failed', 'skipped', 'skipped', 'skipped'],
      );
      return true;
    });
  });

  it('says that a name is not known', async () => {
    await assert.rejects(probeRegistry('no-such-registry.invalid', options), { code: 'name-not-found' });
  });

  it('refuses what is no address before it asks anyone', async () => {
    await assert.rejects(probeRegistry('not an address', options), { code: 'bad-address' });
  });
});
