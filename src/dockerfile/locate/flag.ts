// Finds flags, their values, and the types and keys of `RUN --mount`.
import { FLAGS, MOUNT_KEYS, MOUNTS, own } from '../catalog.ts';
import type { Command } from '../syntax/command.ts';
import { type Flag, type Option, readOptions } from '../syntax/flags.ts';
import { findImageOrStage } from './image.ts';
import { type Found, holds, type Spot } from './subject.ts';

/** The flag, or the part of a flag's value, at a spot. */
export function findFlag(spot: Spot, command: Command): Found | undefined {
  const flag = command.flags.find((one) => holds(one, spot.at));
  if (!flag || own(own(FLAGS, command.name), flag.name) === undefined) {
    return undefined;
  }
  const whole: Omit<Found, 'span'> = {
    key: `flag.${command.name}.${flag.name}`,
    subject: { kind: 'flag', instruction: command.name, flag },
  };
  if (holds(flag.nameSpan, spot.at)) {
    return { ...whole, span: flag.nameSpan };
  }
  if (!flag.valueSpan || !holds(flag.valueSpan, spot.at)) {
    return undefined;
  }
  if (command.name === 'run' && flag.name === 'mount') {
    return findOption(spot, flag);
  }
  if (flag.name === 'exclude') {
    return { ...whole, key: 'topic.dockerignore', span: flag.valueSpan };
  }
  if (command.name === 'copy' && flag.name === 'from' && !flag.value?.includes('$')) {
    return findImageOrStage(spot, flag.valueSpan, true);
  }
  return { ...whole, span: flag.valueSpan };
}

function findOption(spot: Spot, flag: Flag): Found | undefined {
  const options = flag.valueSpan ? readOptions(spot.line, flag.valueSpan) : [];
  const option = options.find((one) => holds(one.keySpan, spot.at) || holds(one.valueSpan, spot.at));
  const key = option && own(MOUNT_KEYS, option.key);
  if (!option || !key) {
    return undefined;
  }
  const type = options.find((one) => one.key === 'type')?.value ?? 'bind';
  if (holds(option.valueSpan, spot.at)) {
    return findOptionValue(spot, option, key, type);
  }
  return { key: `mount-key.${key}`, span: option.keySpan, subject: { kind: 'mount-key', key, type, option } };
}

function findOptionValue(spot: Spot, option: Option, key: string, type: string): Found | undefined {
  const span = option.valueSpan;
  if (!span) {
    return undefined;
  }
  if (key === 'type') {
    return own(MOUNTS, type) ? { key: `mount.${type}`, span, subject: { kind: 'mount-type', type } } : undefined;
  }
  if (key === 'from' && !option.value?.includes('$')) {
    return findImageOrStage(spot, span, true);
  }
  return { key: `mount-key.${key}`, span, subject: { kind: 'mount-key', key, type, option } };
}
