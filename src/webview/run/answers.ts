// What the extension tells the run form, looked into before it is used.
import type { RunFormAnswer, RunFormStatus } from '../../model/run/form/messages.ts';
import { readRunOptions } from '../../model/run/readOptions.ts';
import { fields, number, text, texts } from '../../model/untyped.ts';

/** The answer in a message; undefined when it is none of the form's. */
export function readAnswer(message: unknown): RunFormAnswer | undefined {
  const raw = fields(message);
  switch (raw.type) {
    case 'parsed':
      return {
        type: 'parsed',
        count: number(raw.count),
        options: readRunOptions(raw.options),
        warnings: texts(raw.warnings),
      };
    case 'refused':
      return { type: 'refused', count: number(raw.count), sentence: text(raw.sentence) };
    case 'status':
      return { type: 'status', status: readStatus(raw.status) };
    case 'image':
      return {
        type: 'image',
        image: text(raw.image),
        ports: texts(raw.ports),
        interactive: raw.interactive === true,
      };
    case 'chosen':
      return { type: 'chosen', field: text(raw.field), row: number(raw.row), path: text(raw.path) };
    default:
      return undefined;
  }
}

function readStatus(value: unknown): RunFormStatus {
  const status = fields(value);
  const { state, mend, fraction } = status;
  return {
    state: state === 'busy' || state === 'failed' || state === 'done' ? state : 'idle',
    text: text(status.text),
    actions: texts(status.actions),
    ...(typeof fraction === 'number' && { fraction: Math.min(1, Math.max(0, fraction)) }),
    ...((mend === 'ports' || mend === 'name') && { mend }),
  };
}
