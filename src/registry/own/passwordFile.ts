// The password file of one's own registry: one line, with a bcrypt hash.
import { UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';

/** 2^10 rounds: some 50 ms for each login, which the registry checks at every request. */
const cost = 10;

/**
 * The line of an htpasswd file, as the registry reads it (bcrypt is the only hash that it takes).
 * Rejects with a UserError `own-login` for a name or password that such a file cannot hold.
 */
export async function passwordLine(username: string, password: string): Promise<string> {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  if (!/^[^:#\s\u0000-\u001f\u007f][^:\u0000-\u001f\u007f]*$/.test(username)) {
    throw wrong(t('A user name cannot be empty, contain a colon, or begin with a space or "#". Choose another one.'));
  }
  if (password === '') {
    throw wrong(t('The password is empty. Choose one, or run the registry without a login.'));
  }
  if (Buffer.byteLength(password) > 72) {
    throw wrong(t('The password is longer than 72 bytes, which is all that its hash can hold. Choose a shorter one.'));
  }
  const { hash } = await import('bcryptjs');
  return `${username}:${await hash(password, cost)}\n`;
}

function wrong(sentence: string): UserError {
  return new UserError('own-login', sentence);
}
