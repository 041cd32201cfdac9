// What the pure rooms (`model`, `dockerfile`) use of what is no part of the language but is in Node and in a page alike. They
// are checked with this and neither's own declarations; what one of the two has not, as `Buffer` or `document`, stays unknown.

interface AbortSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** Of UTF-8. */
declare class TextDecoder {
  decode(bytes?: Uint8Array, options?: { stream?: boolean }): string;
}
