import * as l10n from '@vscode/l10n';
import type * as v from 'valibot';
import type { HttpResponse } from '../../http/request';
import { UnfinishedList } from '../failures';
import type { Api, GetOptions } from '../product';
import { JsonParser, parseArriving, parseJson, textOf } from '../reading/bodyParser';
import { expectShape } from '../reading/decode';
import { rawElements } from '../reading/rawElements';
import { type Explanation, explanationIn, failureOf } from '../reading/statusFailures';
import { paths } from './paths';
import {
  type Asked,
  type EntraTenantBody,
  entraTenantBody,
  errorBody,
  type JobStateBody,
  jobStateBody,
  type ListBody,
  licenseBody,
  type ManagedServerBody,
  managedServerBody,
  type ProxyBody,
  proxyBody,
  type RepositoryBody,
  type RepositoryStateBody,
  readEnvelope,
  readList,
  repositoryBody,
  repositoryStateBody,
  type ScaleOutRepositoryBody,
  scaleOutRepositoryBody,
  serverInfoBody,
  sessionBody,
} from './wire';

/** The server's default. No maximum is documented. */
const pageSize = 200;

/** The calls of the Backup & Replication REST API, one method each. All throw {@link Failure}. */
export class BackupReplicationClient {
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  /** `GET /serverInfo`, for administrators alone. */
  async serverInfo(signal: AbortSignal): Promise<v.InferOutput<typeof serverInfoBody>> {
    return await this.#one(paths.server, l10n.t('a description of the server'), serverInfoBody, signal);
  }

  /** `GET /license`, 1.2 and later, for administrators alone. */
  async license(signal: AbortSignal): Promise<v.InferOutput<typeof licenseBody>> {
    return await this.#one('license', l10n.t('a license'), licenseBody, signal);
  }

  /** `GET /backupInfrastructure/repositories/states`; the path says of which. */
  repositoryStates(path: string, offset: number, signal: AbortSignal): Promise<ListBody<RepositoryStateBody>> {
    return this.#list(path, l10n.t('a list of backup repositories'), repositoryStateBody, offset, signal);
  }

  /** `GET /backupInfrastructure/repositories/{id}`. */
  async repository(id: string, signal: AbortSignal): Promise<RepositoryBody> {
    return await this.#one(paths.repository(id), l10n.t('a backup repository'), repositoryBody, signal);
  }

  /** `GET /backupInfrastructure/scaleOutRepositories`. */
  scaleOutRepositories(offset: number, signal: AbortSignal): Promise<ListBody<ScaleOutRepositoryBody>> {
    const expected = l10n.t('a list of scale-out repositories');
    return this.#list(paths.scaleOutRepositories, expected, scaleOutRepositoryBody, offset, signal);
  }

  /** `GET /backupInfrastructure/scaleOutRepositories/{id}`. */
  async scaleOutRepository(id: string, signal: AbortSignal): Promise<ScaleOutRepositoryBody> {
    const expected = l10n.t('a scale-out repository');
    return await this.#one(paths.scaleOutRepository(id), expected, scaleOutRepositoryBody, signal);
  }

  /** `GET /jobs/states`; the path says of which. */
  jobs(path: string, offset: number, signal: AbortSignal): Promise<ListBody<JobStateBody>> {
    return this.#list(path, l10n.t('a list of backup jobs'), jobStateBody, offset, signal);
  }

  /** `GET /backupInfrastructure/managedServers`. */
  managedServers(offset: number, signal: AbortSignal): Promise<ListBody<ManagedServerBody>> {
    return this.#list(paths.managedServers, l10n.t('a list of managed servers'), managedServerBody, offset, signal);
  }

  /** `GET /backupInfrastructure/proxies/states`, before 1.3 `GET /backupInfrastructure/proxies`. */
  proxies(offset: number, signal: AbortSignal): Promise<ListBody<ProxyBody>> {
    const path = paths.proxies(this.#api.apiVersion);
    return this.#list(path, l10n.t('a list of backup proxies'), proxyBody, offset, signal);
  }

  /** `GET /inventory/entraId/tenants`, 1.2 and later. */
  entraTenants(offset: number, signal: AbortSignal): Promise<ListBody<EntraTenantBody>> {
    const expected = l10n.t('a list of Microsoft Entra ID tenants');
    return this.#list(paths.entraTenants, expected, entraTenantBody, offset, signal);
  }

  /** `GET /sessions`: the last one of a job; undefined if it never ran. */
  async lastSession(jobId: string, signal: AbortSignal): Promise<v.InferOutput<typeof sessionBody> | undefined> {
    const path = `sessions?jobIdFilter=${encodeURIComponent(jobId)}&orderColumn=CreationTime&orderAsc=false&limit=1`;
    const asked = { offset: 0, limit: 1 };
    const expected = l10n.t('a list of sessions');
    const { elements } = await readList(this.#api.host, expected, sessionBody, await this.#get(path, signal), asked);
    return elements[0];
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
      return { ...list, elements: rawElements(textOf(body) ?? '', 'data') };
    });
  }

  #list<Element>(
    path: string,
    expected: string,
    schema: v.GenericSchema<unknown, Element>,
    offset: number,
    signal: AbortSignal,
  ): Promise<ListBody<Element>> {
    return onePage(offset, async asked => {
      const body = await this.#get(pageOf(path, asked), signal);
      return await readList(this.#api.host, expected, schema, body, asked);
    });
  }

  async #one<Schema extends v.GenericSchema>(
    path: string,
    expected: string,
    schema: Schema,
    signal: AbortSignal,
  ): Promise<v.InferOutput<Schema>> {
    return expectShape(this.#api.host, expected, schema, await this.#get(path, signal));
  }

  async #get(path: string, signal: AbortSignal): Promise<unknown> {
    return await parseArriving(
      this.#api.host,
      () => new JsonParser(),
      reader => this.#answer(path, signal, { reader }),
    );
  }

  async #answer(path: string, signal: AbortSignal, options?: GetOptions): Promise<HttpResponse> {
    const response = await this.#api.get(`/api/v1/${path}`, 'application/json', signal, options);
    if (response.status !== 200) {
      throw failureOf(this.#api.host, response, await explanation(this.#api.host, response));
    }
    return response;
  }
}

/** Where a list begins. */
export function firstPageOf(path: string): string {
  return pageOf(path, { offset: 0, limit: pageSize });
}

/** @throws {UnfinishedList} if nothing comes although there should be more */
async function onePage<Element>(
  offset: number,
  ask: (asked: Asked) => Promise<ListBody<Element>>,
): Promise<ListBody<Element>> {
  const page = await ask({ offset, limit: pageSize });
  if (page.nextOffset === offset) {
    throw new UnfinishedList();
  }
  return page;
}

function pageOf(path: string, { offset, limit }: Asked): string {
  return `${path}${path.includes('?') ? '&' : '?'}skip=${offset}&limit=${limit}`;
}

/** What an error body says. */
export async function explanation(host: string, response: HttpResponse): Promise<Explanation> {
  return await explanationIn(response, async () => {
    const { message, errorCode } = expectShape(host, 'an error', errorBody, await parseJson(host, response.body));
    return { said: message ?? errorCode };
  });
}
