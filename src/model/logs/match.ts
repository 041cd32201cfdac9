// Where a text is found in a line of a log.

/** Places of one line that are marked at most. */
const maxMarks = 100;

/** Whether a text holds another, with upper and lower case alike unless `exact`. */
export function textTest(text: string, exact: boolean): (line: string) => boolean {
  if (exact) {
    return (line) => line.includes(text);
  }
  const pattern = patternOf(text, 'iu');
  return (line) => pattern.test(line);
}

/** Where a line holds a text, from the beginning; nowhere for an empty text. */
export function marksIn(line: string, text: string, exact: boolean): { from: number; to: number }[] {
  const marks: { from: number; to: number }[] = [];
  if (text === '') {
    return marks;
  }
  for (const { index, 0: found } of line.matchAll(patternOf(text, exact ? 'gu' : 'giu'))) {
    marks.push({ from: index, to: index + found.length });
    if (marks.length === maxMarks) {
      break;
    }
  }
  return marks;
}

/** A pattern in which each character of the text stands for itself. */
function patternOf(text: string, flags: string): RegExp {
  return new RegExp(text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), flags);
}
