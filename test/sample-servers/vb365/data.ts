import { HOSTILE_NAMES, LONG_NAME, numberedName } from '../names';
import { between, guid, hash, indexOfGuid, pick } from '../random';
import { Rows } from '../rows';

export interface Vb365DataOptions {
  /** How many backup repositories. */
  repositories: number;
  /** How many organizations each repository holds, or a function of the repository's index. */
  organizationsPerRepository: number | ((repository: number) => number);
  /** How many organizations are added to VB365. */
  organizations: number;
  /** How many users of each organization a repository holds; groups, sites and teams are fewer. */
  usersPerOrganization: number;
  jobsPerOrganization: number;
  proxies: number;
  /** Names that attack whatever shows them. */
  hostileNames: boolean;
}

export interface BackupProxy {
  readonly index: number;
  readonly id: string;
  readonly hostName: string;
  readonly online: boolean;
}

export interface Repository {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly path: string;
  readonly proxyId: string;
  readonly isObjectStorage: boolean;
  readonly isLongTerm: boolean;
  readonly capacityBytes: number;
  readonly freeSpaceBytes: number;
  readonly objectStorageUsedBytes: number;
  readonly organizations: Rows<BackedUpOrganization>;
}

export interface BackedUpOrganization {
  readonly name: string;
  /** The id in the backup: a GUID, or "<name>:<guid>:<guid>". */
  readonly id: string;
  readonly usedSpaceBytes: number | null;
  readonly localCacheUsedSpaceBytes: number | null;
  readonly objectStorageUsedSpaceBytes: number | null;
  /** Missing when the organization was removed from VB365 while its backup stayed. */
  readonly organization: Organization | undefined;
}

export interface Organization {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly officeName: string;
  readonly type: 'Office365' | 'OnPremises' | 'Hybrid';
  readonly msid: string;
  readonly backedUpOrganizationId: string;
}

export type ProtectedKind = 'user' | 'group' | 'site' | 'team';

/** A user, group, site or team in a repository. */
export interface ProtectedObject {
  readonly kind: ProtectedKind;
  /** Among those of its organization. */
  readonly row: number;
  readonly id: string;
  readonly name: string;
  readonly repository: Repository;
  /** Whose it is. */
  readonly owner: BackedUpOrganization;
}

export interface Job {
  readonly id: string;
  readonly name: string;
  /** Among all. */
  readonly index: number;
  /** Among those of its organization. */
  readonly row: number;
  readonly organization: Organization;
}

export interface UsedRepository {
  readonly repository: Repository;
  readonly usage: BackedUpOrganization;
}

const GB = 1024 ** 3;
const NO_GUID = '00000000-0000-0000-0000-000000000000';
/** The third repository still holds an organization that is gone from VB365, under the repository's own id. */
const REPOSITORY_WITH_REMOVED = 2;
/** A protected object's number is its repository's times this, plus its organization's row times that below, plus its own. */
const REPOSITORY_STRIDE = 2 ** 38;
const ORGANIZATION_STRIDE = 2 ** 18;
/** Ids are opaque texts of Base64, with all the characters that a path cannot hold as they are. */
const ID_PREFIX = Buffer.from([0xfb, 0xff, 0xbf]);

export class Vb365Data {
  readonly installationId = guid('installation', 1);
  readonly proxies: Rows<BackupProxy>;
  readonly repositories: Rows<Repository>;
  readonly organizations: Rows<Organization>;
  readonly jobs: Rows<Job>;

  constructor(private readonly options: Vb365DataOptions) {
    this.proxies = new Rows(options.proxies, index => ({
      index,
      id: guid('proxy', index),
      hostName: `proxy${String(index + 1).padStart(2, '0')}.example.com`,
      online: index !== 1,
    }));
    this.repositories = new Rows(options.repositories, index => this.repository(index));
    this.organizations = new Rows(options.organizations, index => this.organization(index));
    this.jobs = new Rows(options.organizations * options.jobsPerOrganization, index => this.job(index));
  }

  findRepository(id: string): Repository | undefined {
    return byId('repository', id, this.repositories);
  }

  findOrganization(id: string): Organization | undefined {
    return byId('organization', id, this.organizations);
  }

  findJob(id: string): Job | undefined {
    return byId('job', id, this.jobs);
  }

  jobsOf(organization: Organization): Job[] {
    const { jobsPerOrganization: count } = this.options;
    return this.jobs.slice(organization.index * count, (organization.index + 1) * count);
  }

  /** All of a kind in a repository, organization by organization. */
  protectedIn(repository: Repository, kind: ProtectedKind): Rows<ProtectedObject> {
    const count = this.countOf(kind);
    return new Rows(repository.organizations.length * count, index =>
      this.protectedObject(kind, repository, Math.floor(index / count), index % count),
    );
  }

  /** Those of one organization. */
  protectedOf(repository: Repository, organizationRow: number, kind: ProtectedKind): Rows<ProtectedObject> {
    return new Rows(this.countOf(kind), row => this.protectedObject(kind, repository, organizationRow, row));
  }

  findProtected(kind: ProtectedKind, id: string): ProtectedObject | undefined {
    const number = kind === 'team' ? indexOfGuid('team', id) : numberOf(kind, id);
    if (number === undefined) {
      return undefined;
    }
    const index = Math.floor(number / REPOSITORY_STRIDE);
    const organizationRow = Math.floor((number % REPOSITORY_STRIDE) / ORGANIZATION_STRIDE);
    const row = number % ORGANIZATION_STRIDE;
    const repository = index < this.repositories.length ? this.repository(index) : undefined;
    return repository && organizationRow < repository.organizations.length && row < this.countOf(kind)
      ? this.protectedObject(kind, repository, organizationRow, row)
      : undefined;
  }

  findProxy(id: string): BackupProxy | undefined {
    return byId('proxy', id, this.proxies);
  }

  /** The repositories that hold an organization. */
  usedRepositories(organization: Organization): UsedRepository[] {
    const used: UsedRepository[] = [];
    for (let index = 0; index < this.repositories.length; index++) {
      const row = this.rowOf(organization.index, index);
      if (row !== undefined) {
        const repository = this.repository(index);
        used.push({ repository, usage: repository.organizations.at(row) });
      }
    }
    return used;
  }

  isBackedUp(organization: Organization): boolean {
    for (let index = 0; index < this.repositories.length; index++) {
      if (this.rowOf(organization.index, index) !== undefined) {
        return true;
      }
    }
    return false;
  }

  private repository(index: number): Repository {
    const id = guid('repository', index);
    const isObjectStorage = index === 1 || (index > 3 && index % 4 === 1);
    const capacityGb = index === 0 ? 1024 : between(1, 64, 'capacity', index) * 512;
    const usedGb = index === 0 ? 612 : between(0, capacityGb, 'used', index);
    const name = this.repositoryName(index);
    return {
      index,
      id,
      name,
      description: index % 2 === 0 ? `Synthetic repository ${index}` : '',
      path: isObjectStorage ? `E:\\VB365\\cache\\${index}` : `D:\\VB365\\${index}`,
      proxyId: guid('proxy', index % Math.max(1, this.options.proxies)),
      isObjectStorage,
      isLongTerm: index === REPOSITORY_WITH_REMOVED,
      capacityBytes: capacityGb * GB,
      freeSpaceBytes: (capacityGb - usedGb) * GB,
      objectStorageUsedBytes: (index === 1 ? 683 : usedGb) * GB,
      organizations: new Rows(this.sizeOf(index), row => this.backedUpOrganization(index, row, isObjectStorage)),
    };
  }

  private countOf(kind: ProtectedKind): number {
    const { usersPerOrganization: users } = this.options;
    return { user: users, group: Math.ceil(users / 3), site: Math.ceil(users / 2), team: Math.ceil(users / 3) }[kind];
  }

  private protectedObject(
    kind: ProtectedKind,
    repository: Repository,
    organizationRow: number,
    row: number,
  ): ProtectedObject {
    const number = repository.index * REPOSITORY_STRIDE + organizationRow * ORGANIZATION_STRIDE + row;
    const hostile = this.options.hostileNames && row > 0 ? HOSTILE_NAMES[row - 1] : undefined;
    return {
      kind,
      row,
      id: kind === 'team' ? guid('team', number) : idOf(kind, number),
      name: hostile ?? nameOf(kind, row),
      repository,
      owner: repository.organizations.at(organizationRow),
    };
  }

  private job(index: number): Job {
    const { jobsPerOrganization } = this.options;
    const organization = this.organization(Math.floor(index / jobsPerOrganization));
    const row = index % jobsPerOrganization;
    const name = row === 0 ? `Backup of ${organization.name}` : `${organization.name}: selected items ${row}`;
    return { id: guid('job', index), name, index, row, organization };
  }

  private repositoryName(index: number): string {
    if (this.options.hostileNames && index === 3) {
      return `Repo ${HOSTILE_NAMES[0]}`;
    }
    const wellKnown = ['Repo North', 'Repo S3', 'Repo Archive', `Repo of ${LONG_NAME}`];
    return wellKnown[index] ?? numberedName('Repo', index);
  }

  private sizeOf(repository: number): number {
    const { organizationsPerRepository: size, organizations } = this.options;
    const wanted = typeof size === 'number' ? size : size(repository);
    const removed = repository === REPOSITORY_WITH_REMOVED ? 1 : 0;
    return Math.min(wanted, organizations + removed);
  }

  /** Which organization lies at a row of a repository, and the inverse: a plain shift, so both are arithmetic. */
  private organizationAt(repository: number, row: number): number | undefined {
    const removed = repository === REPOSITORY_WITH_REMOVED ? 1 : 0;
    return row < removed ? undefined : (shiftOf(repository) + row - removed) % this.options.organizations;
  }

  private rowOf(organization: number, repository: number): number | undefined {
    const { organizations } = this.options;
    const removed = repository === REPOSITORY_WITH_REMOVED ? 1 : 0;
    const shift = shiftOf(repository) % organizations;
    const row = ((organization - shift + organizations) % organizations) + removed;
    return row < this.sizeOf(repository) ? row : undefined;
  }

  private backedUpOrganization(repository: number, row: number, isObjectStorage: boolean): BackedUpOrganization {
    const index = this.organizationAt(repository, row);
    const organization = index === undefined ? undefined : this.organization(index);
    const used = usedBytes(repository, row);
    return {
      name: organization?.name ?? 'Northwind Legacy',
      id: organization?.backedUpOrganizationId ?? guid('repository', repository),
      usedSpaceBytes: used,
      localCacheUsedSpaceBytes: isObjectStorage && used !== null ? Math.floor(used / 100) : 0,
      objectStorageUsedSpaceBytes: isObjectStorage ? used : null,
      organization,
    };
  }

  private organization(index: number): Organization {
    const id = guid('organization', index);
    const name = this.organizationName(index);
    const officeName = index < 3 ? `${name.toLowerCase()}.example.com` : `tenant${index}.example.com`;
    const type = index % 12 === 11 ? 'OnPremises' : index % 12 === 7 ? 'Hybrid' : 'Office365';
    return {
      index,
      id,
      name,
      officeName,
      type,
      msid: guid('msid', index),
      // An on-premises organization puts its display name, blanks and all, into the id.
      backedUpOrganizationId: index % 4 === 3 ? `${type === 'OnPremises' ? name : officeName}:${id}:${NO_GUID}` : id,
    };
  }

  private organizationName(index: number): string {
    const hostile = this.options.hostileNames ? HOSTILE_NAMES[index - 4] : undefined;
    return hostile ?? ['Contoso', 'Fabrikam', 'Northwind', LONG_NAME][index] ?? numberedName('Tenant', index);
  }
}

const FIRST_NAMES = ['Avery', 'Robin', 'Kim', 'Noor', 'Sasha', 'Luca', 'Jordan', 'Mika'];
const LAST_NAMES = ['Example', 'Sample', 'Tester', 'Muster', 'Placeholder'];
const DEPARTMENTS = ['Sales', 'Finance', 'Engineering', 'Support', 'Board'];

function nameOf(kind: ProtectedKind, row: number): string {
  const again = (names: readonly string[]) => (row < names.length ? '' : ` ${Math.floor(row / names.length) + 1}`);
  if (kind === 'user') {
    const first = FIRST_NAMES[row % FIRST_NAMES.length];
    const last = LAST_NAMES[Math.floor(row / FIRST_NAMES.length) % LAST_NAMES.length];
    const people = FIRST_NAMES.length * LAST_NAMES.length;
    return `${first} ${last}${row < people ? '' : ` ${Math.floor(row / people) + 1}`}`;
  }
  return `${DEPARTMENTS[row % DEPARTMENTS.length]} ${kind}${again(DEPARTMENTS)}`;
}

function idOf(kind: ProtectedKind, number: number): string {
  return Buffer.concat([ID_PREFIX, Buffer.from(`${kind}:${number}`)]).toString('base64');
}

function numberOf(kind: ProtectedKind, id: string): number | undefined {
  const number = /^\w+:(\d+)$/.exec(Buffer.from(id, 'base64').subarray(ID_PREFIX.length).toString())?.[1];
  return number !== undefined && idOf(kind, Number(number)) === id ? Number(number) : undefined;
}

function byId<T>(kind: string, id: string, rows: Rows<T>): T | undefined {
  const index = indexOfGuid(kind, id);
  return index !== undefined && index < rows.length ? rows.at(index) : undefined;
}

/** The first two repositories start with the same organizations, so the same id occurs under both. */
function shiftOf(repository: number): number {
  return [0, 0, 1][repository] ?? repository * 7;
}

function usedBytes(repository: number, row: number): number | null {
  if (repository === 0 && row < 2) {
    return row === 0 ? 12 * GB : 78_812_649_881;
  }
  if (hash('unknown size', repository, row) % 16 === 0 || (repository === REPOSITORY_WITH_REMOVED && row === 2)) {
    return null;
  }
  return pick([0, 1, 37, 1024], 'unit', repository, row) * between(1, GB, 'size', repository, row);
}
