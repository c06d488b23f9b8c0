import { strict as assert } from 'node:assert';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { startEnterpriseManager, startVb365 } from '../sample-servers';
import { addServer, keys, run, until } from './support';

/** Opens what is below the last server, which is the one that was added last, down to the rows of its first heading. */
async function openLast(): Promise<void> {
  await keys('backupTenancy.servers.focus', 'workbench.actions.treeView.backupTenancy.servers.collapseAll');
  await keys('list.focusLast', 'list.expand', 'list.expand', 'list.expand', 'list.expand');
}

/** The name of the row that has the focus; of a row that stands for several, one a line. */
async function focusedName(): Promise<string | undefined> {
  await keys('list.toggleSelection', 'list.toggleSelection');
  return await run<string | undefined>('copyName', { row: 'focused' });
}

async function set(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('backupTenancy').update(name, value, vscode.ConfigurationTarget.Global);
}

describe('the settings of the view', () => {
  let enterpriseManager: Awaited<ReturnType<typeof startEnterpriseManager>>;
  let vb365: Awaited<ReturnType<typeof startVb365>>;

  before(async () => {
    enterpriseManager = await startEnterpriseManager({ tenants: 30, backupServers: 2 });
    vb365 = await startVb365({ repositories: 0, organizations: 1800 });
  });

  afterEach(() => Promise.all(['sort', 'groupTenantsBy', 'pageSize'].map(name => set(name, undefined))));
  after(() => Promise.all([enterpriseManager.close(), vb365.close()]));

  it('put the rows in order and in groups at once, without another request', async () => {
    await addServer('enterprise-manager', enterpriseManager, 'em-settings');
    const tenants = [...enterpriseManager.data.tenants];
    const first = async (): Promise<string | undefined> => {
      await openLast();
      await keys('list.focusDown');
      return await focusedName();
    };
    await until(async () => (await first()) === 'Northwind');
    const requests = enterpriseManager.requests.length;

    await set('sort', { tenant: 'name' });
    const { compare } = new Intl.Collator('en', { numeric: true });
    const byName = tenants.map(({ name }) => name).sort(compare);
    assert.notEqual(byName[0], 'Northwind');
    await until(async () => (await first()) === byName[0]);

    await set('groupTenantsBy', 'backupServer');
    const onFirst = tenants.filter(({ server }) => server.name === 'vbr01').map(({ name }) => name);
    await until(async () => (await first()) === onFirst.sort(compare).join('\n'));

    await set('groupTenantsBy', undefined);
    await set('sort', { tenant: 'colour', subtenant: 'name' });
    await until(async () => (await first()) === 'Northwind');
    assert.equal(enterpriseManager.requests.length, requests);
  });

  it('say how many rows a list loads, within reason', async () => {
    const offsets = (): (string | null)[] =>
      vb365.requests
        .filter(({ path }) => path.includes('/Organizations?'))
        .map(({ path }) => new URL(path, vb365.url).searchParams.get('offset'));
    await set('pageSize', 1);
    const id = await addServer('vb365', vb365, 'zz-settings');
    const key = `${id}/group:organizations/organization:${encodeURIComponent(vb365.data.organizations.at(499).id)}`;
    await until(async () => {
      await openLast();
      // Organizations is the second heading.
      await keys('list.focusLast', 'list.expand');
      return (await run('copyId', key)) !== undefined;
    });
    assert.deepEqual(offsets(), ['0']);
    await set('pageSize', 1000);
    await keys('list.focusLast', 'list.select');
    await run('loadMore');
    assert.deepEqual(offsets(), ['0', '500', '1000']);
  });
});
