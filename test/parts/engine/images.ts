// Images for an engine that starts empty and can pull nothing: a base made from Debian's static busybox, and one without a shell.
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { capture } from '../machine/process.ts';
import { type TarEntry, tar } from '../machine/tar.ts';
import type { DockerApi } from './api.ts';

/** The label by which everything of the sample is known again. */
export const sampleLabel = 'docknotes.sample';

export const baseReference = 'busybox:latest';
export const shellLessReference = 'shell-less:latest';

/**
 * Makes sure that `busybox:latest` is there. It is made from /bin/busybox where that is a static program
 * (Debian's busybox-static), and pulled elsewhere. Says whether it was made or pulled now.
 */
export async function ensureBaseImage(api: DockerApi): Promise<boolean> {
  if (await hasImage(api, baseReference)) {
    return false;
  }
  const files = await baseFiles();
  if (files) {
    await importImage(api, baseReference, tar(files), ['CMD ["sh"]', `LABEL ${sampleLabel}=true`]);
  } else {
    await api('POST', '/images/create?fromImage=busybox&tag=latest');
  }
  return true;
}

/** Makes `shell-less:latest`: one static program that sleeps, and nothing else. Without a static /bin/busybox it makes none. */
export async function ensureShellLessImage(api: DockerApi): Promise<void> {
  const busybox = staticBusybox();
  if (!busybox || (await hasImage(api, shellLessReference))) {
    return;
  }
  // busybox acts as the program whose name it is called by.
  const program: TarEntry = { path: 'sleep', content: busybox, mode: 0o755 };
  await importImage(api, shellLessReference, tar([program]), [
    'ENTRYPOINT ["/sleep"]',
    'CMD ["86400"]',
    `LABEL ${sampleLabel}=true`,
  ]);
}

/** Makes an image of one layer from a tar archive; `changes` are Dockerfile instructions that set its configuration. */
export async function importImage(
  api: DockerApi,
  reference: string,
  archive: Buffer,
  changes: readonly string[] = [],
): Promise<void> {
  const colon = reference.lastIndexOf(':');
  const query = new URLSearchParams({
    fromSrc: '-',
    repo: reference.slice(0, colon),
    tag: reference.slice(colon + 1),
  });
  for (const change of ['ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', ...changes]) {
    query.append('changes', change);
  }
  await api('POST', `/images/create?${query}`, archive);
}

export async function hasImage(api: DockerApi, reference: string): Promise<boolean> {
  const filters = encodeURIComponent(JSON.stringify({ reference: [reference] }));
  return (await api('GET', `/images/json?filters=${filters}`)).json<unknown[]>().length > 0;
}

/** The files of the base image: busybox, a link for each of its programs, and the few files that programs expect. */
export async function baseFiles(): Promise<TarEntry[] | undefined> {
  const busybox = staticBusybox();
  if (!busybox) {
    return undefined;
  }
  const applets = (await capture('/bin/busybox', ['--list-full'])).split('\n').filter(Boolean);
  const folders = ['bin', 'sbin', 'usr', 'usr/bin', 'usr/sbin', 'dev', 'etc', 'home', 'proc', 'root', 'sys', 'var'];
  const links = applets.filter((path) => basename(path) !== 'busybox' && folders.includes(folderOf(path)));
  return [
    ...folders.map((path) => ({ path })),
    { path: 'tmp', mode: 0o1777 },
    { path: 'var/www' },
    { path: 'etc/passwd', content: 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/home:/bin/false\n' },
    { path: 'etc/group', content: 'root:x:0:\nnobody:x:65534:\n' },
    {
      path: 'var/www/index.html',
      content: '<!doctype html>\n<title>Sample</title>\n<p>This page is served by a sample container.\n',
    },
    { path: 'bin/busybox', content: busybox, mode: 0o755 },
    ...links.map((path) => ({ path, link: '/bin/busybox' })),
  ];
}

function staticBusybox(): Buffer | undefined {
  const program = existsSync('/bin/busybox') ? readFileSync('/bin/busybox') : undefined;
  // A program that names a loader is linked with libraries that the image does not have.
  return program?.includes('/ld-linux') || program?.includes('/ld-musl') ? undefined : program;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
