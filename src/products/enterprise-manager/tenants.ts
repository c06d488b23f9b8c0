import * as l10n from '@vscode/l10n';
import { Failure, isFailure, type Remedy } from '../../base/failure';
import { headingOf } from '../../items/heading';
import type { Item, Repository, Subtenant, Tenant } from '../../items/item';
import type { Api } from '../product';
import { mapped, type ReadList } from '../reading/readList';
import { ifPossible } from '../reading/whenMissing';
import { EnterpriseManagerClient } from './client';
import { backupResourceItem, repositoryNames, subtenantItem, tenantItem } from './items';
import { ownTenant } from './session';
import type { AnyonesSubtenantBody } from './wire';

/** The tenants, with the names of the repositories that their shares are of. */
export async function tenants(api: Api, signal: AbortSignal): Promise<ReadList<Tenant>> {
  const client = new EnterpriseManagerClient(api);
  if ((await api.features(signal)).includes(ownTenant)) {
    return await itself(client, api.host, signal);
  }
  const [bodies, repositories] = await Promise.all([
    client.tenants(signal),
    ifPossible(client.allRepositories(signal)),
  ]);
  const names = repositoryNames(repositories?.elements ?? []);
  return mapped(bodies, body => tenantItem(body, names));
}

/** The tenant whose account has signed in. The vendor documents failover plans and replicas for it, and no tenants. */
async function itself(client: EnterpriseManagerClient, host: string, signal: AbortSignal): Promise<ReadList<Tenant>> {
  try {
    return mapped(await client.tenants(signal), body => tenantItem(body, new Map()));
  } catch (error) {
    if (isFailure(error) && (error.kind === 'accessDenied' || error.kind === 'notFound')) {
      throw new TenantsWithheld(host, error.detail);
    }
    throw error;
  }
}

/** A tenant's own account may not read of the tenant. */
class TenantsWithheld extends Failure {
  readonly kind = 'accessDenied';
  readonly short = l10n.t('access denied');
  override readonly remedies: readonly Remedy[] = ['edit', 'retry', 'showLog'];
  constructor(host: string, said?: string) {
    super(
      l10n.t("{0} does not let a tenant's own account read the tenant, its quotas and its subtenants.", host),
      said,
    );
  }
}

export async function childrenOfTenant(api: Api, tenant: Tenant, signal: AbortSignal): Promise<ReadList<Item>> {
  if (!tenant.hasSubtenants) {
    return { elements: withResources(tenant, []) };
  }
  const bodies = await new EnterpriseManagerClient(api).subtenants(tenant.id, signal);
  const { elements, unreadable } = mapped(bodies, body => subtenantItem(body, tenant.id));
  return { elements: withResources(tenant, elements), unreadable };
}

/** What {@link childrenOfTenant} gives for each of them, by a few requests for all. */
export async function childrenOfTenants(
  api: Api,
  parents: readonly Tenant[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly Item[]> | undefined> {
  if ((await api.features(signal)).includes(ownTenant)) {
    return undefined;
  }
  const families = new Map(parents.map(tenant => [tenant.id.toLowerCase(), { tenant, subtenants: [] as Subtenant[] }]));
  for await (const body of new EnterpriseManagerClient(api).allSubtenants(signal)) {
    const tenantId = tenantIdOf(body);
    if (tenantId === undefined) {
      return undefined; // then it is not known either whose list is complete
    }
    const family = families.get(tenantId.toLowerCase());
    if (family?.tenant.hasSubtenants) {
      family.subtenants.push(subtenantItem(body, family.tenant.id));
    }
  }
  return new Map(
    [...families.values()].map(({ tenant, subtenants }) => [tenant.id, withResources(tenant, subtenants.sort(byName))]),
  );
}

const collator = new Intl.Collator('en', { numeric: true });

/** They come in the order of their ids, which is none to a person. */
function byName(a: Subtenant, b: Subtenant): number {
  return collator.compare(a.name, b.name);
}

/** Those who may fill a repository. */
export async function quotaHolders(api: Api, { urn }: Repository, signal: AbortSignal): Promise<ReadList<Item>> {
  const isHere = urn?.toLowerCase();
  const { elements, unreadable } = await tenants(api, signal);
  const holders = elements.flatMap(tenant =>
    tenant.resources
      .filter(({ repositoryUrn }) => repositoryUrn?.toLowerCase() === isHere)
      .map(resource => backupResourceItem(tenant, resource, 'repository')),
  );
  return { elements: holders, unreadable };
}

/** What a tenant's own row was made of tells its shares already. */
function withResources(tenant: Tenant, subtenants: readonly Subtenant[]): readonly Item[] {
  if (tenant.resources.length === 0) {
    return subtenants;
  }
  const resources = headingOf('backupResources', l10n.t('Backup Resources'), 'backupResource', {
    scope: { tenantId: tenant.id },
    known: tenant.resources.map(resource => backupResourceItem(tenant, resource, 'tenant')),
  });
  return [resources, ...subtenants];
}

/** Stands in the link to the tenant, which may name another host, or else in the subtenant's own address. */
function tenantIdOf({ Links, Href }: AnyonesSubtenantBody): string | undefined {
  const up = Links.find(({ Rel, Type }) => Rel === 'Up' && Type === 'CloudTenant')?.Href;
  return /\/cloud\/tenants\/([^/?#]+)/i.exec(up ?? Href ?? '')?.[1];
}
