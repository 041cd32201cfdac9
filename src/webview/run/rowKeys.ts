// How the rows of a list are gone through with the keys.

/** What a key does in a row with this text: Enter adds one below, Backspace in an empty one takes it away. */
export function rowKey(key: string, command: boolean, text: string): 'add' | 'remove' | undefined {
  if (key === 'Enter' && !command && text !== '') {
    return 'add';
  }
  return key === 'Backspace' && text === '' ? 'remove' : undefined;
}

/** The row that has the focus after another was taken away: the one before, else the first that is left. */
export function focusAfterRemoval(removed: number): number {
  return Math.max(0, removed - 1);
}
