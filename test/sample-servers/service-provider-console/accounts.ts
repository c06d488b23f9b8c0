import { guid } from '../random';
import type { Organization, ServiceProviderConsoleData } from './data';

/** Who may sign in, and what the product lets each role see. */

export type Role =
  | 'PortalAdministrator'
  | 'PortalOperator'
  | 'PortalReadonlyOperator'
  | 'SiteAdministrator'
  | 'ResellerOwner'
  | 'ResellerAdministrator'
  | 'ResellerOperator'
  | 'ResellerUser'
  | 'ResellerInvoiceAuditor'
  | 'CompanyOwner'
  | 'CompanyAdministrator'
  | 'CompanyTenant'
  | 'CompanyLocationAdministrator'
  | 'CompanyLocationUser'
  | 'CompanyInvoiceAuditor'
  | 'CompanySubtenant';

export interface Account {
  /** The uid of the user. */
  readonly id: string;
  readonly userName: string;
  readonly role: Role;
  readonly organization: Organization;
  /** Whether a one-time code is asked for, or would be if the user had ever set it up. */
  readonly mfa: 'none' | 'configured' | 'notConfigured';
}

/** The one-time code that every account with a second factor takes. */
export const MFA_CODE = '123456';

export interface ApiKey {
  readonly key: string;
  readonly description: string;
  readonly account: Account;
  readonly readOnly: boolean;
}

/** The accounts of a data set; the first is the one that the server is started with. All have the same password. */
export function accountsOf(data: ServiceProviderConsoleData, userName: string): Account[] {
  const [reseller] = data.resellers;
  const [owned, contoso] = data.companies;
  const account = (role: Role, organization: Organization | undefined, name: string, mfa: Account['mfa'] = 'none') =>
    organization ? [{ role, organization, userName: name, mfa }] : [];
  return [
    account('PortalAdministrator', data.provider, userName),
    account('PortalReadonlyOperator', data.provider, 'EXAMPLE\\readonly'),
    account('PortalOperator', data.provider, 'EXAMPLE\\operator'),
    account('PortalAdministrator', data.provider, 'EXAMPLE\\second-factor', 'configured'),
    account('PortalAdministrator', data.provider, 'EXAMPLE\\not-enrolled', 'notConfigured'),
    account('ResellerOwner', reseller, 'fabrikam-resale\\owner'),
    account('ResellerUser', reseller, 'fabrikam-resale\\user'),
    account('CompanyOwner', owned, 'northwind\\owner'),
    account('CompanyLocationUser', owned, 'northwind\\location'),
    // This company has no access to the REST API.
    account('CompanyOwner', contoso, 'contoso\\owner'),
  ]
    .flat()
    .map((each, index) => ({ id: guid('spcUser', index), ...each }));
}

export function apiKeysOf(accounts: readonly Account[]): ApiKey[] {
  const key = (userName: string | undefined, name: string, readOnly: boolean) =>
    accounts
      .filter(account => account.userName === userName)
      .map(account => ({ key: `sample-api-key-${name}`, description: `Key ${name}`, account, readOnly }));
  return [
    ...key(accounts[0]?.userName, 'read-only', true),
    ...key(accounts[0]?.userName, 'full', false),
    ...key('fabrikam-resale\\owner', 'reseller', true),
  ];
}

const PROVIDER: readonly Role[] = [
  'PortalAdministrator',
  'PortalOperator',
  'PortalReadonlyOperator',
  'SiteAdministrator',
];
const RESELLER: readonly Role[] = ['ResellerOwner', 'ResellerAdministrator', 'ResellerOperator', 'ResellerUser'];
const COMPANY: readonly Role[] = ['CompanyOwner', 'CompanyAdministrator', 'CompanyTenant'];
const LOCATION: readonly Role[] = ['CompanyLocationAdministrator', 'CompanyLocationUser'];
const LICENCES: readonly Role[] = [
  'PortalAdministrator',
  'SiteAdministrator',
  'ResellerOwner',
  'ResellerAdministrator',
  'CompanyOwner',
  'CompanyAdministrator',
];

/** The groups of roles that calls admit. What the vendor does not say is the narrowest that its neighbours have. */
export const ADMITTED = {
  everybody: undefined,
  usual: [...PROVIDER, ...RESELLER, ...COMPANY],
  backupResources: [
    ...PROVIDER,
    ...RESELLER.filter(role => role !== 'ResellerUser'),
    ...COMPANY,
    'CompanyLocationAdministrator',
  ],
  backupServers: [...PROVIDER, ...RESELLER, ...COMPANY, ...LOCATION],
  cloudBackups: [...PROVIDER, 'ResellerAdministrator', 'ResellerOperator'],
  resellers: [...PROVIDER, ...RESELLER],
  resellersResources: ['PortalAdministrator', 'ResellerOwner', 'ResellerAdministrator'],
  people: [
    ...PROVIDER.filter(role => role !== 'PortalReadonlyOperator'),
    ...RESELLER.filter(role => role !== 'ResellerUser'),
    ...COMPANY,
    'CompanyLocationAdministrator',
  ],
  licences: LICENCES,
  provider: PROVIDER,
  administrator: ['PortalAdministrator'],
} as const satisfies Record<string, readonly Role[] | undefined>;

export type Admitted = keyof typeof ADMITTED;

export function admits(admitted: Admitted, role: Role): boolean {
  const roles: readonly Role[] | undefined = ADMITTED[admitted];
  return roles?.includes(role) ?? true;
}

/** The provider sees everything, a reseller itself and its companies, a company itself. */
export function sees(account: Account, owner: Organization | undefined): boolean {
  const { organization } = account;
  return organization.type === 'Provider' || owner?.id === organization.id || owner?.reseller?.id === organization.id;
}
