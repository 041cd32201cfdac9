// Shows the engine's whole answer about an object as a document with folding and links.
import type { App } from '../app/index.ts';

/** `name` becomes the name of the tab. Resolves with the text. */
export async function showInspection(app: Pick<App, 'ui'>, name: string, raw: unknown): Promise<string> {
  const text = `${JSON.stringify(raw, null, 2)}\n`;
  const file = name.replace(/^sha256:([0-9a-f]{12}).*/, '$1').replace(/[\\/:*?"<>|]/g, '∕');
  // The ending brings the folding of JSON, and our links.
  await app.ui.document(`${file}.inspect.json`, text);
  return text;
}
