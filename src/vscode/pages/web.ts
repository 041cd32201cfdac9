// Opens pages in the browser: the only place that reads an address and hands it to the system.
import * as vscode from 'vscode';
import { UserError } from '../../model/errors.ts';
import { t } from '../../model/l10n.ts';
import { plain } from '../../model/text.ts';

/** Rejects with a UserError for anything but http and https: other addresses start programs. */
export async function openWebPage(url: string): Promise<void> {
  if (!/^https?:\/\//i.test(url)) {
    throw new UserError(
      'not-a-web-page',
      t(
        '{0} is not the address of a web page, so it was not opened. Only http and https addresses are.',
        plain(url, 200),
      ),
    );
  }
  await vscode.env.openExternal(vscode.Uri.parse(url));
}
