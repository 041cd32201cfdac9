// Images over the Engine API.
import type { Endpoint } from '../../model/engines/endpoint.ts';
import { EngineError } from '../../model/engines/error.ts';
import { Cancelled } from '../../model/errors.ts';
import { fields, list, text } from '../../model/untyped.ts';
import { jsonLines } from '../connection/jsonLines.ts';
import { imagePath, type Request, type Transport } from '../connection/transport.ts';
import { readImageFile } from '../files/fromImage.ts';
import { openLocal, saveArchive } from '../files/transfers/localArchive.ts';
import type { ImageFile, TransferOptions } from '../files/types.ts';
import type { ImageDetails } from './inspections.ts';
import { imageDetails } from './inspections.ts';
import { createRequests } from './jsonRequests.ts';
import { followProgress, type LayerProgress } from './pullProgress.ts';
import { splitReference } from './splitReference.ts';

/** Credentials for one registry, as the engine's X-Registry-Auth wants them. */
export interface RegistryAuth {
  username?: string;
  password?: string;
  identityToken?: string;
  /** An access token, which the engine sends to the registry as it is. */
  registryToken?: string;
  serverAddress: string;
}

/** One line of an image's history, the newest first. */
export interface HistoryLine {
  /** Id of the image, where the engine has it. */
  id?: string;
  /** Milliseconds since 1970. */
  created: number;
  createdBy: string;
  comment: string;
  size: number;
  tags: string[];
}

/** An image is named by its id or a reference. */
export interface Images {
  inspect(image: string): Promise<ImageDetails>;
  history(image: string): Promise<HistoryLine[]>;
  /** `ref` is `repository:tag`. */
  tag(image: string, ref: string): Promise<void>;
  /** What was untagged and deleted, as the engine lists it. */
  remove(image: string, options?: { force?: boolean }): Promise<{ untagged: string[]; deleted: string[] }>;
  pull(
    ref: string,
    options: {
      auth?: RegistryAuth;
      platform?: string;
      signal: AbortSignal;
      onProgress?: (line: LayerProgress) => void;
    },
  ): Promise<{ digest?: string }>;
  /** Rejects with the registry's own words when it refuses inside the stream. */
  push(
    ref: string,
    options: { auth?: RegistryAuth; signal: AbortSignal; onProgress?: (line: LayerProgress) => void },
  ): Promise<{ digest?: string }>;
  /** Writes images with their layers and tags to a local tar file, compressed when its name ends in `.gz` or `.tgz`. */
  save(refs: readonly string[], to: string, options: TransferOptions): Promise<{ bytes: number }>;
  /** Reads such a file; resolves with the references or ids that came. */
  load(from: string, options: TransferOptions): Promise<{ refs: string[] }>;
  /**
   * A file of an image, read through a container that is created for it, never started, and removed before this settles.
   * Rejects with a `UserError` `file-not-found`, `not-a-file` or `file-too-large`.
   */
  readFile(file: ImageFile): Promise<Uint8Array>;
}

export function createImages(transport: Transport, endpoint: Endpoint): Images {
  const { get, post, remove } = createRequests(transport);

  return {
    async inspect(image) {
      return imageDetails(await get(`/images/${imagePath(image)}/json`));
    },
    async tag(image, ref) {
      const { repository, tag } = splitReference(ref);
      await post(`/images/${imagePath(image)}/tag`, { repo: repository, tag });
    },
    async remove(image, { force } = {}) {
      const answer = await remove(`/images/${imagePath(image)}`, { force });
      const lines = list(answer).map(fields);
      return {
        untagged: lines.map((line) => text(line.Untagged)).filter(Boolean),
        deleted: lines.map((line) => text(line.Deleted)).filter(Boolean),
      };
    },
    async pull(ref, { auth, platform, signal, onProgress }) {
      const { repository, tag } = splitReference(ref);
      return follow(
        {
          method: 'POST',
          path: '/images/create',
          // Without a tag the engine would pull every tag of the repository.
          query: { fromImage: repository, tag: tag ?? 'latest', platform },
          headers: auth ? { 'X-Registry-Auth': registryAuth(auth) } : {},
          signal,
        },
        onProgress,
      );
    },
    async push(ref, { auth, signal, onProgress }) {
      const { repository, tag } = splitReference(ref);
      return follow(
        {
          method: 'POST',
          path: `/images/${imagePath(repository)}/push`,
          query: { tag: tag ?? 'latest' },
          // The engine refuses a push without this header, also where no login is needed.
          headers: { 'X-Registry-Auth': auth ? registryAuth(auth) : base64url('{}') },
          signal,
        },
        onProgress,
      );
    },
    async save(refs, to, options) {
      const { signal } = options;
      const request: Request = { method: 'GET', path: '/images/get', query: { names: refs }, signal };
      return saveArchive(await transport.stream(request), to, options);
    },
    async load(from, options) {
      const { signal } = options;
      // Podman 4 unpacks none by itself.
      const archive = await openLocal(from, { ...options, unpack: transport.podman });
      try {
        const query = { quiet: true };
        const headers = { 'Content-Type': 'application/x-tar' };
        const stream = await transport.stream({
          method: 'POST',
          path: '/images/load',
          query,
          headers,
          archive,
          signal,
        });
        return { refs: await loadedRefs(stream) };
      } catch (error) {
        throw signal.aborted ? new Cancelled() : error;
      } finally {
        archive.destroy();
      }
    },
    async history(image) {
      return list(await get(`/images/${imagePath(image)}/history`)).map((raw) => {
        const line = fields(raw);
        const id = text(line.Id);
        return {
          ...(/^(sha256:)?[0-9a-f]{12,}$/.test(id) && { id }),
          created: typeof line.Created === 'number' ? line.Created * 1000 : 0,
          createdBy: text(line.CreatedBy),
          comment: text(line.Comment),
          size: typeof line.Size === 'number' ? line.Size : 0,
          tags: list(line.Tags).map(text).filter(Boolean),
        };
      });
    },
    readFile: (file) => readImageFile(transport, file),
  };

  async function follow(request: Request, onProgress: Parameters<typeof followProgress>[1]) {
    try {
      return await followProgress(await transport.stream(request), onProgress, endpoint);
    } catch (error) {
      throw request.signal?.aborted ? new Cancelled() : error;
    }
  }
}

function registryAuth(auth: RegistryAuth): string {
  const { username, password, identityToken, registryToken, serverAddress } = auth;
  return base64url(
    JSON.stringify({
      username,
      password,
      identitytoken: identityToken,
      registrytoken: registryToken,
      serveraddress: serverAddress,
    }),
  );
}

/** With padding, which the engine wants and Node's own base64url leaves out. */
function base64url(words: string): string {
  return Buffer.from(words).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}

/** `Loaded image: busybox:latest`, `Loaded image ID: sha256:…`; a failure comes inside the stream. */
async function loadedRefs(stream: AsyncIterable<Uint8Array>): Promise<string[]> {
  let refs: string[] = [];
  let failure = '';
  const lines = jsonLines((value) => {
    const line = fields(value);
    failure ||= text(fields(line.errorDetail).message) || text(line.error);
    for (const [, ref = ''] of text(line.stream).matchAll(/Loaded image(?: ID|\(s\))?: (.+)/g)) {
      refs = refs.concat(ref.split(',').map((each) => each.trim()));
    }
  });
  for await (const chunk of stream) {
    lines.push(chunk);
  }
  lines.end();
  if (failure) {
    throw new EngineError(failure, { status: 200 });
  }
  return refs;
}
