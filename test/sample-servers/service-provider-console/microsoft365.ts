import { guid } from '../random';
import type { BackupProxy, Job, Repository, Organization as SampleOrganization, Vb365Data } from '../vb365/data';
import type { Organization, ServiceProviderConsoleData } from './data';

export interface Vb365Server {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  /** Missing as long as the server was never reached. */
  readonly installationId: string | undefined;
  readonly status: 'Healthy' | 'Warning' | 'Inaccessible' | 'Unknown';
  readonly organization: Organization;
}

export interface Vb365Organization {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly type: 'Microsoft365' | 'OnPremises' | 'Hybrid';
  readonly isBackedUp: boolean;
  readonly server: Vb365Server;
  readonly company: Organization | undefined;
}

/** A company's share of the hosted server: one repository of it. */
export interface Vb365Resource {
  readonly id: string;
  readonly backupResourceId: string;
  readonly company: Organization;
  readonly server: Vb365Server;
  readonly repository: Repository;
  readonly quotaGb: number | undefined;
  readonly usersQuota: number | undefined;
}

export interface Vb365JobRow {
  readonly job: Job;
  readonly organization: Vb365Organization;
  readonly repository: Repository;
}

/** The provider's server, which is the VB365 sample server, and one of a company that cannot be reached. */
export class Microsoft365 {
  readonly servers: readonly Vb365Server[];
  readonly organizations: readonly Vb365Organization[];
  readonly resources: readonly Vb365Resource[];
  readonly jobs: readonly Vb365JobRow[];

  constructor(
    data: ServiceProviderConsoleData,
    readonly vb365: Vb365Data,
  ) {
    const hosted: Vb365Server = {
      index: 0,
      id: guid('spcVb365Server', 0),
      name: 'vb365-01.example.com',
      installationId: vb365.installationId,
      status: 'Healthy',
      organization: data.provider,
    };
    const remote = data.companies.slice(0, 1).map(
      (organization): Vb365Server => ({
        index: 1,
        id: guid('spcVb365Server', 1),
        name: 'vb365.customer1.example.com',
        installationId: undefined,
        status: 'Inaccessible',
        organization,
      }),
    );
    this.servers = [hosted, ...remote];
    const shared = vb365.organizations.map(organization => ({
      index: organization.index,
      id: organization.id,
      name: organization.name,
      type: TYPES[organization.type],
      isBackedUp: vb365.isBackedUp(organization),
      server: hosted,
      company: data.company(companyOfOrganization(organization.index)),
    }));
    const own = remote.map(
      (server): Vb365Organization => ({
        index: vb365.organizations.length,
        id: guid('spcVb365Organization', 0),
        name: 'northwind-lab.example.com',
        type: 'Microsoft365',
        isBackedUp: false,
        server,
        company: server.organization,
      }),
    );
    this.organizations = [...shared, ...own];
    this.resources = shared.flatMap(({ index, company, server }) => {
      const repository = vb365.repositories.slice()[index % Math.max(1, vb365.repositories.length)];
      return company && repository
        ? [
            {
              id: guid('spcVb365Resource', index),
              backupResourceId: guid('spcVb365BackupResource', index),
              company,
              server,
              repository,
              quotaGb: index % 3 === 1 ? undefined : (index + 1) * 100,
              usersQuota: index % 2 === 1 ? undefined : 50 + index,
            },
          ]
        : [];
    });
    this.jobs = vb365.jobs.map(job => ({
      job,
      organization: shared[job.organization.index] as Vb365Organization,
      repository: vb365.repositories.at(job.index % Math.max(1, vb365.repositories.length)),
    }));
  }

  repositoriesOf(server: Vb365Server): Repository[] {
    return server.index === 0 ? this.vb365.repositories.slice() : [];
  }

  proxiesOf(server: Vb365Server): BackupProxy[] {
    return server.index === 0 ? this.vb365.proxies.slice() : [];
  }
}

const TYPES: Readonly<Record<SampleOrganization['type'], Vb365Organization['type']>> = {
  Office365: 'Microsoft365',
  OnPremises: 'OnPremises',
  Hybrid: 'Hybrid',
};

/** Contoso, Fabrikam and Northwind by name; of the others, those with a tenant of their number; some are not mapped. */
function companyOfOrganization(organization: number): number | undefined {
  if (organization < 5 || organization % 5 === 3) {
    return [1, 2, 0][organization];
  }
  return organization - 2;
}
