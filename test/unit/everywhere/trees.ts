import { Inventory } from '../../../src/inventory/inventory';
import type { Node } from '../../../src/inventory/tree/node';
import type { Company, Heading, Item, ItemKind, Organization, Repository, Server } from '../../../src/items/item';
import type { KnownInstallations } from '../../../src/products/seek';
import { never } from '../never';

/** An item with what is below it. */
export type Tree = readonly [item: Item, ...below: Tree[]];

/** An inventory in which all of the trees are loaded, one for each server. */
export async function loaded(...trees: Tree[]): Promise<Inventory> {
  const below = new Map<Item, readonly Tree[]>();
  const note = ([item, ...children]: Tree): void => {
    below.set(item, children);
    children.forEach(note);
  };
  trees.forEach(note);
  const servers = trees.map(([item]) => item as Server);
  const childrenOf = (id: string, item: Item) =>
    below.get(item.kind === 'server' ? (servers.find(each => each.id === id) ?? item) : item) ?? [];
  const inventory = new Inventory(
    { children: async (id, item) => ({ items: childrenOf(id, item).map(([each]) => each) }) },
    { error: console.error },
  );
  inventory.setServers(servers);
  for (const node of inventory.loaded()) {
    await inventory.complete(node, never);
  }
  return inventory;
}

export function server(id: string, product: string, host = `${id}.example.com`): Server {
  return { kind: 'server', id, name: id, hasChildren: true, product, url: `https://${host}:9000` };
}

export function group(id: string, contains: ItemKind): Heading {
  return { kind: 'group', id, name: id, contains, hasChildren: true };
}

export function repository(id: string, name: string, more: Partial<Repository> = {}): Repository {
  return { kind: 'repository', id, name, hasChildren: false, objectStorage: false, ...more };
}

export function organization(id: string, name: string, more: Partial<Organization> = {}): Organization {
  return { kind: 'organization', id, name, hasChildren: false, ...more };
}

export function company(id: string, name: string): Company {
  return { kind: 'company', id, name, hasChildren: true };
}

/** What servers tell of installations, by the ids of the servers. */
export function told(
  { servers }: Inventory,
  all: Readonly<Record<string, Partial<KnownInstallations>>>,
): ReadonlyMap<Node, KnownInstallations> {
  return new Map(
    servers.flatMap((node): [Node, KnownInstallations][] => {
      const known = all[node.item.id];
      return known ? [[node, { own: known.own, others: known.others ?? new Map() }]] : [];
    }),
  );
}
