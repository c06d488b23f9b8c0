import { strict as assert } from 'node:assert';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { startEnterpriseManager, startVb365 } from '../sample-servers';
import { addServer, keys, run, until } from './support';

describe('reading items', () => {
  let vb365: Awaited<ReturnType<typeof startVb365>>;
  let enterpriseManager: Awaited<ReturnType<typeof startEnterpriseManager>>;
  let tenantKey: string;
  let organizationKey: string;

  before(async () => {
    vb365 = await startVb365();
    enterpriseManager = await startEnterpriseManager();
    const vb365Id = await addServer('vb365', vb365, 'm365-reading');
    const enterpriseManagerId = await addServer('enterprise-manager', enterpriseManager, 'em-reading');
    tenantKey = `${enterpriseManagerId}/group:tenants/tenant:${enterpriseManager.data.tenants.at(0).id}`;
    const repository = vb365.data.repositories.at(0);
    const { id } = repository.organizations.at(0);
    organizationKey = `${vb365Id}/group:repositories/repository:${repository.id}/organization:${encodeURIComponent(id)}`;
  });

  afterEach(async () => {
    enterpriseManager.intercept = undefined;
    await keys('workbench.action.closeAllEditors');
  });

  after(() => Promise.all([vb365.close(), enterpriseManager.close()]));

  /** From now on the server gives this of every tenant that is asked for by itself. */
  function answerTenant(body: string, status = 200): void {
    enterpriseManager.intercept = (request, response) => {
      if (!/\/cloud\/tenants\/[^/]+$/.test(request.url?.split('?')[0] ?? '')) {
        return false;
      }
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(body);
      return true;
    };
  }

  async function text(uri: vscode.Uri): Promise<string> {
    return (await vscode.workspace.openTextDocument(uri)).getText();
  }

  it('opens as JSON what nobody has opened in the tree yet, and nothing is asked more than once', async () => {
    const uri = await run<vscode.Uri>('openAsJson', organizationKey);
    assert.equal(uri.scheme, 'backup-tenancy');
    assert.equal(uri.path, '/m365-reading/Repo North/Contoso.api-json');
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.uri.toString(), uri.toString());
    assert.equal(document.languageId, 'backup-tenancy-json');
    assert.equal(JSON.parse(document.getText()).name, 'Contoso');
    assert.match(document.getText(), /^\{\n {2}"/);
    assert.equal(vb365.requests.filter(({ path }) => path.startsWith('/v8/BackupRepositories?')).length, 1);
  });

  it('is in a language that asks no address for a schema, whatever JSON is taken for elsewhere', async () => {
    answerTenant('{"$schema":"http://127.0.0.1:9/schema.json","Name":"Northwind"}');
    const files = vscode.workspace.getConfiguration('files');
    await files.update('associations', { '*.json': 'jsonc' }, vscode.ConfigurationTarget.Global);
    try {
      await run('openAsJson', tenantKey);
      const document = vscode.window.activeTextEditor?.document;
      assert.equal(document?.languageId, 'backup-tenancy-json');
      assert.match(document.getText(), /"\$schema"/);
      // Its folds are made of how it is laid out.
      await keys('editor.foldAll');
      await until(() => (vscode.window.activeTextEditor?.visibleRanges.length ?? 0) > 1);
    } finally {
      await files.update('associations', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('opens as XML, in a tab of its own beside the JSON', async () => {
    await run('openAsJson', tenantKey);
    const uri = await run<vscode.Uri>('openAsXml', tenantKey);
    assert.equal(vscode.window.activeTextEditor?.document.languageId, 'backup-tenancy-xml');
    assert.match(await text(uri), /^<CloudTenant [\s\S]*\n {2}<Links>\n {4}<Link /m);
    assert.equal(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length, 2);
  });

  it('keeps one tab for an item, with what the server gives now', async () => {
    answerTenant('{"Name":"Northwind","Quota":12345678901234567890}');
    const uri = await run<vscode.Uri>('openAsJson', tenantKey);
    assert.equal(await text(uri), '{\n  "Name": "Northwind",\n  "Quota": 12345678901234567890\n}');
    answerTenant('{"Name":"Northwind","Quota":1.0}');
    const again = await run<vscode.Uri>('openAsJson', tenantKey);
    assert.equal(again.toString(), uri.toString());
    assert.match(await text(uri), /"Quota": 1\.0/);
    assert.equal(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length, 1);
  });

  it('is read-only', async () => {
    const uri = await run<vscode.Uri>('openAsJson', tenantKey);
    const before = await text(uri);
    await keys('workbench.action.focusActiveEditorGroup');
    await vscode.commands.executeCommand('type', { text: 'x' });
    assert.equal(await text(uri), before);
    assert.equal(vscode.window.activeTextEditor?.document.isDirty, false);
  });

  it('is fetched again by its button and by a refresh of the tree', async () => {
    answerTenant('{"round":1}');
    const uri = await run<vscode.Uri>('openAsJson', tenantKey);
    answerTenant('{"round":2}');
    await run('refreshDocument', uri);
    assert.match(await text(uri), /"round": 2/);
    answerTenant('{"round":3}');
    await run('refreshDocument');
    assert.match(await text(uri), /"round": 3/);
    answerTenant('{"round":4}');
    // The whole tree; VS Code asks again for the rows of what is open.
    await run('openDetails', tenantKey);
    await run('refreshDetails');
    await until(async () => (await text(uri)).includes('"round": 4'));
  });

  it('keeps what was read while the server fails, and says so once the item is gone', async () => {
    answerTenant('{"round":1}');
    const uri = await run<vscode.Uri>('openAsJson', tenantKey);
    answerTenant('{}', 500);
    const failures = () => enterpriseManager.requests.filter(({ status }) => status === 500).length;
    await run('openDetails', tenantKey);
    await run('refreshDetails');
    await until(() => failures() > 0);
    assert.match(await text(uri), /"round": 1/);
    answerTenant('{}', 404);
    await run('refreshDetails');
    await until(async () => /^"127\.0\.0\.1:\d+ no longer has this item\./.test(await text(uri)));
    assert.equal(typeof JSON.parse(await text(uri)), 'string');
  });

  it('is not fetched for an address that nobody has asked for, until somebody refreshes it', async () => {
    const uri = await run<vscode.Uri>('openAsJson', tenantKey);
    const known = await text(uri);
    await keys('workbench.action.closeAllEditors');
    // Another path to the same item, as of a link, or of a window that knew it by another name.
    const restored = vscode.Uri.parse(uri.with({ path: '/em-reading/Northwind before.api-json' }).toString());
    assert.match(await text(restored), /is not loaded yet/);
    await run('refreshDocument', restored);
    await until(async () => (await text(restored)) === known);
  });

  it('says in one sentence what cannot be fetched, in the language of the document', async () => {
    const gone = { scheme: 'backup-tenancy', query: 'no-server/group:tenants/tenant:1' };
    const json = await text(vscode.Uri.from({ ...gone, path: '/em/Northwind.api-json' }));
    assert.match(JSON.parse(json), /^This item no longer exists/);
    const xml = await text(vscode.Uri.from({ ...gone, path: '/em/Northwind.api-xml' }));
    assert.match(xml, /^<!-- This item no longer exists[^\n]* -->$/);
  });

  it('compares two items of the same format, whatever their products', async () => {
    const other = `${tenantKey.slice(0, tenantKey.lastIndexOf(':'))}:${enterpriseManager.data.tenants.at(1).id}`;
    await run('compareWith', tenantKey, other);
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    assert.equal(tab?.label, `Northwind ↔ ${enterpriseManager.data.tenants.at(1).name}`);
    assert.ok(tab.input instanceof vscode.TabInputTextDiff);
    assert.match(tab.input.original.path, /\/Northwind\.api-json$/);
    await run('compareWith', tenantKey, organizationKey);
    const mixed = vscode.window.tabGroups.activeTabGroup.activeTab;
    assert.ok(mixed?.input instanceof vscode.TabInputTextDiff);
    assert.match(mixed.input.modified.path, /\/Contoso\.api-json$/);
    // Both sides come again.
    answerTenant('{"round":"diff"}');
    await run('compareWith', tenantKey, other);
    answerTenant('{"round":"again"}');
    await run('refreshDocument');
    const { original, modified } = tab.input;
    await until(async () => (await text(original)).includes('again') && (await text(modified)).includes('again'));
  });

  it('opens no editor for a format that the product does not have', async () => {
    const opening = run('openAsXml', organizationKey);
    await until(async () => {
      await keys('notifications.clearAll');
      return await Promise.race([opening.then(() => true), new Promise<boolean>(done => setTimeout(done, 50, false))]);
    });
    assert.equal(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length, 0);
  });
});
