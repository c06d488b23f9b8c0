import { commonOptions, type SampleServer, type ServerOptions, serve } from '../server';
import { EnterpriseManagerData, type EnterpriseManagerDataOptions } from './data';
import { EnterpriseManagerRoutes, type RouteOptions } from './routes';
import { Sessions } from './sessions';

export type {
  BackupServer,
  CloudRepository,
  Gateway,
  HardwarePlan,
  Subtenant,
  Tenant,
  TenantResource,
  TenantType,
} from './data';
export { EnterpriseManagerData };

export interface EnterpriseManagerOptions extends ServerOptions, EnterpriseManagerDataOptions, RouteOptions {
  /** A session that was not used for so long is gone. */
  sessionIdleMs: number;
}

/** The options of the data set with their defaults. */
export function enterpriseManagerData(options: Partial<EnterpriseManagerDataOptions>): EnterpriseManagerDataOptions {
  return {
    tenants: options.tenants ?? 12,
    subtenantsPerTenant: options.subtenantsPerTenant ?? (tenant => (tenant === 0 ? 2 : tenant % 4)),
    backupServers: options.backupServers ?? 2,
    repositoriesPerServer: options.repositoriesPerServer ?? 2,
    gateways: options.gateways ?? 2,
    hardwarePlans: options.hardwarePlans ?? 2,
    hostileNames: options.hostileNames ?? false,
  };
}

/** Starts a server that answers like Veeam Backup Enterprise Manager. */
export async function startEnterpriseManager(
  options: Partial<EnterpriseManagerOptions> = {},
): Promise<SampleServer<EnterpriseManagerData>> {
  const common = await commonOptions(options);
  const full: EnterpriseManagerOptions = {
    ...common,
    ...enterpriseManagerData(options),
    sessionIdleMs: options.sessionIdleMs ?? 15 * 60 * 1000,
    versions: options.versions ?? ['v1_5', 'v1_6', 'v1_7'],
    cloudConnect: options.cloudConnect ?? true,
    json: options.json ?? true,
    release: options.release ?? 12,
    bom: options.bom ?? true,
    xmlDeclaration: options.xmlDeclaration ?? false,
    subtenantsJson: options.subtenantsJson ?? 'wrapped',
    portalRole: options.portalRole ?? 'administrator',
    linkBase: options.linkBase,
  };
  return serve(common, origin => {
    const data = new EnterpriseManagerData(full);
    const sessions = new Sessions(full);
    const routes = new EnterpriseManagerRoutes(full, data, sessions, origin);
    return { data, answer: request => routes.answer(request), expireSessions: () => sessions.expire() };
  });
}
