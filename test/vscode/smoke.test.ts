import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';

describe('the extension in VS Code', () => {
  it('activates', async () => {
    const extension = vscode.extensions.getExtension('backup-tenancy.backup-tenancy-explorer');
    assert.ok(extension, 'it is not installed');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('shows its view', async () => {
    await vscode.commands.executeCommand('backupTenancy.servers.focus');
  });

  it('can look into the profile it runs in', () => {
    const profile = process.env.BACKUP_TENANCY_PROFILE;
    assert.ok(profile, 'BACKUP_TENANCY_PROFILE is not set');
    assert.ok(existsSync(profile));
  });
});
