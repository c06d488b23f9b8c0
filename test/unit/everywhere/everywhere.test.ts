import { expect, test } from 'vitest';
import { Everywhere, type Places } from '../../../src/everywhere/everywhere';
import type { Node } from '../../../src/inventory/tree/node';
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
  expect(await world.inventory.reach(node.key, never)).toMatchObject({ item: { id: node.item.id, name: 'Contoso' } });
});
