import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type FieldId, fieldOf, formFields } from '../../../../../src/model/run/form/fields.ts';
import {
  type FormFacts,
  fieldProblems,
  fieldValue,
  formProblem,
  fullVolume,
  withField,
} from '../../../../../src/model/run/form/values.ts';
import { parseRunLine } from '../../../../../src/model/run/line.ts';
import type { RunOptions } from '../../../../../src/model/run/options.ts';
import { optionsToLine } from '../../../../../src/model/run/toLine.ts';

const facts: FormFacts = {
  apiVersion: '1.41',
  images: [],
  containers: ['web'],
  volumes: [],
  networks: [],
  published: [{ by: 'web', address: '', port: 8080, protocol: 'tcp' }],
  home: '/home/me',
  workspaceFolder: '/src/shop',
};

function field(id: FieldId) {
  const found = fieldOf(id);
  assert.ok(found);
  return found;
}

describe('run form', () => {
  it('shows every line in its fields, and the fields make the same line again', () => {
    for (const line of [
      'docker run busybox',
      'docker run -dit --rm --name web -p 8080:80 -p 53:53/udp -e A=1 -e B= -l x=y -v data:/data busybox sh -c "a b"',
      'docker run -i --network a --network b --ip 10.0.0.5 --mount type=tmpfs,target=/t busybox',
      'docker run -t --ipc host --sysctl net.core.somaxconn=1024 --cpu-shares 5 --init=false busybox',
      'docker run --restart on-failure:3 --memory 64m --pids-limit -1 --entrypoint /bin/sh busybox -c true',
    ]) {
      const { options } = parseRunLine(line, { env: {} });
      let rebuilt: RunOptions = { image: '' };
      for (const each of formFields) {
        rebuilt = withField(rebuilt, each, fieldValue(options, each));
      }
      assert.equal(optionsToLine(rebuilt), optionsToLine(options));
    }
  });

  it('writes a line that says the same again, whatever the values hold', () => {
    const options: RunOptions = {
      image: 'busybox',
      env: ['A=two\nlines', 'B=C:\\x y', "C=it's", 'D=$HOME `id` $(id)', 'E=%PATH%', 'F=a\\', 'G='],
      volumes: ['/with space:/data'],
      command: ['sh', '-c', 'echo "$A" | wc; # end', '', '-x', '^', '*.txt'],
    };
    const context = { env: { HOME: '/wrong', PATH: '/wrong' } };
    assert.deepEqual(parseRunLine(optionsToLine(options), context).options, options);
  });

  it('takes an option away when its field is emptied', () => {
    const full: RunOptions = {
      image: 'busybox',
      name: 'web',
      ports: ['80'],
      detach: true,
      labels: { a: 'b' },
      ipc: 'host',
    };
    let options = full;
    for (const each of formFields.filter(({ id }) => id !== 'image')) {
      options = withField(options, each, each.kind === 'switch' ? false : each.kind === 'list' ? ['', ' '] : '');
    }
    assert.deepEqual(options, { image: 'busybox' });
  });

  it('puts a flag that has a field of its own into that field', () => {
    const options = withField({ image: 'busybox' }, field('flags'), '--name web --ipc host');
    assert.equal(options.name, 'web');
    assert.equal(fieldValue(options, field('flags')), '--ipc host');
  });

  it('says what is wrong in the row where it is wrong', () => {
    const cases: [FieldId, string | string[], ('error' | 'warning' | undefined)[]][] = [
      ['image', '', ['error']],
      ['name', 'a', ['error']],
      ['name', 'web', ['warning']],
      ['name', 'shop', [undefined]],
      [
        'ports',
        ['80', '80:', '8080:80', '127.0.0.1:8080:80', '8080:80/udp', '9000:1', '9000:2'],
        [undefined, 'error', 'warning', 'warning', undefined, undefined, 'warning'],
      ],
      ['memory', '512', [undefined]],
      ['memory', 'lots', ['error']],
      ['cpus', '1.5', [undefined]],
      ['cpus', 'two', ['error']],
      ['pidsLimit', 'x', ['error']],
      ['healthInterval', '30', ['error']],
      ['healthInterval', '30s', [undefined]],
      [
        'volumes',
        ['data:/data', 'data:relative', './src:/src', '~/x:/x:ro'],
        [undefined, 'error', undefined, undefined],
      ],
      ['extraHosts', ['db', 'db:10.0.0.1'], ['error', undefined]],
      ['env', ['A=1', '=x'], [undefined, 'error']],
      ['flags', '--no-such', ['error']],
      ['flags', 'image2 command', ['error']],
      ['flags', '--ipc host', [undefined]],
      ['envFiles', ['.env'], [undefined]],
    ];
    for (const [id, value, expected] of cases) {
      const levels = fieldProblems(field(id), value, facts).map((problem) => problem?.level);
      assert.deepEqual(levels, expected, `${id}: ${JSON.stringify(value)}`);
    }
  });

  it('says what does not go together', () => {
    assert.match(formProblem({ image: 'busybox', remove: true, restart: 'always' }, facts) ?? '', /--rm/);
    assert.equal(formProblem({ image: 'busybox', envFiles: ['.env'], otherNetworks: ['b'] }, facts), undefined);
  });

  it('writes folders out in full', () => {
    const cases: [string, string][] = [
      ['.:/src', '/src/shop:/src'],
      ['./a:/b:ro', '/src/shop/a:/b:ro'],
      ['$PWD/a:/b', '/src/shop/a:/b'],
      ['$(pwd):/b', '/src/shop:/b'],
      ['~/x:/b', '/home/me/x:/b'],
      ['data:/b', 'data:/b'],
      ['~other/x:/b', '~other/x:/b'],
    ];
    for (const [typed, full] of cases) {
      assert.equal(fullVolume(typed, facts), full);
    }
    assert.equal(fullVolume('./a:/b', {}), './a:/b');
  });
});
