import { expect, test } from 'vitest';
import { crawl } from '../../../../src/inventory/loading/loadAllBelow';
import type { Organization, Repository, UsedRepository } from '../../../../src/items/item';
import { reportOf } from '../../../../src/report/compile';
import { type SampleServer, startVb365 } from '../../../sample-servers';
import { never } from '../../never';
import { items, World } from '../../support';

// Sizes that a server tells in parts.

const gigabyte = 1024 ** 3;

/** As it was reported from the field. */
const backedUpOrganizations = [
  {
    name: 'Contoso',
    id: 'o1',
    usedSpaceBytes: null,
    localCacheUsedSpaceBytes: 1048576,
    objectStorageUsedSpaceBytes: 734003200000,
  },
  {
    name: 'Northwind',
    id: 'o3',
    usedSpaceBytes: 734003200000,
    localCacheUsedSpaceBytes: 0,
    objectStorageUsedSpaceBytes: 0,
  },
];

async function start() {
  return await World.with('vb365', startVb365({ repositories: 1 }));
}

function answer(server: SampleServer<unknown>, list: RegExp, results: readonly object[]): void {
  server.intercept = (request, response) => {
    const isList = list.test(request.url ?? '');
    if (isList) {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ offset: 0, limit: 500, results }));
    }
    return isList;
  };
}

test('an organization takes what its parts take, in its row and in the report', async () => {
  const { server, world, node } = await start();
  answer(server, /BackedUpOrganizations/i, backedUpOrganizations);
  const rows = items<Organization>(await world.openPath(node, 'Backup Repositories', 'Repo North'));
  expect(rows).toMatchObject([{ usedBytes: 734004248576 }, { usedBytes: 734003200000 }]);
  await crawl(world.inventory, [node], { signal: never });
  const report = await reportOf([node], { isLoading: () => false, notBefore: 0 });
  const organizations = report.rows.filter(({ kind }) => kind === 'organization');
  expect(organizations.map(({ name, usedBytes }) => [name, usedBytes])).toEqual([
    ['Contoso', 734004248576],
    ['Northwind', 734003200000],
  ]);
});

test('one part alone is not the whole', async () => {
  const { server, world, node } = await start();
  answer(server, /BackedUpOrganizations/i, [
    { name: 'Contoso', id: 'o1', usedSpaceBytes: null, localCacheUsedSpaceBytes: 1048576 },
    { name: 'Fabrikam', id: 'o2', objectStorageUsedSpaceBytes: 1048576, localCacheUsedSpaceBytes: null },
    { name: 'Northwind', id: 'o3' },
  ]);
  const rows = items<Organization>(await world.openPath(node, 'Backup Repositories', 'Repo North'));
  expect(rows.map(({ usedBytes }) => usedBytes)).toEqual([undefined, undefined, undefined]);
});

test('a repository in use takes what its parts take', async () => {
  const { server, world, node } = await start();
  answer(server, /usedRepositories/i, [
    { repositoryId: 'r1', localCacheUsedSpaceBytes: 5, objectStorageUsedSpaceBytes: '7' },
    { repositoryId: 'r2', usedSpaceBytes: 0, localCacheUsedSpaceBytes: 5, objectStorageUsedSpaceBytes: 7 },
  ]);
  const rows = items<UsedRepository>(await world.openPath(node, 'Organizations', 'Contoso', 'Used Repositories'));
  expect(rows.map(({ usedBytes }) => usedBytes)).toEqual([12, 0]);
});

test('object storage has no limit only where the server says so', async () => {
  const { server, world, node } = await start();
  answer(server, /BackupRepositories/i, [
    { id: 'r1', name: 'Limited', objectStorage: { id: 's1', sizeLimitEnabled: true, sizeLimitGB: 10 } },
    { id: 'r2', name: 'Unlimited', objectStorage: { id: 's2', sizeLimitEnabled: false, sizeLimitGB: null } },
    { id: 'r3', name: 'Silent', objectStorage: { id: 's3' } },
    { id: 'r4', name: 'Before version 8', objectStorageId: 's4', capacityBytes: 10, freeSpaceBytes: 4 },
  ]);
  const rows = items<Repository>(await world.openPath(node, 'Backup Repositories'));
  expect(rows.map(({ unlimited, capacityBytes }) => [unlimited, capacityBytes])).toEqual([
    [undefined, 10 * gigabyte],
    [true, undefined],
    [undefined, undefined],
    [undefined, undefined],
  ]);
  await world.inventory.complete(node, never);
  const { rows: reported } = await reportOf([node], { isLoading: () => false, notBefore: 0 });
  expect(reported.map(({ name, unlimited }) => [name, unlimited])).toEqual([
    ['Limited', false],
    ['Unlimited', true],
    ['Silent', false],
    ['Before version 8', false],
  ]);
});

test('a repository whose capacity is told as 0 has none that is known, and takes nothing that is', async () => {
  const { server, world, node } = await start();
  answer(server, /BackupRepositories/i, [
    { id: 'r1', name: 'Unknown', capacityBytes: 0, freeSpaceBytes: 0 },
    { id: 'r2', name: 'Full', capacityBytes: 10, freeSpaceBytes: 0 },
  ]);
  const rows = items<Repository>(await world.openPath(node, 'Backup Repositories'));
  expect(rows.map(({ capacityBytes, freeBytes, usedBytes }) => [capacityBytes, freeBytes, usedBytes])).toEqual([
    [undefined, undefined, undefined],
    [10, 0, 10],
  ]);
});

test('object storage takes what is not free of its limit', async () => {
  const { server, world, node } = await start();
  const limit = { sizeLimitEnabled: true, sizeLimitGB: 10, usedSpaceBytes: null };
  answer(server, /BackupRepositories/i, [
    { id: 'r1', name: 'Limited', objectStorage: { ...limit, id: 's1', freeSpaceBytes: 4 * gigabyte } },
    { id: 'r2', name: 'Unknown', objectStorage: { ...limit, id: 's2', freeSpaceBytes: null } },
  ]);
  const rows = items<Repository>(await world.openPath(node, 'Backup Repositories'));
  expect(rows.map(({ usedBytes }) => usedBytes)).toEqual([6 * gigabyte, undefined]);
});

test.for(['v6', 'v7'])('on API %s, object storage has its sizes from a list of its own', async version => {
  const { server, world, node } = await World.with('vb365', startVb365({ repositories: 10, versions: [version] }));
  const repositories = items<Repository>(await world.openPath(node, 'Backup Repositories'));
  const [local, onObjectStorage] = repositories;
  expect(onObjectStorage).toMatchObject({
    type: 'AmazonS3Compatible',
    capacityBytes: 10 * 1024 * gigabyte,
    usedBytes: 683 * gigabyte,
    freeBytes: (10 * 1024 - 683) * gigabyte,
  });
  expect(repositories.filter(({ unlimited }) => unlimited)).toMatchObject([
    { objectStorage: true, capacityBytes: undefined },
  ]);
  expect(local).toMatchObject({ objectStorage: false, usedBytes: 612 * gigabyte });
  expect(server.requests.filter(({ path }) => /ObjectStorageRepositories/i.test(path))).toHaveLength(1);
});

test('the list of object storage is not asked for without need', async () => {
  for (const options of [
    { repositories: 1, versions: ['v7'] },
    { repositories: 2, versions: ['v8'] },
  ]) {
    const { server, world, node } = await World.with('vb365', startVb365(options));
    await world.openPath(node, 'Backup Repositories');
    expect(server.requests.filter(({ path }) => /ObjectStorageRepositories/i.test(path))).toEqual([]);
  }
});

test('repositories are shown without the sizes of object storage where its list is refused', async () => {
  const { server, world, node } = await World.with('vb365', startVb365({ repositories: 2, versions: ['v7'] }));
  server.intercept = (request, response) => {
    const isList = /ObjectStorageRepositories/i.test(request.url ?? '');
    if (isList) {
      response.writeHead(500).end();
    }
    return isList;
  };
  const [, onObjectStorage] = items<Repository>(await world.openPath(node, 'Backup Repositories'));
  expect(onObjectStorage).toMatchObject({ objectStorage: true, usedBytes: undefined, capacityBytes: undefined });
});
