// Items that a test needs, and does not need to be anything particular.
import type { Item, ItemKind, Server, Subtenant, Tenant } from '../../src/items/item';

export function serverOf(id: string, facts: Partial<Server> = {}): Server {
  const url = 'https://em.example.com:9398';
  return { kind: 'server', id, name: id, hasChildren: true, product: 'enterprise-manager', url, ...facts };
}

export function tenant(id: string, facts: Partial<Tenant> = {}): Tenant {
  return { kind: 'tenant', id, name: id, hasChildren: true, hasSubtenants: true, resources: [], ...facts };
}

export function subtenant(id: string, facts: Partial<Subtenant> = {}): Subtenant {
  return { kind: 'subtenant', id, name: id, hasChildren: false, tenantId: 't', unlimited: true, ...facts };
}

/** An item called Northwind, with those of its facts that a test needs. */
export function item(kind: ItemKind, facts: object = {}): Item {
  const lists = { resources: [], extents: [] };
  return { kind, id: 'id-1', name: 'Northwind', hasChildren: false, ...lists, ...facts } as unknown as Item;
}
