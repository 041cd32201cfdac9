// The run form in an editor tab: what it starts with, what it asks of the engine and of this machine, and the run itself.

import type { App, Panel } from '../../app.ts';
import { explain } from '../../model/engines/help.ts';
import { Cancelled, type ErrorAction, messageOf } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { formFields } from '../../model/run/form/fields.ts';
import {
  type RunFormAnswer,
  type RunFormMessage,
  type RunFormPage,
  type RunFormStatus,
  readRunFormMessage,
} from '../../model/run/form/messages.ts';
import { publishedPorts } from '../../model/run/form/ports.ts';
import type { FormFacts } from '../../model/run/form/values.ts';
import type { RunOptions } from '../../model/run/options.ts';
import { optionsToLine } from '../../model/run/toLine.ts';
import { plain } from '../../model/text.ts';
import { proposedPorts, runContainer, startsShell, usualOptions } from './container.ts';
import { readRunLine } from './readLine.ts';

/** The form for an image: as it was last run in this workspace, else as its configuration suggests. Empty: it asks for the image. */
export async function imageForm(app: App, image: string): Promise<void> {
  const last = image === '' ? undefined : app.runs.last(image);
  if (last) {
    const containers = await app.engine.inventory.all('containers');
    const { name, ...rest } = last.options;
    const free = name !== undefined && !containers.some((container) => container.name === name);
    await open(app, {
      options: { ...rest, image, ...(free && { name }) },
      origin: t('This is what was last used with this image here.'),
      forgot: last.forgot,
      dropped: last.dropped,
    });
    return;
  }
  if (image === '') {
    await open(app, { options: { image, detach: true }, origin: '', forgot: [] });
    return;
  }
  const client = await app.engine.client();
  const details = await client.images.inspect(image).catch(() => undefined);
  await open(app, {
    options: details ? await usualOptions(app, image, details) : { image, detach: true },
    origin: details ? t('This is what the image suggests.') : '',
    forgot: [],
  });
}

/** The form with options from elsewhere; `origin` is a sentence that says from where. */
export async function optionsForm(app: App, options: RunOptions, origin: string): Promise<void> {
  await open(app, { options, origin, forgot: [] });
}

/** The form with a line that was pasted, or an empty one to paste into. Rejects when the line cannot be read. */
export async function lineForm(app: App, line: string): Promise<void> {
  const options = line === '' ? { image: '' } : (await readRunLine(app, line)).options;
  await open(app, { options, origin: '', forgot: [], pasting: line === '' });
}

let forms = 0;

async function open(app: App, start: Omit<RunFormPage, 'facts' | 'notes'>): Promise<void> {
  const [facts, notes] = await Promise.all([factsOf(app), notesOf(app)]);
  // The panel holds this very object, so that what is put into it is there when a hidden tab is shown again.
  const page: RunFormPage = { ...start, facts, notes };
  let running: AbortController | undefined;
  let actions: Action[] = [];
  forms += 1;
  const panel = app.ui.panel({
    id: `run/${forms}`,
    title: start.options.image ? t('Run {0}', start.options.image) : t('Run'),
    script: 'run',
    style: 'run',
    data: page,
    async onMessage(message) {
      const read = readRunFormMessage(message);
      if (read) {
        await hear(read);
      }
    },
  });
  const following = app.engine.inventory.onChange(({ kind }) => {
    if (kind !== 'images') {
      void refresh();
    }
  });
  let open = true;
  panel.onClosed(() => {
    open = false;
    following.dispose();
    running?.abort();
  });

  async function refresh(): Promise<void> {
    const newer = await factsOf(app);
    if (open) {
      page.facts = newer;
      panel.update(page);
    }
  }

  async function hear(message: RunFormMessage): Promise<void> {
    switch (message.type) {
      case 'changed':
        page.options = message.options;
        page.pasting = false;
        return;
      case 'line':
        return answer(panel, await readLine(app, message.line, message.count));
      case 'image':
        return answer(panel, await imageFacts(app, message.image));
      case 'browse': {
        const folders = message.kind === 'folder';
        const [path] = await app.ui.chooseFiles({
          title: folders ? t('Choose a Folder') : t('Choose a File'),
          button: t('Choose'),
          folders,
        });
        return path === undefined
          ? undefined
          : answer(panel, { type: 'chosen', field: message.field, row: message.row, path });
      }
      case 'copy':
        await app.ui.copy(optionsToLine(message.options, { multiline: true }));
        say({ state: 'idle', text: t('The line is in the clipboard.') });
        return;
      case 'run':
        return running ? undefined : run(message.options, message.start);
      case 'cancel':
        return running?.abort();
      case 'action':
        await actions[message.index]?.run();
        return;
      case 'note':
        return app.ui.note(message.key);
    }
  }

  async function run(options: RunOptions, start: boolean): Promise<void> {
    const stop = new AbortController();
    running = stop;
    say({ state: 'busy', text: t('Asking the engine…') });
    try {
      // The line is what is run: its variables, files and folders count as they do when it is pasted.
      const { options: wanted } = await readRunLine(app, optionsToLine(options));
      const report = (text: string, fraction?: number) =>
        say({ state: 'busy', text: t('Pulling: {0}', text), ...(fraction !== undefined && { fraction }) });
      const { id, warnings } = await runContainer(app, wanted, {
        start,
        ask: true,
        progress: { report, signal: stop.signal },
      });
      app.runs.keep(options);
      await done(id, start, wanted, warnings);
    } catch (error) {
      fail(error);
    } finally {
      running = undefined;
    }
  }

  async function done(id: string, start: boolean, options: RunOptions, warnings: string[]): Promise<void> {
    const client = await app.engine.client();
    // A container with --rm may be gone by now.
    const name = (await client.containers.inspect(id).catch(() => undefined))?.name ?? id.slice(0, 12);
    const told = warnings.length > 0 ? t('The engine says: {0}', plain(warnings.join(' '), 600)) : '';
    const sentence = start ? t('{0} was started.', name) : t('{0} was created.', name);
    const command = (label: string, command: string): Action => ({ label, run: () => app.ui.command(command, name) });
    say({ state: 'done', text: `${sentence} ${told}`.trim() }, [
      ...(start
        ? options.detach
          ? [command(t('View Logs'), 'viewLogs'), command(t('Open Shell'), 'execContainer')]
          : []
        : [command(t('Start'), 'startContainer')]),
      { label: t('Close Form'), run: async () => panel.close() },
    ]);
  }

  function fail(error: unknown): void {
    if (error instanceof Cancelled) {
      say({ state: 'idle', text: t('Cancelled. Nothing was started.') });
      return;
    }
    const failure = explain(error);
    app.log.error('run form', error);
    const mend = failure.code === 'port-allocated' ? 'ports' : failure.code === 'name-in-use' ? 'name' : undefined;
    say(
      { state: 'failed', text: messageOf(failure), ...(mend && { mend }) },
      failure.actions.map((action) => ({ label: action.label, run: () => act(app, action) })),
    );
  }

  function say(status: RunFormStatus, offered: Action[] = []): void {
    actions = offered;
    answer(panel, { type: 'status', status: { ...status, actions: offered.map(({ label }) => label) } });
  }
}

interface Action {
  label: string;
  run(): Promise<unknown>;
}

function answer(panel: Panel, message: RunFormAnswer): void {
  panel.post(message);
}

async function readLine(app: App, line: string, count: number): Promise<RunFormAnswer> {
  try {
    const { options, warnings } = await readRunLine(app, line);
    return { type: 'parsed', count, options, warnings };
  } catch (error) {
    return { type: 'refused', count, sentence: messageOf(error) };
  }
}

/** What an image that was typed suggests; an image that the engine does not have suggests nothing. */
async function imageFacts(app: App, image: string): Promise<RunFormAnswer> {
  const client = await app.engine.client();
  const details = await client.images.inspect(image).catch(() => undefined);
  return {
    type: 'image',
    image,
    ports: details ? await proposedPorts(app, details.exposedPorts) : [],
    interactive: details !== undefined && startsShell(details),
  };
}

/** What the engine has now. An engine out of reach leaves the form without names to offer; running says why. */
async function factsOf(app: App): Promise<FormFacts> {
  const { inventory } = app.engine;
  const [containers, images, volumes, networks] = await Promise.all([
    inventory.all('containers').catch(() => []),
    inventory.all('images').catch(() => []),
    inventory.all('volumes').catch(() => []),
    inventory.all('networks').catch(() => []),
  ]);
  const { home, workspaceFolder } = app.runs.context();
  const { status } = inventory;
  return {
    ...(status.state === 'connected' && { apiVersion: status.apiVersion }),
    containers: containers.map(({ name }) => name),
    images: images.flatMap(({ tags }) => tags),
    volumes: volumes.map(({ name }) => name).filter((name) => !/^[0-9a-f]{64}$/.test(name)),
    networks: networks.map(({ name }) => name),
    published: publishedPorts(containers),
    ...(home !== undefined && { home }),
    ...(workspaceFolder !== undefined && { workspaceFolder }),
  };
}

async function notesOf(app: App): Promise<Record<string, string>> {
  const keys = [...new Set(formFields.map(({ note }) => note))];
  const texts = await Promise.all(keys.map((key) => app.ui.noteText(key).catch(() => '')));
  return Object.fromEntries(keys.map((key, index) => [key, texts[index] ?? '']));
}

async function act(app: App, action: ErrorAction): Promise<unknown> {
  if ('note' in action) {
    return app.ui.note(action.note);
  }
  if ('url' in action) {
    return app.ui.browse(action.url);
  }
  const [, name] = /^docknotes\.(\w+)$/.exec(action.command) ?? [];
  return name === undefined ? app.ui.settings() : app.ui.command(name, ...(action.args ?? []));
}
