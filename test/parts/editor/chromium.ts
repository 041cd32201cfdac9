// The browser that shows code-server's workbench: Debian's Chromium, or what the machine has.
import { type Browser, chromium } from 'playwright-core';
import { howToInstall } from '../machine/packages.ts';
import { type Part, programOnPath } from '../machine/process.ts';
import { startBrowserNetwork } from './network.ts';

/** Why there is no browser here, in one sentence; undefined when there is one. */
export function whyNoBrowser(): string | undefined {
  return browserProgram() ? undefined : howToInstall('browser');
}

export interface StartedBrowser extends Part {
  readonly browser: Browser;
  /** Lets pages reach a port of the loopback interface; to be called before the first page of it is opened. */
  reach(port: number): Promise<void>;
}

/** Starts a browser without a window. */
export async function startBrowser(): Promise<StartedBrowser> {
  const found = browserProgram();
  if (!found) {
    throw new Error(howToInstall('browser'));
  }
  const network = await startBrowserNetwork(found);
  const browser = await chromium.launch({
    executablePath: network?.program ?? found,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
    // Ours handle these, and end the browser in order.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  return {
    browser,
    reach: async (port) => network?.forward(port),
    async stop() {
      await browser.close();
      await network?.stop();
    },
  };
}

function browserProgram(): string | undefined {
  const named = process.env.DOCKNOTES_TEST_BROWSER;
  return named || ['chromium', 'chromium-browser', 'google-chrome', 'chrome'].map(programOnPath).find(Boolean);
}
