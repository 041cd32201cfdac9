// What the run form and the extension say to each other.

import { fields, number, text } from '../../untyped.ts';
import type { RunOptions } from '../options.ts';
import { readRunOptions } from '../readOptions.ts';
import type { FormFacts } from './values.ts';

/** The form's data. The options count when the page starts; later data bring newer facts. */
export interface RunFormPage {
  options: RunOptions;
  /** Where the options come from, as a sentence. */
  origin: string;
  /** Variables whose values were not kept and have to be given again. */
  forgot: readonly string[];
  /** Other options of which a value was not kept, to be completed. */
  dropped?: readonly string[];
  facts: FormFacts;
  /** Field notes by their key, as Markdown. */
  notes: Record<string, string>;
  /** Whether the line is to be filled in first. */
  pasting?: boolean;
}

/** What the page says. */
export type RunFormMessage =
  /** The options as they are now, to be there when a hidden tab is shown again. */
  | { type: 'changed'; options: RunOptions }
  /** The line was edited or pasted; `count` goes up with each. */
  | { type: 'line'; line: string; count: number }
  | { type: 'run'; options: RunOptions; start: boolean }
  | { type: 'copy'; options: RunOptions }
  | { type: 'image'; image: string }
  | { type: 'browse'; kind: 'file' | 'folder'; field: string; row: number }
  | { type: 'cancel' }
  | { type: 'action'; index: number }
  | { type: 'note'; key: string };

/** What the page is told besides its data. */
export type RunFormAnswer =
  | { type: 'parsed'; count: number; options: RunOptions; warnings: string[] }
  | { type: 'refused'; count: number; sentence: string }
  | { type: 'status'; status: RunFormStatus }
  /** Ports that the image exposes, proposed for publishing. */
  | { type: 'image'; image: string; ports: string[]; interactive: boolean }
  | { type: 'chosen'; field: string; row: number; path: string };

export interface RunFormStatus {
  state: 'idle' | 'busy' | 'failed' | 'done';
  text: string;
  /** 0 to 1, where it is known. */
  fraction?: number;
  /** Labels of the buttons below it. */
  actions?: string[];
  /** What the form can mend by itself. */
  mend?: 'ports' | 'name';
}

/** The message in it; undefined when it is none of ours. */
export function readRunFormMessage(value: unknown): RunFormMessage | undefined {
  const message = fields(value);
  const options = readRunOptions(message.options);
  switch (message.type) {
    case 'changed':
    case 'copy':
      return { type: message.type, options };
    case 'line':
      return { type: 'line', line: text(message.line).slice(0, 100_000), count: number(message.count) };
    case 'run':
      return { type: 'run', options, start: message.start !== false };
    case 'image':
      return { type: 'image', image: text(message.image) };
    case 'browse':
      return {
        type: 'browse',
        kind: message.kind === 'folder' ? 'folder' : 'file',
        field: text(message.field),
        row: number(message.row),
      };
    case 'cancel':
      return { type: 'cancel' };
    case 'action':
      return { type: 'action', index: number(message.index) };
    case 'note':
      return { type: 'note', key: text(message.key) };
    default:
      return undefined;
  }
}
