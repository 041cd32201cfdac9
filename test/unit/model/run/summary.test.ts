// The question before a run line: every option that is set is named, and what reaches the host comes first.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import type { Mount } from '../../../../src/model/objects.ts';
import { createBody } from '../../../../src/model/run/create/body.ts';
import { labelOf } from '../../../../src/model/run/form/fields.ts';
import { parseRunLine } from '../../../../src/model/run/line.ts';
import type { RunOptions } from '../../../../src/model/run/options.ts';
import { runSummary } from '../../../../src/model/run/summary.ts';

function summaryOf(line: string, ...rest: [Parameters<typeof runSummary>[2]?]): string {
  const { options, warnings } = parseRunLine(`docker run ${line}`, { env: {} });
  return runSummary(options, warnings, ...rest);
}

/** The marked lines at the beginning. */
function dangersOf(line: string, ...rest: [Parameters<typeof runSummary>[2]?]): string[] {
  const lines = summaryOf(line, ...rest).split('\n');
  return lines.slice(
    0,
    lines.findIndex((each) => !each.startsWith('⚠')),
  );
}

/** Every option of the model, with the kind of its value. */
function allOptions(): [string, string][] {
  const source = readFileSync(join(import.meta.dirname, '../../../../src/model/run/options.ts'), 'utf8');
  return [...source.matchAll(/^ {2}(\w+)\??: ([^;]+);$/gm)].map(([, name = '', type = '']) => [name, type]);
}

describe('the question before a run line', () => {
  it('names every option that a line can set', () => {
    const options = allOptions();
    assert.ok(options.length > 90, `${options.length} options are known`);
    for (const [name, type] of options) {
      const value: Record<string, unknown> = {
        string: 'some-value',
        number: 4711,
        boolean: true,
        'string[]': ['some-value'],
        'Record<string, string>': { 'some-key': 'some-value' },
        "'always' | 'missing' | 'never'": 'never',
      };
      assert.ok(type in value, `the kind ${type} of ${name} is not known to this test`);
      const set = { image: 'busybox', [name]: value[type] } as unknown as RunOptions;
      const text = runSummary(set, []);
      const said =
        type === 'boolean' ? labelOf(name as keyof RunOptions) : String(Object.values(value[type] as object)[0]);
      const wanted = { string: 'some-value', number: '4711', 'string[]': 'some-value' }[type] ?? said;
      assert.ok(text.includes(wanted), `${name} is not named in:\n${text}`);
      assert.ok(name === 'image' || text.split('\n').length > 1, name);
    }
  });

  it('names what a switch turns off', () => {
    assert.match(summaryOf('--init=false busybox'), /--init=false/);
  });

  it('names variables without their values, those that sound secret first', () => {
    const harmless = Array.from({ length: 30 }, (_, index) => `-e A${index}=1`).join(' ');
    const text = summaryOf(`${harmless} -e AWS_SECRET_ACCESS_KEY=hunter2 busybox`);
    assert.match(text, /: AWS_SECRET_ACCESS_KEY, A0, /);
    assert.match(text, /and 23 more/);
    assert.doesNotMatch(text, /hunter2/);
  });

  it('tells the root of the host first, however many harmless mounts stand before it', () => {
    const harmless = Array.from({ length: 40 }, (_, index) => `-v /srv/data${index}/${'x'.repeat(40)}:/d${index}`);
    const text = summaryOf(`${harmless.join(' ')} -v /:/host busybox`);
    assert.match(text, /^⚠ It gets all files of the host: \/:\/host\n/);
    assert.match(text, /and 33 more/);
  });

  it('counts dangers beyond those that fit, and keeps the worst', () => {
    const many = Array.from({ length: 40 }, (_, index) => `-v /etc/some${index}:/d${index}`).join(' ');
    const lines = dangersOf(`${many} --privileged -v /:/host busybox`);
    assert.match(lines[0] ?? '', /Privileged/);
    assert.match(lines[1] ?? '', /all files of the host/);
    assert.match(lines.at(-1) ?? '', /22 more/);
  });

  const everything = /all files of the host/;
  const socket = /engine's socket/;
  const store = /engine's own files/;
  const system = /folders of the host's system/;
  const settings = /settings and accounts/;
  const keys = /keys or passwords of a person/;
  const home = /whole home folder/;
  const mount = (fields: string) => `--mount type=bind,target=/x,source=${fields}`;
  for (const [flags, wanted] of [
    ['-v /:/host', everything],
    ['-v /home/../:/host:ro', everything],
    ['-v //:/host', everything],
    ['-v /srv/./../:/host', everything],
    ['-v /proc/1/root:/host', everything],
    ['-v /proc/self/root/etc:/host', settings],
    [mount('/'), everything],
    [mount('/home/../..'), everything],
    [mount('C:\\\\'), everything],
    ['-v "C:\\:/c"', everything],
    ['-v "c:/Users/..:/c"', everything],
    ['-v "C:\\\\Users\\\\me\\\\.ssh:/k"', keys],
    ['-v "C:\\\\Windows:/w"', system],
    ['-v /mnt/c:/c', everything],
    ['-v /host_mnt:/c', everything],
    ['-v /var/run/docker.sock:/var/run/docker.sock', socket],
    ['-v /run/../var/run/docker.sock:/s', socket],
    ['-v /var/run:/s', socket],
    ['-v /run:/s', socket],
    ['-v /var:/s', socket],
    ['-v /run/user/1000:/s', socket],
    ['-v /run/user/1000/podman/podman.sock:/s', socket],
    ['-v /home/me/.docker/run/docker.sock:/s', socket],
    ['-v /run/containerd/containerd.sock:/s', socket],
    ["--mount 'type=npipe,source=\\\\.\\pipe\\docker_engine,target=\\\\.\\pipe\\docker_engine'", socket],
    ['-v /var/lib/docker/volumes/x:/x', store],
    ['-v /var/lib:/x', store],
    ['-v /etc:/x', settings],
    ['-v /etc/shadow:/x:ro', settings],
    ['-v /etc/localtime:/x', settings],
    ['-v /dev:/x', system],
    ['-v /sys:/sys', system],
    ['-v /usr/bin:/x', system],
    ['-v /home/me/.ssh:/x', keys],
    ['-v /home/me/.aws/credentials:/x:ro', keys],
    ['-v /Users/me/.docker/config.json:/x', keys],
    ['-v /home/me/.config/gcloud:/x', keys],
    ['-v /root/.kube:/x', keys],
    ['-v /home:/x', home],
    ['-v /home/me:/x', home],
    ['-v /root/work:/x', home],
    ['-v /Users/me/:/x', home],
    ["--mount 'type=volume,target=/x,volume-opt=type=none,volume-opt=o=bind,volume-opt=device=/'", everything],
    ["--mount 'type=volume,source=a,target=/x,volume-opt=device=/home/../etc,volume-opt=o=bind'", settings],
    [
      '--mount \'type=volume,target=/x,volume-opt=type=overlay,volume-opt=device=overlay,"volume-opt=o=lowerdir=/:/srv"\'',
      everything,
    ],
    ["--mount 'type=volume,target=/x,volume-opt=type=ext4,volume-opt=device=/dev/sda1'", system],
    ['--privileged', /Privileged/],
    ['--cap-add SYS_ADMIN', /Further rights: SYS_ADMIN/],
    ['--device /dev/sda', /Devices of the host: \/dev\/sda/],
    ["--device-cgroup-rule 'b *:* rwm'", /b \*:\* rwm/],
    ['--gpus all', /Graphics processors/],
    ['--security-opt seccomp=unconfined', /Protection that is changed: seccomp=unconfined/],
    ['--security-opt label=disable', /label=disable/],
    ['--pid host', /all processes of the host/],
    ['--pid container:web', /joins the container web \(--pid\)/],
    ['--ipc host', /IPC/],
    ['--uts host', /UTS/],
    ['--userns host', /user namespace/],
    ['--cgroupns host', /control groups/],
    ['--network host', /network directly/],
    ['--network container:web', /joins the container web \(--network\)/],
    ['--volumes-from web', /every mount of the container web/],
  ] as const) {
    it(`marks ${flags}`, () => {
      const dangers = dangersOf(`${flags} busybox`);
      assert.equal(dangers.length, 1, summaryOf(`${flags} busybox`));
      assert.match(dangers[0] ?? '', wanted);
    });
  }

  for (const flags of [
    '-v data:/var/lib/data',
    '-v /srv/site:/usr/share/nginx/html',
    '-v /home/me/project:/app',
    '-v /etc/localtime:/etc/localtime:ro',
    '-v /etc/ssl/certs:/etc/ssl/certs:ro',
    '--tmpfs /etc',
    '--mount type=tmpfs,target=/etc',
    "--mount 'type=volume,source=etc,target=/etc'",
    "--mount 'type=volume,target=/x,volume-opt=type=nfs,volume-opt=o=addr=10.0.0.1,volume-opt=device=:/etc'",
    '--security-opt no-new-privileges',
    '--network web --ipc private --cap-drop ALL --user 1000',
  ]) {
    it(`does not mark ${flags}`, () => {
      assert.deepEqual(dangersOf(`${flags} busybox`), []);
    });
  }

  it('says where a path leads that is written in a roundabout way, or is a link', () => {
    assert.match(dangersOf('-v /home/../:/host busybox')[0] ?? '', /\/home\/\.\.\/:\/host \(leads to \/\)/);
    const real = new Map([['/work/data', '/']]);
    assert.match(
      dangersOf('-v /work/data:/data busybox', { real })[0] ?? '',
      /all files of the host: \/work\/data:\/data \(leads to \/\)/,
    );
  });

  it('judges the mounts of another container by what they are', () => {
    const mounts: Mount[] = [
      { kind: 'bind', source: '/var/run/docker.sock', target: '/s', writable: true },
      { kind: 'volume', source: 'data', target: '/data', writable: true },
    ];
    const mountsOf = (name: string) => (name === 'web' ? mounts : undefined);
    const dangers = dangersOf('--volumes-from web:ro busybox', { mountsOf });
    assert.equal(dangers.length, 1);
    assert.match(dangers[0] ?? '', /engine's socket.*web: \/var\/run\/docker\.sock:\/s/);
  });

  it('stays short enough for a box, with all that a line can hold', () => {
    const flags = Array.from(
      { length: 200 },
      (_, index) => `-v /etc/a${index}:/a${index} -e V${index}=1 -p ${index + 1}`,
    );
    const text = summaryOf(`${flags.join(' ')} busybox ${'x'.repeat(5_000)}`);
    assert.ok(text.split('\n').length < 40, `${text.split('\n').length} lines`);
    assert.ok(text.length < 6_000, `${text.length} characters`);
  });

  it('speaks of lines that can be run', () => {
    // What the engine would be sent is what was judged: the same code reads both.
    const { options } = parseRunLine('docker run -v /home/../:/host busybox', { env: {} });
    const { HostConfig } = createBody(options).body;
    assert.deepEqual(HostConfig.Binds, ['/home/../:/host']);
  });
});
