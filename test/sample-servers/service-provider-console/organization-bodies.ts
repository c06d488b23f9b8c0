import { between, guid } from '../random';
import type { Account, ApiKey } from './accounts';
import { type Location, type Organization, PLANTED_SECRET, type ServiceProviderConsoleData, type User } from './data';
import { type ApiVersion, hasOwnTenants, SERVER_VERSIONS, when } from './version';

/** The bodies of organizations and of what belongs to them alone. */

const GB = 1024 ** 3;

export function aboutBody(data: ServiceProviderConsoleData, version: ApiVersion): object {
  const agent = SERVER_VERSIONS[version];
  return {
    installationId: data.installationId,
    installationDate: '2025-02-03T10:15:00+01:00',
    actualVawVersion: '13.0.1.203',
    actualValVersion: '13.0.1.203',
    actualVamVersion: null,
    serverVersion: agent,
    windowsManagementAgentVersion: agent,
    linuxManagementAgentVersion: agent,
    macManagementAgentVersion: agent,
  };
}

export function organizationBody(organization: Organization, version: ApiVersion): object {
  const { id, index, name, type } = organization;
  const host = `${type.toLowerCase()}${index + 1}.example.com`;
  return {
    instanceUid: id,
    name,
    alias: type === 'Company' && index % 2 === 0 ? `c${index + 1}` : null,
    type,
    ...when(version === '3.7', { legalName: null, domain: null }),
    taxId: null,
    email: `it@${host}`,
    phone: index % 3 === 0 ? `+1 555 01${String(index % 100).padStart(2, '0')}` : null,
    country: null,
    state: null,
    countryName: null,
    regionName: null,
    city: null,
    street: null,
    locationAdmin0Code: null,
    locationAdmin1Code: null,
    locationAdmin2Code: null,
    notes: index % 3 === 0 ? 'Gold plan' : null,
    zipCode: null,
    website: null,
    veeamTenantId: null,
    companyId: type === 'Company' ? `CRM-${1001 + index}` : null,
  };
}

function embedded(organization: Organization, version: ApiVersion, expand: ReadonlySet<string>) {
  return { _embedded: expand.has('organization') ? { organization: organizationBody(organization, version) } : null };
}

export function providerBody(provider: Organization, version: ApiVersion, expand: ReadonlySet<string>): object {
  return { instanceUid: provider.id, ...embedded(provider, version, expand) };
}

export function companyBody(company: Organization, version: ApiVersion, expand: ReadonlySet<string>): object {
  const { id, index, name, status, reseller, isRestAccessEnabled } = company;
  const common = {
    instanceUid: id,
    name,
    resellerUid: reseller?.id ?? null,
    subscriptionPlanUid: null,
    isAlarmDetectEnabled: index % 2 === 0,
    loginUrl: index === 0 ? 'https://portal.customer1.example.com' : null,
    ...embedded(company, version, expand),
  };
  if (!hasOwnTenants(version)) {
    return {
      ...common,
      status,
      permissions: isRestAccessEnabled ? ['REST'] : [],
      companyServices: {
        isBackupAgentManagementEnabled: true,
        isBackupServerManagementEnabled: index < 4,
        isVBPublicCloudManagementEnabled: false,
        backupAgentServerQuota: 10,
        backupAgentWorkstationQuota: 100,
        storageQuota: between(1, 64, 'company quota', index) * 512 * GB,
      },
    };
  }
  return {
    ...common,
    status: ['Active', 'Unknown'].includes(status) ? status : 'Disabled',
    isRestAccessEnabled,
    ownerCredentials: { userName: `${slugOf(company)}\\owner`, password: `${PLANTED_SECRET}-of-the-owner` },
    companyServices: {
      hostedServices: { isVbPublicCloudManagementEnabled: false },
      remoteServices: {
        isBackupResourcesEnabled: true,
        backupAgentsManagement: index % 2 === 0 ? { workstationAgentsQuota: null, serverAgentsQuota: 10 } : null,
        backupServersManagement: index < 4 ? { backupServerQuota: null } : null,
        vb365ServersManagement: index === 0 ? { backupServerQuota: 1 } : null,
        isVbPublicCloudManagementEnabled: false,
      },
    },
  };
}

export function slugOf({ name, index }: Organization): string {
  return /^[A-Za-z]+$/.test(name) ? name.toLowerCase() : `company${index + 1}`;
}

export function resellerBody(reseller: Organization, version: ApiVersion, expand: ReadonlySet<string>): object {
  const { id, index, name, status, isRestAccessEnabled } = reseller;
  const common = {
    instanceUid: id,
    name,
    status,
    proPartnerId: index === 0 ? 'PP-0001' : null,
    ...embedded(reseller, version, expand),
  };
  const isThrottled = index === 1;
  const throttling = { throttlingValue: isThrottled ? 10 : null, throttlingUnit: 'MbytePerSec' };
  if (!hasOwnTenants(version)) {
    return {
      ...common,
      permissions: isRestAccessEnabled ? ['REST'] : [],
      quota: {
        resellerUid: id,
        serversQuota: index === 0 ? 100 : null,
        isServersQuotaUnlimited: index !== 0,
        workstationsQuota: null,
        isWorkstationsQuotaUnlimited: true,
        dataTransferOutQuota: index === 0 ? 2048 * GB : null,
        isDataTransferOutQuotaUnlimited: index !== 0,
        insiderProtectionQuota: 7,
        isWanAccelerationEnabled: false,
        isFileLevelRestoreEnabled: true,
        isThrottlingEnabled: isThrottled,
        ...throttling,
        isBandwidthUnlimited: !isThrottled,
        maxConcurrentTask: 8,
        isVbPublicCloudManagementEnabled: false,
      },
    };
  }
  return {
    ...common,
    isRestAccessEnabled,
    resellerServices: {
      hostedServices: {
        backupResourcesEnabled: true,
        vb365ManagementEnabled: true,
        vbPublicCloudManagementEnabled: false,
      },
      remoteServices: {
        backupAgentsManagement: { workstationAgentsQuota: null, serverAgentsQuota: 100 },
        vb365ManagementEnabled: true,
        backupServersManagementEnabled: true,
        vbPublicCloudManagementEnabled: false,
      },
      cloudConnectQuota:
        index === 2
          ? null
          : {
              dataTransferOutQuota: index === 0 ? 2048 * GB : null,
              insiderProtectionQuota: 7,
              ...throttling,
              maxConcurrentTask: 8,
              isWanAccelerationEnabled: false,
            },
      cloudConnectManagementEnabled: index !== 2,
      isFileLevelRestoreEnabled: true,
    },
  };
}

export function locationBody({ id, name, type, quotaGb, organization }: Location): object {
  return { instanceUid: id, organizationUid: organization.id, name, quotaGb, type };
}

export function userBody({ index, id, userName, role, organization, isEnabled, mfa }: User): object {
  return {
    instanceUid: id,
    organizationUid: organization.id,
    userName,
    role,
    status: isEnabled ? 'Enabled' : 'Disabled',
    mfaPolicyStatus: mfa === 'none' ? 'Disabled' : 'Enabled',
    mfaPolicyConfigurationStatus: mfa === 'configured' ? 'Configured' : 'NotConfigured',
    profile: {
      firstName: index % 2 === 0 ? 'Robin' : null,
      lastName: index % 2 === 0 ? 'Example' : null,
      title: index % 2 === 0 ? 'Ms' : 'Unknown',
      email: `user${index + 1}@example.com`,
      address: null,
      phone: null,
    },
    credentials: { userName, password: `${PLANTED_SECRET}-of-user-${index}` },
  };
}

/** The account itself and the API keys that act for it: the identities of a user. */
export function loginBodies(accounts: readonly Account[], keys: readonly ApiKey[], version: ApiVersion): object[] {
  const login = (id: number, account: Account, more: object) => ({
    id,
    userUid: account.id,
    userName: account.userName,
    companyId: account.organization.id,
    companyName: account.organization.name,
    creationDate: '2025-02-03T10:20:00+01:00',
    parameters: '',
    ...more,
  });
  return [
    ...accounts.map((account, index) =>
      login(index + 1, account, {
        identityProviderName: 'Windows',
        description: '',
        isReadAccessOnly: false,
        status: account.mfa === 'notConfigured' ? 'disabledDueToUser' : 'enabled',
        identifierInProvider: account.userName,
        scopes: ['ui', 'rest'],
      }),
    ),
    ...keys.map((key, index) =>
      login(accounts.length + index + 1, key.account, {
        identityProviderName: 'SimpleKey',
        description: key.description,
        isReadAccessOnly: key.readOnly,
        status: index === 2 && hasOwnTenants(version) ? 'disabledDueToTenant' : 'enabled',
        identifierInProvider: guid('spcKey', index),
        scopes: ['rest'],
      }),
    ),
  ];
}
