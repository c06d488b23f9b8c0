import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Everywhere, type Places } from '../../../src/everywhere/everywhere';
import { Inventory } from '../../../src/inventory/inventory';
import { reach } from '../../../src/inventory/loading/reach';
import type { Node } from '../../../src/inventory/tree/node';
import type { Item, Server } from '../../../src/items/item';
import type { SampleServer } from '../../sample-servers';
import { startFamily } from '../../sample-servers/family';
import { forThisTest } from '../forThisTest';
import { never } from '../never';
import { named, World } from '../support';

async function family() {
  const servers = await forThisTest(startFamily());
  const world = new World();
  const nodes = {
    vspc: await world.add('service-provider-console', servers.serviceProviderConsole, { name: 'vspc' }),
    em: await world.add('enterprise-manager', servers.enterpriseManager, { name: 'em' }),
    m365: await world.add('vb365', servers.vb365, { name: 'm365' }),
    vbr: await world.add('backup-replication', servers.backupReplication, { name: 'vbr' }),
  };
  return { servers, world, nodes, everywhere: new Everywhere(world.inventory, world.connections) };
}

function lines({ sightings }: Places): string[] {
  return sightings.map(({ node, certainty, evidence: { via, by } }) =>
    [`${node.root.item.name} ${node.item.kind} ${node.item.name}:`, certainty, via, by].filter(Boolean).join(' '),
  );
}

function gets(server: SampleServer<unknown>): string[] {
  return server.requests.splice(0).map(({ method, path }) => `${method} ${path.replace(/\?.*/, '')}`);
}

test('finds a company on the servers of all four products, and asks each for one thing once', async () => {
  const { servers, world, nodes, everywhere } = await family();
  for (const node of Object.values(nodes)) {
    await world.open(node);
  }
  const contoso = named(await world.openPath(nodes.vspc, 'Companies'), 'Contoso');
  const { vb365, enterpriseManager, backupReplication, serviceProviderConsole } = servers;
  for (const server of [vb365, enterpriseManager, backupReplication, serviceProviderConsole]) {
    server.requests.splice(0);
  }
  const places = await everywhere.look(contoso, never);
  const { repository } = serviceProviderConsole.data.backupServers.hostedResources[1] ?? {};
  expect(lines(places)).toEqual([
    'vspc company Contoso: certain itself',
    'vspc tenant Contoso: certain company',
    'vspc organization Contoso: certain company',
    'vspc hostedResource Hosted backup: certain company',
    'vspc hostedResource Microsoft 365 backup: certain company',
    'em tenant Contoso: byName hostName id',
    'm365 organization Contoso: certain installation id',
    `m365 repository ${vb365.data.repositories.at(0).name}: certain share id`,
    `vbr repository ${repository?.name}: certain share id`,
  ]);
  expect(places.skipped).toEqual([]);
  for (const server of [vb365, enterpriseManager, backupReplication, serviceProviderConsole]) {
    const asked = gets(server);
    expect(asked).toEqual([...new Set(asked)]);
  }
  const { node } = places.sightings.find(({ node }) => node.root === nodes.em) as { node: Node };
  expect(await reach(world.inventory, node.key, never)).toMatchObject({ item: { id: node.item.id, name: 'Contoso' } });
});

test('every place that was found can be reached in the tree', async () => {
  const { world, nodes, everywhere } = await family();
  for (const node of Object.values(nodes)) {
    await world.open(node);
  }
  const contoso = named(await world.openPath(nodes.vspc, 'Companies'), 'Contoso');
  const { sightings } = await everywhere.look(contoso, never);
  for (const { node } of sightings) {
    const reached = await reach(world.inventory, node.key, never);
    expect(reached?.item, node.key).toMatchObject({ kind: node.item.kind, id: node.item.id });
  }
});

test('finds the same from any of the places', async () => {
  const { world, nodes, everywhere } = await family();
  await world.open(nodes.vspc);
  await world.open(nodes.vbr);
  const tenant = named(await world.openPath(nodes.em, 'Cloud Tenants'), 'Contoso');
  const organization = named(await world.openPath(nodes.m365, 'Organizations'), 'Contoso');
  const expected = [
    'vspc company Contoso',
    'vspc tenant Contoso',
    'vspc organization Contoso',
    'vspc hostedResource Hosted backup',
    'vspc hostedResource Microsoft 365 backup',
    'em tenant Contoso',
    'm365 organization Contoso',
    'm365 repository Repo North',
    'vbr repository Cloud Volume 1',
  ];
  for (const subject of [tenant, organization]) {
    const places = await everywhere.look(subject, never);
    expect(lines(places).map(line => line.replace(/:.*/, ''))).toEqual(expected);
  }
  const fromOrganization = lines(await everywhere.look(organization, never));
  expect(fromOrganization.filter(line => !line.includes(' certain'))).toEqual([
    'em tenant Contoso: byName hostName id',
  ]);
});

test('finds a subtenant below the same tenant', async () => {
  const { world, nodes, everywhere } = await family();
  await world.open(nodes.vspc);
  const user = named(await world.openPath(nodes.em, 'Cloud Tenants', 'Northwind'), 'nw-user-01');
  const places = await everywhere.look(user, never);
  expect(lines(places)).toEqual([
    'vspc subtenant nw-user-01: byName hostName id',
    'em subtenant nw-user-01: certain itself',
  ]);
  const [{ node } = { node: user }] = places.sightings;
  expect(await reach(world.inventory, node.key, never)).toMatchObject({ item: { id: user.item.id } });
});

test('finds a repository of a backup server in the console that tells of it', async () => {
  const { servers, world, nodes, everywhere } = await family();
  await world.open(nodes.vspc);
  const { repository } = servers.serviceProviderConsole.data.backupServers.hostedResources[1] ?? {};
  const name = repository?.name ?? '';
  const here = named(await world.openPath(nodes.vbr, 'Backup Repositories'), name);
  const places = await everywhere.look(here, never);
  expect(lines(places)).toEqual([
    `vspc repository ${name}: certain installation id`,
    `vbr repository ${name}: certain itself`,
  ]);
  const [{ node } = { node: here }] = places.sightings;
  const there = await reach(world.inventory, node.key, never);
  expect(there?.item).toMatchObject({ id: repository?.id });
  await world.open(nodes.em);
  expect(lines(await everywhere.look(there as Node, never))).toHaveLength(2);
});

test('leaves alone what was not opened, is signed out or has failed, and says so', async () => {
  const { servers, world, nodes, everywhere } = await family();
  await servers.backupReplication.close();
  await world.open(nodes.vbr);
  await world.open(nodes.m365);
  await (await world.connections.of(nodes.m365.item.id))?.signOut(never);
  const contoso = named(await world.openPath(nodes.vspc, 'Companies'), 'Contoso');
  servers.vb365.requests.splice(0);
  const { sightings, skipped } = await everywhere.look(contoso, never);
  expect(sightings.map(({ node }) => node.root)).toEqual(Array.from({ length: 5 }, () => nodes.vspc));
  expect(skipped.map(({ server, why }) => [server.item.name, why])).toEqual([
    ['em', 'notOpened'],
    ['m365', 'signedOut'],
    ['vbr', 'failed'],
  ]);
  expect(skipped[2]?.failure?.kind).toBe('unreachable');
  expect(servers.enterpriseManager.requests).toEqual([]);
  expect(servers.vb365.requests).toEqual([]);
});

test('asks nothing for what is loaded', async () => {
  const { servers, world, nodes, everywhere } = await family();
  const organization = named(await world.openPath(nodes.m365, 'Organizations'), 'Contoso');
  await world.openPath(nodes.m365, 'Backup Repositories');
  await world.open(nodes.vspc);
  const servers365 = await world.openPath(nodes.vspc, 'Microsoft 365 Backup Servers', 'vb365-01.example.com');
  await world.open(named(servers365, 'Organizations'));
  await world.openPath(nodes.vspc, 'Backup Servers');
  await world.openPath(nodes.vspc, 'Enterprise Managers');
  for (const server of [servers.vb365, servers.serviceProviderConsole]) {
    server.requests.splice(0);
  }
  const told: Places[] = [];
  await everywhere.look(organization, never, places => told.push(places));
  // What only the two servers know of each other is known before anything is asked.
  expect(lines(told[1] as Places)).toContain('vspc organization Contoso: certain installation id');
  expect(gets(servers.vb365)).toEqual([]);
  const listsOfServers = /infrastructure\/(?:vb365Servers|backupServers|enterpriseManagers)$/;
  expect(gets(servers.serviceProviderConsole).filter(request => listsOfServers.test(request))).toEqual([]);
});

test('as many servers as there are listen for the end, which Node.js takes for no leak', async () => {
  const servers = Array.from(
    { length: 12 },
    (_, index): Server => ({
      kind: 'server',
      id: `server-${index}`,
      name: `server-${index}`,
      hasChildren: true,
      product: 'vb365',
      url: `https://server-${index}.example.com:4443`,
    }),
  );
  const organization: Item = { kind: 'organization', id: 'contoso', name: 'Contoso', hasChildren: false };
  const inventory = new Inventory({ children: async () => ({ items: [organization] }) }, { error: console.error });
  inventory.setServers(servers);
  for (const server of inventory.servers) {
    await inventory.complete(server, never);
  }
  const everywhere = new Everywhere(inventory, {
    of: async () => ({
      isSignedIn: true,
      installations: async (_wanted, signal) => {
        signal.addEventListener('abort', () => undefined);
        return { own: undefined, others: new Map() };
      },
      seek: async () => undefined,
    }),
  });
  const warnings: Error[] = [];
  const keep = (warning: Error) => warnings.push(warning);
  process.on('warning', keep);
  try {
    const [subject] = inventory.servers[0]?.openedBranch?.nodes ?? [];
    await everywhere.look(subject as Node, new AbortController().signal);
    await setImmediate();
  } finally {
    process.off('warning', keep);
  }
  expect(warnings).toEqual([]);
});
