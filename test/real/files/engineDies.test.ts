// The engine dies in the middle of a transfer: the transfer ends with a sentence, and nothing half is left.

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { type Connection, connect } from '../../../src/engine/connect.ts';
import type { TransferOptions } from '../../../src/engine/types.ts';
import { explain } from '../../../src/model/engines/help.ts';
import { type PrivateEngine, startEngine, whyNoPrivateEngine } from '../../parts/engine/docker.ts';
import { baseReference, ensureBaseImage } from '../../parts/engine/images.ts';
import { aroundSuite } from '../../parts/run/suite.ts';
import { until } from '../../parts/until.ts';

describe('an engine that dies', function () {
  this.timeout(120_000);
  let engine: PrivateEngine;
  let connection: Connection;
  let folder: string;
  aroundSuite(begin, end, whyNoPrivateEngine);

  async function begin(): Promise<void> {
    folder = mkdtempSync(join(tmpdir(), 'docknotes-files-'));
    engine = await startEngine();
    await ensureBaseImage(engine.api);
    connection = await connect({ url: engine.url, source: 'setting' });
  }

  async function end(): Promise<void> {
    connection?.dispose();
    await engine?.stop();
    rmSync(folder, { recursive: true, force: true });
  }

  it('ends a download, an upload and a backup, which work again when it is back', async () => {
    const { files } = connection.client;
    const from = join(folder, 'big');
    const file = await open(from, 'w');
    await file.truncate(300_000_000);
    await file.close();
    await engine.api('POST', '/volumes/create', { Name: 'held' });
    const body = { Image: baseReference, Cmd: ['sleep', '86400'], HostConfig: { Binds: ['held:/v'] } };
    const { Id: id } = (await engine.api('POST', '/containers/create', body)).json<{ Id: string }>();
    const owner = { type: 'container' as const, id };
    const volume = { type: 'volume' as const, name: 'held' };
    const signal = new AbortController().signal;
    await files.upload(owner, '/v', [from], { signal });
    await files.backup('held', join(folder, 'whole.tar'), { signal });
    const [out, saved] = [join(folder, 'out'), join(folder, 'saved.tar')];
    let killed: Promise<void> | undefined;
    const options: TransferOptions = {
      signal,
      onProgress: () => {
        killed ??= engine.kill();
      },
    };
    const acts = {
      download: files.download(owner, '/v', out, options),
      upload: files.upload(owner, '/tmp', [from], options),
      backup: files.backup('held', saved, options),
      restore: files.restore('held', join(folder, 'whole.tar'), options),
    };
    const outcomes = await Promise.allSettled(Object.values(acts));
    for (const [index, name] of Object.keys(acts).entries()) {
      const outcome = outcomes[index];
      assert.ok(outcome?.status === 'rejected', name);
      const { code, message } = explain(outcome.reason);
      assert.match(code, /^connection-lost$|^engine-|^bad-archive$/, `${name}: ${code} ${message}`);
    }
    await killed;
    assert.deepEqual(readdirSync(folder).sort(), ['big', 'whole.tar']);
    await engine.start();
    assert.equal((await files.list(volume, '/')).complete, true);
    await files.download(owner, '/v/big', out, { signal });
    await files.dispose();
    const left = (await engine.api('GET', '/containers/json?all=1')).json<{ Id: string }[]>();
    assert.ok(left.length <= 2, `${left.length} containers are left`);
  });

  it('leaves a file that is being saved as it was, or as it is to be, and never a part of it', async () => {
    const { files } = connection.client;
    const size = 45_000_000;
    const body = { Image: baseReference, Cmd: ['sleep', '86400'], StopSignal: 'SIGKILL' };
    const { Id: id } = (await engine.api('POST', '/containers/create', body)).json<{ Id: string }>();
    const owner = { type: 'container' as const, id };
    const write = { create: true, overwrite: true };
    const outcomes: string[] = [];
    let letter = 'a';
    for (let round = 0; round < 5; round++) {
      await engine.api('POST', `/containers/${id}/start`);
      await files.write(owner, '/etc/big', Buffer.alloc(size, letter), write);
      const { State } = (await engine.api('GET', `/containers/${id}/json`)).json<{ State: { Pid: number } }>();
      const etc = `/proc/${State.Pid}/root/etc`;
      const next = letter === 'a' ? 'b' : 'a';
      let over = false;
      const saved = files
        .write(owner, '/etc/big', Buffer.alloc(size, next), write)
        .then(
          () => undefined,
          (error: unknown) => error,
        )
        .finally(() => {
          over = true;
        });
      // At another point each time, of whatever is written: a draft, or the file itself.
      await until('the middle of a save', async () => {
        const sizes = readdirSync(etc).flatMap((name) =>
          /big|docknotes/.test(name) ? [statSync(join(etc, name), { throwIfNoEntry: false })?.size ?? 0] : [],
        );
        return (
          over || sizes.length === 0 || sizes.some((each) => each !== size && each > (round * size) / 8) || undefined
        );
      });
      await engine.kill();
      const failure = await saved;
      if (failure !== undefined) {
        const { code, message } = explain(failure);
        assert.match(code, /^connection-lost$|^engine-/, message);
      }
      await engine.start();
      const content = Buffer.from(await files.read(owner, '/etc/big', { limit: size + 1 }));
      assert.equal(content.length, size, `round ${round}`);
      const found = [letter, next].find((each) => content.equals(Buffer.alloc(size, each)));
      assert.ok(found, `round ${round}: neither version`);
      outcomes.push(found === letter ? 'old' : 'new');
      letter = found;
    }
    await engine.api('POST', `/containers/${id}/start`);
    await files.write(owner, '/etc/big', Buffer.from('small'), write);
    const { entries } = await files.list(owner, '/etc');
    assert.deepEqual(
      entries.filter(({ name }) => name.startsWith('.docknotes')),
      [],
      outcomes.join(),
    );
  });
});
