// What it means that a file of ours could not be written because there is no space for it.
import { UserError } from '../model/errors.ts';
import { t } from '../model/l10n.ts';

const codes = new Set(['ENOSPC', 'EDQUOT']);

/** The failure as a sentence with a way out; undefined for any other failure. `folder` is where the file was to be. */
export function diskFull(error: unknown, folder: string): UserError | undefined {
  return error instanceof Error && 'code' in error && codes.has(String(error.code))
    ? new UserError('disk-full', t('The disk that holds {0} is full. Free some space there and try again.', folder), {
        cause: error,
      })
    : undefined;
}
