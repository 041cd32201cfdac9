// Questions that a person answers. A prompt that is closed rejects with `Cancelled`.
import type { Event } from '../model/event.ts';

export interface Prompts {
  /** One of several choices. Where there are none, `empty` is said and it rejects with Cancelled. */
  pick<T>(choices: readonly Choice<T>[], options: { title: string; placeholder?: string; empty?: string }): Promise<T>;
  /** Several choices; those in `chosen` are marked from the start. Rejects with Cancelled when none is left. */
  pickMany<T>(
    choices: readonly Choice<T>[],
    options: { title: string; placeholder?: string; chosen?: readonly T[] },
  ): Promise<T[]>;
  input(options: InputOptions): Promise<string>;
  search<T>(options: SearchOptions<T>): Promise<T>;
  /** Resolves with the text when Enter is pressed. */
  liveInput(options: LiveInputOptions): Promise<string>;
  complete(options: CompleteOptions): Promise<string>;
  /** A modal question with several answers, the most likely first. `detail` may have several lines. */
  ask<T>(question: string, detail: string, answers: readonly { label: string; value: T }[]): Promise<T>;
  /** A modal question; resolves when the button is pressed. `detail` names what goes. */
  confirm(question: string, detail: string, button: string): Promise<void>;
}

export interface Choice<T> {
  label: string;
  description?: string;
  detail?: string;
  /** Name of a codicon. */
  icon?: string;
  value: T;
  /** A heading above this choice. */
  group?: string;
}

export interface InputOptions {
  title: string;
  prompt: string;
  value?: string;
  placeholder?: string;
  password?: boolean;
  /** The sentence that is shown while the input cannot be used, or undefined. */
  check?: (value: string) => string | undefined;
}

/** A list that is searched anew at every key. */
export interface SearchOptions<T> {
  title: string;
  placeholder: string;
  /** The choices for what was typed, the best first; called again when `onChange` fires. */
  find(typed: string): Choice<T>[];
  onChange?: Event<unknown>;
  /** Whether more may come: shown as a progress line. */
  busy?(): boolean;
}

/** A text that takes effect while it is typed. */
export interface LiveInputOptions {
  title: string;
  prompt: string;
  value: string;
  placeholder: string;
  onText(text: string): void;
  /** A line below the box, asked for after every key and every `onChange`. */
  status(): string;
  onChange?: Event<unknown>;
}

/** One text that `complete` offers. */
export interface Offer {
  /** What stands in the box when it is chosen. */
  text: string;
  description?: string;
  /** Name of a codicon. */
  icon?: string;
  /** A heading above this offer. */
  group?: string;
  /** The beginning of a text: choosing it fills it in, and the question stays open. */
  begins?: boolean;
}

/** A text that is typed freely or put together from what is offered while it is typed. */
export interface CompleteOptions {
  title: string;
  placeholder?: string;
  value?: string;
  /** What goes with the text so far, the best first. Called at every key, so what it asks of others it must remember. */
  offers(text: string): readonly Offer[] | Promise<readonly Offer[]>;
  /** The sentence that is shown while the text cannot be used, or undefined. */
  check(text: string): string | undefined;
}
