import { describe, expect, test } from 'vitest';
import { crawl } from '../../../../src/inventory/loading/loadAllBelow';
import { type Node, withAllBelow } from '../../../../src/inventory/tree/node';
import type { Repository, Tenant } from '../../../../src/items/item';
import {
  PLANTED_SECRET,
  type ServiceProviderConsoleOptions,
  type ServiceProviderConsoleServer,
  startServiceProviderConsole,
} from '../../../sample-servers';
import { never } from '../../never';
import { World } from '../../support';

async function walked(options: Partial<ServiceProviderConsoleOptions>, facts?: Parameters<World['add']>[2]) {
  const { server, world, node } = await World.with(
    'service-provider-console',
    startServiceProviderConsole(options),
    facts,
  );
  const { failed } = await crawl(world.inventory, [node], { signal: never });
  return { server, world, node, failed, nodes: [...withAllBelow([node])] };
}

/** Each list that was asked for, with the offsets of the pages, in the order of the requests. */
function pagesIn({ requests }: ServiceProviderConsoleServer): ReadonlyMap<string, readonly number[]> {
  const pages = new Map<string, number[]>();
  for (const { path } of requests) {
    const { pathname, searchParams } = new URL(path, 'https://vspc.example.com');
    const offset = searchParams.get('offset');
    if (offset !== null) {
      searchParams.delete('offset');
      const list = `${pathname.replace('/api/v3/', '')} ${searchParams}`;
      pages.set(list, [...(pages.get(list) ?? []), Number(offset)]);
    }
  }
  return pages;
}

const countOf = (nodes: readonly Node[], kind: string) => nodes.filter(({ item }) => item.kind === kind).length;

describe('a walk through 1,200 companies', () => {
  test.each([
    ['3.5.1', 110],
    ['3.6.1', 107],
    ['3.7', 107],
  ] as const)('asks for each page of each list once: %s', async (version, requests) => {
    const { server, nodes, failed } = await walked({ companies: 1200, version });
    expect(failed).toEqual([]);
    expect(countOf(nodes, 'company')).toBe(1200);
    const pages = pagesIn(server);
    for (const [list, offsets] of pages) {
      expect(offsets, list).toEqual(offsets.map((_, page) => page * 500));
    }
    expect(pages.get('organizations/companies limit=500')).toEqual([0, 500, 1000]);
    expect([...pages.values()].flat()).toHaveLength(requests);
  });
});

describe.each(['3.5.1', '3.6.1', '3.7'] as const)('API %s', version => {
  test.each([
    ['EXAMPLE\\svc-browse', ['company', 'reseller', 'site', 'tenant', 'user', 'hostedResource', 'job'], []],
    ['EXAMPLE\\readonly', ['company', 'reseller', 'site', 'tenant', 'hostedResource', 'job'], ['user']],
    ['fabrikam-resale\\owner', ['company', 'reseller', 'site', 'tenant', 'user'], []],
    ['fabrikam-resale\\user', ['company', 'reseller', 'tenant'], ['user']],
    ['northwind\\owner', ['company', 'tenant', 'backupResource', 'user', 'location'], ['reseller', 'site']],
    ['northwind\\location', ['backupServer', 'job'], ['tenant', 'reseller', 'site', 'user']],
  ] as const)('shows %s what it may see, and no failure', async (userName, there, not) => {
    const { nodes, failed } = await walked({ companies: 12, version }, { userName });
    expect(failed.map(({ node, failure }) => [node.item.name, failure.message])).toEqual([]);
    expect(there.filter(kind => countOf(nodes, kind) === 0)).toEqual([]);
    expect(not.filter(kind => countOf(nodes, kind) > 0)).toEqual([]);
  });

  test('has items and details without the secrets that the server leaves in its bodies', async () => {
    const { world, node, nodes } = await walked({ companies: 6, version });
    // Copies, exports and the tools are made of these.
    expect(JSON.stringify(nodes.map(({ item }) => item))).not.toContain(PLANTED_SECRET);
    for (const item of new Map(nodes.map(each => [each.item.kind, each.item])).values()) {
      const details = await world.connections.details(node.item.id, item, never);
      expect(JSON.stringify(details ?? ''), item.kind).not.toContain(PLANTED_SECRET);
    }
  });

  test('has two tenants of a company on two sites, and repositories whose size nobody knows', async () => {
    const { world, node, nodes } = await walked({ companies: 6, version });
    const rows = await world.openPath(node, 'Companies', 'Fabrikam', 'Cloud Connect Tenants');
    const tenants = rows.flatMap(row => (row.type === 'node' ? [row.item as Tenant] : []));
    expect(tenants).toHaveLength(2);
    expect(new Set(tenants.map(({ backupServer }) => backupServer)).size).toBe(2);
    const sizes = nodes
      .filter(({ item }) => item.kind === 'repository' && item.name === 'Old share')
      .map(({ item }) => item as Repository);
    expect(sizes.length).toBeGreaterThan(0);
    expect(sizes.every(({ capacityBytes, freeBytes }) => capacityBytes === undefined && freeBytes === undefined)).toBe(
      true,
    );
  });
});
