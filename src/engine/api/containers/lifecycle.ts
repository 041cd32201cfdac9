// The lifecycle of containers over the Engine API.

import { updateBodies } from '../../../model/containers/update.ts';
import { EngineError } from '../../../model/engines/error.ts';
import { UserError } from '../../../model/errors.ts';
import { t } from '../../../model/l10n.ts';
import { createBody } from '../../../model/run/create/body.ts';
import { fields, list, text } from '../../../model/untyped.ts';
import { segment, type Transport } from '../../connection/transport.ts';
import { saveArchive } from '../../files/transfers/localArchive.ts';
import { createRequests } from '../jsonRequests.ts';
import { splitReference } from '../splitReference.ts';
import { stopContainer } from './stop.ts';
import type { Lifecycle } from './types.ts';

/** `apiVersion` is the version that was agreed with the engine. */
export function createLifecycle(transport: Transport, apiVersion: string): Lifecycle {
  const { get, post, remove } = createRequests(transport);
  const path = (name: string, step = '') => `/containers/${segment(name)}${step && `/${step}`}`;

  return {
    async create(options) {
      const { body, name, platform } = createBody(options, { apiVersion });
      const answer = fields(await post('/containers/create', { name, platform }, body));
      return { id: text(answer.Id), warnings: warningsOf(answer) };
    },
    async start(container) {
      await post(path(container, 'start'));
    },
    stop: (container, options) => stopContainer(transport, apiVersion, container, options),
    async restart(container, { timeout } = {}) {
      await post(path(container, 'restart'), { t: timeout });
    },
    async remove(container, { force, volumes } = {}) {
      await remove(path(container), { force, v: volumes });
    },
    async kill(container, signal) {
      await post(path(container, 'kill'), { signal });
    },
    async pause(container) {
      await post(path(container, 'pause'));
    },
    async unpause(container) {
      await post(path(container, 'unpause'));
    },
    async rename(container, name) {
      await post(path(container, 'rename'), { name });
    },
    async update(container, options) {
      const now = fields(fields(await get(path(container, 'json'))).HostConfig);
      let warnings: string[] = [];
      for (const body of updateBodies(options, now, apiVersion)) {
        const answer = fields(await post(path(container, 'update'), {}, body).catch(notKnown));
        warnings = warnings.concat(warningsOf(answer));
      }
      return { warnings };
    },
    async wait(container, signal) {
      const answer = fields(await transport.json({ method: 'POST', path: path(container, 'wait'), signal }));
      const words = text(fields(answer.Error).Message);
      if (words) {
        throw new EngineError(words, { status: 200 });
      }
      return typeof answer.StatusCode === 'number' ? answer.StatusCode : 0;
    },
    async commit(container, { ref = '', message, author, pause = true, changes }) {
      const { repository, tag } = ref ? splitReference(ref) : {};
      const query = {
        container,
        repo: repository,
        tag,
        comment: message,
        author,
        pause,
        changes: changes?.join('\n'),
      };
      // Podman wants the body that Docker can do without.
      return { id: text(fields(await post('/commit', query, {})).Id) };
    },
    async export(container, to, options) {
      const { signal } = options;
      const stream = await transport.stream({ method: 'GET', path: path(container, 'export'), signal });
      return saveArchive(stream, to, options);
    },
  };
}

function warningsOf(answer: Record<string, unknown>): string[] {
  return list(answer.Warnings).map(text).filter(Boolean);
}

/** The container is there, so that it is the request that Podman before version 5 does not know. */
function notKnown(error: unknown): never {
  if (error instanceof EngineError && error.status === 404 && !/no such container/i.test(error.message)) {
    throw new UserError(
      'not-possible',
      t(
        'This engine changes no limits of a container that is there. Create the container again: Edit and Run Again opens its options.',
      ),
      { cause: error },
    );
  }
  throw error;
}
