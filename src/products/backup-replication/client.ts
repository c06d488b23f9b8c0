import * as l10n from '@vscode/l10n';
import type * as v from 'valibot';
import type { Api } from '../product';
import { type JsonForm, JsonResources, type ListBody, pageOrUnfinished, pagePath } from '../reading/jsonResources';
import { explanation } from './explanation';
import { paths } from './paths';
import {
  type EntraTenantBody,
  entraTenantBody,
  envelope,
  type JobStateBody,
  jobStateBody,
  licenseBody,
  type ManagedServerBody,
  managedServerBody,
  type ProxyBody,
  proxyBody,
  type RepositoryBody,
  type RepositoryStateBody,
  repositoryBody,
  repositoryStateBody,
  type ScaleOutRepositoryBody,
  scaleOutRepositoryBody,
  serverInfoBody,
  sessionBody,
} from './wire';

/** The server's default. No maximum is documented. */
const pageSize = 200;

/** Where the paths of all resources begin. */
export const base = '/api/v1/';

const form: JsonForm = {
  pageSize,
  pageQuery: ({ offset, limit }) => `skip=${offset}&limit=${limit}`,
  elements: 'data',
  envelope,
  onePage: (offset, ask) => pageOrUnfinished({ offset, limit: pageSize }, ask),
  explanation,
};

/** The calls of the Backup & Replication REST API, one method each. All throw {@link Failure}. */
export class BackupReplicationClient {
  readonly #apiVersion: string;
  /** Reads any path. */
  readonly resources: JsonResources;

  constructor(api: Api) {
    this.#apiVersion = api.apiVersion;
    this.resources = new JsonResources(api, base, form);
  }

  /** `GET /serverInfo`, for administrators alone. */
  async serverInfo(signal: AbortSignal): Promise<v.InferOutput<typeof serverInfoBody>> {
    return await this.resources.one(paths.server, l10n.t('a description of the server'), serverInfoBody, signal);
  }

  /** `GET /license`, 1.2 and later, for administrators alone. */
  async license(signal: AbortSignal): Promise<v.InferOutput<typeof licenseBody>> {
    return await this.resources.one('license', l10n.t('a license'), licenseBody, signal);
  }

  /** `GET /backupInfrastructure/repositories/states`; the path says of which. */
  repositoryStates(path: string, offset: number, signal: AbortSignal): Promise<ListBody<RepositoryStateBody>> {
    return this.resources.list(path, l10n.t('a list of backup repositories'), repositoryStateBody, offset, signal);
  }

  /** Whether there is such a repository, by `GET /backupInfrastructure/repositories/states`. */
  async hasRepositoryState(id: string, signal: AbortSignal): Promise<boolean> {
    const expected = l10n.t('a list of backup repositories');
    return (await this.resources.first(paths.repositoryState(id), expected, repositoryStateBody, signal)) !== undefined;
  }

  /** `GET /backupInfrastructure/repositories/{id}`. */
  async repository(id: string, signal: AbortSignal): Promise<RepositoryBody> {
    return await this.resources.one(paths.repository(id), l10n.t('a backup repository'), repositoryBody, signal);
  }

  /** `GET /backupInfrastructure/scaleOutRepositories`. */
  scaleOutRepositories(offset: number, signal: AbortSignal): Promise<ListBody<ScaleOutRepositoryBody>> {
    const expected = l10n.t('a list of scale-out repositories');
    return this.resources.list(paths.scaleOutRepositories, expected, scaleOutRepositoryBody, offset, signal);
  }

  /** `GET /backupInfrastructure/scaleOutRepositories/{id}`. */
  async scaleOutRepository(id: string, signal: AbortSignal): Promise<ScaleOutRepositoryBody> {
    const expected = l10n.t('a scale-out repository');
    return await this.resources.one(paths.scaleOutRepository(id), expected, scaleOutRepositoryBody, signal);
  }

  /** `GET /jobs/states`; the path says of which. */
  jobs(path: string, offset: number, signal: AbortSignal): Promise<ListBody<JobStateBody>> {
    return this.resources.list(path, l10n.t('a list of backup jobs'), jobStateBody, offset, signal);
  }

  /** `GET /backupInfrastructure/managedServers`. */
  managedServers(offset: number, signal: AbortSignal): Promise<ListBody<ManagedServerBody>> {
    return this.resources.list(
      paths.managedServers,
      l10n.t('a list of managed servers'),
      managedServerBody,
      offset,
      signal,
    );
  }

  /** `GET /backupInfrastructure/proxies/states`, before 1.3 `GET /backupInfrastructure/proxies`. */
  proxies(offset: number, signal: AbortSignal): Promise<ListBody<ProxyBody>> {
    const path = paths.proxies(this.#apiVersion);
    return this.resources.list(path, l10n.t('a list of backup proxies'), proxyBody, offset, signal);
  }

  /** `GET /inventory/entraId/tenants`, 1.2 and later. */
  entraTenants(offset: number, signal: AbortSignal): Promise<ListBody<EntraTenantBody>> {
    const expected = l10n.t('a list of Microsoft Entra ID tenants');
    return this.resources.list(paths.entraTenants, expected, entraTenantBody, offset, signal);
  }

  /** `GET /sessions`: the last one of a job; undefined if it never ran. */
  async lastSession(jobId: string, signal: AbortSignal): Promise<v.InferOutput<typeof sessionBody> | undefined> {
    const path = `sessions?jobIdFilter=${encodeURIComponent(jobId)}&orderColumn=CreationTime&orderAsc=false`;
    return await this.resources.first(path, l10n.t('a list of sessions'), sessionBody, signal);
  }
}

/** Where a list begins. */
export function firstPageOf(path: string): string {
  return pagePath(form, path, { offset: 0, limit: pageSize });
}
