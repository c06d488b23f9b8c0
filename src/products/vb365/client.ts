import * as l10n from '@vscode/l10n';
import type * as v from 'valibot';
import type { HttpResponse } from '../../http/request';
import type { Organization } from '../../items/item';
import { together } from '../../items/unreadable';
import { UnfinishedList } from '../failures';
import type { Api, GetOptions } from '../product';
import { JsonParser, parseArriving, parseJson, textOf } from '../reading/bodyParser';
import { expectShape } from '../reading/decode';
import { rawElements } from '../reading/rawElements';
import { type Explanation, explanationIn, failureOf } from '../reading/statusFailures';
import {
  type Asked,
  type BackedUpOrganizationBody,
  backedUpOrganizationBody,
  backupStateBody,
  errorBody,
  healthBody,
  type JobBody,
  jobBody,
  type ListBody,
  licenseBody,
  type OrganizationBody,
  organizationBody,
  type ProtectedObjectBody,
  type ProxyBody,
  protectedObjectBody,
  proxyBody,
  type RepositoryBody,
  readEnvelope,
  readList,
  repositoryBody,
  serviceInstanceBody,
  type UsedRepositoryBody,
  usedRepositoryBody,
} from './wire';

/** The server's default of 30 would need hundreds of requests; 500 is the largest page reported from the field. */
const pageSize = 500;

/** For the repositories of an organization, which v3 was seen to look for more than five minutes. */
const longPatienceMs = 8 * 60_000;

/** The calls of the Veeam Backup for Microsoft 365 REST API, one method each. All throw {@link Failure}. */
export class Vb365Client {
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Of the API: 8 for `v8`. */
  get version(): number {
    return versionNumber(this.#api.apiVersion);
  }

  /** `GET /ServiceInstance`, v6 and later. */
  async serviceInstance(signal: AbortSignal): Promise<v.InferOutput<typeof serviceInstanceBody>> {
    const body = await this.#get('ServiceInstance', signal);
    return expectShape(this.#api.host, l10n.t('a service instance'), serviceInstanceBody, body);
  }

  /** `GET /BackupRepositories`. */
  repositories(offset: number, signal: AbortSignal): Promise<ListBody<RepositoryBody>> {
    return this.#list('BackupRepositories', l10n.t('a list of backup repositories'), repositoryBody, offset, signal);
  }

  /** `GET /BackupRepositories/{repositoryId}/BackedUpOrganizations`. */
  backedUpOrganizations(
    repositoryId: string,
    offset: number,
    signal: AbortSignal,
  ): Promise<ListBody<BackedUpOrganizationBody>> {
    const path = `BackupRepositories/${encodeURIComponent(repositoryId)}/BackedUpOrganizations`;
    return this.#list(path, l10n.t('a list of backed-up organizations'), backedUpOrganizationBody, offset, signal);
  }

  /** `GET /Organizations`; without `extendedView`, as that makes the server ask its proxies. */
  organizations(offset: number, signal: AbortSignal): Promise<ListBody<OrganizationBody>> {
    return this.#list('Organizations', l10n.t('a list of organizations'), organizationBody, offset, signal);
  }

  /** `GET /Organization`: the one that the account belongs to. Administrators belong to none. */
  async ownOrganization(signal: AbortSignal): Promise<OrganizationBody> {
    const body = await this.#get(pathOfOwnOrganization, signal);
    return expectShape(this.#api.host, l10n.t('an organization'), organizationBody, body);
  }

  /** `GET /Organizations/{organizationId}?extendedView=true`, of the account's own organization `GET /Organization`. */
  async backupState(
    { id, isOwn }: Pick<Organization, 'id' | 'isOwn'>,
    signal: AbortSignal,
  ): Promise<v.InferOutput<typeof backupStateBody>> {
    const path = isOwn ? pathOfOwnOrganization : `Organizations/${encodeURIComponent(id)}?extendedView=true`;
    const body = await this.#get(path, signal);
    return expectShape(this.#api.host, l10n.t('an organization'), backupStateBody, body);
  }

  /** A list of users, groups, sites or teams in a backup; `path` says of which and of whom. */
  protectedObjects(path: string, offset: number, signal: AbortSignal): Promise<ListBody<ProtectedObjectBody>> {
    return this.#list(path, l10n.t('a list of what is backed up'), protectedObjectBody, offset, signal);
  }

  /** `GET /Organizations/{organizationId}/usedRepositories`. */
  usedRepositories(organizationId: string, offset: number, signal: AbortSignal): Promise<ListBody<UsedRepositoryBody>> {
    const path = `Organizations/${encodeURIComponent(organizationId)}/usedRepositories`;
    return this.#list(
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
    const path = pathOfJobs(this.#api.apiVersion, organizationId);
    return this.#list(path, l10n.t('a list of backup jobs'), jobBody, offset, signal);
  }

  /** `GET /Proxies`. */
  proxies(offset: number, signal: AbortSignal): Promise<ListBody<ProxyBody>> {
    return this.#list('Proxies', l10n.t('a list of backup proxies'), proxyBody, offset, signal);
  }

  /** `GET /Health`, v8. */
  async health(signal: AbortSignal): Promise<v.InferOutput<typeof healthBody>> {
    return expectShape(this.#api.host, l10n.t('a health report'), healthBody, await this.#get('Health', signal));
  }

  /** `GET /License`. */
  async license(signal: AbortSignal): Promise<v.InferOutput<typeof licenseBody>> {
    return expectShape(this.#api.host, l10n.t('a license'), licenseBody, await this.#get('License', signal));
  }

  /** The body of any resource, as it came. */
  async text(path: string, signal: AbortSignal): Promise<string> {
    const { body } = await this.#answer(path, signal);
    await parseJson(this.#api.host, body); // a page for people is no answer
    return textOf(body) ?? '';
  }

  /** One page of any list, its elements to the letter. */
  listOfTexts(path: string, offset: number, signal: AbortSignal): Promise<ListBody<string>> {
    return onePage(offset, async asked => {
      const { body } = await this.#answer(pageOf(path, asked), signal);
      const list = readEnvelope(this.#api.host, l10n.t('a list'), await parseJson(this.#api.host, body), asked);
      return { ...list, elements: rawElements(textOf(body) ?? '', 'results') };
    });
  }

  async #list<Element>(
    path: string,
    expected: string,
    schema: v.GenericSchema<unknown, Element>,
    offset: number,
    signal: AbortSignal,
    patienceMs?: number,
  ): Promise<ListBody<Element>> {
    return await onePage(offset, async asked => {
      const body = await this.#get(pageOf(path, asked), signal, patienceMs);
      return await readList(this.#api.host, expected, schema, body, asked);
    });
  }

  async #get(path: string, signal: AbortSignal, patienceMs?: number): Promise<unknown> {
    return await parseArriving(
      this.#api.host,
      () => new JsonParser(),
      reader => this.#answer(path, signal, { patienceMs, reader }),
    );
  }

  async #answer(path: string, signal: AbortSignal, options?: GetOptions): Promise<HttpResponse> {
    const response = await this.#api.get(`/${this.#api.apiVersion}/${path}`, 'application/json', signal, options);
    if (response.status !== 200) {
      throw failureOf(this.#api.host, response, await explanation(this.#api.host, response));
    }
    return response;
  }
}

/** 8 for `v8`. */
export function versionNumber(apiVersion: string): number {
  return Number(apiVersion.slice(1));
}

/** Of the one that the account belongs to. */
export const pathOfOwnOrganization = 'Organization';

/** Of an organization. */
export function pathOfJobs(apiVersion: string, organizationId: string): string {
  const id = encodeURIComponent(organizationId);
  return versionNumber(apiVersion) >= 8 ? `Jobs?organizationId=${id}` : `Organizations/${id}/Jobs`;
}

/** Where a list begins. Without these words a server gives thirty of it. */
export function firstPageOf(path: string): string {
  return pageOf(path, { offset: 0, limit: pageSize });
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

function pageOf(path: string, { offset, limit }: Asked): string {
  return `${path}${path.includes('?') ? '&' : '?'}limit=${limit}&offset=${offset}`;
}

/** What an error body says, in whichever of the forms. */
export async function explanation(host: string, response: HttpResponse): Promise<Explanation> {
  return await explanationIn(response, async () => {
    const body = expectShape(host, 'an error', errorBody, await parseJson(host, response.body));
    return { said: body.message ?? body.error_description ?? body.error ?? body.errorCode };
  });
}
