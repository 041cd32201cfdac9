// Volumes over the Engine API.

import { fields, text } from '../../model/untyped.ts';
import { segment, type Transport } from '../connection/transport.ts';
import { createRequests } from './jsonRequests.ts';

export interface VolumeOptions {
  /** The engine makes a name up when absent. */
  name?: string;
  /** `local` when absent. */
  driver?: string;
  options?: Record<string, string>;
  labels?: Record<string, string>;
}

export interface Volumes {
  create(options: VolumeOptions): Promise<{ name: string }>;
  remove(volume: string, options?: { force?: boolean }): Promise<void>;
  /** The engine's whole answer. */
  inspect(volume: string): Promise<unknown>;
}

export function createVolumes(transport: Transport): Volumes {
  const { get, post, remove } = createRequests(transport);
  return {
    async create({ name, driver = 'local', options, labels }) {
      const body = {
        ...(name && { Name: name }),
        Driver: driver,
        ...(options && { DriverOpts: options }),
        ...(labels && { Labels: labels }),
      };
      return { name: text(fields(await post('/volumes/create', {}, body)).Name) };
    },
    async remove(volume, { force } = {}) {
      await remove(`/volumes/${segment(volume)}`, { force });
    },
    inspect: (volume) => get(`/volumes/${segment(volume)}`),
  };
}
