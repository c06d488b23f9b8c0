import type { Place, Present } from '../../../src/changes/compare';
import { keyAbove, type ListRecord } from '../../../src/changes/listRecord';

export const list = 's1/group:tenants';

/** A tenant below the only heading of its server. */
export function tenantRecord(id: string, facts: Partial<ListRecord> = {}): ListRecord {
  const name = facts.name ?? `tenant ${id}`;
  return {
    server: 'em-prod',
    product: 'enterprise-manager',
    kind: 'tenant',
    path: ['em-prod', 'Cloud Tenants', name],
    name,
    id,
    enabled: true,
    quotaBytes: 1000,
    usedBytes: 100,
    key: `${list}/tenant:${id}`,
    ...facts,
  };
}

/** A subtenant below a tenant. */
export function subtenantRecord(tenant: string, id: string, facts: Partial<ListRecord> = {}): ListRecord {
  return {
    ...tenantRecord(id, facts),
    kind: 'subtenant',
    path: ['em-prod', 'Cloud Tenants', `tenant ${tenant}`, facts.name ?? `tenant ${id}`],
    key: `${list}/tenant:${tenant}/subtenant:${id}`,
    ...facts,
  };
}

/** All that was read is there as a whole, apart from these places. */
export function present(records: readonly ListRecord[], others: Readonly<Record<string, Place>> = {}): Present {
  const places = new Map<string, Place>([
    ['s1', 'whole'],
    [list, 'whole'],
  ]);
  for (const { key } of records) {
    for (let each: string | undefined = key; each !== undefined; each = keyAbove(each)) {
      places.set(each, 'whole');
    }
  }
  for (const [key, place] of Object.entries(others)) {
    places.set(key, place);
  }
  return { records, places };
}
