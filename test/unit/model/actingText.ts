// Text in which VS Code would see links and icons.

/** What VS Code makes a link of (1.100 and 1.139): brackets, and at once in parentheses an address of these schemes. */
export const link = /\[[^\]]+\]\((?:https?:\/\/|command:|file:)[^)\s]+(?: (["']).+?\1)?\)/i;
/** What it makes an icon of. */
export const icon = /\$\([a-z\d-]+(?:~[a-z]+)?\)/i;

export const acting = [
  '[Fix it](command:docknotes.runImage?%5B%22busybox%22%5D)',
  'denied: [a](COMMAND:x) and [b](command:y "Title") and [c](file:///etc/passwd)',
  '[page](https://evil.test/x) [page](http://evil.test "Sign in")',
  '[[nested](command:a)](command:b)',
  '[](command:a)[b](command:c)',
  '[a\u2060](command:a)',
  '$(trash) all is gone $(sync~spin)',
  '$($(x)) [$(x)](command:a)',
];
