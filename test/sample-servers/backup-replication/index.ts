import { commonOptions, type SampleServer, type ServerOptions, serve } from '../server';
import { BackupReplicationData, type BackupReplicationDataOptions } from './data';
import type { Revision } from './revisions';
import { BackupReplicationRoutes, type RouteOptions } from './routes';
import { type TokenOptions, Tokens } from './tokens';

export type { Revision } from './revisions';
export { BackupReplicationData };

export interface BackupReplicationOptions
  extends ServerOptions,
    BackupReplicationDataOptions,
    TokenOptions,
    RouteOptions {}

/** Starts a server that answers like Veeam Backup & Replication. */
export async function startBackupReplication(
  options: Partial<BackupReplicationOptions> = {},
): Promise<SampleServer<BackupReplicationData>> {
  const common = await commonOptions(options);
  const newest: Revision = options.newest ?? '1.3-rev2';
  const full: BackupReplicationOptions = {
    ...common,
    repositories: options.repositories ?? 18,
    scaleOutRepositories: options.scaleOutRepositories ?? 3,
    managedServers: options.managedServers ?? 12,
    proxies: options.proxies ?? 6,
    jobs: options.jobs ?? 14,
    entraTenants: options.entraTenants ?? 3,
    hostileNames: options.hostileNames ?? false,
    unknownCapacityGB: options.unknownCapacityGB ?? 0,
    platform: options.platform ?? 'Windows',
    tokenLifetimeSeconds: options.tokenLifetimeSeconds ?? 900,
    claimedLifetime: options.claimedLifetime,
    mfaEnabled: options.mfaEnabled ?? false,
    refreshRotation: options.refreshRotation ?? 'singleUse',
    forbidsAfterRefresh: options.forbidsAfterRefresh ?? false,
    newest,
    role: options.role ?? 'administrator',
    refusal: options.refusal ?? 'withList',
    maxLimit: options.maxLimit ?? 1000,
    unknownQuery: options.unknownQuery ?? 'refused',
  };
  return serve(common, () => {
    const data = new BackupReplicationData(full, newest);
    const tokens = new Tokens(full);
    const routes = new BackupReplicationRoutes(full, data, tokens);
    return { data, answer: request => routes.answer(request), expireSessions: () => tokens.expire() };
  });
}
