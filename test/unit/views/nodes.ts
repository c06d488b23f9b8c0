import { Node } from '../../../src/inventory/tree/node';
import type { Item, Server, Tenant } from '../../../src/items/item';
import type { ResourceAt } from '../../../src/servers/connection/connection';
import { serverOf, tenant } from '../items';

export function serverNode(facts: Partial<Server> = {}): Node {
  return new Node(undefined, serverOf('server-1', { name: 'em-prod', userName: 'EXAMPLE\\svc-browse', ...facts }));
}

export function below(parent: Node, item: Item): Node {
  return new Node(parent, item);
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
  const northwind = tenant('5f3a', {
    urn: 'urn:veeam:CloudTenant:5f3a',
    name: 'Northwind',
    resources: [{ id: 'r1', name: 'Cloud Repo' }],
    enabled: true,
    quotaBytes: 1024 ** 3,
    ...facts,
  });
  return below(group, northwind);
}

export function resourceAt(url: string, facts: Partial<ResourceAt> = {}): ResourceAt {
  return {
    url,
    path: new URL(url).pathname,
    isList: false,
    formats: ['json'],
    tokenHeader: { name: 'Authorization', prefix: 'Bearer ', variable: 'VB365_TOKEN' },
    versionHeaders: {},
    ...facts,
  };
}
