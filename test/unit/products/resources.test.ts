import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { crawl } from '../../../src/inventory/loading/loadAllBelow';
import type { Node } from '../../../src/inventory/tree/node';
import type { Item, ItemKind } from '../../../src/items/item';
import { type SampleServer, startEnterpriseManager, startVb365 } from '../../sample-servers';
import { never } from '../never';
import { named, World } from '../support';

const onDemand: ReadonlySet<ItemKind> = new Set<ItemKind>([
  'protectedUser',
  'protectedGroup',
  'protectedSite',
  'protectedTeam',
  'usedRepository',
  'job',
]);

/** The last item of each kind that a server has: the one that is on the last page. */
async function lastOfEachKind(world: World, node: Node): Promise<Map<string, Item>> {
  const { failed } = await crawl(world.inventory, [node], { signal: never, onDemand });
  expect(failed).toEqual([]);
  const last = new Map<string, Item>();
  for (const { item } of world.inventory.loaded()) {
    const where = item.kind === 'organization' ? (item.repositoryId ? ' in a repository' : ' configured') : '';
    if (item.kind !== 'server' && item.kind !== 'group') {
      last.set(`${item.kind}${where}`, item);
    }
  }
  return last;
}

describe.each(['v3', 'v5', 'v6', 'v7', 'v8'])('VB365 %s', version => {
  let server: SampleServer<unknown>;

  beforeAll(async () => {
    const size = { repositories: 9, organizations: 9, organizationsPerRepository: 9, usersPerOrganization: 3 };
    server = await startVb365({ versions: [version], ...size, maxLimit: 4, hostileNames: true });
  });
  afterAll(() => server.close());

  test('has every item where it says, to the letter, and says so when it is gone', async () => {
    const world = new World();
    const node = await world.add('vb365', server);
    const items = await lastOfEachKind(world, node);
    expect([...items.keys()].sort()).toEqual(
      [
        ...['repository', 'organization configured', 'organization in a repository', 'usedRepository', 'job', 'proxy'],
        ...['protectedUser', 'protectedGroup', 'protectedSite'],
        ...(version === 'v3' ? [] : ['protectedTeam']),
      ].sort(),
    );
    for (const [kind, item] of items) {
      const resource = await world.connections.resource(node.item.id, item, never);
      expect(resource).toMatchObject({
        formats: ['json'],
        isList: kind === 'usedRepository' || kind === 'organization in a repository',
      });
      expect(resource?.path.startsWith(`/${version}/`)).toBe(true);
      const document = JSON.parse(
        (await world.connections.document(node.item.id, item, 'json', never)) ?? '',
      ) as Record<string, unknown>;
      if (kind === 'usedRepository') {
        expect(JSON.stringify(document)).toContain(version === 'v3' ? item.name : item.id);
      } else {
        expect(document.id).toBe(item.id);
      }
      const gone = { ...item, id: 'gone', name: 'gone' };
      await expect(world.connections.document(node.item.id, gone, 'json', never)).rejects.toMatchObject({
        kind: 'notFound',
      });
    }
  });
});

describe.each([
  ['JSON', 'v1_7'],
  ['XML', 'v1_7'],
  ['XML', 'v1_4'],
])('Enterprise Manager in %s of %s', (name, version) => {
  test('has every item where it says, and says so when it is gone', async () => {
    const { world, node } = await World.with(
      'enterprise-manager',
      startEnterpriseManager({ versions: [version], hostileNames: true }),
    );
    const items = await lastOfEachKind(world, node);
    expect([...items.keys()].sort()).toEqual(
      ['tenant', 'subtenant', 'backupResource', 'backupServer', 'repository', 'gateway', 'hardwarePlan'].sort(),
    );
    const format = name === 'JSON' ? 'json' : 'xml';
    for (const item of items.values()) {
      const resource = await world.connections.resource(node.item.id, item, never);
      expect(resource?.formats).toEqual(['json', 'xml']);
      expect(resource?.isList).toBe(false);
      const document = (await world.connections.document(node.item.id, item, format, never)) ?? '';
      expect(document.trimStart().startsWith(format === 'json' ? '{' : '<')).toBe(true);
      expect(document).toContain(item.id);
      const gone = { ...item, id: '00000000-0000-4000-8000-000000000000' };
      await expect(world.connections.document(node.item.id, gone, format, never)).rejects.toMatchObject({
        kind: 'notFound',
      });
    }
  });
});

test('a share of a repository is the same thing below the tenant and below the repository', async () => {
  const { world, node } = await World.with('enterprise-manager', startEnterpriseManager());
  const below = async (...path: string[]) => {
    const name = path.pop() ?? '';
    const { item } = named(await world.openPath(node, ...path), name);
    return await world.connections.resource(node.item.id, item, never);
  };
  const resource = await below('Cloud Tenants', 'Northwind', 'Backup Resources', 'Cloud Volume 1');
  expect(resource?.path).toContain('/resources/');
  expect(await below('Backup Servers', 'vbr01', 'Cloud Volume 1', 'Northwind')).toEqual(resource);
});
