// The engine's objects as plain data, as the trees and commands use them.

export type ContainerState = 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';
export type Health = 'starting' | 'healthy' | 'unhealthy';

export interface Port {
  /** Port inside the container. */
  container: number;
  protocol: 'tcp' | 'udp' | 'sctp';
  /** Port on the engine's host; absent when the port is exposed but not published. */
  host?: number;
  /** Address on the engine's host that it listens at, e.g. 0.0.0.0 or ::. */
  address?: string;
}

export interface Mount {
  kind: 'bind' | 'volume' | 'tmpfs' | 'npipe' | 'cluster' | 'image';
  /** Volume name, or host path of a bind. */
  source: string;
  /** Path inside the container. */
  target: string;
  writable: boolean;
}

export interface Container {
  /** Full id, 64 hexadecimal digits. */
  id: string;
  /** Without the leading slash. */
  name: string;
  /** The image as it was asked for; an id when the tag has moved on. */
  image: string;
  imageId: string;
  /** The command line as the engine prints it. */
  command: string;
  /** Milliseconds since 1970. */
  created: number;
  state: ContainerState;
  health?: Health;
  /** The engine's own sentence in English, e.g. "Up 3 hours (healthy)"; it ages, so views build their own. */
  status: string;
  /** Known once the container has ended. */
  exitCode?: number;
  ports: Port[];
  mounts: Mount[];
  networks: string[];
  labels: Record<string, string>;
}

export interface Image {
  /** `sha256:` and 64 hexadecimal digits. */
  id: string;
  /** `repository:tag` of each tag; empty for a dangling image. */
  tags: string[];
  /** `repository@sha256:…`, as far as the engine knows them. */
  digests: string[];
  /** Milliseconds since 1970. */
  created: number;
  /** Bytes on disk. */
  size: number;
  labels: Record<string, string>;
}

export interface Volume {
  name: string;
  driver: string;
  mountpoint: string;
  /** Milliseconds since 1970; the engine does not say for every driver. */
  created?: number;
  scope: string;
  labels: Record<string, string>;
}

export interface Network {
  id: string;
  name: string;
  driver: string;
  scope: string;
  internal: boolean;
  /** Milliseconds since 1970. */
  created: number;
  subnets: string[];
  labels: Record<string, string>;
}

/** What the inventory keeps, by kind; each object has a key: its id, for volumes its name. */
export interface Objects {
  containers: Container;
  images: Image;
  volumes: Volume;
  networks: Network;
}
export type Kind = keyof Objects;
