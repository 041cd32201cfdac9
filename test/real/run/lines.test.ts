// Every line is created once by the docker program and once by the product, and the engine must see no difference;
// each container turned back into a line and created again must agree too.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { Connection } from '../../../src/engine/connect.ts';
import { messageOf } from '../../../src/model/errors.ts';
import { createBody } from '../../../src/model/run/create/body.ts';
import { runFlags } from '../../../src/model/run/flagTable.ts';
import { parseRunLine, type RunLineContext } from '../../../src/model/run/line.ts';
import type { RunOptions } from '../../../src/model/run/options.ts';
import { toRunLine } from '../../../src/model/run/toLine.ts';
import { type DockerApi, removeAll } from '../../parts/engine/api.ts';
import { hiddenProgram } from '../../parts/engine/hidden.ts';
import { ensureBaseImage } from '../../parts/engine/images.ts';
import { capture } from '../../parts/machine/process.ts';
import { tar } from '../../parts/machine/tar.ts';
import { removeTemporary, temporaryFolder } from '../../parts/machine/temporary.ts';
import { type Door, describeWays, testsOf } from '../ways.ts';
import { plainInspect, plainRequest } from './compare.ts';
import { files, lines, newerLines, requestLines, richImage, variables, windowsLines } from './lines.ts';
import { type Recorder, startRecorder } from './recorder.ts';

type Fields = Record<string, unknown>;

const docker = hiddenProgram('docker') ?? 'docker';
const folder = temporaryFolder('runlines');
const work = join(folder, 'work');
const home = join(folder, 'home');
const env = { ...variables, PATH: process.env.PATH ?? '', HOME: home };
const context: RunLineContext = {
  env,
  workspaceFolder: work,
  home,
  readFile: (path) => readFileSync(join(work, path), 'utf8'),
};

/** Answers as an engine of the API of 2025 would. */
let newer: Recorder;
/** The same, on Windows. */
let windows: Recorder;

describe('run lines', () => {
  before(async function () {
    // Older docker programs write some requests in another way.
    const [, major = '0'] = /version (\d+)/.exec(await capture(docker, ['--version']).catch(() => '')) ?? [];
    if (Number(major) < 28) {
      this.skip();
    }
    for (const path of [join(work, 'sub'), join(home, '.cache')]) {
      mkdirSync(path, { recursive: true });
    }
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(work, name), content);
    }
    newer = await startRecorder(folder, '1.49');
    windows = await startRecorder(folder, '1.49', { os: 'windows' });
  });

  // The docker program refuses to write over the file of another container.
  beforeEach(() => rmSync(join(work, 'web.cid'), { force: true }));

  after(async () => {
    await newer?.close();
    await windows?.close();
    await removeTemporary(folder);
  });

  it('counts at least 200', () => {
    assert.ok(lines.length >= 200, `${lines.length} lines`);
    assert.equal(new Set(lines).size, lines.length);
  });

  describeWays('a docker run line', (way) => {
    const it = testsOf(way);
    const chosen = lines.filter((_, index) => index % way.everyLine === 0);
    let api: DockerApi;
    let door: Door;
    let engine: Connection;
    let info: unknown;
    /** Inspect answers of the images, by reference. */
    const images: Record<string, unknown> = {};
    /** Passes the docker program's requests on to the engine. */
    let passing: Recorder;

    before(async function () {
      if (way.why()) {
        this.skip();
      }
      const backend = await way.backend();
      api = backend.api;
      await ensureBaseImage(api);
      door = await way.to(backend.url);
      engine = await door.connect();
      info = (await api('GET', '/info')).json();
      passing = await startRecorder(folder, engine.apiVersion, { engine: backend.url.replace('unix://', '') });
      await api('POST', '/networks/create', {
        Name: 'run-lines-net',
        EnableIPv6: true,
        IPAM: { Config: [{ Subnet: '10.77.0.0/24' }, { Subnet: '2001:db8::/64' }] },
      });
      await api('POST', '/containers/create?name=run-lines-data', { Image: 'busybox', Volumes: { '/data': {} } });
      const dockerfile = ['FROM busybox', ...richImage, ''].join('\n');
      await api('POST', '/build?t=run-lines-rich', tar([{ path: 'Dockerfile', content: dockerfile }]));
      for (const name of ['busybox', 'run-lines-rich']) {
        images[name] = (await api('GET', `/images/${name}/json`)).json();
      }
      await api('POST', '/containers/create?name=run-lines-peer', {
        Image: 'busybox',
        HostConfig: { NetworkMode: 'run-lines-net' },
      });
      for (const [name, ipc] of [
        ['run-lines-db', 'private'],
        ['run-lines-share', 'shareable'],
      ]) {
        await api('POST', `/containers/create?name=${name}`, {
          Image: 'busybox',
          Cmd: ['sleep', '1d'],
          HostConfig: { IpcMode: ipc },
        });
        await api('POST', `/containers/${name}/start`);
      }
    });

    after(async () => {
      engine?.dispose();
      await passing?.close();
      await door?.stop();
      for (const name of ['data', 'peer', 'db', 'share']) {
        await api?.('DELETE', `/containers/run-lines-${name}?force=1&v=1`).catch(() => undefined);
      }
      await api?.('DELETE', '/images/run-lines-rich?force=1').catch(() => undefined);
      await api?.('DELETE', '/networks/run-lines-net').catch(() => undefined);
      await api?.('DELETE', '/volumes/run-lines-vol').catch(() => undefined);
    });

    let tried = 0;
    let agreed = 0;
    const made: (string | undefined)[] = [];

    afterEach(async () => {
      await removeAll(
        api,
        made.splice(0).map((id) => `/containers/${id}?force=1&v=1`),
      );
    });

    for (const line of chosen) {
      it(line.replaceAll('\n', '⏎'), async () => {
        tried++;
        const { options } = parseRunLine(line, context);
        const [theirs, ours] = await Promise.all([passing.run(line, { folder: work, env }), create(options)]);
        made.push(theirs.id, ours.id);
        assert.deepEqual(request(options, engine.apiVersion), asked(theirs));
        if (theirs.refusal !== undefined) {
          // What an engine cannot do (a limit that its kernel lacks, say) it must refuse to both alike.
          assert.equal(ours.refusal, theirs.refusal);
          return;
        }
        assert.equal(ours.refusal, undefined);
        const [first, other] = await Promise.all([inspect(ours.id), inspect(theirs.id)]);
        assert.deepEqual(plainInspect(first), plainInspect(other));

        const back = toRunLine(first, images[options.image.replace(/:.*/, '')], { info, multiline: tried % 2 === 1 });
        const again = await create(parseRunLine(back, { env: {} }).options);
        made.push(again.id);
        assert.equal(again.refusal, undefined, back);
        assert.deepEqual(withoutUntold(await inspect(again.id)), withoutUntold(first), back);
        agreed++;
      });
    }

    it('agrees for most lines', () => {
      assert.ok(agreed >= Math.min(200, 0.7 * tried), `${agreed} of ${tried}`);
    });

    /** Creates the container over the product's own connection, under a name of the engine's choice. */
    async function create({ name: _, ...options }: RunOptions): Promise<{ id?: string; refusal?: string }> {
      const { body, platform } = createBody(options, engine);
      try {
        const answer = await engine.transport.json({
          method: 'POST',
          path: '/containers/create',
          query: { platform },
          body,
        });
        return { id: (answer as { Id: string }).Id };
      } catch (error) {
        return { refusal: messageOf(error) };
      }
    }

    function withoutUntold(answer: Fields): unknown {
      const { Healthcheck, ...Config } = answer.Config as Fields;
      return plainInspect(way.tellsHealthOfImages ? answer : { ...answer, Config });
    }

    async function inspect(id: string | undefined): Promise<Fields> {
      return (await api('GET', `/containers/${id}/json`)).json();
    }
  });

  describe('the flags', () => {
    for (const command of ['run', 'create'] as const) {
      it(`of docker ${command} are those that the docker program lists`, async () => {
        const help = await capture(docker, [command, '--help']);
        const listed = [...help.matchAll(/^ {2}(?:-(\w), | {4})--([\w-]+)/gm)].map(
          ([, short, name]) => `${name} ${short ?? ''}`,
        );
        const known = runFlags.filter((flag) => !(flag.runOnly && command === 'create'));
        assert.deepEqual(known.map(({ name, short }) => `${name} ${short ?? ''}`).sort(), listed.sort());
      });
    }

    it('occur all in the lines', () => {
      const all = [...lines, ...requestLines, ...newerLines, ...windowsLines].join('\n');
      // These are refused, and have tests of their own.
      const missing = runFlags
        .flatMap(({ name, aliases = [] }) => [name, ...aliases])
        .filter((name) => !all.includes(`--${name}`) && !['help', 'use-api-socket'].includes(name));
      assert.deepEqual(missing, []);
      const letters = runFlags.flatMap(({ short }) => short ?? []);
      assert.deepEqual(
        letters.filter((letter) => !new RegExp(`\\s-\\w*${letter}`).test(all)),
        [],
      );
    });
  });

  describe('the request of a line', () => {
    for (const line of requestLines) {
      it(line, async () => {
        const theirs = await newer.run(line, { folder: work, env });
        assert.deepEqual(request(parseRunLine(line, context).options, '1.49'), asked(theirs));
      });
    }

    for (const line of windowsLines) {
      it(`${line} (Windows)`, async () => {
        const theirs = await windows.run(line, { folder: work, env });
        assert.deepEqual(request(parseRunLine(line, context).options, '1.49'), asked(theirs));
      });
    }

    for (const line of [...lines, ...newerLines]) {
      it(`${line.replaceAll('\n', '⏎')} (API 1.49)`, async () => {
        const theirs = await newer.run(line, { folder: work, env });
        assert.deepEqual(request(parseRunLine(line, context).options, '1.49'), asked(theirs));
      });
    }
  });
});

/** Our request, and the docker program's, as far as they may be compared. */
function request(options: RunOptions, apiVersion: string) {
  const { body, name, platform } = createBody(options, { apiVersion });
  return { name: name ?? null, platform: platform ?? null, body: plainRequest(body) };
}

function asked({ query, body }: { query: string; body: Fields }) {
  const parameters = new URLSearchParams(query);
  return { name: parameters.get('name'), platform: parameters.get('platform'), body: plainRequest(body) };
}
