// What is remembered of a run: names, and no secrets.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  optionText,
  readRemembered,
  withOptionText,
  withoutSecrets,
} from '../../../../../src/model/run/form/lastRun.ts';
import { parseRunLine } from '../../../../../src/model/run/line.ts';
import { looksSecret } from '../../../../../src/model/run/secrets.ts';

const optionsOf = (line: string) => parseRunLine(`docker run ${line}`, { env: {} }).options;

describe('memory of runs', () => {
  it('holds no secrets', () => {
    const kept = withoutSecrets({
      image: 'db',
      env: ['MODE=test', 'DB_PASSWORD=hunter2', 'API_KEY=abc', 'URL=postgres://me:word@db/x', 'KEYBOARD=de', 'DEBUG=1'],
      labels: { team: 'shop', 'auth-token': 'abc' },
    });
    assert.deepEqual(kept.forgot, ['DB_PASSWORD', 'API_KEY', 'URL']);
    assert.deepEqual(kept.options.env, ['MODE=test', 'DB_PASSWORD=', 'API_KEY=', 'URL=', 'KEYBOARD=de', 'DEBUG=1']);
    assert.deepEqual(kept.options.labels, { team: 'shop', 'auth-token': '' });
    assert.deepEqual(kept.dropped, ['labels']);
    assert.doesNotMatch(JSON.stringify(kept), /hunter2|abc|word/);
  });

  it('keeps what only sounds like one', () => {
    assert.equal(looksSecret('PASSWORD_FILE', '/run/secret'), false);
    assert.equal(looksSecret('ALLOW_EMPTY_PASSWORD', 'yes'), false);
    assert.equal(looksSecret('KEY', 'x'), true);
  });

  for (const variable of [
    'GITHUB_PAT=hunter2',
    'githubPat=hunter2',
    'JWT=hunter2',
    'CONNECTION_STRING=Server=db;User=me;Pw=hunter2',
    'ConnectionStrings__Default=Server=db;Password=hunter2',
    'SENTRY_DSN=hunter2',
    'DSN=me:hunter2@tcp(db:3306)/shop',
    'DATABASE_URL=mysql://me:hunter2@db/shop',
    'MONGO_URI=mongodb+srv://me:hunter2@db',
    'PROXY=http://hunter2@proxy:3128',
    'HOOK=https://hooks.example.com/hunter2',
    'NOTIFY=https://chat.example.com/webhook/hunter2',
    'NOTIFY=https://api.example.com/send?key=hunter2',
    'SESSION_SALT=hunter2',
    'SSHKEY=hunter2',
    'MYSQL_PWD=hunter2',
    'LICENSE=hunter2',
    'JAVA_OPTS=-Dtoken=hunter2 -Xmx1g',
    'ARGS=--requirepass hunter2',
    'X=ghp_hunter2hunter2hunter2hunter2hunter2',
    'X=eyJhbGciOiJIhunter2.x.y',
    'X=hunter2hunter2hunter2hunter2',
    'X=01234567-89ab-4000-8000-hunter2hunter',
    'X=Authorization: Basic hunter2',
  ]) {
    it(`does not keep the value of ${variable}`, () => {
      const kept = withoutSecrets({ image: 'a', env: [variable] });
      assert.deepEqual(kept.forgot, [variable.slice(0, variable.indexOf('='))]);
      assert.doesNotMatch(JSON.stringify(kept), /hunter2/);
    });
  }

  for (const variable of [
    'TZ=Europe/Berlin',
    'LANG=C.UTF-8',
    'NODE_ENV=production',
    'PORT=8080',
    'DB_HOST=db.internal',
    'BASE_URL=https://example.com/app',
    'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin',
    'JAVA_OPTS=-Xmx1g -XX:+UseG1GC',
    'POSTGRES_PASSWORD_FILE=/run/secrets/db',
  ]) {
    it(`keeps ${variable}`, () => {
      assert.deepEqual(withoutSecrets({ image: 'a', env: [variable] }).options.env, [variable]);
    });
  }

  for (const [line, dropped, shown] of [
    ['redis redis-server --requirepass hunter2 --port 6379', 'command', 'redis-server --requirepass  --port 6379'],
    ['redis redis-cli -a hunter2 ping', 'command', 'redis-cli -a  ping'],
    ['mysql mysql -phunter2 -uroot', 'command', 'mysql -p -uroot'],
    ['mysql mysql -p hunter2', 'command', 'mysql -p '],
    ['curl curl -u me:hunter2 https://example.com', 'command', 'curl -u  https://example.com'],
    ["curl curl -H 'Authorization: Bearer hunter2' https://example.com", 'command', 'curl -H  https://example.com'],
    ['app serve --token=hunter2 --verbose', 'command', 'serve --token= --verbose'],
    ['app serve --db postgres://me:hunter2@db/x', 'command', 'serve --db '],
    ["app sh -c 'redis-cli -a hunter2 ping'", 'command', 'sh -c '],
    ['app sh -c \'mysql -phunter2 -e "select 1"\'', 'command', 'sh -c '],
    ["app sh -c 'PGPASSWORD=hunter2 psql -h db'", 'command', 'sh -c PGPASSWORD='],
  ] as const) {
    it(`does not keep the secret of: ${line}`, () => {
      const kept = withoutSecrets(optionsOf(line));
      assert.deepEqual(kept.dropped, [dropped]);
      assert.equal(kept.options.command?.join(' '), shown);
      assert.doesNotMatch(JSON.stringify(kept), /hunter2/);
    });
  }

  for (const [line, dropped] of [
    ["--health-cmd 'redis-cli -a hunter2 ping' redis", 'healthCmd'],
    ["--health-cmd 'mysqladmin ping -phunter2' mysql", 'healthCmd'],
    ['--health-cmd \'curl -H "Authorization: Bearer hunter2" http://localhost\' app', 'healthCmd'],
    ['--entrypoint redis://me:hunter2@db app', 'entrypoint'],
    ['--mount \'type=volume,target=/x,"volume-opt=o=username=me,password=hunter2"\' app', 'mounts'],
    ["--mount 'type=volume,target=/x,volume-opt=password=hunter2' app", 'mounts'],
    ['-l token=hunter2 app', 'labels'],
    ['-l traefik.users=me:$apr1$hunter2@x app'.replaceAll('$', ''), 'labels'],
    ['--log-opt splunk-token=hunter2 app', 'logOptions'],
    ['--log-opt gelf-address=udp://me:hunter2@log:1 app', 'logOptions'],
    ['--annotation secret=hunter2 app', 'annotations'],
    ['--storage-opt password=hunter2 app', 'storageOptions'],
    ['--env-file /home/me/token=hunter2 app', 'envFiles'],
  ] as const) {
    it(`does not keep the secret of: ${line}`, () => {
      const kept = withoutSecrets(optionsOf(line));
      assert.deepEqual(kept.dropped, [dropped]);
      assert.doesNotMatch(JSON.stringify(kept), /hunter2/);
    });
  }

  it('keeps a run without secrets as it was', () => {
    const options = optionsOf(
      "-d --name web -p 8080:80 -v /srv/site:/usr/share/nginx/html:ro --mount type=bind,source=/a,target=/b -e TZ=UTC -l team=shop --health-cmd 'curl -f http://localhost/ || exit 1' --restart always --network web nginx nginx -g 'daemon off;' -c /etc/nginx.conf",
    );
    assert.deepEqual(withoutSecrets(options), { options, forgot: [], dropped: [] });
  });

  it('is cleaned of what an earlier version kept, and stays as it is from then on', () => {
    const old = {
      options: { image: 'db', env: ['GITHUB_PAT=hunter2', 'A='], command: ['x', '--requirepass', 'hunter2'] },
      forgot: ['A'],
    };
    const read = readRemembered(JSON.parse(JSON.stringify(old)));
    assert.doesNotMatch(JSON.stringify(read), /hunter2/);
    assert.deepEqual(read.forgot, ['A', 'GITHUB_PAT']);
    assert.deepEqual(read.dropped, ['command']);
    assert.deepEqual(readRemembered(JSON.parse(JSON.stringify(read))), read);
    for (const odd of [undefined, null, 3, 'x', { options: [] }, { dropped: ['nothing', 4], forgot: {} }]) {
      assert.deepEqual(readRemembered(odd), { options: { image: '' }, forgot: [], dropped: [] });
    }
  });

  it('is completed by a person', () => {
    const { options } = withoutSecrets(
      optionsOf(
        "--health-cmd 'x -p hunter2' -l token=a -l b=c --log-opt token=x redis redis-server --requirepass 'hunter 2'",
      ),
    );
    assert.equal(optionText(options, 'command'), "redis-server --requirepass ''");
    assert.equal(optionText(options, 'labels'), 'token b=c');
    assert.equal(optionText(options, 'healthCmd'), '');
    const done = withOptionText(options, 'command', "redis-server --requirepass 'new word'");
    assert.deepEqual(done.command, ['redis-server', '--requirepass', 'new word']);
    assert.deepEqual(withOptionText(options, 'labels', 'token=t b=c').labels, { token: 't', b: 'c' });
    assert.equal(withOptionText(options, 'healthCmd', 'x -p y').healthCmd, 'x -p y');
    assert.equal(withOptionText(options, 'healthCmd', ' ').healthCmd, undefined);
  });
});
