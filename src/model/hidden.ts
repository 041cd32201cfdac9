// Characters that nobody sees or that change the order of others: a text with them can pose as another.

/**
 * The inside of a character class for patterns with the flag `u`: marks of direction (UAX #9), blanks without width, fillers,
 * invisible operators, line and paragraph separators, annotations, tags and the selectors among them, which can carry a
 * whole message. The joiners U+200C and U+200D and the selectors U+FE00 to U+FE0F are not in it: scripts and emoji need them.
 */
export const hidden = [
  String.raw`\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f`,
  String.raw`\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb`,
  String.raw`\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}`,
].join('');
