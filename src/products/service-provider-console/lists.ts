import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { isObject } from '../../base/isObject';
import { UnexpectedShape } from '../failures';
import { amount, shapeOf } from '../reading/decode';
import type { Asked, ListBody } from '../reading/jsonResources';
import { pagingBehind } from '../reading/pages';
import {
  jobBody,
  managedServerBody,
  mappingBody,
  organizationBody,
  organizationRepositoryBody,
  proxyBody,
  repositoryBody,
  serverBody,
} from './serverWire';
import {
  backupResourceBody,
  backupResourceUsageBody,
  companyBody,
  companySiteBody,
  gatewayBody,
  gatewayPoolBody,
  hardwarePlanBody,
  hostedServerBody,
  hostedShareBody,
  locationBody,
  replicationUsageBody,
  resellerBody,
  resellerShareBody,
  resellerSiteBody,
  siteBody,
  subtenantBody,
  subtenantQuotaBody,
  tenantBody,
  userBody,
} from './wire';

/** A list of the API: what it is called in a sentence, and what is in it. */
export interface ListOf<Element> {
  readonly expected: () => string;
  readonly element: v.GenericSchema<unknown, Element>;
}

function listOf<Element>(expected: () => string, element: v.GenericSchema<unknown, Element>): ListOf<Element> {
  return { expected, element };
}

export const lists = {
  companies: listOf(() => l10n.t('a list of companies'), companyBody),
  resellers: listOf(() => l10n.t('a list of resellers'), resellerBody),
  resellerSites: listOf(() => l10n.t('a list of sites of resellers'), resellerSiteBody),
  resellerShares: listOf(() => l10n.t('a list of backup resources'), resellerShareBody),
  locations: listOf(() => l10n.t('a list of locations'), locationBody),
  users: listOf(() => l10n.t('a list of users'), userBody),
  sites: listOf(() => l10n.t('a list of Cloud Connect sites'), siteBody),
  tenants: listOf(() => l10n.t('a list of tenants'), tenantBody),
  companySites: listOf(() => l10n.t('a list of tenants'), companySiteBody),
  backupResources: listOf(() => l10n.t('a list of backup resources'), backupResourceBody),
  usage: listOf(() => l10n.t('a list of backup resources'), backupResourceUsageBody),
  replicationUsage: listOf(() => l10n.t('a list of replication resources'), replicationUsageBody),
  subtenants: listOf(() => l10n.t('a list of subtenants'), subtenantBody),
  subtenantQuotas: listOf(() => l10n.t('a list of backup resources'), subtenantQuotaBody),
  gateways: listOf(() => l10n.t('a list of cloud gateways'), gatewayBody),
  gatewayPools: listOf(() => l10n.t('a list of gateway pools'), gatewayPoolBody),
  hardwarePlans: listOf(() => l10n.t('a list of hardware plans'), hardwarePlanBody),
  hostedServers: listOf(() => l10n.t('a list of hosted resources'), hostedServerBody),
  hostedShares: listOf(() => l10n.t('a list of hosted resources'), hostedShareBody),
  servers: listOf(() => l10n.t('a list of servers'), serverBody),
  managedServers: listOf(() => l10n.t('a list of servers'), managedServerBody),
  organizations: listOf(() => l10n.t('a list of organizations'), organizationBody),
  mappings: listOf(() => l10n.t('a list of organizations'), mappingBody),
  repositories: listOf(() => l10n.t('a list of backup repositories'), repositoryBody),
  organizationRepositories: listOf(() => l10n.t('a list of backup repositories'), organizationRepositoryBody),
  jobs: listOf(() => l10n.t('a list of backup jobs'), jobBody),
  proxies: listOf(() => l10n.t('a list of backup proxies'), proxyBody),
} as const;

/**
 * A list with its elements as they came.
 * @throws {UnexpectedShape}
 */
export function envelope(host: string, expected: string, body: unknown, asked: Asked): ListBody<unknown> {
  if (!isObject(body) || !Array.isArray(body.data)) {
    throw new UnexpectedShape(host, expected, shapeOf(body));
  }
  const paging = isObject(body.meta) && isObject(body.meta.pagingInfo) ? body.meta.pagingInfo : {};
  return { elements: body.data, ...pagingBehind(v.parse(amount, paging.total), body.data.length, asked) };
}
