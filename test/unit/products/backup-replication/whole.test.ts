import { expect, test, vi } from 'vitest';
import { wholePercent } from '../../../../src/base/numbers';
import { Inventory, type Source } from '../../../../src/inventory/inventory';
import { crawl } from '../../../../src/inventory/loading/loadAllBelow';
import { type Node, withAllBelow } from '../../../../src/inventory/tree/node';
import { inOrder } from '../../../../src/inventory/tree/order';
import { spaceOf } from '../../../../src/items/kinds';
import { product } from '../../../../src/products/backup-replication';
import type { Api } from '../../../../src/products/product';
import { reportOf } from '../../../../src/report/compile';
import { outline } from '../../../../src/report/outline';
import { filledBy, shareOf } from '../../../../src/report/report';
import { detailRows } from '../../../../src/views/details/detailRows';
import { renderRow } from '../../../../src/views/tree/rowRenderer';
import { serverOf } from '../../items';
import { never } from '../../never';
import { KeptLog } from '../../support';
import { bytes, defaultRepositoryId, extents, job, scaleOut, state } from './bodies';
import { listing } from './fakeServer';

vi.mock('vscode', () => import('../../views/vscode'));

const all = [
  state(defaultRepositoryId, 'Default Backup Repository'),
  state('cloned', 'Cloned', { capacityGB: 100, freeGB: 60, usedSpaceGB: 250 }),
  state('bucket', 'Bucket', { type: 'AmazonS3', capacityGB: 0, freeGB: 0, usedSpaceGB: 500 }),
];

function server(rows: readonly unknown[] = all) {
  return listing('1.3-rev2', {
    'backupInfrastructure/repositories/states': query => (query.has('sobrExtentTypeFilter') ? extents : rows),
    'backupInfrastructure/scaleOutRepositories': [scaleOut],
    'backupInfrastructure/managedServers': [{ id: '6745a759-2205-4cd2-b172-8ec8f7e60ef8', name: 'this server' }],
    'backupInfrastructure/proxies/states': [{ id: 'p', name: 'proxy01', isOnline: true }],
    'jobs/states': [job],
    'inventory/entraId/tenants': [],
  });
}

/** The tree of servers by their ids. */
function inventoryOf(servers: Readonly<Record<string, Api>>): Inventory {
  const source: Source = {
    children: (id, item, cursor, signal) => product.children(servers[id] as Api, item, cursor, signal),
  };
  const inventory = new Inventory(source, new KeptLog());
  inventory.setServers(Object.keys(servers).map(id => serverOf(id, { product: product.info.id })));
  return inventory;
}

async function crawled(servers: Readonly<Record<string, Api>>): Promise<{ inventory: Inventory; nodes: Node[] }> {
  const inventory = inventoryOf(servers);
  const { failed } = await crawl(inventory, inventory.servers, { signal: never });
  expect(failed).toEqual([]);
  return { inventory, nodes: [...withAllBelow(inventory.servers)] };
}

function at(nodes: readonly Node[], ...names: readonly string[]): Node {
  const found = nodes.find(node => {
    const path: string[] = [];
    for (let each: Node | undefined = node; each?.parent; each = each.parent) {
      path.unshift(each.item.name);
    }
    return path.join('/') === names.join('/');
  });
  if (!found) {
    throw new Error(`no ${names.join('/')}`);
  }
  return found;
}

test('a walk through everything takes one request for each page of each list', async () => {
  const many = Array.from({ length: 250 }, (_, number) => state(`r${number}`, `Repo ${number}`));
  const api = server(many);
  const { nodes } = await crawled({ vbr: api });
  expect(nodes.filter(({ item }) => item.kind === 'repository')).toHaveLength(250);
  expect(nodes.filter(({ item }) => item.kind === 'extent')).toHaveLength(4);
  // Repositories take two pages; scale-out repositories, their extents, jobs, servers, proxies and tenants one each.
  expect(api.asked).toHaveLength(8);
  expect(new Set(api.asked).size).toBe(8);
});

test('the same ids on two servers are two things', async () => {
  const { nodes } = await crawled({ one: server(), other: server() });
  const same = nodes.filter(({ item }) => item.id === defaultRepositoryId);
  expect(same.map(({ key }) => key)).toEqual([
    `one/group:repositories/repository:${defaultRepositoryId}`,
    `other/group:repositories/repository:${defaultRepositoryId}`,
  ]);
});

test('how full a repository is says what is not free, whatever backups use', async () => {
  const { nodes } = await crawled({ vbr: server() });
  const [usual, cloned, bucket] = ['Default Backup Repository', 'Cloned', 'Bucket'].map(
    name => at(nodes, 'Backup Repositories', name).item,
  );
  expect(usual && spaceOf(usual)).toMatchObject({ usedBytes: bytes(30.4), takenBytes: bytes(99.4) - bytes(16.4) });
  expect(cloned && spaceOf(cloned)).toMatchObject({ usedBytes: bytes(250), takenBytes: bytes(40) });
  expect(bucket && spaceOf(bucket)).toMatchObject({ usedBytes: bytes(500), limitBytes: undefined });
  const heading = at(nodes, 'Backup Repositories');
  const inThisOrder = inOrder(
    heading.openedBranch?.nodes ?? [],
    () => 'usedPercent',
    () => 0,
  );
  expect(inThisOrder.map(({ item }) => item.name)).toEqual(['Default Backup Repository', 'Cloned', 'Bucket']);
  const [details] = detailRows([at(nodes, 'Backup Repositories', 'Default Backup Repository')], { state: 'unasked' });
  expect(details?.rows?.find(({ label }) => label === 'Usage')?.description).toContain('83 %');
  expect(details?.rows?.find(({ label }) => label === 'Free')?.description).toBe('16.4 GB');
  expect(details?.rows?.find(({ label }) => label === 'Used')?.description).toBe('30.4 GB');
});

test('the report has repositories and scale-out repositories, and no extent', async () => {
  const { inventory } = await crawled({ vbr: server() });
  const report = await reportOf(inventory.servers, { isLoading: () => false, notBefore: 0 });
  const shares = report.rows.map(row => {
    const share = shareOf(row);
    return [row.kind, row.name, share === undefined ? undefined : wholePercent(share), row.unlimited];
  });
  expect(shares).toEqual([
    ['repository', 'Default Backup Repository', 83, false],
    ['repository', 'Cloned', 40, false],
    ['repository', 'Bucket', undefined, false],
    ['scaleOutRepository', 'Scale-out 1', 36, false],
  ]);
  const totals = report.servers[0]?.totals ?? {};
  expect(totals).toMatchObject({
    repositories: 3,
    capacityBytes: bytes(99.4) + bytes(100),
    freeBytes: bytes(16.4) + bytes(60),
    unlimitedBytes: bytes(500),
    scaleOutRepositories: 1,
    scaleOutCapacityBytes: bytes(300),
    scaleOutUsedBytes: bytes(90),
    scaleOutFreeBytes: bytes(190),
  });
  const [ofRepositories] = outline().fills.filter(({ limit }) => limit === 'capacityBytes');
  expect(ofRepositories && filledBy(totals, ofRepositories).takenBytes).toBe(
    bytes(99.4) + bytes(100) - bytes(16.4) - bytes(60),
  );
});

test('rows say what is wrong', async () => {
  const rows = [state('r', 'Away', { isOnline: false }), state('s', 'Old', { isOutOfDate: true })];
  const { nodes } = await crawled({ vbr: server(rows) });
  const text = (...names: readonly string[]) => String(renderRow(at(nodes, ...names), false).description);
  expect(text('Backup Repositories', 'Away')).toContain('offline');
  expect(text('Backup Repositories', 'Old')).toContain('needs an upgrade');
  expect(text('Backup Repositories', 'Away')).toContain('83 % of 99.4 GB full, 30.4 GB used by backups');
  expect(text('Scale-Out Repositories', 'Scale-out 1')).toContain('extents with a problem: 1');
  expect(text('Scale-Out Repositories', 'Scale-out 1', 'Performance Tier', 'Extent B')).toContain(
    'Maintenance, Sealed',
  );
  expect(text('Scale-Out Repositories', 'Scale-out 1', 'Capacity Tier', 'Bucket')).toContain('object storage');
});
