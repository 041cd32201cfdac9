// Runs the suites inside the extension host. It is bundled with them into out/test-vscode by `node build.mjs --tests`.
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import { MochaClass } from '../parts/run/mocha.ts';
import StageReporter from '../parts/run/reporter.ts';

/** VS Code calls this; it rejects when a test failed. */
export async function run(): Promise<void> {
  sendOutputToFile();
  const mocha = new MochaClass({ ui: 'bdd', timeout: 60_000, reporter: StageReporter, color: false });
  const folder = join(__dirname, 'suite');
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.test.js'))) {
    mocha.addFile(join(folder, file));
  }
  const failures = await new Promise<number>((resolve) => {
    mocha.run(resolve);
  });
  if (failures > 0) {
    throw new Error(`${failures} failed.`);
  }
}

/** The extension host has no terminal: what the reporter prints goes to a file that the test command follows. */
function sendOutputToFile(): void {
  const file = process.env.DOCKNOTES_TEST_OUTPUT;
  if (file) {
    MochaClass.reporters.Base.consoleLog = (...values: unknown[]) => appendFileSync(file, `${format(...values)}\n`);
  }
}
