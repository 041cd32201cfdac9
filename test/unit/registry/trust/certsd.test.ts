import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type CertsdSystem, certificateFolders, readCertificates } from '../../../../src/registry/trust/certsd.ts';

/** A file system of paths and texts; a text of `!` is not readable. */
function system(files: Record<string, string>, more: Partial<CertsdSystem> = {}): CertsdSystem {
  const fail = (code: string) => Promise.reject(Object.assign(new Error(code), { code }));
  return {
    platform: 'linux',
    env: {},
    home: '/home/lena',
    list: (folder) => {
      if (files[folder] === '!') {
        return fail('EACCES');
      }
      const names = Object.keys(files)
        .filter((path) => path.startsWith(`${folder}/`))
        .map((path) => path.slice(folder.length + 1));
      return names.length > 0 ? Promise.resolve(names) : fail('ENOENT');
    },
    read: (file) => (files[file] === undefined || files[file] === '!' ? fail('EACCES') : Promise.resolve(files[file])),
    ...more,
  };
}

describe('certs.d', () => {
  it('knows the folders of Docker and of containers', () => {
    assert.deepEqual(certificateFolders('lab:5000', system({})), [
      '/home/lena/.config/docker/certs.d/lab:5000',
      '/home/lena/.docker/certs.d/lab:5000',
      '/home/lena/.config/containers/certs.d/lab:5000',
      '/etc/containers/certs.d/lab:5000',
      '/etc/docker/certs.d/lab:5000',
    ]);
    assert.equal(certificateFolders('lab', system({}, { env: { XDG_CONFIG_HOME: '/x' } }))[0], '/x/docker/certs.d/lab');
  });

  it('leaves the colon out on Windows', () => {
    const windows = system({}, { platform: 'win32', home: 'C:\\Users\\lena', env: { PROGRAMDATA: 'D:\\Data' } });
    assert.equal(certificateFolders('lab:5000', windows).at(-1), 'D:\\Data\\docker\\certs.d\\lab5000');
  });

  it('takes every .crt as a CA and a pair as client certificate', async () => {
    const found = await readCertificates(
      'lab:5000',
      system({
        '/etc/docker/certs.d/lab:5000/ca.crt': 'CA1',
        '/etc/docker/certs.d/lab:5000/b.crt': 'CA2',
        '/etc/docker/certs.d/lab:5000/client.cert': 'CERT',
        '/etc/docker/certs.d/lab:5000/client.key': 'KEY',
        '/etc/docker/certs.d/lab:5000/README': 'x',
      }),
    );
    assert.deepEqual(found, { ca: ['CA2', 'CA1'], cert: 'CERT', key: 'KEY', problems: [] });
  });

  it('uses the first folder that is there, and passes over one that it may not read', async () => {
    const found = await readCertificates(
      'lab',
      system({
        '/home/lena/.config/docker/certs.d/lab': '!',
        '/etc/containers/certs.d/lab/ca.crt': 'FIRST',
        '/etc/docker/certs.d/lab/ca.crt': 'SECOND',
      }),
    );
    assert.deepEqual(found.ca, ['FIRST']);
    assert.equal(found.problems.length, 1);
  });

  it('names half a pair and a file that cannot be read', async () => {
    const found = await readCertificates(
      'lab',
      system({
        '/etc/docker/certs.d/lab/a.cert': 'CERT',
        '/etc/docker/certs.d/lab/b.key': 'KEY',
        '/etc/docker/certs.d/lab/ca.crt': '!',
      }),
    );
    assert.deepEqual([found.ca, found.cert, found.key], [[], undefined, undefined]);
    assert.equal(found.problems.length, 3);
    assert.match(found.problems.join('\n'), /a\.cert needs a\.key/);
  });

  it('has nothing for Docker Hub, for a host that is not there, and for a host that leads elsewhere', async () => {
    const files = system({ '/etc/docker/certs.d/docker.io/ca.crt': 'CA', '/etc/docker/ca.crt': 'CA' });
    for (const host of ['docker.io', 'none', '../..', '..']) {
      assert.deepEqual(await readCertificates(host, files), { ca: [], problems: [] });
    }
  });

  describe('with a hosts.toml', () => {
    const folder = '/etc/docker/certs.d/lab:5000';
    const read = (hosts: string, files: Record<string, string> = {}) =>
      readCertificates(
        'lab:5000',
        system({
          [`${folder}/hosts.toml`]: hosts,
          [`${folder}/own.pem`]: 'OWN',
          [`${folder}/other.pem`]: 'OTHER',
          [`${folder}/client.pem`]: 'BOTH',
          '/certs/client.pem': 'CERT',
          '/certs/client.key': 'KEY',
          ...files,
        }),
      );

    it('takes the CA of its server, as a path or a list of them', async () => {
      assert.deepEqual((await read('ca = "own.pem"')).ca, ['OWN']);
      assert.deepEqual((await read('server = "https://lab:5000"\nca = ["own.pem", "./other.pem"]')).ca, [
        'OWN',
        'OTHER',
      ]);
      assert.deepEqual((await read('ca = "own.pem"', { [`${folder}/ca.crt`]: 'CRT' })).ca, ['CRT', 'OWN']);
    });

    it('takes the section of the host, and leaves mirrors and other servers alone', async () => {
      const hosts =
        'server = "https://else.example"\nca = "other.pem"\n[host."https://mirror.example"]\nca = "other.pem"\n';
      assert.deepEqual((await read(hosts)).ca, []);
      assert.deepEqual((await read(`${hosts}[host."https://lab:5000"]\nca = "own.pem"\n`)).ca, ['OWN']);
    });

    it('takes client certificates in each of their forms', async () => {
      const pair = { ca: [], cert: 'CERT', key: 'KEY', problems: [] };
      const both = { ca: [], cert: 'BOTH', key: 'BOTH', problems: [] };
      assert.deepEqual(await read('client = [["/certs/client.pem", "/certs/client.key"]]'), pair);
      assert.deepEqual(await read('client = [["client.pem", ""]]'), both);
      assert.deepEqual(await read('client = ["client.pem"]'), both);
      assert.deepEqual(await read('client = "client.pem"'), both);
    });

    it('says what is wrong with it, and takes the rest of the folder', async () => {
      for (const bad of ['ca = [', 'server = "https://"', 'ca = "missing.pem"']) {
        const { ca, problems } = await read(bad, { [`${folder}/ca.crt`]: 'CRT' });
        assert.deepEqual(ca, ['CRT'], bad);
        assert.equal(problems.length, 1, bad);
      }
      assert.deepEqual(await read('ca = 1\nclient = [[1]]\nhost = "x"'), { ca: [], problems: [] });
    });
  });
});
