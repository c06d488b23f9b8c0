import type * as v from 'valibot';
import { isFailure } from '../../base/failure';
import type { HttpResponse } from '../../http/request';
import { UnexpectedShape } from '../failures';
import type { Api, DocumentFormat, GetOptions } from '../product';
import { JsonParser, parseArriving, parseBody, textOf } from '../reading/bodyParser';
import { patiently } from '../reading/patience';
import type { ReadList } from '../reading/readList';
import { type Explanation, explanationIn, failureOf } from '../reading/statusFailures';
import { isMore, QueryPages } from './queryPages';
import {
  type AnyonesSubtenantBody,
  anyonesSubtenantBody,
  type BackupServerBody,
  backupServerBody,
  type ComputeResourceBody,
  computeResourceBody,
  errorBody,
  type GatewayBody,
  gatewayBody,
  type HardwarePlanBody,
  hardwarePlanBody,
  type LicenseCountersBody,
  licenseCountersBody,
  type QueryPage,
  type RepositoryBody,
  readQueryPage,
  readResource,
  readResources,
  repositoryBody,
  type SubtenantBody,
  subtenantBody,
  type TenantBody,
  tenantBody,
} from './wire';
import { XmlParser, xmlOrJson } from './xml';

const json = 'application/json';
const xml = 'application/xml';

/** Rows in a page of the query service, whose default is a hundred. */
const pageSize = 1000;

/** The calls of the Enterprise Manager REST API, one method each. All throw {@link Failure}. */
export class EnterpriseManagerClient {
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  /** `GET /api/logonSessions`. */
  async logonSessions(signal: AbortSignal): Promise<void> {
    await this.#read('/api/logonSessions', async () => undefined, signal);
  }

  /** `GET /api/backupServers`. */
  backupServers(signal: AbortSignal): Promise<ReadList<BackupServerBody>> {
    return this.#list('/api/backupServers?format=Entity', 'BackupServer', backupServerBody, signal);
  }

  /** `GET /api/repositories`. */
  allRepositories(signal: AbortSignal): Promise<ReadList<RepositoryBody>> {
    return this.#list('/api/repositories?format=Entity', 'Repository', repositoryBody, signal);
  }

  /** `GET /api/backupServers/{ID}/repositories`. */
  repositories(backupServerId: string, signal: AbortSignal): Promise<ReadList<RepositoryBody>> {
    const path = `/api/backupServers/${encodeURIComponent(backupServerId)}/repositories?format=Entity`;
    return this.#list(path, 'Repository', repositoryBody, signal);
  }

  /** `GET /api/cloud/tenants`. */
  tenants(signal: AbortSignal): Promise<ReadList<TenantBody>> {
    return this.#list('/api/cloud/tenants?format=Entity', 'CloudTenant', tenantBody, signal);
  }

  /** `GET /api/cloud/tenants/{ID}/subtenants`. */
  subtenants(tenantId: string, signal: AbortSignal): Promise<ReadList<SubtenantBody>> {
    const path = `/api/cloud/tenants/${encodeURIComponent(tenantId)}/subtenants`;
    // Their links are most of what comes, and the tenant they lead to is known.
    return this.#list(path, 'CloudSubtenant', subtenantBody, signal, ['Links']);
  }

  /**
   * `GET /api/query?type=CloudSubtenant`: those of all tenants, page by page. What came before a failure is no list.
   * @throws {UnexpectedShape} also where the pages do not go with each other
   */
  async *allSubtenants(signal: AbortSignal): AsyncGenerator<AnyonesSubtenantBody> {
    const pages = new QueryPages(pageSize);
    let more = true;
    for (let page = 1; more; page++) {
      // Without an order, rows may move from one page to another in between.
      const path = `/api/query?type=CloudSubtenant&format=Entities&sortAsc=UID&pageSize=${pageSize}&page=${page}`;
      const found = await this.#read(
        path,
        body => readQueryPage(this.#api.host, 'CloudSubtenant', anyonesSubtenantBody, body),
        signal,
      );
      const wrong = pages.add(page, found);
      if (wrong !== undefined) {
        throw new UnexpectedShape(this.#api.host, 'PagingInfo', wrong);
      }
      yield* found.elements;
      more = isMore(page, found);
    }
  }

  /** `GET /api/query?type=CloudTenant`: the first page of those that a filter leaves. */
  someTenants(filter: string, signal: AbortSignal): Promise<QueryPage<TenantBody>> {
    return this.#some('CloudTenant', tenantBody, filter, signal);
  }

  /** `GET /api/query?type=Repository`: the first page of those that a filter leaves. */
  someRepositories(filter: string, signal: AbortSignal): Promise<QueryPage<RepositoryBody>> {
    return this.#some('Repository', repositoryBody, filter, signal);
  }

  #some<Element>(
    name: string,
    schema: v.GenericSchema<unknown, Element>,
    filter: string,
    signal: AbortSignal,
  ): Promise<QueryPage<Element>> {
    const query = `type=${name}&format=Entities&filter=${encodeURIComponent(filter)}&pageSize=${pageSize}&page=1`;
    return this.#read(`/api/query?${query}`, body => readQueryPage(this.#api.host, name, schema, body), signal);
  }

  /** `GET /api/cloud/hardwarePlans`. */
  hardwarePlans(signal: AbortSignal): Promise<ReadList<HardwarePlanBody>> {
    return this.#list('/api/cloud/hardwarePlans?format=Entity', 'CloudHardwarePlan', hardwarePlanBody, signal);
  }

  /** `GET /api/cloud/gateways`. */
  gateways(signal: AbortSignal): Promise<ReadList<GatewayBody>> {
    return this.#list('/api/cloud/gateways?format=Entity', 'CloudGateway', gatewayBody, signal);
  }

  /** `GET /api/cloud/tenants/{ID}/computeResources`. */
  computeResources(tenantId: string, signal: AbortSignal): Promise<ReadList<ComputeResourceBody>> {
    const path = `/api/cloud/tenants/${encodeURIComponent(tenantId)}/computeResources`;
    return this.#list(path, 'CloudTenantComputeResource', computeResourceBody, signal);
  }

  /** `GET /api/cloud/tenants/{ID}/freelicenseCounters`. */
  licenseCounters(tenantId: string, signal: AbortSignal): Promise<LicenseCountersBody> {
    const path = `/api/cloud/tenants/${encodeURIComponent(tenantId)}/freelicenseCounters`;
    const read = async (body: unknown) =>
      readResource(this.#api.host, 'CloudTenantFreeLicenseCounters', licenseCountersBody, body);
    return this.#read(path, read, signal);
  }

  #list<Element>(
    path: string,
    name: string,
    schema: v.GenericSchema<unknown, Element>,
    signal: AbortSignal,
    unread?: readonly string[],
  ): Promise<ReadList<Element>> {
    return this.#read(path, body => readResources(this.#api.host, name, schema, body), signal, unread);
  }

  /**
   * JSON is asked for, as it is read many times faster. Only the XML form of every list is documented, though: if the JSON
   * is not what was expected, the XML is asked for, and its verdict counts.
   * @param unread names of elements of XML that `read` does not look at
   */
  async #read<Result>(
    path: string,
    read: (body: unknown) => Promise<Result>,
    signal: AbortSignal,
    unread?: readonly string[],
  ): Promise<Result> {
    // v1_4 is the first version that knows JSON.
    if (!speaksJson(this.#api.apiVersion)) {
      return await read(await this.#get(path, xml, signal, unread));
    }
    try {
      return await read(await this.#get(path, json, signal, unread));
    } catch (error) {
      if (isFailure(error) && (error.kind === 'unexpectedShape' || error.kind === 'malformedBody')) {
        return await read(await this.#get(path, xml, signal, unread));
      }
      throw error;
    }
  }

  /**
   * The body of any resource, as it came.
   * @throws {MalformedBody} also if the server has sent another format
   */
  async text(path: string, format: DocumentFormat, signal: AbortSignal): Promise<string> {
    const { body } = await this.#answer(path, format === 'json' ? json : xml, signal);
    await parseBody(this.#api.host, body, () => (format === 'json' ? new JsonParser() : new XmlParser()));
    return textOf(body) ?? '';
  }

  async #get(path: string, accept: string, signal: AbortSignal, unread?: readonly string[]): Promise<unknown> {
    return await parseArriving(
      this.#api.host,
      start => xmlOrJson(start, unread),
      reader => this.#answer(path, accept, signal, { reader }),
    );
  }

  async #answer(path: string, accept: string, signal: AbortSignal, options?: GetOptions): Promise<HttpResponse> {
    const { host } = this.#api;
    return await patiently(
      () => this.#api.get(path, accept, signal, options),
      async response => failureOf(host, response, await explanation(host, response)),
      signal,
    );
  }
}

/** `v1`, `v1_1` … `v1_3` speak XML alone. */
export function speaksJson(apiVersion: string): boolean {
  return Number(/^v1_(\d+)$/.exec(apiVersion)?.[1] ?? 0) >= 4;
}

/** What an error body says, in XML or JSON. */
export async function explanation(host: string, response: HttpResponse): Promise<Explanation> {
  return await explanationIn(response, async () => {
    return { said: readResource(host, 'Error', errorBody, await parseBody(host, response.body, xmlOrJson)).Message };
  });
}
