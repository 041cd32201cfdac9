// How a container is to be run: one model for the prompts, the form and the `docker run` line.

export interface RunOptions {
  /** Image reference or id. */
  image: string;
  name?: string;
  /** Arguments after the image; the image's own CMD when absent. */
  command?: string[];
  entrypoint?: string[];
  /** `NAME=value`. */
  env?: string[];
  /** As after `-p`: `8080:80`, `127.0.0.1:8080:80/udp`, `8000-8005:8000-8005`, `80`. */
  ports?: string[];
  /** Publishes every exposed port at a free host port (`-P`). */
  publishAll?: boolean;
  /** As after `-v`: `/host:/path[:ro]`, `volume:/path`, `/path`. */
  volumes?: string[];
  /** Keeps standard input open and gives a terminal (`-it`). */
  interactive?: boolean;
  /** Removes the container when it ends (`--rm`). */
  remove?: boolean;
  labels?: Record<string, string>;
  user?: string;
  workdir?: string;
  network?: string;
  hostname?: string;
  /** `no`, `always`, `unless-stopped`, `on-failure[:max]`. */
  restart?: string;
  platform?: string;
}
