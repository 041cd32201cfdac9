import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { UserError } from '../../../../src/model/errors.ts';
import { parseRunLine, type RunLineContext } from '../../../../src/model/run/line.ts';
import type { RunOptions } from '../../../../src/model/run/options.ts';

const context: RunLineContext = {
  env: { COLOUR: 'deep blue', OPTS: '--rm -p 80:80', Path: 'C:\\bin' },
  workspaceFolder: '/home/me/my app',
  home: '/home/me',
};

describe('parseRunLine', () => {
  describe('finds the command in what people paste', () => {
    const terminal: RunOptions = { image: 'busybox', interactive: true };
    for (const line of [
      'docker run -it busybox',
      '  docker run -i -t busybox  ',
      '$ docker run -it busybox',
      '# docker run -it busybox',
      '% docker run -it busybox',
      'me@host:~/src$ docker run -it busybox',
      '[me@host src]# docker run -it busybox',
      'sudo docker run -it busybox',
      '$ sudo -E docker run -it busybox',
      'podman run -it busybox',
      'winpty docker run -it busybox',
      'docker container run -it busybox',
      '/usr/bin/docker run -it busybox',
      'docker.exe run -it busybox',
      'PS C:\\src> docker run -it busybox',
      'C:\\src>docker run -it busybox',
      '`docker run -it busybox`',
      '```sh\n$ docker run -it busybox\n```',
      '# Start it:\n#\ndocker run -it busybox\n# and look around\n',
      'docker run \\\n  -it \\\n  busybox',
      'docker run \\\r\n  -it \\\r\n  busybox\r\n',
      'docker run \\   \n  -it \\\t\n  busybox',
      'docker run \\\n  -it \\  # with a terminal\n  busybox',
      'docker run \\\n  # with a terminal\n  -it \\\n  busybox',
      'docker run -it # with a terminal \\\n  busybox',
      '$ docker run \\\n>   -it \\\n> busybox',
      'docker run `\n  -it `\n  busybox',
      'docker run ^\r\n  -it ^\r\n  busybox',
      'docker run -i\\\nt busybox',
      'docker run -it busybox \\',
      'docker run -it busybox # the end',
    ]) {
      it(JSON.stringify(line), () => {
        assert.deepEqual(parseRunLine(line, context), { command: 'run', options: terminal, warnings: [] });
      });
    }

    it('tells create from run', () => {
      assert.equal(parseRunLine('docker create busybox', context).command, 'create');
    });
  });

  describe('fills in', () => {
    const cases: [string, Partial<RunOptions>][] = [
      ['-e "A=$COLOUR"', { env: ['A=deep blue'] }],
      [`-e "A=\${COLOUR}s"`, { env: ['A=deep blues'] }],
      ["-e 'A=$COLOUR $(pwd) `pwd` ~/x'", { env: ['A=$COLOUR $(pwd) `pwd` ~/x'] }],
      ['-e A=\\$COLOUR', { env: ['A=$COLOUR'] }],
      ['$OPTS', { remove: true, ports: ['80:80'] }],
      ['-v $PWD:/x', { volumes: ['/home/me/my app:/x'] }],
      [`-v \${PWD}/a:/x`, { volumes: ['/home/me/my app/a:/x'] }],
      ['-v $(pwd):/x', { volumes: ['/home/me/my app:/x'] }],
      ['-v `pwd`:/x', { volumes: ['/home/me/my app:/x'] }],
      ['-v "$( pwd )":/x', { volumes: ['/home/me/my app:/x'] }],
      ['-v ~/a:/x', { volumes: ['/home/me/a:/x'] }],
      ['-v $HOME:/x', { volumes: ['/home/me:/x'] }],
      ['-v ./a:/x -v ../b:/y -v .:/z', { volumes: ['/home/me/my app/a:/x', '/home/me/b:/y', '/home/me/my app:/z'] }],
      ['--mount type=bind,src=./a,dst=/x', { mounts: ['type=bind,src=/home/me/my app/a,dst=/x'] }],
      ['-e COLOUR -e NOT_SET', { env: ['COLOUR=deep blue', 'NOT_SET'] }],
      ["-e A=$'tab\\tquote\\'\\x41\\101\\u00e9'", { env: ["A=tab\tquote'AAé"] }],
      ['-e A=5$', { env: ['A=5$'] }],
    ];
    for (const [flags, options] of cases) {
      it(flags, () => {
        assert.deepEqual(parseRunLine(`docker run ${flags} busybox`, context), {
          command: 'run',
          options: { image: 'busybox', ...options },
          warnings: [],
        });
      });
    }

    it('a variable of the line itself for -e', () => {
      assert.deepEqual(parseRunLine('A=b docker run -e A busybox', context).options.env, ['A=b']);
    });

    it('what PowerShell writes', () => {
      const { options } = parseRunLine(
        'docker run `\n -v "$env:COLOUR\\x:/y" `\n -e "A=`"q`"" -v $pwd:/z busybox',
        context,
      );
      assert.deepEqual(options.volumes, ['deep blue\\x:/y', '/home/me/my app:/z']);
      assert.deepEqual(options.env, ['A="q"']);
    });

    it('what cmd.exe writes, whatever the case of the name', () => {
      const { options } = parseRunLine(
        "docker run ^\r\n -v %cd%:/x ^\r\n -e P=%PATH% -e 'A=1' busybox ^| 100%",
        context,
      );
      assert.deepEqual(options, {
        image: 'busybox',
        volumes: ['/home/me/my app:/x'],
        env: ['P=C:\\bin', "'A=1'"],
        command: ['|', '100%'],
      });
    });

    it('nothing where a Windows path shows that the backslashes are meant', () => {
      assert.deepEqual(parseRunLine('docker run -v C:\\Users\\me:/x busybox', context).options.volumes, [
        'C:\\Users\\me:/x',
      ]);
    });
  });

  describe('refuses by name', () => {
    const cases: [string, string][] = [
      ['docker run busybox | cat', '| cat'],
      ['docker run busybox && echo done', '&& echo done'],
      ['docker run busybox || true', '|| true'],
      ['docker run busybox; ls', '; ls'],
      ['docker run busybox &', '&'],
      ['docker run busybox > out.txt', '> out.txt'],
      ['docker run busybox 2>&1', '2>&1'],
      ['docker run busybox < in.txt', '< in.txt'],
      ['docker run busybox <<EOF', '<<EOF'],
      ['docker run busybox <(ls)', '<(ls)'],
      ['docker run (x)', '(x)'],
      ['docker run busybox\ndocker ps', 'docker ps'],
      ['docker run -u $(id -u) busybox', '$(id -u)'],
      ['docker run -u "$(id -u)" busybox', '$(id -u)'],
      ['docker run -e A=`date` busybox', '`date`'],
      [`docker run -e A=\${A:-b} busybox`, `\${A:-b}`],
      ['docker run -e A=$((1+1)) busybox', '$((1+1))'],
      ['docker run -e A=$1 busybox', '$1'],
      ['docker run -e A=$$ busybox', '$$'],
      ['docker run -v ~root/x:/x busybox', '~root'],
      ['docker run --bogus busybox', '--bogus'],
      ['docker run --e A=b busybox', '--e'],
      ['docker run -Z busybox', '-Z'],
      ['docker run -itZ busybox', '-Z'],
      ['docker create -d busybox', '-d'],
      ['docker create --sig-proxy busybox', '--sig-proxy'],
      ['docker run --name', '--name'],
      ['docker run -p', '--publish'],
      ['docker run –rm busybox', '–rm'],
      ['docker run --tty=yes busybox', 'yes'],
      ['docker run --cpu-shares many busybox', 'many'],
      ['docker run --pull sometimes busybox', 'sometimes'],
      ['docker run --help', '--help'],
      ['docker run --use-api-socket busybox', '--use-api-socket'],
      ['docker run --disable-content-trust=false busybox', '--disable-content-trust=false'],
      ['docker ps', 'docker ps'],
      ['docker compose up', 'docker compose'],
      ['docker-compose up', 'docker-compose'],
      ['docker --bogus run busybox', '--bogus'],
      ['ls -l', 'ls'],
    ];
    for (const [line, part] of cases) {
      it(line.replace('\n', '⏎'), () => {
        assert.throws(() => parseRunLine(line, context), isRefusal(`"${part}"`));
      });
    }

    it('what is missing', () => {
      for (const [line, words] of [
        ['', 'empty'],
        ['docker run', 'no image'],
        ['docker run -it', 'no image'],
        ['docker run ""', 'no image'],
        ['docker run "busybox', 'quote'],
        ["docker run 'busybox", 'quote'],
        ["docker run $'busybox", 'quote'],
      ] as const) {
        assert.throws(() => parseRunLine(line, context), isRefusal(words));
      }
    });

    it('a folder that is not known', () => {
      for (const [flags, part] of [
        ['-w $PWD', '$PWD'],
        ['-v $(pwd):/x', '$(pwd)'],
        ['-v ~/x:/x', '~'],
        ['-v ./x:/x', './x'],
      ] as const) {
        assert.throws(() => parseRunLine(`docker run ${flags} busybox`, { env: {} }), isRefusal(`"${part}"`));
      }
    });
  });

  describe('warns', () => {
    const cases: [string, string][] = [
      ['docker run -e A=$NOT_SET busybox', 'NOT_SET'],
      ['docker run busybox ls *.txt', '*.txt'],
      ['docker run busybox echo {a,b}', '{a,b}'],
      ['docker run --cidfile x.cid busybox', 'x.cid'],
      ['docker run --sig-proxy=false busybox', '--sig-proxy'],
      ['docker run --detach-keys ctrl-x busybox', '--detach-keys'],
      ['docker run -q busybox', '--quiet'],
      ['docker -H tcp://1.2.3.4:2375 run busybox', '-H'],
      ['docker --context=other run busybox', '--context=other'],
      ['DOCKER_HOST=tcp://1.2.3.4:2375 docker run busybox', 'DOCKER_HOST'],
    ];
    for (const [line, part] of cases) {
      it(line, () => {
        const { warnings } = parseRunLine(line, context);
        assert.equal(warnings.length, 1);
        assert.ok(warnings[0]?.includes(part), warnings[0]);
      });
    }

    it('not of patterns in quotes or in templates', () => {
      assert.deepEqual(parseRunLine(`docker run --log-opt tag={{.Name}} busybox ls '*' "?"`, context).warnings, []);
    });
  });

  describe('reads flags', () => {
    const cases: [string, Partial<RunOptions>][] = [
      ['-itp 80:80 -eA=b -hweb', { interactive: true, ports: ['80:80'], env: ['A=b'], hostname: 'web' }],
      ['-it=false', { stdin: true }],
      ['--detach --rm=true --privileged=0', { detach: true, remove: true }],
      ['--init=false', { init: false }],
      ['--entrypoint ""', { entrypoint: [''] }],
      ['--network a --net b --network c', { network: 'a', otherNetworks: ['b', 'c'] }],
      ['--cpu-shares 0x10 --pids-limit=-1', { cpuShares: 16, pidsLimit: -1 }],
      ['--pull always', { pull: 'always' }],
      ['-l a -l b=c -l a=d', { labels: { a: 'd', b: 'c' } }],
      ['-e A=1 -e B=2 -e A=3', { env: ['A=3', 'B=2'] }],
      ['--gpus \'"device=0,1"\'', { gpus: ['"device=0,1"'] }],
      ['--', {}],
    ];
    for (const [flags, options] of cases) {
      it(flags, () => {
        assert.deepEqual(parseRunLine(`docker run ${flags} busybox`, context).options, {
          image: 'busybox',
          ...options,
        });
      });
    }

    it('and leaves those of the command alone', () => {
      assert.deepEqual(parseRunLine('docker run busybox -it -- --name x', context).options, {
        image: 'busybox',
        command: ['-it', '--', '--name', 'x'],
      });
    });
  });

  describe('with files', () => {
    const files: Record<string, string> = {
      'a.env': '\ufeffA=file\r\n# no\r\n\r\n  B= two \r\nCOLOUR\r\nNOT_SET\r\n',
      'bad.env': 'two words=x\n',
      'a.labels': 'a=file\nb=file\n',
      'p.json': '{ "defaultAction": "SCMP_ACT_ALLOW" }',
    };
    const reading = {
      ...context,
      readFile: (path: string) => {
        const content = files[path];
        if (content === undefined) {
          throw new Error('no such file');
        }
        return content;
      },
    };

    it('puts their content in place', () => {
      const line =
        'docker run --env-file a.env -e A=line --label-file a.labels -l a=line --security-opt seccomp=p.json busybox';
      assert.deepEqual(parseRunLine(line, reading).options, {
        image: 'busybox',
        env: ['A=file', 'B= two ', 'COLOUR=deep blue', 'A=line'],
        labels: { a: 'line', b: 'file' },
        securityOptions: ['seccomp={"defaultAction":"SCMP_ACT_ALLOW"}'],
      });
    });

    it('keeps their names when nothing can be read', () => {
      assert.deepEqual(parseRunLine('docker run --env-file a.env busybox', context).options.envFiles, ['a.env']);
    });

    it('names the file that cannot be used', () => {
      for (const flags of [
        '--env-file none.env',
        '--env-file bad.env',
        '--label-file bad.env',
        '--security-opt seccomp=a.env',
      ]) {
        const [, file = ''] = /(\w+\.env)/.exec(flags) ?? [];
        assert.throws(
          () => parseRunLine(`docker run ${flags} busybox`, reading),
          (error) => error instanceof UserError && error.code === 'run-file' && error.message.includes(file),
        );
      }
    });
  });

  it('reads a megabyte in a moment', () => {
    const line = `docker run -e "A=${'x$COLOUR '.repeat(50_000)}" busybox ${'word '.repeat(50_000)}`;
    const start = performance.now();
    assert.equal(parseRunLine(line, context).options.command?.length, 50_000);
    assert.ok(performance.now() - start < 2000);
  });
});

function isRefusal(words: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof UserError);
    assert.equal(error.code, 'run-line');
    assert.ok(error.message.includes(words), error.message);
    return true;
  };
}
