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
      command => command.startsWith('backupTenancy.') && !/^backupTenancy\.(servers|details)\./.test(command),
    );
    assert.deepEqual(registered.sort(), declared);
  });

  it('names only declared commands in menus and keys', () => {
    const declared = new Set(manifest.contributes.commands.map(({ command }) => command));
    const named = [
      ...Object.values(manifest.contributes.menus).flat(),
      ...manifest.contributes.keybindings.flatMap(stepsOf),
    ];
    assert.deepEqual(
      named.filter(({ command }) => !declared.has(command)),
      [],
    );
  });
});

/** The commands of ours that a key runs; those of VS Code are left out. */
function stepsOf(key: {
  command: string;
  args?: { commands: (string | { command: string })[] };
}): { command: string }[] {
  const steps = key.args?.commands ?? [key.command];
  return steps
    .map(step => (typeof step === 'string' ? { command: step } : step))
    .filter(({ command }) => command.startsWith('backupTenancy.'));
}
