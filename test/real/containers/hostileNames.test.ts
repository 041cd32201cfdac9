// Names, commands and labels that hold terminal escape codes: none of them reaches a row, a tooltip, a title or a line to paste.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { Arrangement } from '../../../src/app/preferences.ts';
import type { Filters } from '../../../src/app/workspace.ts';
import { attachContainer } from '../../../src/commands/containers/attachContainer.ts';
import { copyContainerDetail } from '../../../src/commands/containers/copyContainerDetail.ts';
import { execContainer } from '../../../src/commands/containers/execContainer.ts';
import { copyRunLine } from '../../../src/commands/run/copyRunLine.ts';
import { createChangedFiles } from '../../../src/engine/changedFiles.ts';
import type { Element } from '../../../src/model/elements.ts';
import { Emitter } from '../../../src/model/event.ts';
import { parseRunLine } from '../../../src/model/run/line.ts';
import { containersView } from '../../../src/views/containers/tree.ts';
import { networksView } from '../../../src/views/networks.ts';
import type { View } from '../../../src/views/types.ts';
import { volumesView } from '../../../src/views/volumes.ts';
import { double } from '../../parts/double.ts';
import { type DockerApi, dockerApi } from '../../parts/engine/api.ts';
import { ensureBaseImage } from '../../parts/engine/images.ts';
import { realParts } from '../../parts/run/environment.ts';
import { until } from '../../parts/until.ts';
import { engineOn } from '../engine/support.ts';
import { type Window, windowOn } from '../window.ts';

/** Sets a title, a colour, asks the terminal for its answer, and the same in one character (C1). */
const evil = '\u001b]0;owned\u0007\u001b[31m\u001b[6nred\u009b31m\u009d0;x\u009c\u202egpj.exe';
// biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may be left.
const raw = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/;

describe('hostile names', () => {
  let api: DockerApi;
  let window: Window;
  let id: string;
  let network: string;
  const volume = `hostile-${process.pid}`;
  before(async () => {
    const url = realParts().engine;
    api = dockerApi(url);
    await ensureBaseImage(api);
    window = windowOn(engineOn(url));
    await api('POST', '/volumes/create', { Name: volume, Labels: { [evil]: evil } });
    const made = await api('POST', '/networks/create', { Name: `n${process.pid}${evil}`, Labels: { [evil]: evil } });
    network = made.json<{ Id: string }>().Id;
    const created = await api('POST', `/containers/create?name=hostile-${process.pid}`, {
      Image: 'busybox',
      Cmd: ['sh', '-c', 'sleep 1000; : "$1"', 'sh', evil],
      Env: [`A=${evil}`],
      Labels: { evil, 'com.docker.compose.project': evil, 'com.docker.compose.service': evil },
      Healthcheck: { Test: ['CMD-SHELL', `printf '\\033[31mbad\\033]0;x\\007'; exit 1`], Interval: 1_000_000_000 },
      HostConfig: { Binds: [`${volume}:/a${evil.replaceAll(':', '')}`], NetworkMode: network },
    });
    id = created.json<{ Id: string }>().Id;
    await api('POST', `/containers/${id}/start`);
  });
  after(async () => {
    window?.engine.dispose();
    await api?.('DELETE', `/containers/${id}?force=1&v=1`).catch(() => undefined);
    await api?.('DELETE', `/networks/${network}`).catch(() => undefined);
    await api?.('DELETE', `/volumes/${volume}`).catch(() => undefined);
  });

  it('leave no escape code in any row or tooltip', async () => {
    await until('a health check', async () => {
      const { Log } = (await api('GET', `/containers/${id}/json`)).json<{ State: { Health: { Log?: object[] } } }>()
        .State.Health;
      return Boolean(Log?.length);
    });
    const { app } = window;
    const changes = createChangedFiles(app.engine);
    const none = new Emitter<never>().event;
    for (const groupBy of ['compose', 'label', 'network', 'none'] as const) {
      const drawn = {
        ...app,
        changes,
        filters: double<Filters>({ get: () => '', set: () => {}, onChange: none }),
        arrangement: double<Arrangement>({
          onChange: none,
          containers: {
            groupBy,
            groupByLabel: 'evil',
            sortBy: 'name',
            label: groupBy === 'none' ? 'service' : 'name',
            description: ['state', 'ports', 'image', 'age', 'command', 'networks', 'project'],
          },
          images: { groupBy: 'repository', sortBy: 'name', dangling: true },
        }),
      };
      let rows = 0;
      for (const make of [containersView, networksView, volumesView]) {
        const view = make(drawn) as View;
        rows += await check(view);
        view.dispose();
      }
      assert.ok(rows > 8, `${rows} rows`);
    }
    changes.dispose();
  });

  it('leave none in titles of terminals or in what is copied', async () => {
    const written: string[] = [];
    const { ui } = window.app;
    const app = {
      ...window.app,
      ui: {
        ...ui,
        copy: async (text: string) => void written.push(text),
      },
    };
    await window.engine.inventory.all('containers');
    const { line } = await copyRunLine(app, id, {});
    await copyContainerDetail(app, id, { detail: 'command' });
    await execContainer(app, id, { command: ['sh'] });
    const shell = await window.terminal();
    await attachContainer(app, id, {});
    const attached = await window.terminal();
    for (const text of [...written, shell.options.name, attached.options.name]) {
      assert.doesNotMatch(text, raw, JSON.stringify(text));
    }
    // What was written otherwise is still the same line.
    const { options } = parseRunLine(line, { env: {} });
    assert.equal(options.command?.at(-1), evil);
    assert.ok(options.env?.includes(`A=${evil}`));
    shell.session.dispose();
    attached.session.dispose();
  });
});

/** All rows of a view, down to the first files; gives how many there were. */
async function check(view: View, element?: Element): Promise<number> {
  let rows = 0;
  for (const child of await view.children(element)) {
    const tooltip = await view.tooltip?.(child);
    const { label, description = '', spoken = '' } = view.row(child);
    for (const text of [label, description, spoken, tooltip ?? '']) {
      assert.doesNotMatch(text, raw, JSON.stringify(text));
    }
    // Of the files those at the root are enough: the mount's own folder is among them.
    rows += 1 + (child.type === 'file' && child.path !== '/' ? 0 : await check(view, child));
  }
  return rows;
}
