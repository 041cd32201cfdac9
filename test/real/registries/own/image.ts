// The image registry:2 for an engine that cannot pull it: the program docker-registry, as the real image has it.
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DockerApi } from '../../../parts/engine/api.ts';
import { hasImage, importImage } from '../../../parts/engine/images.ts';
import { capture, programOnPath } from '../../../parts/machine/process.ts';
import { type TarEntry, tar } from '../../../parts/machine/tar.ts';

export const registryImage = 'registry:2';

const configuration = `version: 0.1
log: {fields: {service: registry}}
storage: {cache: {blobdescriptor: inmemory}, filesystem: {rootdirectory: /var/lib/registry}}
http: {addr: ":5000", headers: {X-Content-Type-Options: [nosniff]}}
`;

/** Makes or pulls `registry:2`. Says whether it was made or pulled now. */
export async function ensureRegistryImage(api: DockerApi): Promise<boolean> {
  if (await hasImage(api, registryImage)) {
    return false;
  }
  const program = programOnPath('docker-registry');
  if (!program) {
    await api('POST', '/images/create?fromImage=registry&tag=2');
    return true;
  }
  const libraries = await librariesOf(program);
  const folders = new Set([
    'bin',
    'etc',
    'etc/docker',
    'etc/docker/registry',
    'tmp',
    'var',
    'var/lib',
    'var/lib/registry',
  ]);
  for (const library of libraries) {
    for (let folder = dirname(library.slice(1)); folder !== '.'; folder = dirname(folder)) {
      folders.add(folder);
    }
  }
  const files: TarEntry[] = [
    ...[...folders].sort().map((path) => ({ path })),
    { path: 'etc/docker/registry/config.yml', content: configuration },
    { path: 'bin/registry', content: readFileSync(program), mode: 0o755 },
    ...libraries.map((path) => ({ path: path.slice(1), content: readFileSync(path), mode: 0o755 })),
  ];
  await importImage(api, registryImage, tar(files), [
    'ENTRYPOINT ["/bin/registry", "serve"]',
    'CMD ["/etc/docker/registry/config.yml"]',
    'EXPOSE 5000',
    'VOLUME ["/var/lib/registry"]',
  ]);
  return true;
}

/** The loader and the libraries that a program is linked with; none for a static one. */
async function librariesOf(program: string): Promise<string[]> {
  const lines = await capture('ldd', [program]).catch(() => '');
  return [...lines.matchAll(/^\s+(?:\S+ => )?(\/\S+) \(/gm)].map(([, path]) => path ?? '');
}
