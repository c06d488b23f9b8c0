import { strict as assert } from 'node:assert';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import manifest from '../../package.json';
import { startEnterpriseManager } from '../sample-servers';
import { addServer, until } from './support';

/** As VS Code makes it of the extension and the label. */
const serverId = `${manifest.publisher}.${manifest.name}/Backup Tenancy`;

describe('the tools as an MCP server', () => {
  let sample: Awaited<ReturnType<typeof startEnterpriseManager>>;

  before(async () => {
    sample = await startEnterpriseManager();
    await addServer('enterprise-manager', sample, 'em-mcp');
  });

  after(async () => {
    await want(undefined);
    await sample.close();
  });

  it('are not there unless the setting wants them', async () => {
    await start();
    assert.deepEqual(offered(), []);
  });

  it('are found and called by VS Code', async () => {
    await want(true);
    await until(async () => {
      await start();
      return offered().length > 0;
    });
    assert.equal(offered().length, manifest.contributes.languageModelTools.length);
    const [list] = offered().filter(({ name }) => name.endsWith('list_servers'));
    const { content } = await vscode.lm.invokeTool(list?.name ?? '', { input: {}, toolInvocationToken: undefined });
    assert.match(JSON.stringify(content), /em-mcp/);
  });
});

async function want(value: boolean | undefined): Promise<void> {
  const settings = vscode.workspace.getConfiguration('backupTenancy.mcpServer');
  await settings.update('enabled', value, vscode.ConfigurationTarget.Global);
}

async function start(): Promise<void> {
  await vscode.commands.executeCommand('workbench.mcp.startServer', serverId, { waitForLiveTools: true });
}

function offered(): readonly vscode.LanguageModelToolInformation[] {
  return vscode.lm.tools.filter(({ name }) => name.startsWith('mcp_') && name.includes('backupTenancy'));
}
