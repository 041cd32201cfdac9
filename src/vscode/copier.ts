// Where the program is that copies between registries in a process of its own, and when it can be used.
import * as vscode from 'vscode';

const variables = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'];

/**
 * Undefined behind a proxy, and where the editor is not to trust the system's CAs: only the extension host reaches the network
 * as the editor's settings say.
 */
export function copierProgram(context: vscode.ExtensionContext): string | undefined {
  const setting = vscode.workspace.getConfiguration('http').get<string>('proxy');
  const proxied = Boolean(setting) || variables.some((name) => process.env[name] || process.env[name.toLowerCase()]);
  const ownTrust = vscode.workspace.getConfiguration('http').get<boolean>('systemCertificates') === false;
  return proxied || ownTrust ? undefined : vscode.Uri.joinPath(context.extensionUri, 'dist', 'copier.js').fsPath;
}
