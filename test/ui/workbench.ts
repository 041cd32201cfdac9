// What UI tests do to a real workbench: open it, read its trees, run commands, take screenshots.

import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach } from 'mocha';
import type { Frame, Locator, Page } from 'playwright-core';
import { type StartedBrowser, startBrowser } from '../parts/editor/chromium.ts';
import { type CodeServer, startCodeServer } from '../parts/editor/codeServer.ts';
import { root } from '../parts/machine/process.ts';
import { temporaryFolder } from '../parts/machine/temporary.ts';
import { makeWorkspace } from '../parts/sample/content.ts';
import { until } from '../parts/until.ts';

/** How long a UI test waits for anything, in milliseconds. */
export const patience = 20_000;

export interface WorkbenchOptions {
  /** Display language; English when absent. */
  locale?: 'zh-cn';
  /** `unix://…`; the stage's sample engine when absent. */
  engine?: string;
  /** Registries that the workspace names; the stage's sample registry when absent. */
  registries?: string[];
  /** Further settings of the workspace. */
  settings?: Record<string, unknown>;
  /** Of the window, in pixels. One that is made larger later is at times drawn in its old size. */
  size?: { width: number; height: number };
  /** Further files of the workspace, by name. */
  files?: Record<string, string>;
}

/**
 * Opens the sample workspace in a browser window of its own, with the VSIX installed.
 * Servers are shared by the tests of a run, one for each language, and end with it.
 * Close it in `after` rather than `afterEach`: a test that fails leaves a picture of every window that is open then.
 */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const workspace = temporaryFolder('ui');
  const registry = process.env.DOCKNOTES_TEST_REGISTRY;
  makeWorkspace(workspace, {
    engine: options.engine ?? process.env.DOCKNOTES_TEST_ENGINE ?? '',
    registries: options.registries ?? (registry ? [registry] : []),
    more: {
      // Text of a terminal can be read from the page only when it is not painted on a canvas.
      'terminal.integrated.gpuAcceleration': 'off',
      'window.dialogStyle': 'custom',
      ...options.settings,
    },
  });
  for (const [name, text] of Object.entries(options.files ?? {})) {
    writeFileSync(join(workspace, name), text);
  }
  const [server, { browser }] = await Promise.all([sharedServer(options.locale), sharedBrowser()]);
  const context = await browser.newContext({
    viewport: options.size ?? { width: 1280, height: 800 },
    locale: options.locale ?? 'en-US',
  });
  context.setDefaultTimeout(patience);
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url });
  const page = await context.newPage();
  const workbench = new Workbench(page, workspace, async () => {
    open.delete(workbench);
    await context.close();
    rmSync(workspace, { recursive: true, force: true, maxRetries: 5 });
  });
  open.add(workbench);
  page.on('console', (message) => {
    if (message.type() === 'error') {
      workbench.errors.push(message.text().slice(0, 500));
    }
  });
  await page.goto(server.address(workspace));
  await page.locator('.monaco-workbench .activitybar').waitFor();
  return workbench;
}

export class Workbench {
  readonly page: Page;
  /** The folder that is open: a copy of the sample workspace. */
  readonly workspace: string;
  /** What the page's console said of errors, for the report of a test that fails. */
  readonly errors: string[] = [];
  readonly close: () => Promise<void>;

  constructor(page: Page, workspace: string, close: () => Promise<void>) {
    this.page = page;
    this.workspace = workspace;
    this.close = close;
  }

  /** Shows the Docknotes sidebar. */
  async openSidebar(): Promise<void> {
    const tab = this.page.locator('.activitybar .action-item:has([aria-label^="Docknotes"])');
    await tab.waitFor();
    if ((await tab.getAttribute('aria-expanded')) !== 'true' && !(await tab.evaluate(isChecked))) {
      await tab.click();
      // Away from the tab, whose tooltip would cover a view.
      await this.page.mouse.move(640, 790);
    }
    await this.page.locator('.sidebar .pane-header').first().waitFor();
  }

  /** The titles of the sidebar's views, in order. */
  async views(): Promise<string[]> {
    return (await this.page.locator('.sidebar .pane-header .title').allInnerTexts()).map((text) => text.trim());
  }

  /** One view of the sidebar, by the title that it shows. */
  view(title: string): Locator {
    const header = this.page.locator(`.pane-header .title:text-is(${JSON.stringify(title)})`);
    return this.page.locator('.sidebar .pane').filter({ has: header });
  }

  /** The rows that a view shows now, each as its label and description; what is scrolled out of sight is missing. */
  async rows(title: string): Promise<string[]> {
    const texts = await this.view(title).locator('.monaco-list-row .monaco-icon-label-container').allInnerTexts();
    return texts.map((text) => text.replace(/\s+/g, ' ').trim());
  }

  /** The first row of a view whose text contains `text`; waits until it is there. */
  async row(title: string, text: string): Promise<Locator> {
    const row = this.view(title).locator('.monaco-list-row').filter({ hasText: text }).first();
    await row.waitFor();
    return row;
  }

  /** Expands the first row of a view whose text contains `text`, and waits until its children are loaded. */
  async expand(title: string, text: string): Promise<void> {
    await this.expandRow(await this.row(title, text), text);
  }

  /** The same of a row that was found otherwise. */
  async expandRow(row: Locator, label: string): Promise<void> {
    let clicked = 0;
    await until(
      `${label} to expand`,
      async () => {
        if ((await row.getAttribute('aria-expanded')) === 'true') {
          return true;
        }
        // Rows that arrive above it may have moved it away from under the pointer, so the click is made again.
        if (Date.now() - clicked > 3000) {
          clicked = Date.now();
          await row.locator('.monaco-tl-twistie').click({ timeout: 2000 });
        }
        return false;
      },
      patience,
    );
  }

  /** Selects a row by a click, which opens or closes a row that has children; waits until it has. */
  async select(title: string, text: string): Promise<Locator> {
    const row = await this.row(title, text);
    const before = await row.getAttribute('aria-expanded');
    await row.click();
    await until(
      `${text} to take the click`,
      async () => before === null || (await row.getAttribute('aria-expanded')) !== before,
      patience,
    );
    return row;
  }

  /** Clicks an inline action of a row, by the title of its command. */
  async inlineAction(title: string, text: string, action: string): Promise<void> {
    await until(
      `${action} on ${text}`,
      async () => {
        const row = await this.row(title, text);
        // A row that is drawn anew or moves shows its actions again once the pointer comes to it again.
        await this.page.mouse.move(640, 790);
        await row.hover({ timeout: 2000 });
        const button = row.locator(`.actions .action-label[aria-label^=${JSON.stringify(action)}]`);
        await button.click({ timeout: 2000 });
        return true;
      },
      patience,
    );
  }

  /** Picks an entry of a row's context menu. */
  async contextMenu(title: string, text: string, entry: string): Promise<void> {
    const menu = this.page.locator('.monaco-menu').first();
    const item = menu.locator('.action-item').filter({ hasText: entry }).first();
    let clicked = false;
    await until(
      `the menu entry ${entry} to be taken`,
      async () => {
        if (!(await menu.isVisible())) {
          // A menu that goes late has taken the click all the same.
          if (clicked) {
            return true;
          }
          await (await this.row(title, text)).click({ button: 'right', timeout: 2000 });
        }
        await item.click({ timeout: 2000 });
        clicked = true;
        // The workbench takes no click for a menu that has only just opened.
        await menu.waitFor({ state: 'hidden', timeout: 500 });
        return true;
      },
      patience,
    );
  }

  /** Runs a command from the palette by its title, e.g. `Docker: Run Image...`. */
  async runCommand(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    const input = await this.quickInput();
    await input.fill(`>${title}`);
    await this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: title }).first().click();
  }

  /**
   * The box of the palette, or of a command's question; waits until it is there and rests. What an extension sets (title,
   * prompt, value) comes a moment after the box itself, and would overwrite what was typed in that moment.
   */
  async quickInput(): Promise<Locator> {
    const widget = this.page.locator('.quick-input-widget:visible');
    const input = widget.locator('input.input');
    await input.waitFor();
    let before = '';
    await until(
      'the box to rest',
      async () => {
        const now = `${await widget.innerText()}\n${await input.inputValue()}`;
        const rests = now === before;
        before = now;
        await this.page.waitForTimeout(rests ? 0 : 100);
        return rests;
      },
      patience,
    );
    return input;
  }

  /** Answers a command's question with text and Enter. */
  async answer(text: string): Promise<void> {
    await (await this.quickInput()).fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Picks an entry of a command's list. */
  async pick(text: string): Promise<void> {
    await this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text }).first().click();
  }

  /** Opens a file of the workspace. */
  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('Control+P');
    await (await this.quickInput()).fill(name);
    await this.pick(name);
    await this.page.locator(`.tabs-container .tab[data-resource-name=${JSON.stringify(name)}]`).waitFor();
    await this.page.locator('.editor-instance .view-line').first().waitFor();
  }

  /**
   * Holds the pointer over `text`, at the start of a line where it stands at one, else at its first place in sight
   * (within the first line that shows `line`, where that is given),
   * and gives the hover's text. The pointer is moved again while nothing shows: the language server may still be starting.
   */
  async hover(text: string, line = text): Promise<string> {
    const hover = this.page.locator('.monaco-hover:visible .monaco-hover-content');
    return await until(
      `a hover over ${text}`,
      async () => {
        // The hover of another word goes first.
        await this.page.mouse.move(640, 790);
        await hover.first().waitFor({ state: 'hidden', timeout: 2000 });
        const place = await this.#placeOf(text, line);
        if (!place) {
          return undefined;
        }
        await this.page.mouse.move(place.x - 3, place.y);
        await this.page.mouse.move(place.x, place.y);
        await hover.first().waitFor({ timeout: 2000 });
        const shown = (await hover.allInnerTexts()).join('\n').trim();
        return shown === '' || /^(Loading|正在加载)/.test(shown) ? undefined : shown;
      },
      patience,
    );
  }

  /**
   * The paragraphs, list items, code blocks and rules of the hover that is shown, from the top, each with whether all of it is
   * in sight without scrolling.
   */
  async hoverParts(): Promise<{ text: string; kind: string; inSight: boolean }[]> {
    const box = this.page
      .locator('.monaco-hover:visible')
      .filter({ has: this.page.locator('.hover-contents') })
      .first();
    return await box.evaluate((hover) => {
      const seen = hover.getBoundingClientRect();
      return [...hover.querySelectorAll('.hover-contents :is(p, li, pre, hr)')].map((part) => {
        const { top, bottom } = part.getBoundingClientRect();
        return {
          text: (part.textContent ?? '').trim(),
          kind: part.tagName.toLowerCase(),
          inSight: top >= seen.top && bottom <= seen.bottom + 1,
        };
      });
    });
  }

  /** Where a text stands in the editor, in pixels from the window's corner. The editor's letters have one width. */
  async #placeOf(text: string, within: string): Promise<{ x: number; y: number } | undefined> {
    const spans = await this.page.locator('.editor-instance .view-line > span').all();
    const lines = await Promise.all(
      spans.map(async (span) => ({
        text: ((await span.textContent()) ?? '').replaceAll('\u00a0', ' '),
        box: await span.boundingBox(),
      })),
    );
    lines.sort((a, b) => (a.box?.y ?? 0) - (b.box?.y ?? 0));
    const line =
      lines.find((candidate) => candidate.text.trimStart().startsWith(within)) ??
      lines.find((candidate) => candidate.text.includes(within));
    if (!line?.box) {
      return undefined;
    }
    const letter = line.box.width / line.text.length;
    const middle = line.text.indexOf(within) + within.indexOf(text) + text.length / 2;
    return { x: line.box.x + middle * letter, y: line.box.y + line.box.height / 2 };
  }

  /** Closes every editor, so that the next page is loaded and not merely shown again. */
  async closeEditors(): Promise<void> {
    await this.page.keyboard.press('Control+K');
    await this.page.keyboard.press('Control+W');
    await this.page.locator('.tabs-container .tab').first().waitFor({ state: 'hidden' });
  }

  /** The text of the pages that are open. Each is in a frame of a frame; the first frame is the workbench itself. */
  async pageText(): Promise<string> {
    const texts = await Promise.all(
      this.page
        .frames()
        .slice(1)
        .map((frame) =>
          frame
            .locator('body')
            .innerText({ timeout: 2000 })
            .catch(() => ''),
        ),
    );
    return texts.join('\n');
  }

  /** The page of an editor tab, once it shows such an element (with this text, where one is given). */
  frameWith(selector: string, hasText?: string): Promise<Frame> {
    return until(
      `a page with ${hasText ?? selector}`,
      async () => {
        for (const frame of this.page.frames()) {
          const found = frame.locator(selector, hasText === undefined ? {} : { hasText });
          if ((await found.count().catch(() => 0)) > 0) {
            return frame;
          }
        }
        return undefined;
      },
      patience,
    );
  }

  /** The lines of the visible terminal, without the empty ones at its end. */
  async terminalText(): Promise<string> {
    const lines = await this.page.locator('.xterm:visible .xterm-rows > div').allInnerTexts();
    return lines.join('\n').replaceAll('\u00a0', ' ').trimEnd();
  }

  /** The texts of the notifications that are shown. */
  async notifications(): Promise<string[]> {
    return await this.page.locator('.notifications-toasts .notification-list-item-message').allInnerTexts();
  }

  /** Leaves a picture in out/screenshots. */
  async screenshot(name: string): Promise<void> {
    const folder = join(root, 'out', 'screenshots');
    mkdirSync(folder, { recursive: true });
    // What fades in is shown as it ends up.
    await this.page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  }
}

const open = new Set<Workbench>();
const servers = new Map<string, Promise<CodeServer>>();
let browser: Promise<StartedBrowser> | undefined;

function sharedServer(locale: 'zh-cn' | undefined): Promise<CodeServer> {
  const key = locale ?? 'en';
  let server = servers.get(key);
  if (!server) {
    const vsix = process.env.DOCKNOTES_TEST_VSIX ?? join(root, 'dist', 'docknotes.vsix');
    if (!existsSync(vsix)) {
      throw new Error('There is no VSIX. Run "npm run package", or the UI tests through "npm test -- ui".');
    }
    server = startCodeServer({ extensions: [vsix], ...(locale ? { locale } : {}) }).then(async (started) => {
      await (await sharedBrowser()).reach(started.port);
      return started;
    });
    servers.set(key, server);
  }
  return server;
}

function sharedBrowser(): Promise<StartedBrowser> {
  browser ??= startBrowser();
  return browser;
}

function isChecked(tab: { classList: { contains(name: string): boolean } }): boolean {
  return tab.classList.contains('checked');
}

// A test that is to run once more has no state yet, and leaves its picture too.
afterEach(async function () {
  const test = this.currentTest;
  if (test && test.state !== 'passed' && !test.isPending()) {
    const name = test.fullTitle().replace(/\W+/g, '-');
    for (const [index, workbench] of [...open].entries()) {
      console.log(
        workbench.page
          .frames()
          .map((frame) => `      frame ${frame.url()}`)
          .join('\n'),
      );
      console.log(workbench.errors.map((error) => `      console: ${error}`).join('\n'));
      await workbench.screenshot(`failed-${name}-${index}`).catch(() => {});
    }
  }
});

after(async () => {
  await (await browser)?.stop();
  for (const server of servers.values()) {
    await (await server).stop();
  }
});
