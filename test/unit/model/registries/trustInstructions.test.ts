// The page that says how engines come to trust a CA.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import type { EngineKind } from '../../../../src/model/engines/kind.ts';
import { trustInstructions } from '../../../../src/model/registries/trustInstructions.ts';

const subject = {
  hosts: ['registry.lab:5000'],
  pem: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
  fingerprint: 'AA:BB',
  file: '/home/lena/.docknotes/registry/ca.crt',
};

describe('instructions to trust a CA', () => {
  const commandsOf = (page: string, heading: RegExp) =>
    new RegExp(`^#+ .*${heading.source}.*\\n[^#]*?\`\`\`\\w+\\n([^]*?)\n\`\`\``, 'm').exec(page)?.[1]?.split('\n') ??
    [];

  it('begin with the engine in use and name every other kind once', () => {
    const page = trustInstructions(subject, { platform: 'linux', kind: 'docker' });
    assert.deepEqual(commandsOf(page, /The engine in use: Docker Engine on Linux/), [
      'sudo install -D -m 644 /home/lena/.docknotes/registry/ca.crt /etc/docker/certs.d/registry.lab:5000/ca.crt',
    ]);
    const headings = [...page.matchAll(/^#+ (.*)$/gm)].map(([, title]) => title);
    assert.equal(new Set(headings).size, headings.length);
    assert.equal(headings.filter((title) => title?.includes('Docker Engine on Linux')).length, 1);
    assert.ok(page.includes('`AA:BB`') && page.includes(subject.file) && page.includes(subject.pem.trim()));
  });

  it('copy the file of another machine by hand, and take that of this one from its place', () => {
    const page = trustInstructions(subject, { platform: 'linux', kind: 'docker', remote: 'build.lab' });
    assert.deepEqual(commandsOf(page, /The engine in use, on build\.lab/), [
      'sudo install -D -m 644 ca.crt /etc/docker/certs.d/registry.lab:5000/ca.crt',
    ]);
  });

  it('name every host under which images name the registry', () => {
    const hosts = ['registry.lab:5000', '192.168.1.20:5000', '[fd00::7]:5000'];
    const page = trustInstructions({ ...subject, hosts }, { platform: 'linux', kind: 'podman' });
    assert.deepEqual(
      commandsOf(page, /Podman on Linux/).map((line) => line.split(' ').at(-1)),
      [
        '/etc/containers/certs.d/registry.lab:5000/ca.crt',
        '/etc/containers/certs.d/192.168.1.20:5000/ca.crt',
        "'/etc/containers/certs.d/[fd00::7]:5000/ca.crt'",
      ],
    );
  });

  it('are for PowerShell on Windows, where the folder has no colon', () => {
    const windows = { ...subject, file: "C:\\Users\\Lena O'Hara\\ca.crt" };
    const page = trustInstructions(windows, { platform: 'win32', kind: 'windows' });
    assert.deepEqual(commandsOf(page, /The engine in use/), [
      'New-Item -ItemType Directory -Force "$env:ProgramData\\docker\\certs.d\\registry.lab5000"',
      `Copy-Item 'C:\\Users\\Lena O''Hara\\ca.crt' "$env:ProgramData\\docker\\certs.d\\registry.lab5000\\ca.crt"`,
    ]);
    const desktop = trustInstructions(windows, { platform: 'win32', kind: 'desktop' });
    assert.match(
      desktop,
      /Import-Certificate -FilePath 'C:\\Users\\Lena O''Hara\\ca\.crt' -CertStoreLocation Cert:\\CurrentUser\\Root/,
    );
  });

  it('tell to save the certificate where it has no file yet', () => {
    const { file: _, ...bare } = subject;
    const page = trustInstructions(bare, { platform: 'linux' });
    assert.match(page, /Save the certificate at the end of this page as `ca\.crt`/);
    assert.ok(!page.includes('The engine in use'));
  });

  it('put the certificate where the engine looks, also from a folder with spaces and quotes', function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    const home = mkdtempSync(join(tmpdir(), 'docknotes-trust-'));
    try {
      const folder = join(home, "Lena's $HOME `x`");
      const file = join(folder, 'ca.crt');
      mkdirSync(folder);
      writeFileSync(file, 'CA');
      const run = (kind: EngineKind, platform: 'linux' | 'darwin', place: string) => {
        const page = trustInstructions({ ...subject, file }, { platform, kind });
        execFileSync('sh', ['-ec', commandsOf(page, /The engine in use/).join('\n')], {
          env: { ...process.env, HOME: home },
        });
        assert.equal(readFileSync(join(home, place, 'registry.lab:5000', 'ca.crt'), 'utf8'), 'CA');
      };
      run('desktop', 'darwin', '.docker/certs.d');
      if (process.platform === 'linux') {
        run('rootless', 'linux', '.config/docker/certs.d');
      }
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });
});
