// What works for one kind of items works for each of them, on servers of all products: a kind that is forgotten fails.

import { expect, test } from 'vitest';
import { AgentTools } from '../../src/agents/tools';
import { crawl } from '../../src/inventory/loading/loadAllBelow';
import { IdIndex } from '../../src/inventory/search/idIndex';
import { idsInText } from '../../src/inventory/search/idsInText';
import { type Node, withAllBelow } from '../../src/inventory/tree/node';
import { inOrder, ordersOf } from '../../src/inventory/tree/order';
import { Sections } from '../../src/inventory/tree/section';
import { factsOfKind } from '../../src/items/facts';
import type { ItemKind } from '../../src/items/item';
import { allKinds } from '../../src/items/kinds';
import { products } from '../../src/products/registry';
import { startFamily } from '../sample-servers/family';
import { forThisTest } from './forThisTest';
import { never } from './never';
import { World } from './support';

/** Those that have an ID of their own on a server. */
const kinds: readonly ItemKind[] = allKinds().filter(kind => kind !== 'server' && kind !== 'group');

/** Longest that VS Code looks for IDs by. */
const shortestId = 8;

/** A server of each product, with everything on them loaded. */
async function family() {
  const { vb365, enterpriseManager, backupReplication, serviceProviderConsole } = await forThisTest(
    startFamily({ serviceProviderConsole: { companies: 12 }, enterpriseManager: { tenants: 4 } }),
  );
  const world = new World();
  for (const [product, server] of Object.entries({
    vb365,
    'enterprise-manager': enterpriseManager,
    'backup-replication': backupReplication,
    'service-provider-console': serviceProviderConsole,
  })) {
    await world.add(product, server);
  }
  const { failed } = await crawl(world.inventory, world.inventory.servers, { signal: never, onDemand: 'all' });
  expect(failed).toEqual([]);
  return { world, nodes: [...withAllBelow(world.inventory.servers)] };
}

/** One node of each kind on each product that has the kind, with an ID of its own. */
function examplesIn(nodes: readonly Node[]): readonly { readonly kind: ItemKind; readonly node: Node }[] {
  const found = new Map<string, { readonly kind: ItemKind; readonly node: Node }>();
  for (const node of nodes) {
    const { item, root } = node;
    const place = `${item.kind} ${root.item.kind === 'server' ? root.item.product : ''}`;
    if (kinds.includes(item.kind) && item.id.length >= shortestId && !found.has(place)) {
      found.set(place, { kind: item.kind, node });
    }
  }
  return [...found.values()];
}

test('the sample servers have each kind, and each product its own', async () => {
  const { nodes } = await family();
  const examples = examplesIn(nodes);
  expect(kinds.filter(kind => !examples.some(each => each.kind === kind))).toEqual([]);
  const productsOf = new Set(
    examples.map(({ node }) => (node.root.item.kind === 'server' ? node.root.item.product : '')),
  );
  expect([...productsOf].sort()).toEqual(products.map(({ id }) => id).sort());
});

test('an ID in a text is known again, whatever stands around it', async () => {
  const { world, nodes } = await family();
  const ids = new IdIndex(world.inventory);
  const isKnown = (id: string) => ids.find(id).length > 0;
  for (const { kind, node } of examplesIn(nodes)) {
    const { id } = node.item;
    for (const text of [id, `"id": "${id}",`, `- '${id}'`, `(${id})`]) {
      const found = [...idsInText(text, isKnown)];
      expect(
        found.map(each => text.slice(each.start, each.end)),
        `${kind} in ${text}`,
      ).toContain(id);
      expect(ids.find(id), kind).toContain(node);
    }
    expect(world.inventory.find(node.key), kind).toBe(node);
  }
});

test('the tools for language models find each, list it and tell of it, by the same key', async () => {
  const { world, nodes } = await family();
  const tools = new AgentTools(world.inventory, new IdIndex(world.inventory), world.connections);
  const call = async (name: string, input: object) =>
    JSON.parse(await tools.run(`backupTenancy_${name}`, input, never));
  for (const { kind, node } of examplesIn(nodes)) {
    const { id } = node.item;
    const found = await call('find', { query: id, kind });
    expect(
      found.items.map((each: { key: string }) => each.key),
      kind,
    ).toContain(node.key);
    const {
      item: [item],
    } = await call('get_item', { key: node.key });
    expect(item, kind).toMatchObject({ key: node.key, kind, id });
    expect(JSON.stringify(item), kind).not.toMatch(/NaN|undefined/);
    const { parent } = await call('list_children', { key: node.parent?.key, limit: 1 });
    expect(parent.key, kind).toBe(node.parent?.key);
  }
});

test('each order and each grouping of a kind takes all rows below its headings, and leaves none', async () => {
  const { nodes } = await family();
  const { compare } = new Intl.Collator('en', { numeric: true });
  const sections = new Sections();
  const grouped: string[] = [];
  for (const heading of nodes) {
    const { item, openedBranch } = heading;
    const rows = (openedBranch?.nodes ?? []).filter(node => item.kind === 'group' && node.item.kind === item.contains);
    if (item.kind !== 'group' || rows.length === 0) {
      continue;
    }
    for (const order of ordersOf(item.contains)) {
      expect(new Set(inOrder(rows, () => order, compare)), `${item.contains} by ${order}`).toEqual(new Set(rows));
    }
    for (const [by, grouping] of Object.entries(factsOfKind(item.contains).groupings ?? {})) {
      const shown = sections.of(heading, rows, by, compare) ?? [];
      expect(new Set(shown.flatMap(section => section.nodes)), `${item.contains} by ${by}`).toEqual(new Set(rows));
      for (const section of shown) {
        expect(grouping.nameOf(section.value)).not.toBe('');
        grouped.push(`${item.contains} by ${by}: ${section.value === '' ? 'none' : 'some'}`);
      }
    }
  }
  // Tenants of companies and without one; companies of resellers and of the provider itself.
  for (const kind of ['tenant', 'company']) {
    expect(grouped).toContain(`${kind} by owner: some`);
    expect(grouped).toContain(`${kind} by owner: none`);
  }
});
