// Limits and devices of run options as the engine's API wants them.

import { isOlder } from '../../apiVersion.ts';
import { sizeOf } from '../../byteSize.ts';
import { t } from '../../l10n.ts';
import { mapOf, pairOf } from '../../pairs.ts';
import type { RunOptions } from '../options.ts';
import { badValue, fieldsOf, integerOf, nanoCpusOf, shown } from '../parse.ts';

/** The part of a create request's HostConfig that limits the container and gives it devices. */
export function resourcesOf(options: RunOptions, apiVersion: string | undefined) {
  const { memorySwappiness = -1 } = options;
  if (memorySwappiness < -1 || memorySwappiness > 100) {
    throw badValue('bad-swappiness', t('{0} is not a swappiness. Write a number from 0 to 100.', memorySwappiness));
  }
  const devices = (options.devices ?? []).map(parseDevice);
  const cdi = devices.filter((device) => typeof device === 'string');
  const requests = [
    ...(options.gpus ?? []).map(parseGpus),
    ...(cdi.length > 0 ? [{ Driver: 'cdi', DeviceIDs: cdi }] : []),
  ];
  return {
    Memory: sizeOf(options.memory || '0', '--memory'),
    MemoryReservation: sizeOf(options.memoryReservation || '0', '--memory-reservation'),
    MemorySwap: options.memorySwap === '-1' ? -1 : sizeOf(options.memorySwap || '0', '--memory-swap'),
    MemorySwappiness: memorySwappiness,
    // Engines ignore this limit from API 1.42 on, and the client leaves it out.
    ...(options.kernelMemory &&
      isOlder(apiVersion ?? '1.41', '1.42') && { KernelMemory: sizeOf(options.kernelMemory, '--kernel-memory') }),
    ShmSize: sizeOf(options.shmSize || '0', '--shm-size'),
    OomKillDisable: options.oomKillDisable ?? false,
    OomScoreAdj: options.oomScoreAdj ?? 0,
    PidsLimit: options.pidsLimit ?? 0,
    NanoCpus: options.cpus ? nanoCpusOf(options.cpus) : 0,
    CpuShares: options.cpuShares ?? 0,
    CpuPeriod: options.cpuPeriod ?? 0,
    CpuQuota: options.cpuQuota ?? 0,
    CpuRealtimePeriod: options.cpuRtPeriod ?? 0,
    CpuRealtimeRuntime: options.cpuRtRuntime ?? 0,
    CpusetCpus: options.cpusetCpus ?? '',
    CpusetMems: options.cpusetMems ?? '',
    CpuCount: options.cpuCount ?? 0,
    CpuPercent: options.cpuPercent ?? 0,
    IOMaximumBandwidth: sizeOf(options.ioMaxBandwidth || '0', '--io-maxbandwidth'),
    IOMaximumIOps: options.ioMaxIops ?? 0,
    BlkioWeight: options.blkioWeight ?? 0,
    BlkioWeightDevice: (options.blkioWeightDevices ?? []).map(parseWeight),
    BlkioDeviceReadBps: (options.deviceReadBps ?? []).map((text) => parseRate(text, true)),
    BlkioDeviceWriteBps: (options.deviceWriteBps ?? []).map((text) => parseRate(text, true)),
    BlkioDeviceReadIOps: (options.deviceReadIops ?? []).map((text) => parseRate(text, false)),
    BlkioDeviceWriteIOps: (options.deviceWriteIops ?? []).map((text) => parseRate(text, false)),
    // A later limit of the same name wins; the client sorts them by name.
    Ulimits: Object.values(Object.fromEntries((options.ulimits ?? []).map(parseUlimit))).sort((one, other) =>
      one.Name < other.Name ? -1 : 1,
    ),
    CgroupParent: options.cgroupParent ?? '',
    Devices: devices.filter((device) => typeof device !== 'string'),
    ...(options.deviceCgroupRules?.length && { DeviceCgroupRules: options.deviceCgroupRules.map(checkRule) }),
    ...(requests.length > 0 && { DeviceRequests: requests }),
  };
}

/** Reads what stands after `--device`: a device's path and modes, or the name of a CDI device, which stays a text. */
function parseDevice(text: string) {
  if (/^[a-zA-Z][\w.-]*\/[a-zA-Z][\w-]*=[\w.:-]+$/.test(text)) {
    return text;
  }
  const [host = '', second, third, ...more] = text.split(':');
  const [target, modes] = third === undefined && isModes(second) ? [undefined, second] : [second, third];
  if (
    more.length > 0 ||
    !host.startsWith('/') ||
    (target !== undefined && !target.startsWith('/')) ||
    (modes !== undefined && !isModes(modes))
  ) {
    throw badValue(
      'bad-device',
      t('"{0}" is not a device. Write /dev/name, /dev/name:/dev/other or /dev/name:/dev/other:rwm.', shown(text)),
    );
  }
  return { PathOnHost: host, PathInContainer: target ?? host, CgroupPermissions: modes ?? 'rwm' };
}

function isModes(text: string | undefined): boolean {
  return text !== undefined && /^[rwm]{1,3}$/.test(text) && new Set(text).size === text.length;
}

function checkRule(text: string): string {
  if (!/^[acb] (?:\d+|\*):(?:\d+|\*) [rwm]{1,3}$/.test(text)) {
    throw badValue(
      'bad-device-rule',
      t('"{0}" is not a device rule. Write a type, the numbers and the access, for example "c 42:* rmw".', shown(text)),
    );
  }
  return text;
}

/** Reads what stands after `--gpus`: `all`, a count, or fields such as `"device=0,1"`. */
function parseGpus(text: string) {
  const given = new Map(
    (fieldsOf(text) ?? [])
      .map((field) => pairOf(field))
      .map(([key, value]) => (value === undefined ? ['count', key] : [key, value])),
  );
  const count = given.get('count');
  const number =
    count === 'all' ? -1 : count === undefined ? (given.has('device') ? 0 : 1) : Number(count || Number.NaN);
  const unknown = [...given.keys()].find(
    (key) => !['driver', 'count', 'device', 'capabilities', 'options'].includes(key),
  );
  if (given.size === 0 || unknown !== undefined || !Number.isInteger(number)) {
    throw badValue(
      'bad-gpus',
      t('"{0}" does not name GPUs. Write all, a number, or "device=0,1" with the quotes.', shown(text)),
    );
  }
  const devices = given.get('device');
  return {
    Driver: given.get('driver') ?? '',
    Count: number,
    ...(devices !== undefined && { DeviceIDs: devices.split(',') }),
    Capabilities: [[...(given.get('capabilities')?.split(',') ?? []), 'gpu']],
    Options: mapOf(fieldsOf(given.get('options') ?? '')?.filter(Boolean) ?? []),
  };
}

const ulimitNames = new Set(
  'core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime sigpending stack'.split(' '),
);

function parseUlimit(text: string): [string, { Name: string; Soft: number; Hard: number }] {
  const [, name = '', softText = '', hardText = softText] = /^([a-z]+)=(-?\d+)(?::(-?\d+))?$/.exec(text) ?? [];
  const [soft, hard] = [Number(softText), Number(hardText)];
  if (!ulimitNames.has(name) || (hard !== -1 && (soft > hard || soft === -1))) {
    throw badValue(
      'bad-ulimit',
      t('"{0}" is not a limit. Write name=soft or name=soft:hard, for example nofile=1024:2048.', shown(text)),
    );
  }
  return [name, { Name: name, Soft: soft, Hard: hard }];
}

function parseWeight(text: string) {
  const [, path, digits] = /^(\/dev\/[^:]+):(\d+)$/.exec(text) ?? [];
  const weight = Number(digits);
  if (path === undefined || (weight !== 0 && (weight < 10 || weight > 1000))) {
    throw badValue(
      'bad-weight',
      t(
        '"{0}" is not the weight of a device. Write a device and a number from 10 to 1000, for example /dev/sda:500.',
        shown(text),
      ),
    );
  }
  return { Path: path, Weight: weight };
}

function parseRate(text: string, bytes: boolean) {
  const [, path, value = ''] = /^(\/dev\/[^:]+):([^:]+)$/.exec(text) ?? [];
  const rate = bytes && /^\d/.test(value) ? sizeOf(value, shown(text)) : integerOf(value);
  if (path === undefined || rate === undefined || rate < 0) {
    throw badValue(
      'bad-rate',
      t(
        '"{0}" is not the rate of a device. Write a device and a number, for example /dev/sda:1000; bytes may have kb, mb or gb behind them.',
        shown(text),
      ),
    );
  }
  return { Path: path, Rate: rate };
}
