import { EnterpriseManagerData, type EnterpriseManagerDataOptions } from '../enterprise-manager/data';
import { HOSTILE_NAMES, numberedName } from '../names';
import { guid } from '../random';
import { Vb365Data, type Vb365DataOptions } from '../vb365/data';
import { BackupServers } from './backup-servers';
import { CloudConnect } from './cloud-connect';
import { Microsoft365 } from './microsoft365';

export interface ServiceProviderConsoleDataOptions {
  /** How many companies; every fourth belongs to a reseller. */
  companies: number;
  resellers: number;
  /** How many Cloud Connect tenants, those of the Enterprise Manager included. */
  tenants: number;
  /** How many backup servers of companies there are beside the provider's own. */
  remoteServers: number;
  jobsPerServer: number;
  /** The Enterprise Manager whose backup servers are sites here: its tenants are the first ones, with the same ids. */
  enterpriseManager: EnterpriseManagerDataOptions;
  /** The Microsoft 365 backup server that is the first one here, with the same organizations and repositories. */
  vb365: Vb365DataOptions;
  /** Installation ids of the first backup servers, where those of other sample servers are to be met. */
  backupServerInstallations: readonly string[];
  /** Repositories of the hosted backup server, where those of another sample server are to be met. */
  hostedRepositories: readonly { readonly id: string; readonly name: string }[];
  /** Names that attack whatever shows them. */
  hostileNames: boolean;
}

export interface Organization {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly type: 'Provider' | 'Reseller' | 'Company';
  readonly isRestAccessEnabled: boolean;
  /** The words of 3.5.1 for a company that came and went; later versions know active and disabled ones alone. */
  readonly status: 'Active' | 'Disabled' | 'Unknown' | 'Expired' | 'Creating' | 'SiteResourceCreationFailed';
  /** Missing for a company that the provider manages itself. */
  readonly reseller?: Organization | undefined;
}

export interface Location {
  readonly id: string;
  readonly name: string;
  readonly type: 'Default' | 'Custom' | 'Hosted';
  readonly quotaGb: number;
  readonly organization: Organization;
}

export interface User {
  readonly index: number;
  readonly id: string;
  readonly userName: string;
  readonly role: string;
  readonly organization: Organization;
  readonly isEnabled: boolean;
  readonly mfa: 'none' | 'configured' | 'notConfigured';
}

/** Stands, with an ending of its own, wherever the API has room for a password: nothing may show or keep it. */
export const PLANTED_SECRET = 'planted-secret';

const RESELLERS = ['Fabrikam Resale', 'Contoso Partners', 'Northwind Channel'];
const COMPANIES = ['Northwind', 'Contoso', 'Fabrikam'];

/**
 * What a Service Provider Console has collected. Tenant number t belongs to the company t - 2 and has its name, so that
 * the same customers occur here, in the Enterprise Manager and in VB365; the first few are arranged by hand.
 */
export class ServiceProviderConsoleData {
  readonly installationId = guid('spcInstallation', 1);
  readonly provider: Organization = {
    index: 0,
    id: guid('spcProvider', 0),
    name: 'Example Provider',
    type: 'Provider',
    isRestAccessEnabled: true,
    status: 'Active',
  };
  readonly resellers: readonly Organization[];
  readonly companies: readonly Organization[];
  /** Provider, resellers, companies. */
  readonly organizations: readonly Organization[];
  readonly locations: readonly Location[];
  readonly cloudConnect: CloudConnect;
  readonly backupServers: BackupServers;
  readonly microsoft365: Microsoft365;

  constructor(readonly options: ServiceProviderConsoleDataOptions) {
    const { resellers, companies, hostileNames } = options;
    this.resellers = Array.from({ length: resellers }, (_, index) => ({
      index,
      id: guid('spcReseller', index),
      name:
        (hostileNames ? HOSTILE_NAMES[index - 3] : undefined) ?? RESELLERS[index] ?? numberedName('Reseller', index),
      type: 'Reseller',
      isRestAccessEnabled: index === 0,
      status: index === 1 ? 'Disabled' : 'Active',
    }));
    const enterpriseManager = new EnterpriseManagerData({
      ...options.enterpriseManager,
      tenants: Math.max(options.tenants, companies + 2),
    });
    this.companies = Array.from({ length: companies }, (_, index) => ({
      index,
      id: guid('spcCompany', index),
      name: COMPANIES[index] ?? enterpriseManager.tenants.at(index + 2).name,
      type: 'Company',
      isRestAccessEnabled: index % 4 === 0,
      status: statusOf(index),
      reseller: index % 4 === 0 && resellers > 0 ? this.resellers[(index / 4) % resellers] : undefined,
    }));
    this.organizations = [this.provider, ...this.resellers, ...this.companies];
    this.locations = this.organizations.flatMap((organization, index) => locationsOf(organization, index));
    this.cloudConnect = new CloudConnect(this, enterpriseManager);
    this.backupServers = new BackupServers(this);
    this.microsoft365 = new Microsoft365(this, new Vb365Data(options.vb365));
  }

  company(index: number | undefined): Organization | undefined {
    return index === undefined ? undefined : this.companies[index];
  }

  defaultLocationOf(organization: Organization): Location | undefined {
    return this.locations.find(location => location.organization.id === organization.id);
  }
}

function statusOf(company: number): Organization['status'] {
  const special = { 7: 'Unknown', 8: 'Expired', 9: 'Creating', 10: 'SiteResourceCreationFailed' } as const;
  const word = (special as Readonly<Record<number, Organization['status']>>)[company];
  return word ?? (company % 17 === 5 ? 'Disabled' : 'Active');
}

function locationsOf(organization: Organization, number: number): Location[] {
  const location = (name: string, type: Location['type'], row: number, quotaGb: number) => ({
    id: guid('spcLocation', number * 2 + row),
    name,
    type,
    quotaGb,
    organization,
  });
  const branch = organization.type === 'Company' && organization.index % 3 === 0;
  return [
    location('Default location', organization.type === 'Provider' ? 'Hosted' : 'Default', 0, 500),
    ...(branch ? [location('Branch office', 'Custom', 1, 100)] : []),
  ];
}
