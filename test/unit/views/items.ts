import { Node } from '../../../src/inventory/node';
import type { Item, Server, Tenant } from '../../../src/products/item';
import type { ResourceAt } from '../../../src/servers/connection';

export function serverNode(facts: Partial<Server> = {}): Node {
  const item: Server = {
    kind: 'server',
    id: 'server-1',
    name: 'em-prod',
    hasChildren: true,
    product: 'enterprise-manager',
    url: 'https://em.example.com:9398',
    userName: 'EXAMPLE\\svc-browse',
    ...facts,
  };
  return new Node(undefined, item);
}

export function below(parent: Node, item: Item): Node {
  return new Node(parent, item);
}

function tenant(facts: Partial<Tenant> = {}): Tenant {
  return {
    kind: 'tenant',
    id: '5f3a',
    urn: 'urn:veeam:CloudTenant:5f3a',
    name: 'Northwind',
    hasChildren: true,
    hasSubtenants: true,
    resources: [{ id: 'r1', name: 'Cloud Repo' }],
    enabled: true,
    quotaBytes: 1024 ** 3,
    ...facts,
  };
}

/** A tenant at its place. */
export function tenantNode(facts: Partial<Tenant> = {}, server = serverNode()): Node {
  const group = below(server, {
    kind: 'group',
    id: 'tenants',
    name: 'Cloud Tenants',
    contains: 'tenant',
    hasChildren: true,
  });
  return below(group, tenant(facts));
}

export function resourceAt(url: string, facts: Partial<ResourceAt> = {}): ResourceAt {
  return {
    url,
    path: new URL(url).pathname,
    isList: false,
    formats: ['json'],
    tokenHeader: { name: 'Authorization', prefix: 'Bearer ', variable: 'VB365_TOKEN' },
    ...facts,
  };
}
