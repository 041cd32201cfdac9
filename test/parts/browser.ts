// The browser that shows code-server's workbench: Debian's Chromium, or what the machine has.
import { type Browser, chromium } from 'playwright-core';
import { programOnPath } from './process.ts';
import { howToInstall } from './system.ts';

/** Why there is no browser here, in one sentence; undefined when there is one. */
export function whyNoBrowser(): string | undefined {
  return browserProgram() ? undefined : howToInstall('browser');
}

/** Starts a browser without a window. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = browserProgram();
  if (!executablePath) {
    throw new Error(howToInstall('browser'));
  }
  return await chromium.launch({
    executablePath,
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
}

function browserProgram(): string | undefined {
  const named = process.env.DOCKNOTES_TEST_BROWSER;
  return named || ['chromium', 'chromium-browser', 'google-chrome', 'chrome'].map(programOnPath).find(Boolean);
}
