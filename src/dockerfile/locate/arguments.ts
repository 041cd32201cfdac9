// Finds the meaningful words among the arguments of an instruction.
import { signalNumbers } from '../../model/containers/signals.ts';
import { OCI_LABELS, own, SIGNALS } from '../catalog.ts';
import type { Command } from '../syntax/command.ts';
import type { Span } from '../syntax/nodes.ts';
import { blankWords, properties } from '../syntax/words.ts';
import { findImageOrStage, findStageName } from './image.ts';
import { findInExecForm, findInShellForm } from './shell.ts';
import { atQuotes, type Found, holds, insideQuotes, PLAIN, type Spot } from './subject.ts';
import { variableKey } from './variable.ts';

type Finder = (spot: Spot, command: Command) => Found | undefined;

const FINDERS: Readonly<Record<string, Finder>> = {
  add: findInCopy,
  arg: findDefinition,
  cmd: findInProgram,
  copy: findInCopy,
  entrypoint: findInProgram,
  env: findDefinition,
  expose: findPort,
  from: findInFrom,
  healthcheck: findInProgram,
  label: findLabel,
  run: findInProgram,
  shell: findInShell,
  stopsignal: findSignal,
  user: findUser,
  workdir: findWorkdir,
};

/** What stands at a spot among the arguments. */
export function findArgument(spot: Spot, command: Command): Found | undefined {
  return holds(command.args, spot.at) ? own(FINDERS, command.name)?.(spot, command) : undefined;
}

function findInFrom(spot: Spot, command: Command): Found | undefined {
  const [image, as, name] = blankWords(spot.line, command.args);
  if (image && holds(image, spot.at)) {
    return findImageOrStage(spot, image, false);
  }
  const named = as !== undefined && spot.line.slice(as.start, as.end).toLowerCase() === 'as';
  if (named && as && holds(as, spot.at)) {
    return { key: 'word.as', span: as, subject: PLAIN };
  }
  return named && name ? findStageName(spot, name) : undefined;
}

function findInProgram(spot: Spot, command: Command): Found | undefined {
  const { json, args } = command;
  const first = { start: args.start, end: args.start + 1 };
  if (spot.line.charAt(first.start) === '[') {
    const last = { start: args.end - 1, end: args.end };
    const bracket = holds(first, spot.at) ? first : json && holds(last, spot.at) ? last : undefined;
    if (bracket) {
      const form = json ? 'exec' : 'shell';
      return { key: `topic.${form}-form`, span: bracket, subject: { kind: 'form', form, command } };
    }
  }
  return json ? findInExecForm(spot.line, json, spot.at) : findInShellForm(spot.placed.instruction, spot.at);
}

function findInShell(_spot: Spot, command: Command): Found | undefined {
  if (!command.json) {
    return undefined;
  }
  return { key: 'topic.shell-form', span: command.json, subject: { kind: 'form', form: 'shell', command } };
}

function findDefinition(spot: Spot, command: Command): Found | undefined {
  const all = properties(spot.line, command.args, spot.placed.instruction.escape, command.name === 'env');
  const property = all.find(({ key }) => holds(key, spot.at));
  if (!property) {
    return undefined;
  }
  const inside = insideQuotes(spot.line, property.key);
  const name = spot.line.slice(inside.start, inside.end);
  if (!/^[\p{L}_][\p{L}\p{Nd}_.-]*$/u.test(name)) {
    return undefined;
  }
  const span = atQuotes(spot, property.key);
  return { key: variableKey(name, 'builder'), span, subject: { kind: 'definition', name, property } };
}

function findLabel(spot: Spot, command: Command): Found | undefined {
  const all = properties(spot.line, command.args, spot.placed.instruction.escape, true);
  const property = all.find(({ key }) => holds(key, spot.at));
  if (!property) {
    return undefined;
  }
  const span = atQuotes(spot, property.key);
  const inside = insideQuotes(spot.line, property.key);
  const key = spot.line.slice(inside.start, inside.end);
  const oci = /^org\.opencontainers\.image\.(.+)$/.exec(key)?.[1];
  const known = oci !== undefined && OCI_LABELS.includes(oci);
  return { key: known ? `label.${oci}` : 'label.other', span, subject: { kind: 'label', key } };
}

/** `8080`, `8000-8010/udp`, and the form with address and host port that BuildKit warns about. */
function findPort(spot: Spot, command: Command): Found | undefined {
  const word = blankWords(spot.line, command.args).find((one) => holds(one, spot.at));
  const text = word && spot.line.slice(word.start, word.end);
  const match = text === undefined ? null : /^((?:.*:)?)(\d{1,5}(?:-\d{1,5})?)(?:\/([A-Za-z]+))?$/.exec(text);
  if (!word || !match) {
    return undefined;
  }
  const [, before = '', port = '', written] = match;
  const protocol = written?.toLowerCase() ?? 'tcp';
  const portSpan = { start: word.start, end: word.start + before.length + port.length };
  const subject = { kind: 'port', port, protocol } as const;
  if (holds(portSpan, spot.at)) {
    return { key: 'topic.port', span: portSpan, subject };
  }
  const span = { start: portSpan.end + 1, end: word.end };
  return holds(span, spot.at) ? { key: 'topic.protocol', span, subject } : undefined;
}

const OTHER_SIGNALS = new Set(
  (
    'ABRT ALRM BUS CHLD CLD CONT FPE ILL IO IOT PIPE POLL PROF PWR SEGV STKFLT SYS TRAP TSTP TTIN TTOU ' +
    'URG VTALRM XCPU XFSZ RTMAX'
  ).split(' '),
);

function findSignal(spot: Spot, command: Command): Found | undefined {
  const inside = insideQuotes(spot.line, command.args);
  const span = atQuotes(spot, command.args);
  const name = spot.line.slice(inside.start, inside.end).toUpperCase().replace(/^SIG/, '');
  const plain = name.replace(/[+-]\d+$/, '');
  const known = /^\d+$/.test(name) ? signalNumbers[Number(name)] : plain;
  if (known !== undefined && SIGNALS.includes(known)) {
    return { key: `signal.sig${known.toLowerCase()}`, span, subject: PLAIN };
  }
  const legal = OTHER_SIGNALS.has(plain) || (/^\d{1,2}$/.test(name) && Number(name) >= 1 && Number(name) <= 64);
  return legal ? { key: 'signal.other', span, subject: PLAIN } : undefined;
}

function findUser(spot: Spot, command: Command): Found | undefined {
  const whole = insideQuotes(spot.line, command.args);
  const colon = spot.line.indexOf(':', whole.start);
  const split = colon < 0 || colon >= whole.end ? whole.end : colon;
  const span = spot.at < split ? { start: whole.start, end: split } : { start: split + 1, end: whole.end };
  if (!holds(span, spot.at)) {
    return undefined;
  }
  const user = spot.line.slice(whole.start, split);
  return { key: 'topic.user', span, subject: { kind: 'user', user } };
}

function findWorkdir(spot: Spot, command: Command): Found | undefined {
  const span = insideQuotes(spot.line, command.args);
  return holds(span, spot.at) ? { key: 'topic.workdir', span, subject: { kind: 'workdir', path: span } } : undefined;
}

function findInCopy(spot: Spot, command: Command): Found | undefined {
  const words = command.json
    ? command.json.items.map((item): Span => ({ start: item.start + 1, end: item.end - 1 }))
    : blankWords(spot.line, command.args).map((word) => insideQuotes(spot.line, word));
  const index = words.findIndex((one) => holds(one, spot.at));
  const span = words[index];
  if (!span) {
    return undefined;
  }
  const text = spot.line.slice(span.start, span.end);
  if (index < words.length - 1 || words.length === 1) {
    const from = command.flags.find((flag) => flag.name === 'from')?.value;
    const subject = { kind: 'source', source: text, instruction: command.name, ...(from !== undefined && { from }) };
    const whole = text === '.' || text === './';
    return {
      key: whole && from === undefined ? 'topic.build-context' : 'topic.copy-source',
      span,
      subject: subject as Found['subject'],
    };
  }
  const absolute = /^(?:[/$]|[A-Za-z]:[\\/])/.test(text);
  return absolute ? undefined : { key: 'topic.workdir', span, subject: { kind: 'workdir', path: span } };
}
