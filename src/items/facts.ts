// The registry of facts, apart from that of the kinds: what is loaded at activation needs none of them.

import { backupResourceFacts } from './backupResource';
import { backupServerFacts } from './backupServer';
import { companyFacts } from './company';
import { entraTenantFacts } from './entraTenant';
import { extentFacts } from './extent';
import type { Facts } from './fact';
import { gatewayFacts } from './gateway';
import { gatewayPoolFacts } from './gatewayPool';
import { hardwarePlanFacts } from './hardwarePlan';
import { headingFacts } from './heading';
import { hostedResourceFacts } from './hostedResource';
import type { ItemKind } from './item';
import { jobFacts } from './job';
import type { OfKind } from './kind';
import { locationFacts } from './location';
import { managedServerFacts } from './managedServer';
import { organizationFacts } from './organization';
import { protectedObjectFacts } from './protectedObject';
import { proxyFacts } from './proxy';
import { repositoryFacts } from './repository';
import { resellerFacts } from './reseller';
import { scaleOutRepositoryFacts } from './scaleOutRepository';
import { serverFacts } from './server';
import { siteFacts } from './site';
import { subtenantFacts } from './subtenant';
import { tenantFacts } from './tenant';
import { usedRepositoryFacts } from './usedRepository';
import { userFacts } from './user';

/** The facts of all kinds, in the order of {@link kinds}. */
export const facts: { readonly [Each in ItemKind]: Facts<OfKind<Each>> } = {
  server: serverFacts,
  group: headingFacts,
  repository: repositoryFacts,
  organization: organizationFacts,
  protectedUser: protectedObjectFacts,
  protectedGroup: protectedObjectFacts,
  protectedSite: protectedObjectFacts,
  protectedTeam: protectedObjectFacts,
  usedRepository: usedRepositoryFacts,
  job: jobFacts,
  proxy: proxyFacts,
  tenant: tenantFacts,
  subtenant: subtenantFacts,
  backupResource: backupResourceFacts,
  hardwarePlan: hardwarePlanFacts,
  gateway: gatewayFacts,
  backupServer: backupServerFacts,
  scaleOutRepository: scaleOutRepositoryFacts,
  extent: extentFacts,
  managedServer: managedServerFacts,
  entraTenant: entraTenantFacts,
  company: companyFacts,
  reseller: resellerFacts,
  site: siteFacts,
  location: locationFacts,
  user: userFacts,
  gatewayPool: gatewayPoolFacts,
  hostedResource: hostedResourceFacts,
};

/** The facts of a kind. Their functions take items of that kind. */
export function factsOfKind(kind: ItemKind): Facts {
  return facts[kind] as Facts;
}
