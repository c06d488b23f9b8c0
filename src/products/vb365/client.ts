import * as l10n from '@vscode/l10n';
import type * as v from 'valibot';
import type { HttpResponse } from '../../http/request';
import type { Organization } from '../../items/item';
import { together } from '../../items/unreadable';
import { UnfinishedList } from '../failures';
import type { Api } from '../product';
import { parseJson } from '../reading/bodyParser';
import { expectShape } from '../reading/decode';
import { type Asked, type JsonForm, JsonResources, type ListBody, pagePath } from '../reading/jsonResources';
import { type Explanation, explanationIn } from '../reading/statusFailures';
import {
  type BackedUpOrganizationBody,
  backedUpOrganizationBody,
  backupStateBody,
  envelope,
  errorBody,
  healthBody,
  type JobBody,
  jobBody,
  licenseBody,
  licensedUsersBody,
  type ObjectStorageBody,
  type OrganizationBody,
  objectStorageBody,
  organizationBody,
  type ProtectedObjectBody,
  type ProxyBody,
  protectedObjectBody,
  proxyBody,
  type RepositoryBody,
  repositoryBody,
  serviceInstanceBody,
  type UsedRepositoryBody,
  usedRepositoryBody,
} from './wire';

/** The server's default of 30 would need hundreds of requests; 500 is the largest page reported from the field. */
const pageSize = 500;

/** For the repositories of an organization, which v3 was seen to look for more than five minutes. */
const longPatienceMs = 8 * 60_000;

const form: JsonForm = {
  pageSize,
  pageQuery: ({ offset, limit }) => `limit=${limit}&offset=${offset}`,
  elements: 'results',
  envelope,
  onePage,
  explanation,
};

/** The calls of the Veeam Backup for Microsoft 365 REST API, one method each. All throw {@link Failure}. */
export class Vb365Client {
  readonly #apiVersion: string;
  /** Reads JSON from any path. */
  readonly resources: JsonResources;

  constructor(api: Api) {
    this.#apiVersion = api.apiVersion;
    this.resources = new JsonResources(api, `/${api.apiVersion}/`, form);
  }

  /** The API's version as a number: 8 for `v8`. */
  get version(): number {
    return versionNumber(this.#apiVersion);
  }

  /** `GET /ServiceInstance`, v6 and later. */
  async serviceInstance(signal: AbortSignal): Promise<v.InferOutput<typeof serviceInstanceBody>> {
    return await this.resources.one('ServiceInstance', l10n.t('a service instance'), serviceInstanceBody, signal);
  }

  /** `GET /BackupRepositories`. */
  repositories(offset: number, signal: AbortSignal): Promise<ListBody<RepositoryBody>> {
    return this.resources.list(
      'BackupRepositories',
      l10n.t('a list of backup repositories'),
      repositoryBody,
      offset,
      signal,
    );
  }

  /** `GET /ObjectStorageRepositories`, up to v7. */
  objectStorages(offset: number, signal: AbortSignal): Promise<ListBody<ObjectStorageBody>> {
    return this.resources.list(
      'ObjectStorageRepositories',
      l10n.t('a list of object storage'),
      objectStorageBody,
      offset,
      signal,
    );
  }

  /** `GET /BackupRepositories/{repositoryId}/BackedUpOrganizations`. */
  backedUpOrganizations(
    repositoryId: string,
    offset: number,
    signal: AbortSignal,
  ): Promise<ListBody<BackedUpOrganizationBody>> {
    const path = `BackupRepositories/${encodeURIComponent(repositoryId)}/BackedUpOrganizations`;
    return this.resources.list(
      path,
      l10n.t('a list of backed-up organizations'),
      backedUpOrganizationBody,
      offset,
      signal,
    );
  }

  /** `GET /Organizations`; without `extendedView`, as that makes the server ask its proxies. */
  organizations(offset: number, signal: AbortSignal): Promise<ListBody<OrganizationBody>> {
    return this.resources.list('Organizations', l10n.t('a list of organizations'), organizationBody, offset, signal);
  }

  /** `GET /Organization`: the one that the account belongs to. Administrators belong to none. */
  async ownOrganization(signal: AbortSignal): Promise<OrganizationBody> {
    return await this.resources.one(pathOfOwnOrganization, l10n.t('an organization'), organizationBody, signal);
  }

  /** `GET /Organizations/{organizationId}?extendedView=true`, of the account's own organization `GET /Organization`. */
  async backupState(
    { id, isOwn }: Pick<Organization, 'id' | 'isOwn'>,
    signal: AbortSignal,
  ): Promise<v.InferOutput<typeof backupStateBody>> {
    const path = isOwn ? pathOfOwnOrganization : `Organizations/${encodeURIComponent(id)}?extendedView=true`;
    return await this.resources.one(path, l10n.t('an organization'), backupStateBody, signal);
  }

  /** `GET /Organizations/{organizationId}/LicensingInformation`. */
  async licensedUsers(organizationId: string, signal: AbortSignal): Promise<v.InferOutput<typeof licensedUsersBody>> {
    const path = `Organizations/${encodeURIComponent(organizationId)}/LicensingInformation`;
    return await this.resources.one(path, l10n.t('the licensed users'), licensedUsersBody, signal);
  }

  /** A list of users, groups, sites or teams in a backup; `path` says of which and of whom. */
  protectedObjects(path: string, offset: number, signal: AbortSignal): Promise<ListBody<ProtectedObjectBody>> {
    return this.resources.list(path, l10n.t('a list of what is backed up'), protectedObjectBody, offset, signal);
  }

  /** `GET /Organizations/{organizationId}/usedRepositories`. */
  usedRepositories(organizationId: string, offset: number, signal: AbortSignal): Promise<ListBody<UsedRepositoryBody>> {
    const path = `Organizations/${encodeURIComponent(organizationId)}/usedRepositories`;
    return this.resources.list(
      path,
      l10n.t('a list of repositories in use'),
      usedRepositoryBody,
      offset,
      signal,
      longPatienceMs,
    );
  }

  /** `GET /Jobs?organizationId=…`, before v8 `GET /Organizations/{organizationId}/Jobs`. */
  jobs(organizationId: string, offset: number, signal: AbortSignal): Promise<ListBody<JobBody>> {
    const path = pathOfJobs(this.#apiVersion, organizationId);
    return this.resources.list(path, l10n.t('a list of backup jobs'), jobBody, offset, signal);
  }

  /** `GET /Proxies`. */
  proxies(offset: number, signal: AbortSignal): Promise<ListBody<ProxyBody>> {
    return this.resources.list('Proxies', l10n.t('a list of backup proxies'), proxyBody, offset, signal);
  }

  /** `GET /Health`, v8. */
  async health(signal: AbortSignal): Promise<v.InferOutput<typeof healthBody>> {
    return await this.resources.one('Health', l10n.t('a health report'), healthBody, signal);
  }

  /** `GET /License`. */
  async license(signal: AbortSignal): Promise<v.InferOutput<typeof licenseBody>> {
    return await this.resources.one('License', l10n.t('a license'), licenseBody, signal);
  }
}

/** 8 for `v8`. */
export function versionNumber(apiVersion: string): number {
  return Number(apiVersion.slice(1));
}

/** The organization that the account belongs to. */
export const pathOfOwnOrganization = 'Organization';

/** Where the jobs of an organization are. */
export function pathOfJobs(apiVersion: string, organizationId: string): string {
  const id = encodeURIComponent(organizationId);
  return versionNumber(apiVersion) >= 8 ? `Jobs?organizationId=${id}` : `Organizations/${id}/Jobs`;
}

/** Where a list begins. Without these words a server gives thirty of it. */
export function firstPageOf(path: string): string {
  return pagePath(form, path, { offset: 0, limit: pageSize });
}

/**
 * One page of a list. Where an answer leaves open whether the list ends there, the next one is looked at, too.
 * @throws {UnfinishedList}
 */
async function onePage<Element>(
  offset: number,
  ask: (asked: Asked) => Promise<ListBody<Element>>,
): Promise<ListBody<Element>> {
  const page = await ask({ offset, limit: pageSize });
  const isEmpty = page.elements.length === 0;
  if (page.nextOffset === undefined || !(isEmpty || (page.isBare && offset === 0))) {
    return page;
  }
  const next = await ask({ offset: page.nextOffset, limit: pageSize });
  if (!isEmpty) {
    return bothPages(page, next);
  }
  if (next.elements.length === 0 && (next.nextOffset !== undefined || (next.total ?? 0) > offset)) {
    throw new UnfinishedList();
  }
  return next;
}

/**
 * The first two pages of a list that comes as bare arrays. Where the second one brings nothing else, the server does not
 * know pages, and the list happens to be as long as one.
 */
function bothPages<Element>(first: ListBody<Element>, second: ListBody<Element>): ListBody<Element> {
  const known = new Set(first.elements.map(element => JSON.stringify(element)));
  const others = second.elements.filter(element => !known.has(JSON.stringify(element)));
  const elements = [...first.elements, ...others];
  const isRepeated = others.length === 0;
  const nextOffset = isRepeated ? undefined : second.nextOffset;
  const unreadable = isRepeated ? first.unreadable : together(first.unreadable, second.unreadable);
  const total = nextOffset === undefined ? elements.length + (unreadable?.count ?? 0) : undefined;
  return { elements, unreadable, isBare: true, nextOffset, total };
}

/** What an error body says, in whichever of the forms. */
export async function explanation(host: string, response: HttpResponse): Promise<Explanation> {
  return await explanationIn(response, async () => {
    const body = expectShape(host, 'an error', errorBody, await parseJson(host, response.body));
    return { said: body.message ?? body.error_description ?? body.error ?? body.errorCode };
  });
}
