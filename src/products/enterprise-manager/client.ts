import type * as v from 'valibot';
import { isFailure } from '../../http/failure';
import type { HttpResponse } from '../../http/transport';
import { explanationIn, failureOf, isWebPage, parseJson, textOf } from '../decode';
import { WebPage } from '../failures';
import type { Api, DocumentFormat } from '../product';
import {
  type BackupServerBody,
  backupServerBody,
  errorBody,
  type RepositoryBody,
  readResource,
  readResources,
  repositoryBody,
  type SubtenantBody,
  subtenantBody,
  type TenantBody,
  tenantBody,
} from './wire';
import { looksLikeXml, parseXml } from './xml';

const json = 'application/json';
const xml = 'application/xml';

/** The calls of the Enterprise Manager REST API, one method each. All throw {@link Failure}. */
export class EnterpriseManagerClient {
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  /** `GET /api/logonSessions`. */
  async logonSessions(signal: AbortSignal): Promise<void> {
    await this.#get('/api/logonSessions', speaksJson(this.#api.apiVersion) ? json : xml, signal);
  }

  /** `GET /api/backupServers`. */
  backupServers(signal: AbortSignal): Promise<readonly BackupServerBody[]> {
    return this.#list('/api/backupServers?format=Entity', 'BackupServer', backupServerBody, signal);
  }

  /** `GET /api/backupServers/{ID}/repositories`. */
  repositories(backupServerId: string, signal: AbortSignal): Promise<readonly RepositoryBody[]> {
    const path = `/api/backupServers/${encodeURIComponent(backupServerId)}/repositories?format=Entity`;
    return this.#list(path, 'Repository', repositoryBody, signal);
  }

  /** `GET /api/cloud/tenants`. */
  tenants(signal: AbortSignal): Promise<readonly TenantBody[]> {
    return this.#list('/api/cloud/tenants?format=Entity', 'CloudTenant', tenantBody, signal);
  }

  /** `GET /api/cloud/tenants/{ID}/subtenants`. */
  subtenants(tenantId: string, signal: AbortSignal): Promise<readonly SubtenantBody[]> {
    const path = `/api/cloud/tenants/${encodeURIComponent(tenantId)}/subtenants`;
    return this.#list(path, 'CloudSubtenant', subtenantBody, signal);
  }

  /**
   * JSON is asked for, as it is read many times faster. Only the XML form of every list is documented, though: if the JSON
   * is not what was expected, the XML is asked for, and its verdict counts.
   */
  async #list<Element>(
    path: string,
    name: string,
    schema: v.GenericSchema<unknown, Element>,
    signal: AbortSignal,
  ): Promise<readonly Element[]> {
    const read = (body: unknown) => readResources(this.#api.host, name, schema, body);
    // v1_4 is the first version that knows JSON.
    if (!speaksJson(this.#api.apiVersion)) {
      return read(await this.#get(path, xml, signal));
    }
    try {
      return read(await this.#get(path, json, signal));
    } catch (error) {
      if (isFailure(error) && (error.kind === 'unexpectedShape' || error.kind === 'malformedBody')) {
        return read(await this.#get(path, xml, signal));
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
    if (format === 'json') {
      parseJson(this.#api.host, body);
    } else {
      parseXml(this.#api.host, body);
    }
    return textOf(body) ?? '';
  }

  async #get(path: string, accept: string, signal: AbortSignal): Promise<unknown> {
    return parseBody(this.#api.host, await this.#answer(path, accept, signal));
  }

  async #answer(path: string, accept: string, signal: AbortSignal): Promise<HttpResponse> {
    const response = await this.#api.get(path, accept, signal);
    if (response.status !== 200) {
      throw failureOf(this.#api.host, response, explanation(this.#api.host, response));
    }
    return response;
  }
}

/** `v1`, `v1_1` … `v1_3` speak XML alone. */
export function speaksJson(apiVersion: string): boolean {
  return Number(/^v1_(\d+)$/.exec(apiVersion)?.[1] ?? 0) >= 4;
}

/** @throws {MalformedBody | WebPage} */
export function parseBody(host: string, response: HttpResponse): unknown {
  if (isWebPage(response.body)) {
    throw new WebPage(host);
  }
  return looksLikeXml(response.body) ? parseXml(host, response.body) : parseJson(host, response.body);
}

/** What an error body says, in XML or JSON; undefined if it says nothing. */
export function explanation(host: string, response: HttpResponse): string | undefined {
  return explanationIn(response, () => readResource(host, 'Error', errorBody, parseBody(host, response)).Message);
}
