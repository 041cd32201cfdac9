// Prints the figures that the product must reach, each with its goal and, where there is one, a peer beside it.
//
//   npm run bench                          everything
//   npm run bench -- dockerfile engine     these parts
//   npm run bench -- --json FILE           the rows as JSON, too
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { messageOf } from '../../src/model/errors.ts';
import { type Row, table } from './row.ts';

const parts: Record<string, () => Promise<Row[]>> = {
  product: async () => (await import('./product.ts')).benchProduct(),
  server: async () => (await import('./server.ts')).benchServer(),
  dockerfile: async () => (await import('./dockerfile.ts')).benchDockerfile(),
  firstRows: async () => (await import('./firstRows.ts')).benchFirstRows(),
  engine: async () => (await import('./engine.ts')).benchEngine(),
  registry: async () => (await import('./registry.ts')).benchRegistry(),
};

const words = process.argv.slice(2);
const jsonAt = words.indexOf('--json');
const file = jsonAt < 0 ? undefined : words[jsonAt + 1];
const wanted = words.filter((word, index) => word in parts && words[index - 1] !== '--json');

const rows: Row[] = [];
let failed = false;
for (const [name, bench] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) {
    continue;
  }
  console.error(`Measuring: ${name} …`);
  try {
    rows.push(...(await bench()));
  } catch (error) {
    failed = true;
    console.error(`${name} could not be measured: ${messageOf(error)}`);
  }
}
const machine = `${cpus().length} x ${cpus()[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
console.log(`\n${table(rows)}\n\nMachine: ${machine}. Medians; compare ratios, since machines are noisy.`);
if (file) {
  writeFileSync(file, `${JSON.stringify({ machine, rows }, undefined, 2)}\n`);
}
process.exit(failed ? 1 : 0);
