import * as l10n from '@vscode/l10n';
import { enabledFact, type Facts } from './fact';
import type { Common } from './item';
import type { Kind } from './kind';
import type { ReportTable } from './reported';
import { toneOfResult } from './result';
import { quotaText } from './spaceText';

/** A Cloud Connect tenant. */
export interface Tenant extends Common {
  readonly kind: 'tenant';
  readonly urn?: string | undefined;
  readonly enabled?: boolean | undefined;
  /** `Standalone`, `vCD`, `ActiveDirectory`. */
  readonly type?: string | undefined;
  /** Sum over its backup resources. */
  readonly quotaBytes?: number | undefined;
  readonly usedBytes?: number | undefined;
  readonly resources: readonly TenantResource[];
  /** Tenants of vCloud Director cannot have subtenants. */
  readonly hasSubtenants: boolean;
  /** Whether it can be subscribed to hardware plans, so that what it uses of them can be asked for. */
  readonly hasComputeResources?: boolean;
  readonly backupServer?: string | undefined;
  /** Whose tenant it is, where its product knows companies. Some belong to none. */
  readonly companyId?: string | undefined;
  readonly companyName?: string | undefined;
  /** `Success`, `Warning`, `Failed`, `None`. */
  readonly lastResult?: string | undefined;
  readonly lastActive?: string | undefined;
  readonly leaseExpires?: string | undefined;
  /** 0 is no limit. */
  readonly maxConcurrentTasks?: number | undefined;
  /** What its traffic is held down to, in `throttlingUnit`; undefined without throttling. */
  readonly throttlingLimit?: number | undefined;
  /** `KB/s`, `Mbit/s`, `MB/s`, or what the server calls another one. */
  readonly throttlingUnit?: string | undefined;
  /** The names of the gateway pools that it may use, with commas between them. */
  readonly gatewayPools?: string | undefined;
}

/** A share of a cloud repository that a tenant may fill. */
export interface TenantResource {
  readonly id: string;
  readonly name: string;
  readonly repositoryUrn?: string | undefined;
  readonly repositoryId?: string | undefined;
  readonly repositoryName?: string | undefined;
  readonly quotaBytes?: number | undefined;
  readonly usedBytes?: number | undefined;
}

/** So many days ahead, the row says that the lease expires; details and tooltip always do. */
const daysOfNotice = 30;

export const tenant: Kind<Tenant> = {
  name: () => l10n.t('Tenant'),
  emptyBelow: () => l10n.t('No subtenants'),
  prefix: 't',
  icon: ({ enabled, lastResult }) =>
    enabled === false
      ? { name: 'circle-slash', tone: 'warning' }
      : { name: 'briefcase', tone: toneOfResult(lastResult) },
  beside: ({ name, usedBytes, quotaBytes, enabled, lastResult, companyName, backupServer, leaseExpires }, words) => [
    enabled === false && l10n.t('disabled'),
    words.timeLeft(leaseExpires, daysOfNotice),
    toneOfResult(lastResult) && lastResult,
    quotaText(usedBytes, quotaBytes, words),
    companyName !== name && companyName,
    backupServer,
  ],
  countsBelow: true,
  space: { used: 'usedBytes', limit: 'quotaBytes' },
  activity: 'lastActive',
};

/** The table of quotas in the report, which subtenants share. */
export const quotas: ReportTable = {
  id: 'quotas',
  rank: 1,
  title: () => l10n.t('Tenants and Subtenants'),
  limit: () => l10n.t('Quota'),
  place: () => l10n.t('Parent'),
};

export const tenantFacts: Facts<Tenant> = {
  facts: {
    enabled: enabledFact,
    type: { form: 'text', label: () => l10n.t('Type') },
    quotaBytes: { form: 'bytes', label: () => l10n.t('Quota') },
    usedBytes: { form: 'bytes', label: () => l10n.t('Used') },
    lastResult: { form: 'text', label: () => l10n.t('Last result') },
    lastActive: { form: 'moment', label: () => l10n.t('Last active') },
    leaseExpires: { form: 'expiry', label: () => l10n.t('Lease expires') },
    backupServer: { form: 'text', label: () => l10n.t('Backup server') },
    companyName: { form: 'text', label: () => l10n.t('Company') },
    companyId: { form: 'text' },
    maxConcurrentTasks: {
      form: 'count',
      label: () => l10n.t('Concurrent tasks'),
      instead: ({ maxConcurrentTasks }) => (maxConcurrentTasks === 0 ? l10n.t('unlimited') : undefined),
    },
    throttlingLimit: {
      form: 'count',
      label: () => l10n.t('Throttling'),
      instead: ({ throttlingLimit, throttlingUnit }, words) =>
        throttlingLimit === undefined || throttlingUnit === undefined
          ? undefined
          : `${words.count(throttlingLimit)} ${throttlingUnit}`,
    },
    throttlingUnit: { form: 'text' },
    gatewayPools: { form: 'text', label: () => l10n.t('Gateway pools') },
  },
  report: {
    table: quotas,
    plural: () => l10n.t('Tenants'),
    count: 'tenants',
    sums: [
      { id: 'quotaBytes', title: () => l10n.t('Quota'), of: 'limitBytes' },
      { id: 'quotaUsedBytes', title: () => l10n.t('Quota used'), of: 'usedBytes', only: 'limited' },
    ],
    fill: { title: () => l10n.t('Tenant quotas'), used: 'quotaUsedBytes', limit: 'quotaBytes' },
    place: ({ backupServer }) => backupServer,
    unlimited: () => false,
    isOneById: true,
  },
  groupings: {
    backupServer: {
      label: () => l10n.t('Backup server'),
      icon: 'server',
      valueIn: ({ backupServer }) => backupServer ?? '',
      nameOf: value => value || l10n.t('No backup server'),
    },
    state: {
      label: () => l10n.t('State: enabled, disabled, lease expired'),
      icon: 'folder',
      valueIn: stateOf,
      nameOf: stateName,
      values: ['enabled', 'disabled', 'expired'],
    },
    owner: {
      label: () => l10n.t('Owner: the company of a tenant, the reseller of a company'),
      icon: 'library',
      valueIn: ({ companyName, companyId }) => companyName ?? companyId ?? '',
      nameOf: value => value || l10n.t('No company'),
    },
  },
};

function stateOf({ enabled, leaseExpires }: Tenant): string {
  if (Date.parse(leaseExpires ?? '') < Date.now()) {
    return 'expired';
  }
  return enabled === undefined ? '' : enabled ? 'enabled' : 'disabled';
}

function stateName(value: string): string {
  switch (value) {
    case 'enabled':
      return l10n.t('Enabled');
    case 'disabled':
      return l10n.t('Disabled');
    case 'expired':
      return l10n.t('Lease expired');
    default:
      return l10n.t('State unknown');
  }
}
