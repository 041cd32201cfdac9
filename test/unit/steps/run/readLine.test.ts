// Run lines with the files that they name on this machine.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { App } from '../../../../src/app.ts';
import { reasonOf } from '../../../../src/local/failure.ts';
import { readPlainFile } from '../../../../src/local/plainFile.ts';
import { UserError } from '../../../../src/model/errors.ts';
import { readRunLine } from '../../../../src/steps/run/readLine.ts';

describe('readRunLine', () => {
  const asked: string[] = [];
  const app = {
    runs: {
      context: () => ({ env: { HOME_ONLY: 'yes' }, home: '/home/me', workspaceFolder: '/w' }),
      async readFile(path: string) {
        asked.push(path);
        if (path === 'a.env') {
          return 'A=1\nINNER\n';
        }
        if (path === 'p.json') {
          return '{ "x": 1 }';
        }
        return (
          await readPlainFile(path, 1_000).catch((error) => {
            throw new Error(reasonOf(error));
          })
        ).toString();
      },
    },
  } as unknown as App;

  it('reads each file once, with the variables of the line', async () => {
    const line = 'INNER=2 docker run --env-file a.env --env-file a.env --security-opt seccomp=p.json busybox';
    const { options } = await readRunLine(app, line);
    assert.deepEqual(options.env, ['A=1', 'INNER=2', 'A=1', 'INNER=2']);
    assert.deepEqual(options.securityOptions, ['seccomp={"x":1}']);
    assert.deepEqual(asked.splice(0).sort(), ['a.env', 'p.json']);
    await readRunLine(app, 'docker run busybox');
    assert.deepEqual(asked, []);
  });

  it('names the file and why it cannot be read', async () => {
    for (const [line, sentence] of [
      [
        '--env-file /dev/ptmx',
        'The file /dev/ptmx cannot be read: It is a device, a pipe or a socket, and not a plain file.',
      ],
      ['--label-file /none', 'The file /none cannot be read: It does not exist.'],
      ['--security-opt seccomp=/etc', 'The file /etc cannot be read: It is a folder.'],
    ]) {
      await assert.rejects(readRunLine(app, `docker run ${line} busybox`), (error) => {
        assert.ok(error instanceof UserError);
        assert.equal(error.message, sentence);
        return true;
      });
    }
  });
});
