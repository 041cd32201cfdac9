// What Podman 4.3 lacks, found by running the suites on it; the README names it for people.

/** Titles of tests that do not hold on Podman, each with the reason. */
export const podmanLacks: Readonly<Record<string, string>> = {
  'tells of health': 'Podman leaves health checks to timers of systemd, and does not tell of them in its lists.',
  'leaves a container that goes on': 'Podman 4 does not leave a container at the detach keys over this interface.',
  'gives the exit code of a container that removes itself': 'Podman 4 may have forgotten it by then.',
  'tells of layers, and the digest of what was pulled': 'Podman 4 reports neither.',
  'names the container that uses an image': 'Podman 4 says only that one does.',
  'does not start the helper of a volume for a look':
    'Podman 4 follows links in a volume, and does not tell of them, until a container with the volume runs.',
  'changes limits and the restart policy': 'Podman 4 has no update over this interface.',
  'tells the message of a commit in the history': 'Podman 4 says what the image was made from instead.',
  'leave no socket in the engine':
    'The process of Podman is not noted beside its socket, so its sockets cannot be counted.',
  'keeps networks': 'Podman 4 has no event for a network that is made or removed.',
  // Lines that make the same containers there, but cannot be read back from them.
  ...readBack(
    'Podman 4 chooses free ports when a container is made, and does not say that they were to be free ones.',
    '-P run-lines-rich',
    '-p published=8080,target=80,protocol=udp -p target=90 busybox',
    '-p 80 busybox',
    '--publish=127.0.0.1::82 busybox',
    "-p '[::1]:80:80' -p '[fe80::1]::81' busybox",
    '-p 0:80 -p :81 busybox',
    '-p 8080:80 -p 8081:80 -p 80 busybox',
    '--publish-all --expose 80 busybox',
  ),
  ...readBack(
    'Podman 4 does not say whether a bind leaves out the mounts below it.',
    '--mount type=bind,src=/tmp,dst=/host,bind-nonrecursive busybox',
    '--mount type=bind,src=/tmp,dst=/host,bind-recursive=disabled busybox',
    '--mount type=bind,src=./sub,dst=/work,bind-propagation=rslave busybox',
  ),
  ...readBack(
    'Podman 4 does not say that the volumes of another container were to be read-only.',
    '--volumes-from run-lines-data:ro --volumes-from=run-lines-db busybox',
  ),
  ...readBack('Podman 4 writes 0 also where nothing was said.', '-m 64m --memory-swappiness 0 busybox'),
  ...readBack('Podman 4 does not tell the weight.', '--blkio-weight 300 busybox'),
  ...readBack(
    'Podman 4 does not tell the volumes of the image from those of the line.',
    '-v /data -v /extra run-lines-rich',
  ),
};

function readBack(reason: string, ...lines: string[]): Record<string, string> {
  return Object.fromEntries(lines.map((line) => [`docker create ${line}`, reason]));
}
