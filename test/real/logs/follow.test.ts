// Logs, figures and processes in containers while these restart, and while the engine dies in the middle of them.

import assert from 'node:assert/strict';
import { after, before, describe } from 'mocha';
import type { App, Log } from '../../../src/app/index.ts';
import type { Panel } from '../../../src/app/pages.ts';
import type { Ui } from '../../../src/app/ui.ts';
import { viewStats } from '../../../src/commands/containers/viewStats.ts';
import { viewLogs } from '../../../src/commands/logs/viewLogs.ts';
import type { Engine, EngineClient } from '../../../src/engine/types.ts';
import type { LogLine } from '../../../src/model/logs/lines.ts';
import { endOf } from '../../../src/steps/containers/openShell.ts';
import { type FollowState, followLogs } from '../../../src/steps/logs/follow.ts';
import { double } from '../../parts/double.ts';
import { removeAll } from '../../parts/engine/api.ts';
import { baseReference, ensureBaseImage } from '../../parts/engine/images.ts';
import { until } from '../../parts/until.ts';
import { type EngineProxy, proxyTo } from '../engine/support.ts';
import { type Door, describeWays, type Mortal, testsOf, type Way } from '../ways.ts';

const counting =
  'trap "exit 0" TERM; i=0; while :; do i=$((i+1)); echo "$HOSTNAME line $i"; [ $((i % 50)) -eq 0 ] && usleep 20000; done';

describe('following', function () {
  this.timeout(120_000);
  /** The ways to Docker share one. */
  const engines = new Map<Way['mortal'], Promise<Mortal>>();
  after(async () => {
    for (const engine of engines.values()) {
      await (await engine).stop();
    }
  });
  const engineOf = ({ mortal }: Way) => {
    const engine = engines.get(mortal) ?? mortal();
    engines.set(mortal, engine);
    return engine;
  };
  describeWays('logs, figures and processes', (way) => suite(way, engineOf));
});

function suite(way: Way, engineOf: (way: Way) => Promise<Mortal>): void {
  const it = testsOf(way);
  const made: string[] = [];
  let real: Mortal;
  let proxy: EngineProxy;
  let door: Door;
  let engine: Engine;
  let client: EngineClient;
  before(async function () {
    if (way.why() ?? way.whyNoMortal()) {
      this.skip();
    }
    real = await engineOf(way);
    await ensureBaseImage(real.api);
    proxy = await proxyTo(real.url);
    door = await way.to(proxy.url);
    engine = door.open();
    client = await engine.client();
  });
  after(async () => {
    engine?.dispose();
    await removeAll(
      real.api,
      made.map((id) => `/containers/${id}?force=1&v=1`),
    );
    await door?.stop();
    await proxy?.stop();
  });

  async function container(name: string, script: string): Promise<string> {
    const { id } = await client.containers.create({ image: baseReference, name, command: ['sh', '-c', script] });
    made.push(id);
    await client.containers.start(id);
    return id;
  }

  function follow(id: string, from: { tail?: number } = {}) {
    const stop = new AbortController();
    const lines: LogLine[] = [];
    const states: FollowState['state'][] = [];
    const ended = followLogs(engine, id, {
      ...from,
      source: 0,
      signal: stop.signal,
      onLine: (line) => lines.push(line),
      onState: ({ state }) => states.push(state),
    });
    return { lines, states, stop: () => stop.abort(), ended };
  }

  /** What the engine itself has of the logs, once the container stands still. */
  async function whole(id: string): Promise<string[]> {
    const { text } = await viewLogs(appOn(engine), id, { follow: false, tail: 10_000_000 });
    return (text ?? '').trimEnd().split('\n');
  }

  it('logs loses and doubles no line over five restarts', async () => {
    const id = await container('follow-restarts', counting);
    const { lines, states, stop, ended } = follow(id);
    for (let round = 0; round < 5; round += 1) {
      const before = lines.length;
      await until('more lines', async () => lines.length > before + 100, 10_000);
      await client.containers.restart(id, { timeout: 2 });
    }
    await client.containers.stop(id, { timeout: 2 });
    const expected = await whole(id);
    await until('the last line', async () => lines.length >= expected.length, 10_000);
    assert.deepEqual(
      lines.map(({ text }) => text),
      expected,
    );
    await until('the end to be noticed', async () => states.at(-1) === 'waiting', 10_000);
    await client.containers.remove(id);
    await ended;
    assert.equal(states.at(-1), 'gone');
    stop();
  });

  it('logs shows a huge line without an end, and binary data, cut and inert', async () => {
    const size = way.full ? 50_000_000 : 5_000_000;
    const id = await container(
      'follow-odd',
      `head -c ${size} /dev/zero | tr "\\0" x; echo; head -c 100000 /bin/busybox; echo; echo end; sleep 1000`,
    );
    const { lines, stop } = follow(id);
    await until('the end', async () => lines.at(-1)?.text === 'end', 60_000);
    const [first] = lines;
    assert.ok(first && first.cut > size - 1_000_000 && first.text.length < 11_000 && /^x+$/.test(first.text));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may be left.
    assert.ok(!lines.some(({ text }) => /[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/.test(text)));
    stop();
    await client.containers.remove(id, { force: true });
  });

  it('logs, exec and figures end with a sentence when the engine dies, and go on when it is back', async () => {
    const id = await container('follow-dies', counting);
    const before = proxy.open();
    const { lines, states, stop, ended } = follow(id, { tail: 0 });
    const session = await client.containers.exec(id, { command: ['sh'], terminal: true, input: true });
    session.onOutput(() => {});
    const panel = fakePanel();
    await viewStats(appOn(engine, panel), id, {});
    await until('figures', async () => panel.posted.length > 1, 20_000);
    await until('lines', async () => lines.length > 100, 10_000);
    await real.kill();
    const code = await session.ended;
    assert.equal(code, undefined);
    assert.match(await endOf(appOn(engine), id, code), /connection to the engine was lost/i);
    await until('lost', async () => states.at(-1) === 'lost', 10_000);
    await until('a sentence', async () => /engine/i.test(JSON.stringify(panel.posted.at(-1))), 20_000);
    await real.start();
    // Containers end with their engine, unless it was told to let them live.
    await until(
      'the engine',
      async () =>
        engine.client().then(
          () => true,
          () => false,
        ),
      20_000,
    );
    client = await engine.client();
    await client.containers.start(id).catch(() => undefined);
    const known = lines.length;
    const drawn = panel.posted.length;
    await until('more lines', async () => lines.length > known + 100, 20_000);
    await until('more figures', async () => panel.posted.length > drawn + 1, 20_000);
    const texts = lines.map(({ text, stamp }) => `${stamp} ${text}`);
    assert.equal(new Set(texts).size, texts.length, 'no line came twice');
    stop();
    panel.close();
    await ended;
    await client.containers.remove(id, { force: true });
    await until('no socket to be left', async () => proxy.open() <= before + 2, 10_000);
  });

  it('figures have no stream while their page is hidden, and none once it is closed', async () => {
    const id = await container('stats-hidden', 'sleep 1000');
    const streams = () => proxy.requests.filter((line) => line.includes(`${id}/stats`)).length;
    const idle = proxy.open();
    const panel = fakePanel();
    await viewStats(appOn(engine, panel), id, {});
    await until('figures', async () => panel.posted.length > 0, 20_000);
    assert.equal(streams(), 1);
    panel.show(false);
    await until('the stream to end', async () => proxy.open() <= idle, 10_000);
    panel.show(true);
    await until('another stream', async () => streams() === 2, 10_000);
    panel.close();
    await until('the stream to end', async () => proxy.open() <= idle, 10_000);
    await client.containers.remove(id, { force: true });
  });
}

interface FakePanel extends Panel {
  posted: object[];
  show(visible: boolean): void;
}

/** A panel that only remembers. */
function fakePanel(): FakePanel {
  const closed: (() => void)[] = [];
  const seen: ((visible: boolean) => void)[] = [];
  const posted: object[] = [];
  return {
    posted,
    visible: true,
    update: () => {},
    keep: () => {},
    post: (message) => posted.push(message),
    onVisible: (listener) => seen.push(listener),
    onClosed: (listener) => closed.push(listener),
    show(visible) {
      for (const listener of seen) {
        listener(visible);
      }
    },
    close() {
      for (const listener of closed) {
        listener();
      }
    },
  };
}

/** As much of the product as these commands use. */
function appOn(engine: Engine, panel: Panel = fakePanel()): Pick<App, 'engine' | 'ui' | 'log'> {
  return { engine, ui: double<Ui>({ panel: () => panel }), log: double<Log>({}) };
}
