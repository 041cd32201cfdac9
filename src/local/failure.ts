// Why a file of this machine cannot be read or written, as sentences.
import { messageOf, UserError } from '../model/errors.ts';
import { t } from '../model/l10n.ts';
import { plain } from '../model/text.ts';

/** What only a disk answers, and no connection: such an error needs no path to be known for one of a local file. */
const ofDisks = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EFBIG', 'EIO', 'ENAMETOOLONG']);

/** A sentence that may follow the name of the file. */
export function reasonOf(error: unknown): string {
  switch (codeOf(error)) {
    case 'ENOENT':
      return t('It does not exist.');
    case 'EACCES':
    case 'EPERM':
      return t('You are not allowed to. Change its permissions, or choose another file or folder.');
    case 'EISDIR':
      return t('It is a folder.');
    case 'ENOTDIR':
      return t('A part of its path is not a folder.');
    case 'ENOSPC':
      return t('The disk is full. Free space there, or choose another place.');
    case 'EDQUOT':
      return t('Your quota on this disk is used up. Delete what is not needed there, or choose another place.');
    case 'EROFS':
      return t('The disk is read-only. Choose another place.');
    case 'EFBIG':
      return t('The file would be larger than this disk, or a limit of this session, allows. Choose another place.');
    case 'ENAMETOOLONG':
      return t('The name is too long. Choose a shorter one.');
    case 'EIO':
      return t('The disk failed. Look into the log of the system, or choose another place.');
    default:
      return plain(messageOf(error), 500);
  }
}

/** Whether an error came from a file of this machine, and not from a connection. */
export function isLocal(error: unknown): error is Error {
  const code = codeOf(error);
  return code !== undefined && (ofDisks.has(code) || ('syscall' in (error as Error) && 'path' in (error as Error)));
}

/** Where it is not known any more what was done with the file. */
export function localFailure(cause: Error): UserError {
  const file = 'path' in cause ? plain(String(cause.path), 300) : undefined;
  const reason = reasonOf(cause);
  return new UserError(
    'local-file',
    file === undefined
      ? t('A file on this machine cannot be read or written. {0}', reason)
      : t('{0} cannot be read or written. {1}', file, reason),
    { cause },
  );
}

/** Why a file that the person named could not be read (`local-file`); `cause` is what Node threw. */
export function cannotRead(file: string, cause: unknown): UserError {
  return new UserError('local-file', t('{0} cannot be read. {1}', plain(file, 300), reasonOf(cause)), { cause });
}

/** The same for a file that could not be written: then its folder may be missing. */
export function cannotWrite(file: string, cause: unknown): UserError {
  const reason = codeOf(cause) === 'ENOENT' ? t('The folder that it is to be in does not exist.') : reasonOf(cause);
  return new UserError('local-file', t('{0} cannot be written. {1}', plain(file, 300), reason), { cause });
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
