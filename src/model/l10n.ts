// Translation of what a person reads, for code that may not import vscode.
//
// The key of a message is its English text, as in vscode.l10n, so that one bundle
// (l10n/bundle.l10n.<language>.json) serves every part of the product.

/** A bundle: English text -> text in another language, both with {0}, {1} … as places. */
export type Bundle = Readonly<Record<string, string>>;

/** Translates one message and fills its places. */
export type Translate = (message: string, ...values: (string | number)[]) => string;

let shared: Translate = createTranslate({});

/** The translation in the editor's display language. Before `setBundle` it answers in English. */
export function t(message: string, ...values: (string | number)[]): string {
  return shared(message, ...values);
}

/** Sets the bundle that `t` uses; called once, when the extension (or the server) starts. */
export function setBundle(bundle: Bundle | undefined): void {
  shared = createTranslate(bundle ?? {});
}

/** A translation of its own, for text whose language differs from the editor's (the notes). */
export function createTranslate(bundle: Bundle): Translate {
  /** Texts between places and the numbers of these, in turn: thousands of rows have the same few messages. */
  const cut = new Map<string, readonly string[]>();
  return (message, ...values) => {
    const text = bundle[message] ?? message;
    if (values.length === 0) {
      return text;
    }
    let parts = cut.get(text);
    if (!parts) {
      parts = text.split(/\{(\d+)\}/);
      cut.set(text, parts);
    }
    let filled = parts[0] ?? '';
    for (let index = 1; index < parts.length; index += 2) {
      filled += String(values[Number(parts[index])] ?? `{${parts[index]}}`) + parts[index + 1];
    }
    return filled;
  };
}
