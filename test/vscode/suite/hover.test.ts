// Hovers as the editor gets them from the language server, in both languages.

import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { until } from '../../parts/until.ts';

const dockerfile = `FROM busybox:latest AS build
VOLUME /data
RUN echo one \\
    && echo two
ONBUILD RUN true
cmd ["sh"]
`;

describe('hover', () => {
  afterEach(async () => {
    await vscode.workspace
      .getConfiguration('docknotes')
      .update('notes.language', undefined, vscode.ConfigurationTarget.Workspace);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('explains instructions with their exact range, in any casing, also under ONBUILD', async () => {
    const document = await open(dockerfile);
    for (const word of ['FROM', 'VOLUME', 'RUN', 'ONBUILD', 'cmd']) {
      const { text, range } = await hover(document, document.getText().indexOf(word));
      assert.equal(document.getText(range), word);
      assert.ok(text.length > 80, `${word} has a note`);
    }
    const trigger = await hover(document, dockerfile.indexOf('RUN true'));
    assert.equal(document.getText(trigger.range), 'RUN');
  });

  it('says nothing about plain words', async () => {
    const document = await open(dockerfile);
    await hover(document, 0);
    const found = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      document.positionAt(dockerfile.indexOf('two') + 1),
    );
    assert.deepEqual(found, []);
  });

  it('may open a note and pull an image by its links, and nothing else', async () => {
    const link = '[x](command:docknotes.removeImage)';
    const document = await open(`# build ${link}\nFROM nowhere.example/none:1 AS build\nENV AB="${link}"\n`);
    for (const word of ['nowhere', 'build\n', 'AB=']) {
      const { text, contents } = await hover(document, document.getText().indexOf(word));
      // What stands between backticks is shown as it is.
      assert.doesNotMatch(text.replace(/`[^`]*`/g, ''), /\]\(command:docknotes\.removeImage/);
      assert.match(text, /\]\(command:docknotes\.openNote\?/);
      for (const part of contents) {
        assert.ok(part instanceof vscode.MarkdownString);
        assert.deepEqual(part.isTrusted, { enabledCommands: ['docknotes.openNote', 'docknotes.pullImage'] });
        assert.ok(!part.supportHtml);
      }
    }
  });

  it('changes its language with the setting, without a restart', async () => {
    const document = await open(dockerfile);
    const english = await hover(document, 0);
    assert.doesNotMatch(english.text, /[\u4e00-\u9fff]/);
    await vscode.workspace
      .getConfiguration('docknotes')
      .update('notes.language', 'zh-cn', vscode.ConfigurationTarget.Workspace);
    await until(async () => /[\u4e00-\u9fff]/.test((await hover(document, 0)).text));
  });
});

async function open(content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language: 'dockerfile', content });
  await vscode.window.showTextDocument(document);
  return document;
}

/** The first hover there, once the server has started. */
async function hover(
  document: vscode.TextDocument,
  offset: number,
): Promise<{ text: string; range: vscode.Range; contents: vscode.Hover['contents'] }> {
  const found = await until(async () => {
    const position = document.positionAt(offset + 1);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position,
    );
    return hovers.find(({ range }) => range);
  });
  assert.ok(found.range);
  const text = found.contents.map((part) => (typeof part === 'string' ? part : part.value)).join('\n');
  return { text, range: found.range, contents: found.contents };
}
