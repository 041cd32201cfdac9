// The run form in an editor tab: what it starts with, what it asks of the engine and of this machine, and the run itself.

import type { App } from '../../app/index.ts';
import type { Panel } from '../../app/pages.ts';
import { messageOf } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { formFields } from '../../model/run/form/fields.ts';
import {
  type RunFormAnswer,
  type RunFormMessage,
  type RunFormPage,
  readRunFormMessage,
} from '../../model/run/form/messages.ts';
import { publishedPorts } from '../../model/run/form/ports.ts';
import type { FormFacts } from '../../model/run/form/values.ts';
import type { RunOptions } from '../../model/run/options.ts';
import { optionsToLine } from '../../model/run/toLine.ts';
import { defaultOptions, proposedPorts, startsShell } from './container.ts';
import { createFormRun, type FormRun } from './fromForm.ts';
import { readRunLine } from './readLine.ts';

/** The form for an image: as it was last run in this workspace, else as its configuration suggests. Empty: it asks for the image. */
export async function imageForm(
  app: Pick<App, 'engine' | 'registries' | 'runs' | 'ui' | 'log'>,
  image: string,
): Promise<void> {
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
    options: details ? await defaultOptions(app, image, details) : { image, detach: true },
    origin: details ? t('This is what the image suggests.') : '',
    forgot: [],
  });
}

/** The form with options from elsewhere; `origin` is a sentence that says from where. */
export async function optionsForm(
  app: Pick<App, 'engine' | 'registries' | 'runs' | 'ui' | 'log'>,
  options: RunOptions,
  origin: string,
): Promise<void> {
  await open(app, { options, origin, forgot: [] });
}

/** The form with a line that was pasted, or an empty one to paste into. Rejects when the line cannot be read. */
export async function lineForm(
  app: Pick<App, 'engine' | 'registries' | 'runs' | 'ui' | 'log'>,
  line: string,
): Promise<void> {
  const options = line === '' ? { image: '' } : (await readRunLine(app, line)).options;
  await open(app, { options, origin: '', forgot: [], pasting: line === '' });
}

let forms = 0;

async function open(
  app: Pick<App, 'engine' | 'registries' | 'runs' | 'ui' | 'log'>,
  start: Omit<RunFormPage, 'facts' | 'notes'>,
): Promise<void> {
  const [facts, notes] = await Promise.all([factsOf(app), notesOf(app)]);
  // The panel holds this very object, so that what is put into it is there when a hidden tab is shown again.
  const page: RunFormPage = { ...start, facts, notes };
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
        await hear(app, { page, panel, run }, read);
      }
    },
  });
  const run = createFormRun(app, {
    answer: (message) => panel.post(message),
    close: () => panel.close(),
  });
  let open = true;
  const following = app.engine.inventory.onChange(async ({ kind }) => {
    if (kind !== 'images') {
      const newer = await factsOf(app);
      if (open) {
        page.facts = newer;
        panel.update(page);
      }
    }
  });
  panel.onClosed(() => {
    open = false;
    following.dispose();
    run.cancel();
  });
}

interface Form {
  page: RunFormPage;
  panel: Panel;
  run: FormRun;
}

async function hear(
  app: Pick<App, 'engine' | 'runs' | 'ui'>,
  { page, panel, run }: Form,
  message: RunFormMessage,
): Promise<void> {
  const answer = (answer: RunFormAnswer) => panel.post(answer);
  switch (message.type) {
    case 'changed':
      page.options = message.options;
      page.pasting = false;
      return;
    case 'line':
      return answer(await readLine(app, message.line, message.count));
    case 'image':
      return answer(await imageFacts(app, message.image));
    case 'browse': {
      const folders = message.kind === 'folder';
      const [path] = await app.ui.chooseFiles({
        title: folders ? t('Choose a Folder') : t('Choose a File'),
        button: t('Choose'),
        folders,
      });
      return path === undefined ? undefined : answer({ type: 'chosen', field: message.field, row: message.row, path });
    }
    case 'copy':
      await app.ui.copy(optionsToLine(message.options, { multiline: true }));
      return run.say({ state: 'idle', text: t('The line is in the clipboard.') });
    case 'run':
      return run.start(message.options, message.start);
    case 'cancel':
      return run.cancel();
    case 'action':
      return run.act(message.index);
    case 'note':
      return app.ui.note(message.key);
  }
}

async function readLine(app: Pick<App, 'runs'>, line: string, count: number): Promise<RunFormAnswer> {
  try {
    const { options, warnings } = await readRunLine(app, line);
    return { type: 'parsed', count, options, warnings };
  } catch (error) {
    return { type: 'refused', count, sentence: messageOf(error) };
  }
}

/** What an image that was typed suggests; an image that the engine does not have suggests nothing. */
async function imageFacts(app: Pick<App, 'engine' | 'runs'>, image: string): Promise<RunFormAnswer> {
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
async function factsOf(app: Pick<App, 'engine' | 'runs'>): Promise<FormFacts> {
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

async function notesOf(app: Pick<App, 'ui'>): Promise<Record<string, string>> {
  const keys = [...new Set(formFields.map(({ note }) => note))];
  const texts = await Promise.all(keys.map((key) => app.ui.noteText(key).catch(() => '')));
  return Object.fromEntries(keys.map((key, index) => [key, texts[index] ?? '']));
}
