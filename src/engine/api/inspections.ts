// The engine's inspections of containers and images, as far as the product uses them.
import { fields, list, text, textMap } from '../../model/untyped.ts';
import { imageNames, moment, nameOf, tagsOf } from '../inventory/records.ts';

/** What `inspect` says of a container, as far as the product uses it; `raw` is the engine's whole answer. */
export interface ContainerDetails {
  id: string;
  name: string;
  image: string;
  running: boolean;
  terminal: boolean;
  exitCode: number;
  error: string;
  raw: unknown;
}

/** What `inspect` says of an image, as far as the product uses it; `raw` is the engine's whole answer. */
export interface ImageDetails {
  id: string;
  tags: string[];
  digests: string[];
  created?: number;
  size: number;
  platform: string;
  user?: string;
  workdir?: string;
  entrypoint?: string[];
  command?: string[];
  /** `NAME=value`. */
  env: string[];
  /** `80/tcp`. */
  exposedPorts: string[];
  volumes: string[];
  labels: Record<string, string>;
  raw: unknown;
}

/** The answer of `GET /containers/<id>/json`. */
export function containerDetails(raw: unknown): ContainerDetails {
  const answer = fields(raw);
  const state = fields(answer.State);
  const config = fields(answer.Config);
  return {
    id: text(answer.Id),
    name: nameOf([text(answer.Name)]),
    image: text(config.Image),
    running: state.Running === true,
    terminal: config.Tty === true,
    exitCode: typeof state.ExitCode === 'number' ? state.ExitCode : 0,
    error: text(state.Error),
    raw,
  };
}

/** The answer of `GET /images/<name>/json`. */
export function imageDetails(raw: unknown): ImageDetails {
  const answer = fields(raw);
  const config = fields(answer.Config);
  const created = moment(answer.Created);
  const user = text(config.User);
  const workdir = text(config.WorkingDir);
  const words = (value: unknown) => (Array.isArray(value) ? value.map(text) : undefined);
  const entrypoint = words(config.Entrypoint);
  const command = words(config.Cmd);
  return {
    id: text(answer.Id),
    tags: tagsOf(answer.RepoTags),
    digests: imageNames(answer.RepoDigests),
    ...(created !== undefined && { created }),
    size: typeof answer.Size === 'number' ? answer.Size : 0,
    platform: [answer.Os, answer.Architecture, answer.Variant].map(text).filter(Boolean).join('/'),
    ...(user && { user }),
    ...(workdir && { workdir }),
    ...(entrypoint && { entrypoint }),
    ...(command && { command }),
    env: list(config.Env).map(text),
    exposedPorts: Object.keys(fields(config.ExposedPorts)),
    volumes: Object.keys(fields(config.Volumes)),
    labels: textMap(config.Labels),
    raw,
  };
}
