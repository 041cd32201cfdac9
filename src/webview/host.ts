// What every page shares: its talk with the extension, and elements made without any markup from outside.

import { type Bundle, setBundle } from '../model/l10n.ts';
import { isRecord } from '../model/untyped.ts';

interface Host {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();

/**
 * Starts the page: `draw` is called with the data at first and whenever they change, `hear` with other messages.
 * The data come from the extension, which checked them; only their form as an object is checked here.
 */
export function startPage<T extends object>(
  draw: (data: T) => void,
  hear: (message: unknown) => void = () => {},
): void {
  window.addEventListener('message', ({ data: message }: MessageEvent<unknown>) => {
    if (!isRecord(message)) {
      return;
    }
    if (message.type === 'start' && isRecord(message.bundle)) {
      setBundle(message.bundle as Bundle);
    }
    if ((message.type === 'start' || message.type === 'data') && isRecord(message.data)) {
      draw(message.data as T);
    } else if (message.type === 'message') {
      hear(message.message);
    }
  });
  host.postMessage({ type: 'ready' });
}

export function send(message: object): void {
  host.postMessage(message);
}

/** What the page remembers of itself while its tab is hidden. */
export function savedState(): Record<string, unknown> {
  const state = host.getState();
  return isRecord(state) ? state : {};
}

export function saveState(state: Record<string, unknown>): void {
  host.setState({ ...savedState(), ...state });
}

export type Child = Node | string | undefined;

/**
 * An element with attributes and children; strings become text and never markup. A list that comes from outside is given as
 * a list: spread into arguments, some 100,000 of them would be too many for a call.
 */
export function el<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string> = {},
  ...children: (Child | readonly Child[])[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    element.setAttribute(attribute, value);
  }
  for (const child of children.flat()) {
    if (child !== undefined) {
      element.append(child);
    }
  }
  return element;
}

export function button(label: string, press: () => void, attributes: Record<string, string> = {}): HTMLButtonElement {
  const made = el('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', press);
  return made;
}

/** The element that the page fills. */
export function page(): HTMLElement {
  return document.getElementById('page') ?? document.body;
}
