import { strict as assert } from 'node:assert';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { BackupItem, BackupTenancyApi } from '../../api';
import manifest from '../../package.json';
import { startEnterpriseManager } from '../sample-servers';
import { addServer, answering, run, until } from './support';

const extensionId = `${manifest.publisher}.${manifest.name}`;

describe('for other programs', () => {
  let sample: Awaited<ReturnType<typeof startEnterpriseManager>>;
  let server: string;

  before(async () => {
    sample = await startEnterpriseManager();
    server = await addServer('enterprise-manager', sample, 'em-agents');
  });

  after(() => sample.close());

  describe('the API', () => {
    let exported: BackupTenancyApi;

    before(async () => {
      exported = await api();
    });

    it('has a version and cannot be changed', () => {
      assert.equal(exported.version, 1);
      assert.ok(Object.isFrozen(exported));
    });

    it('lists servers without a request, and without who signs in', async () => {
      const servers = await exported.listServers();
      const own = servers.find(({ key }) => key === server);
      assert.ok(own);
      assert.equal(own.name, 'em-agents');
      assert.equal(own.facts.product, 'enterprise-manager');
      assert.ok(!JSON.stringify(servers).includes(sample.username));
      assert.ok(
        Object.isFrozen(servers) && Object.isFrozen(own) && Object.isFrozen(own.facts) && Object.isFrozen(own.path),
      );
      assert.deepEqual(sample.requests, []);
    });

    it('finds what is loaded, and loads the rest if it is told to', async () => {
      assert.deepEqual(await exported.findItems('northwind', { server }), []);
      assert.deepEqual(sample.requests, []);
      const [tenant] = await exported.findItems('northwind', { server, load: true });
      assert.equal(tenant?.name, 'Northwind');
      assert.equal(tenant.id, sample.data.tenants.at(0).id);
      assert.deepEqual(tenant.path, ['em-agents', 'Cloud Tenants', 'Northwind']);
      assert.equal(await run('copyId', tenant.key), tenant.id);
      const [subtenant] = await exported.findItems(sample.data.tenants.at(0).subtenants.at(1).id);
      assert.equal(subtenant?.kind, 'subtenant');
      assert.ok(Object.isFrozen(subtenant));
    });

    it('says in a sentence what is wrong', async () => {
      await assert.rejects(exported.findItems('x', { limit: 0 }), /limit must be a whole number from 1 to 1000\./);
      await assert.rejects(exported.findItems('x', { server: 'nobody' }), /server must be the key of a server/);
      await assert.rejects(exported.findItems(7 as never), /query must be a string\./);
      await assert.rejects(exported.pickItem({ kinds: 'tenant' as never }), /kinds must be a list of strings\./);
    });

    it('picks an item', async () => {
      const picking = exported.pickItem({ kinds: ['tenant'], title: 'Which tenant?' });
      let picked: BackupItem | undefined;
      picking.then(item => {
        picked = item;
      }, assert.fail);
      await until(async () => {
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        return picked !== undefined;
      });
      assert.equal(picked?.kind, 'tenant');
    });
  });

  describe('the tools of language models', () => {
    const names = manifest.contributes.languageModelTools.map(({ name }) => name);

    it('are there', () => {
      const registered = vscode.lm.tools.map(({ name }) => name).filter(name => name.startsWith('backupTenancy'));
      assert.deepEqual(registered.sort(), names.sort());
    });

    it('answer with JSON of which one feeds the next', async () => {
      const listed = await invoke('backupTenancy_list_servers', {});
      const own = listed.servers.find(({ key }: { key: string }) => key === server);
      assert.equal(own.name, 'em-agents');
      const found = await invoke('backupTenancy_find', { query: 'nw-user-02', server: own.key });
      assert.equal(found.items.length, 1);
      const read = await invoke('backupTenancy_get_item', { key: found.items[0].key });
      assert.equal(read.item[0].id, sample.data.tenants.at(0).subtenants.at(1).id);
      const children = await invoke('backupTenancy_list_children', { key: own.key });
      assert.ok(children.children.length > 1);
    });

    it('keep to the tokens that there are', async () => {
      const found = await invoke('backupTenancy_find', { query: 'a', server }, 2000);
      assert.equal(found.cut, true);
      assert.ok(JSON.stringify(found).length <= 2000);
    });

    it('say how to do better', async () => {
      await assert.rejects(
        invoke('backupTenancy_get_item', { key: 'nobody/x:y' }),
        /Call backupTenancy_list_servers first/,
      );
    });
  });

  describe('a link', () => {
    it('shows the item that it was made for, and loads what lies above it', async () => {
      const [tenant] = await (await api()).findItems('northwind', { server, load: true });
      const link = /\]\((\w[^)]*)\)/.exec(String(await run('copyAs', 'markdown', tenant?.key)))?.[1] ?? '';
      const other = await addServer('enterprise-manager', sample, 'em-linked');
      const key = tenant?.key.replace(server, other) ?? '';
      assert.equal(await run('copyId', key), undefined);
      // As if it came from another computer, whose server of that name has another id there.
      const uri = vscode.Uri.parse(link.replace(/server=[^&]*/, 'server=em-linked').replace(server, 'elsewhere'), true);
      const asked = await answering('Continue', async () => {
        await vscode.commands.executeCommand('vscode.open', uri);
        await until(async () => (await run('copyId', key)) === tenant?.id);
      });
      assert.deepEqual(asked, ['A link asks you to show an item of em-linked.']);
    });
  });
});

async function api(): Promise<BackupTenancyApi> {
  const extension = vscode.extensions.getExtension<BackupTenancyApi>(extensionId);
  assert.ok(extension);
  return await extension.activate();
}

async function invoke(name: string, input: object, tokenBudget?: number) {
  const result = await vscode.lm.invokeTool(name, {
    input,
    toolInvocationToken: undefined,
    ...(tokenBudget === undefined
      ? {}
      : { tokenizationOptions: { tokenBudget, countTokens: async (text: string) => text.length } }),
  });
  const [part] = result.content;
  assert.ok(part instanceof vscode.LanguageModelTextPart);
  return JSON.parse(part.value);
}
