import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import manifest from '../../package.json';

const id = `${manifest.publisher}.${manifest.name}`;

describe('the manifest', () => {
  it('declares exactly the commands that are there', async () => {
    await vscode.extensions.getExtension(id)?.activate();
    const declared = manifest.contributes.commands.map(({ command }) => command).sort();
    const registered = (await vscode.commands.getCommands(true)).filter(
      // VS Code makes commands of its own for each view: `…servers.focus` and the like.
      command => command.startsWith('backupTenancy.') && !/^backupTenancy\.(servers|details|pinned)\./.test(command),
    );
    assert.deepEqual(registered.sort(), declared);
  });
});
