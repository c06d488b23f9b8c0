import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { type SampleServer, startEnterpriseManager, startVb365 } from '../sample-servers';
import { addServer, keys, run, until } from './support';

/**
 * Opens a row of the tree, the first row below it, and so on, until the item with that key is there. The command opens
 * what is closed and goes from what is open to the first row below, as the right arrow key does.
 */
async function expandUntilLoaded(row: number, key: string): Promise<void> {
  await until(async () => {
    await focusRow(row);
    await keys(...Array<string>(12).fill('list.expand'));
    return (await run('copyId', key)) !== undefined;
  });
}

async function focusRow(row: number): Promise<void> {
  await keys('backupTenancy.servers.focus', 'list.focusFirst', ...Array<string>(row).fill('list.focusDown'));
}

async function collapseAll(): Promise<void> {
  await keys('workbench.actions.treeView.backupTenancy.servers.collapseAll');
}

describe('browsing in VS Code', () => {
  const servers: SampleServer<unknown>[] = [];
  after(() => Promise.all(servers.map(server => server.close())));

  describe('two servers, one of each product', () => {
    let vb365: Awaited<ReturnType<typeof startVb365>>;
    let enterpriseManager: Awaited<ReturnType<typeof startEnterpriseManager>>;
    let vb365Id: string;
    let enterpriseManagerId: string;

    before(async () => {
      vb365 = await startVb365();
      enterpriseManager = await startEnterpriseManager();
      servers.push(vb365, enterpriseManager);
      vb365Id = await addServer('vb365', vb365, 'm365-test');
      enterpriseManagerId = await addServer('enterprise-manager', enterpriseManager, 'em-test');
    });

    it('asks no server before its row is opened', () => {
      assert.deepEqual(vb365.requests, []);
      assert.deepEqual(enterpriseManager.requests, []);
    });

    it('opens level by level down to an organization, whose ID is copied', async () => {
      const repository = [...vb365.data.repositories].find(({ name }) => name === 'Repo North');
      assert.ok(repository);
      const contoso = [...vb365.data.organizations].find(({ name }) => name === 'Contoso');
      assert.ok(contoso);
      const id = contoso.backedUpOrganizationId;
      const key = `${vb365Id}/group:repositories/repository:${repository.id}/organization:${encodeURIComponent(id)}`;
      await expandUntilLoaded(0, key);
      assert.equal(await run('copyId', key), id);
      assert.equal(await vscode.env.clipboard.readText(), id);
    });

    it('opens level by level down to a subtenant, whose ID is copied', async () => {
      const tenant = enterpriseManager.data.tenants.at(0);
      const subtenant = tenant.subtenants.at(0);
      const key = `${enterpriseManagerId}/group:tenants/tenant:${tenant.id}/subtenant:${subtenant.id}`;
      await collapseAll();
      await expandUntilLoaded(1, key);
      assert.equal(await run('copyId', key), subtenant.id);
      assert.equal(await run('copyName', key), 'nw-user-01');
      assert.equal(await vscode.env.clipboard.readText(), 'nw-user-01');
      // Scripts name things as they found them: in capitals, as a URN.
      assert.equal(await run('copyId', subtenant.id.toUpperCase()), subtenant.id);
      assert.equal(await run('copyId', `urn:veeam:CloudTenant:${tenant.id}`), tenant.id);
    });

    it('asks each list once, and nothing again for rows that are there', () => {
      for (const { requests } of [vb365, enterpriseManager]) {
        const lists = requests
          // Without a session comes only the question which product and version it is.
          .filter(({ method, headers }) => method === 'GET' && (headers.authorization ?? headers['x-restsvcsessionid']))
          .map(({ path }) => path);
        assert.deepEqual([...new Set(lists)].length, lists.length, lists.join('\n'));
        assert.equal(requests.filter(({ method }) => method === 'POST').length, 1);
      }
    });

    it('leaves neither password nor token in the profile or the log', () => {
      const carried = [vb365, enterpriseManager].flatMap(({ requests }) =>
        requests.flatMap(({ headers }) => [headers.authorization ?? [], headers['x-restsvcsessionid'] ?? []].flat()),
      );
      for (const kind of [/^Bearer /, /^Basic /, /^[^ ]+$/]) {
        assert.ok(
          carried.some(value => kind.test(value)),
          `no request carried ${kind}`,
        );
      }
      const { password } = vb365;
      const secrets = new Set([
        password,
        encodeURIComponent(password),
        Buffer.from(password).toString('base64'),
        ...carried.map(value => value.replace(/^(Bearer|Basic) /, '')),
      ]);
      const profile = process.env.BACKUP_TENANCY_PROFILE;
      assert.ok(profile);
      const files = readdirSync(profile, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
      const logs: string[] = [];
      for (const file of files) {
        const path = join(file.parentPath, file.name);
        const content = readFileSync(path);
        if (file.name.endsWith('.log') && content.includes('GET /v8/BackupRepositories')) {
          logs.push(path);
        }
        for (const secret of secrets) {
          assert.ok(!content.includes(secret), `a secret is in ${path}`);
          assert.ok(!content.includes(Buffer.from(secret, 'utf16le')), `a secret is in ${path}`);
        }
      }
      assert.equal(logs.length, 1, 'the log channel is among the files');
    });
  });

  describe('a row that is collapsed while it loads', () => {
    it('is loaded when it is opened again', async () => {
      const slow = await startVb365();
      servers.push(slow);
      const id = await addServer('vb365', slow, 'zz-slow-test');
      const key = `${id}/group:repositories/repository:${encodeURIComponent(slow.data.repositories.at(0).id)}`;
      let release: (() => void) | undefined;
      let held = 0;
      slow.intercept = async request => {
        if (request.url?.includes('BackupRepositories') && held++ === 0) {
          await new Promise<void>(resolve => {
            release = resolve;
          });
        }
        return false;
      };
      await until(async () => {
        await collapseAll();
        await focusRow(2);
        await keys('list.expand', 'list.expand', 'list.expand');
        return release !== undefined;
      });
      await keys('list.collapse');
      release?.();
      await until(async () => {
        await keys('list.expand');
        return (await run('copyId', key)) !== undefined;
      });
    });
  });

  describe('a server that stays silent', () => {
    it('holds up no other', async () => {
      const silent = await startVb365();
      const lively = await startEnterpriseManager();
      servers.push(silent, lively);
      // Never answers; 30 seconds are not waited for, as nothing else may depend on it.
      silent.intercept = () => true;
      await addServer('vb365', silent, 'silent-test');
      const livelyId = await addServer('enterprise-manager', lively, 'lively-test');
      await until(async () => {
        await collapseAll();
        await focusRow(3);
        await keys('list.expand');
        return silent.requests.length > 0;
      });
      // Below the silent server is its row that says so.
      await expandUntilLoaded(5, `${livelyId}/group:tenants/tenant:${lively.data.tenants.at(0).id}`);
      assert.ok(silent.requests.every(({ status }) => status === undefined));
    });
  });
});
