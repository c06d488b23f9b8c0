import { strict as assert } from 'node:assert';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { startEnterpriseManager, startVb365 } from '../sample-servers';
import { addServer, keys, run, until } from './support';

describe('finding in VS Code', () => {
  let enterpriseManager: Awaited<ReturnType<typeof startEnterpriseManager>>;
  let silent: Awaited<ReturnType<typeof startVb365>>;
  let id: string;

  before(async () => {
    enterpriseManager = await startEnterpriseManager({ tenants: 40, subtenantsPerTenant: 2 });
    silent = await startVb365();
    silent.intercept = () => true;
    await addServer('vb365', silent, 'find-silent');
    id = await addServer('enterprise-manager', enterpriseManager, 'find-test');
  });

  after(async () => {
    await Promise.all([enterpriseManager.close(), silent.close()]);
  });

  /** The key of a subtenant deep down that no one has opened. */
  const subtenant = () => {
    const tenant = enterpriseManager.data.tenants.at(33);
    const { id: subtenantId } = tenant.subtenants.at(1);
    return { subtenantId, key: `${id}/group:tenants/tenant:${tenant.id}/subtenant:${subtenantId}` };
  };

  /** Leaves the box once it is there: until then there is nothing to be left. */
  const leave = async (box: Promise<unknown>) => {
    await untilEnded(box, 'workbench.action.closeQuickOpen');
  };

  it('loads what is not there while the list is open, and reveals what is chosen', async () => {
    const { subtenantId, key } = subtenant();
    const found = run('find', subtenantId);
    await until(async () => (await run('copyId', key)) === subtenantId);
    await untilEnded(found, 'workbench.action.acceptSelectedQuickOpenItem');
    await vscode.env.clipboard.writeText('');
    // From the palette it is the selected row whose ID is copied.
    await until(async () => {
      await run('copyId');
      return (await vscode.env.clipboard.readText()) === subtenantId;
    });
  });

  it('asks each list once, also for a second look', async () => {
    const lists = enterpriseManager.requests.filter(
      ({ method, path }) => method === 'GET' && path.includes('ubtenants'),
    );
    assert.deepEqual([...new Set(lists.map(({ path }) => path))].length, lists.length);
    await leave(run('find', 'nobody'));
    const again = enterpriseManager.requests.filter(({ path }) => path.includes('ubtenants'));
    assert.equal(again.length, lists.length);
  });

  it('filters rows and gives them back', async () => {
    const { subtenantId, key } = subtenant();
    await leave(run('filter'));
    await run('clearFilter');
    assert.equal(await run('copyId', key), subtenantId);
  });
});

/** Does the same again and again until the work has ended. */
async function untilEnded(work: Promise<unknown>, command: string): Promise<void> {
  let ended = false;
  work.then(
    () => {
      ended = true;
    },
    () => {
      ended = true;
    },
  );
  await until(async () => {
    await keys(command);
    return ended;
  });
  await work;
}
