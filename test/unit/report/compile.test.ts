import { describe, expect, test } from 'vitest';
import { wholePercent } from '../../../src/base/numbers';
import { Inventory } from '../../../src/inventory/inventory';
import { crawl } from '../../../src/inventory/loading/loadAllBelow';
import type { Node } from '../../../src/inventory/tree/node';
import type { ItemKind } from '../../../src/items/item';
import { reportOf } from '../../../src/report/compile';
import { outline } from '../../../src/report/outline';
import { levelOf, type Report, type ReportRow, shareOf, totalsOf } from '../../../src/report/report';
import { startEnterpriseManager, startServiceProviderConsole, startVb365 } from '../../sample-servers';
import { turnsDuring } from '../eventLoop';
import { forThisTest } from '../forThisTest';
import { serverOf, tenant } from '../items';
import { never } from '../never';
import { KeptLog, World } from '../support';

const GB = 1024 ** 3;
const ended = { isLoading: () => false, notBefore: 0 };

describe('of the sample servers', () => {
  test('sums up each of them, and names what takes space', async () => {
    const { world, servers, vb365, enterpriseManager } = await bothProducts();
    await everything(world);
    const report = await reportOf(servers, ended);
    expect(report.servers).toMatchObject([
      { name: 'vb365', totals: { repositories: 4, tenants: 0, subtenants: 0 }, problems: [], isLoading: false },
      { name: 'enterprise-manager', totals: { repositories: 4, organizations: 0 }, problems: [] },
    ]);

    const tenants = [...enterpriseManager.data.tenants];
    expect(ofKind(report, 'tenant')).toHaveLength(tenants.length);
    expect(ofKind(report, 'subtenant')).toHaveLength(tenants.reduce((sum, each) => sum + each.subtenants.length, 0));
    expect(named(report, 'Northwind', 'tenant')).toMatchObject({
      kind: 'tenant',
      server: 'enterprise-manager',
      place: 'vbr01',
      usedBytes: 166 * GB,
      limitBytes: 250 * GB,
      freeBytes: 84 * GB,
      unlimited: false,
    });
    expect(named(report, 'nw-user-01')).toMatchObject({ kind: 'subtenant', place: 'Northwind', limitBytes: 10 * GB });
    expect(named(report, 'nw-user-02')).toMatchObject({ unlimited: true, limitBytes: undefined });
    const quotas = ofKind(report, 'tenant').map(({ limitBytes }) => limitBytes ?? 0);
    expect(report.servers[1]?.totals.quotaBytes).toBe(quotas.reduce((sum, each) => sum + each, 0));

    const repositories = [...vb365.data.repositories];
    expect(named(report, 'Repo North')).toMatchObject({
      usedBytes: 612 * GB,
      limitBytes: 1024 * GB,
      freeBytes: 412 * GB,
    });
    const ids = repositories.flatMap(({ organizations }) => [...organizations].map(({ id }) => id));
    expect(ofKind(report, 'organization')).toHaveLength(new Set(ids).size);
    expect(report.rows.every(({ key, node = key }) => world.inventory.find(node))).toBe(true);
    expect(new Set(report.rows.map(({ key }) => key)).size).toBe(report.rows.length);
  });

  test('counts an organization once, with its data of all repositories', async () => {
    const { world, servers, vb365 } = await bothProducts();
    await everything(world);
    const contoso = [...vb365.data.repositories].flatMap(({ organizations }) =>
      [...organizations].filter(({ name }) => name === 'Contoso'),
    );
    expect(contoso.length).toBeGreaterThan(1);
    expect(named(await reportOf(servers, ended), 'Contoso')).toMatchObject({
      repositories: contoso.length,
      usedBytes: contoso.reduce((sum, { usedSpaceBytes }) => sum + (usedSpaceBytes ?? 0), 0),
    });
  });

  test('tells why a server that is down has no numbers, and is not held up by it', async () => {
    const { world, servers, vb365 } = await bothProducts();
    await vb365.close();
    await everything(world);
    const report = await reportOf(servers, ended);
    expect(report.servers[0]).toMatchObject({ totals: { repositories: 0 }, asOf: undefined });
    expect(report.servers[0]?.totals.capacityBytes).toBeUndefined();
    expect(report.servers[0]?.problems).toEqual([{ where: '', why: expect.stringContaining('127.0.0.1') }]);
    expect(report.servers[1]).toMatchObject({ problems: [], totals: { tenants: 12 } });
  });

  test('what has expired is read again, with as few requests as at first', async () => {
    const { world, servers, enterpriseManager } = await bothProducts();
    await everything(world);
    const first = enterpriseManager.requests.length;
    const before = await reportOf(servers, ended);
    world.inventory.expire(servers);
    await everything(world);
    // The second time it is signed in already.
    expect(enterpriseManager.requests.length - first).toBeLessThanOrEqual(first);
    const after = await reportOf(servers, ended);
    expect(after.rows).toEqual(before.rows);
    expect(after.at).toBeGreaterThanOrEqual(before.at);
    expect(after.servers.every(({ asOf = 0 }) => asOf >= before.at)).toBe(true);
  });

  test('numbers that could not be read again keep their age', async () => {
    const { world, servers, vb365 } = await bothProducts();
    await everything(world);
    const before = await reportOf(servers, ended);
    await vb365.close();
    world.inventory.expire(servers);
    await everything(world);
    const after = await reportOf(servers, { ...ended, notBefore: Date.now() + 1 });
    expect(after.servers[0]?.asOf).toBe(before.servers[0]?.asOf);
    expect(after.servers[0]?.totals.repositories).toBe(4);
    expect(after.servers[0]?.problems).toHaveLength(1);
  });
});

test('leaves others their turn while it goes through thousands', async () => {
  const items = Array.from({ length: 50_000 }, (_, index) => tenant(`id-${index}`));
  const inventory = new Inventory({ children: async () => ({ items }) }, new KeptLog());
  inventory.setServers([serverOf('em')]);
  const [node] = inventory.servers;
  inventory.childrenOf(node as Node);
  await inventory.settled(node as Node);
  const turns = await turnsDuring(async () => {
    expect((await reportOf(inventory.servers, ended)).rows).toHaveLength(items.length);
  });
  expect(turns).toBeGreaterThan(3);
});

test.each([
  [{ usedBytes: 1, limitBytes: 4 }, 0.25, 'ok', 25],
  [{ usedBytes: 79.999, limitBytes: 100 }, 0.79999, 'ok', 79],
  [{ usedBytes: 80, limitBytes: 100 }, 0.8, 'high', 80],
  [{ usedBytes: 95, limitBytes: 100 }, 0.95, 'critical', 95],
  [{ usedBytes: 100, limitBytes: 100 }, 1, 'critical', 100],
  [{ usedBytes: 150, limitBytes: 100 }, 1.5, 'over', 150],
  [{ usedBytes: 1, limitBytes: 100_000 }, 0.00001, 'ok', 1],
  [{ usedBytes: 0, limitBytes: 100 }, 0, 'ok', 0],
] as const)('%j is %d of its limit: %s, %d %%', (row, share, level, percent) => {
  expect(shareOf(row)).toBe(share);
  expect(levelOf(share)).toBe(level);
  expect(wholePercent(share)).toBe(percent);
});

test.each([{ usedBytes: 1 }, { limitBytes: 1 }, {}, { usedBytes: 0, limitBytes: 0 }, { usedBytes: 1, limitBytes: 0 }])(
  '%j has no share',
  row => {
    expect(shareOf(row)).toBeUndefined();
    expect(levelOf(undefined)).toBeUndefined();
  },
);

async function bothProducts() {
  const world = new World();
  const [vb365, enterpriseManager] = await Promise.all([
    forThisTest(startVb365()),
    forThisTest(startEnterpriseManager()),
  ]);
  const servers = [await world.add('vb365', vb365), await world.add('enterprise-manager', enterpriseManager)];
  return { world, servers, vb365, enterpriseManager };
}

async function everything({ inventory }: World): Promise<void> {
  await crawl(inventory, inventory.servers, { signal: never });
}

function ofKind({ rows }: Report, kind: ItemKind): readonly ReportRow[] {
  return rows.filter(row => row.kind === kind);
}

function named({ rows }: Report, name: string, kind?: ItemKind): ReportRow | undefined {
  return rows.find(row => row.name === name && (kind === undefined || row.kind === kind));
}

describe('a tenant', () => {
  test('that two servers tell of has a row of each, and counts once in the sums of all', async () => {
    const world = new World();
    const manager = await world.add('enterprise-manager', await forThisTest(startEnterpriseManager()));
    const options = { companies: 6, tenants: 14 };
    const console = await world.add(
      'service-provider-console',
      await forThisTest(startServiceProviderConsole(options)),
    );
    await everything(world);
    const report = await reportOf([manager, console], ended);
    expect(report.rows.filter(({ kind, name }) => kind === 'tenant' && name === 'Northwind')).toMatchObject([
      { server: 'enterprise-manager', usedBytes: 166 * GB, limitBytes: 250 * GB },
      { server: 'service-provider-console', usedBytes: 166 * GB, limitBytes: 250 * GB },
    ]);
    expect(report.servers).toMatchObject([{ totals: { tenants: 12 } }, { totals: { tenants: 14, companies: 6 } }]);
    expect(named(report, 'Northwind', 'company')).toMatchObject({
      ...{ usedBytes: 166 * GB, limitBytes: 250 * GB, place: 'Fabrikam Resale' },
    });
    // All of the manager's tenants are among the console's.
    expect(totalsOf(report.rows, outline().sums)).toMatchObject({
      tenants: 14,
      subtenants: report.servers[1]?.totals.subtenants,
      quotaBytes: report.servers[1]?.totals.quotaBytes,
      quotaUsedBytes: report.servers[1]?.totals.quotaUsedBytes,
    });
  });

  test.each([['EXAMPLE\\svc-browse'], ['fabrikam-resale\\owner']])(
    'that stands in several places is one row: %s',
    async userName => {
      const world = new World();
      const server = await forThisTest(startServiceProviderConsole({ companies: 6 }));
      const node = await world.add('service-provider-console', server, { userName });
      await everything(world);
      const before = await reportOf([node], ended);
      await world.openPath(node, 'Companies', 'Northwind', 'Cloud Connect Tenants', 'Northwind');
      await world.openPath(node, 'Resellers', 'Fabrikam Resale', 'Companies');
      const after = await reportOf([node], ended);
      const keysOf = ({ rows }: Report) => rows.map(({ key }) => key).sort();
      expect(keysOf(after)).toEqual(keysOf(before));
      expect(after.servers[0]?.totals).toEqual(before.servers[0]?.totals);
      const ids = ofKind(after, 'tenant').map(({ id }) => id);
      expect(ids.length).toBe(new Set(ids).size);
    },
  );
});

test('what could not be read is a problem of its server', async () => {
  const inventory = new Inventory(
    { children: async () => ({ items: [tenant('a')], unreadable: { count: 1, came: ['1: null'] } }) },
    new KeptLog(),
  );
  inventory.setServers([serverOf('one')]);
  await inventory.complete(inventory.servers[0] as Node, never);
  const report = await reportOf(inventory.servers, ended);
  expect(report.servers[0]?.problems).toEqual([{ where: '', why: '1 item could not be read' }]);
});

test('the fill of quotas counts the space of those that have one', async () => {
  const inventory = new Inventory(
    {
      children: async () => ({
        items: [
          { ...tenant('a'), quotaBytes: 100, usedBytes: 40 },
          { ...tenant('b'), quotaBytes: undefined, usedBytes: 900 },
        ],
      }),
    },
    new KeptLog(),
  );
  inventory.setServers([serverOf('one')]);
  await inventory.complete(inventory.servers[0] as Node, never);
  const report = await reportOf(inventory.servers, ended);
  expect(report.servers[0]?.totals).toMatchObject({ tenants: 2, quotaBytes: 100, quotaUsedBytes: 40 });
});
