// A shop as the gallery of pictures shows it: a Compose project with containers in every state, and what they use.

import type { DockerApi } from '../parts/engine/api.ts';
import { baseReference } from '../parts/engine/images.ts';
import { until } from '../parts/until.ts';

const project = 'orders';
const mebibyte = 1024 * 1024;

/** A service that writes lines of every level in colours, and goes on slowly. */
const talking = `
i=0
while :; do
  i=$((i+1))
  case $((i % 9)) in
    0) printf '\\033[31mERROR\\033[0m payment %s was refused: card expired\\n' $i ;;
    4) printf '\\033[33mWARN\\033[0m  slow answer of \\033[1mcatalog\\033[0m: %s ms\\n' $((i * 7)) ;;
    6) printf '\\033[90mDEBUG\\033[0m \\033[36mcache\\033[0m hit for \\033[4m/orders/%s\\033[0m\\n' $i ;;
    *) printf '\\033[32mINFO\\033[0m  GET /orders/%s \\033[44;97m 200 \\033[0m \\033[2m%s ms\\033[0m\\n' $i $((i % 40)) ;;
  esac
  [ $i -lt 60 ] || sleep 5
done`;

const busy =
  'while :; do i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; head -c 3000000 /dev/zero > /tmp/x; sleep 1; done';

/** Says its health once and is then silent, so that no later check draws a row anew while a picture is taken. */
const onceHealthy = (word: string, code: number) => ({
  Test: ['CMD-SHELL', `[ -e /tmp/said ] && sleep 3600; touch /tmp/said; echo ${word}; exit ${code}`],
  Interval: 1e9,
  Timeout: 3600e9,
  Retries: 1,
});

const settings = `{
  "currency": "EUR",
  "retries": 3,
  "providers": ["card", "invoice"],
  "sandbox": true
}`;

interface Part {
  service: string;
  command: string;
  config?: object;
  host?: object;
  state?: 'created' | 'paused';
}

const parts: Part[] = [
  {
    service: 'web',
    command: talking,
    config: { ExposedPorts: { '80/tcp': {} } },
    host: { PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }] }, Memory: 64 * mebibyte },
  },
  {
    service: 'web',
    command: busy,
    config: { ExposedPorts: { '80/tcp': {} } },
    host: { PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }] }, Memory: 64 * mebibyte },
  },
  {
    service: 'db',
    command: `mkdir -p /data/config; echo '${settings}' > /data/config/payment.json; echo 17 > /data/VERSION; sleep 86400`,
    config: { ExposedPorts: { '5432/tcp': {} }, Healthcheck: onceHealthy('accepting connections', 0) },
    host: { Binds: [`${project}-data:/data`, '/etc/hosts:/etc/upstream:ro'], Tmpfs: { '/run': '' } },
  },
  {
    service: 'api',
    command: 'sleep 86400',
    config: {
      ExposedPorts: { '9000/tcp': {}, '9125/udp': {} },
      Healthcheck: onceHealthy('"db:5432 refused the connection"', 1),
    },
    host: {
      PortBindings: {
        '9000/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }],
        '9125/udp': [{ HostIp: '127.0.0.1', HostPort: '' }],
      },
      RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 5 },
      Memory: 128 * mebibyte,
      NanoCpus: 1_500_000_000,
    },
  },
  { service: 'mail', command: 'sleep 86400', state: 'paused' },
  { service: 'migrate', command: 'echo "column exists"; exit 3', host: { Binds: [`${project}-data:/data`] } },
  { service: 'report', command: 'sleep 86400', state: 'created' },
];

export const nameOf = (service: string, number = 1) => `${project}-${service}-${number}`;
const names = parts.map(({ service }, index) =>
  nameOf(service, parts.slice(0, index + 1).filter((part) => part.service === service).length),
);

export async function makeSituation(engine: DockerApi): Promise<void> {
  await removeSituation(engine);
  for (const name of [`${project}-data`, `${project}-cache`]) {
    await engine('POST', '/volumes/create', { Name: name });
  }
  await engine('POST', '/networks/create', { Name: `${project}_default` });
  await engine('POST', '/networks/create', { Name: `${project}_backend`, Internal: true });
  for (const [index, { service, command, config, host, state }] of parts.entries()) {
    const name = names[index];
    await engine('POST', `/containers/create?name=${name}`, {
      Image: baseReference,
      Cmd: ['sh', '-c', command],
      Labels: { 'com.docker.compose.project': project, 'com.docker.compose.service': service },
      ...config,
      HostConfig: { NetworkMode: `${project}_default`, LogConfig: { Type: 'json-file', Config: {} }, ...host },
    });
    if (service === 'db' || service === 'api') {
      await engine('POST', `/networks/${project}_backend/connect`, { Container: name });
    }
    if (state !== 'created') {
      await engine('POST', `/containers/${name}/start`);
    }
    if (state === 'paused') {
      await engine('POST', `/containers/${name}/pause`);
    }
  }
  for (const [service, wanted] of [
    ['db', 'healthy'],
    ['api', 'unhealthy'],
  ] as const) {
    await until(`${service} to be ${wanted}`, async () => {
      const { json } = await engine('GET', `/containers/${nameOf(service)}/json`);
      return json<{ State: { Health: { Status: string } } }>().State.Health.Status === wanted;
    });
  }
}

export async function removeSituation(engine: DockerApi): Promise<void> {
  for (const name of names) {
    await engine('DELETE', `/containers/${name}?force=1&v=1`).catch(() => undefined);
  }
  for (const name of [`${project}-data`, `${project}-cache`]) {
    await engine('DELETE', `/volumes/${name}?force=1`).catch(() => undefined);
  }
  for (const name of [`${project}_default`, `${project}_backend`]) {
    await engine('DELETE', `/networks/${name}`).catch(() => undefined);
  }
}
