// The limits and devices of a container, from its inspect answer, as run options.

import { sizeText } from '../../byteSize.ts';
import { type Fields, fields, list, number, text, textMap, texts } from '../../untyped.ts';
import type { RunOptions } from '../options.ts';
import { fieldsText } from '../parse.ts';

const defaultShm = 64 * 1024 * 1024;

/** The limits and devices of a container. */
export function inspectedResources(host: Fields): Partial<RunOptions> {
  const size = (value: unknown) => (number(value) === -1 ? '-1' : number(value) ? sizeText(number(value)) : '');
  const rates = (value: unknown, bytes: boolean) =>
    list(value)
      .map(fields)
      .map(({ Path, Rate }) => `${Path}:${bytes ? sizeText(number(Rate)) : Rate}`);
  const requests = list(host.DeviceRequests).map(fields);
  const swappiness = host.MemorySwappiness;
  // With a limit of memory alone, the engine allows as much swap again.
  const swap = number(host.MemorySwap) === 2 * number(host.Memory) ? '' : size(host.MemorySwap);
  return {
    devices: [
      ...list(host.Devices).map((device) => deviceText(fields(device))),
      ...requests.flatMap((request) => (request.Driver === 'cdi' ? texts(request.DeviceIDs) : [])),
    ],
    deviceCgroupRules: texts(host.DeviceCgroupRules),
    gpus: requests.filter(({ Driver }) => Driver !== 'cdi').map(gpuText),
    cpus: number(host.NanoCpus) ? String(number(host.NanoCpus) / 1e9) : '',
    ...numbers({
      cpuShares: host.CpuShares,
      cpuPeriod: host.CpuPeriod,
      cpuQuota: host.CpuQuota,
      cpuRtPeriod: host.CpuRealtimePeriod,
      cpuRtRuntime: host.CpuRealtimeRuntime,
      cpuCount: host.CpuCount,
      cpuPercent: host.CpuPercent,
      ioMaxIops: host.IOMaximumIOps,
      oomScoreAdj: host.OomScoreAdj,
      pidsLimit: host.PidsLimit,
      blkioWeight: host.BlkioWeight,
    }),
    ...(typeof swappiness === 'number' && swappiness >= 0 && { memorySwappiness: swappiness }),
    cpusetCpus: text(host.CpusetCpus),
    cpusetMems: text(host.CpusetMems),
    ioMaxBandwidth: size(host.IOMaximumBandwidth),
    memory: size(host.Memory),
    memoryReservation: size(host.MemoryReservation),
    memorySwap: swap,
    kernelMemory: size(host.KernelMemory),
    shmSize: number(host.ShmSize) === defaultShm ? '' : size(host.ShmSize),
    oomKillDisable: host.OomKillDisable === true,
    ulimits: list(host.Ulimits)
      .map(fields)
      .map(({ Name, Soft, Hard }) => `${Name}=${Soft}${Soft === Hard ? '' : `:${Hard}`}`),
    blkioWeightDevices: list(host.BlkioWeightDevice)
      .map(fields)
      .map(({ Path, Weight }) => `${Path}:${Weight}`),
    deviceReadBps: rates(host.BlkioDeviceReadBps, true),
    deviceWriteBps: rates(host.BlkioDeviceWriteBps, true),
    deviceReadIops: rates(host.BlkioDeviceReadIOps, false),
    deviceWriteIops: rates(host.BlkioDeviceWriteIOps, false),
    cgroupParent: text(host.CgroupParent),
  };
}

function deviceText({ PathOnHost, PathInContainer, CgroupPermissions }: Fields): string {
  const [host, target, modes] = [text(PathOnHost), text(PathInContainer), text(CgroupPermissions)];
  return [host, ...(target && target !== host ? [target] : []), ...(modes && modes !== 'rwm' ? [modes] : [])].join(':');
}

function gpuText(request: Fields): string {
  const count = number(request.Count);
  const devices = texts(request.DeviceIDs);
  const capabilities = texts(list(request.Capabilities)[0]).filter((capability) => capability !== 'gpu');
  const settings = Object.entries(textMap(request.Options)).map((pair) => pair.join('='));
  return fieldsText([
    ...(devices.length > 0 ? [`device=${devices.join(',')}`] : [count === -1 ? 'all' : String(count)]),
    ...(text(request.Driver) ? [`driver=${request.Driver}`] : []),
    ...(capabilities.length > 0 ? [`capabilities=${capabilities.join(',')}`] : []),
    ...(settings.length > 0 ? [`options=${fieldsText(settings)}`] : []),
  ]);
}

/** The numbers that are set; 0 is the engine's word for "not set". */
function numbers<K extends string>(values: Record<K, unknown>): Partial<Record<K, number>> {
  const set = Object.entries(values).filter(([, value]) => typeof value === 'number' && value !== 0);
  return Object.fromEntries(set) as Partial<Record<K, number>>;
}
