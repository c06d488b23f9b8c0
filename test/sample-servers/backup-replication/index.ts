import { commonOptions, type SampleServer, type ServerOptions, serve } from '../server';
import { BackupReplicationData, type BackupReplicationDataOptions } from './data';
import { atLeast, servedWith } from './revisions';
import { BackupReplicationRoutes, type RouteOptions } from './routes';
import { type TokenOptions, Tokens } from './tokens';

export { BackupReplicationData, DEFAULT_REPOSITORY_ID, THIS_SERVER_ID } from './data';
export { REVISIONS, type Revision } from './revisions';

export interface BackupReplicationOptions
  extends ServerOptions,
    BackupReplicationDataOptions,
    TokenOptions,
    Omit<RouteOptions, 'certificatePem'> {}

/** Starts a server that answers like the REST API of Veeam Backup & Replication. */
export async function startBackupReplication(
  options: Partial<BackupReplicationOptions> = {},
): Promise<SampleServer<BackupReplicationData>> {
  const common = await commonOptions(options);
  const newestRevision = options.newestRevision ?? '1.3-rev2';
  const full: BackupReplicationOptions = {
    ...common,
    newestRevision,
    revisions: options.revisions ?? servedWith(newestRevision),
    refusal: options.refusal ?? 'list',
    role: options.role ?? 'administrator',
    // The Linux appliance came with 13.0.
    platform: atLeast(newestRevision, '1.3-rev0') ? (options.platform ?? 'Windows') : 'Windows',
    // More than one page.
    repositories: options.repositories ?? 250,
    scaleOutRepositories: options.scaleOutRepositories ?? 3,
    managedServers: options.managedServers ?? 14,
    proxies: options.proxies ?? 8,
    jobs: options.jobs ?? 40,
    entraTenants: options.entraTenants ?? 3,
    hostileNames: options.hostileNames ?? false,
    unknownCapacityGB: options.unknownCapacityGB ?? 0,
    scaleOutInStates: options.scaleOutInStates ?? false,
    tokenLifetimeSeconds: options.tokenLifetimeSeconds ?? 900,
    claimedLifetime: options.claimedLifetime,
    mfaEnabled: options.mfaEnabled ?? false,
    refreshRotation: options.refreshRotation ?? 'singleUse',
    forbidsAfterRefresh: options.forbidsAfterRefresh ?? false,
    emptyUnauthorized: options.emptyUnauthorized ?? false,
    // No maximum is documented.
    maxLimit: options.maxLimit ?? Number.POSITIVE_INFINITY,
    unknownQuery: options.unknownQuery ?? 'ignored',
    webConsole: options.webConsole ?? 'none',
  };
  return serve(common, () => {
    const data = new BackupReplicationData(full, newestRevision);
    const tokens = new Tokens(full);
    const routes = new BackupReplicationRoutes({ ...full, certificatePem: common.certificate.cert }, data, tokens);
    return { data, answer: request => routes.answer(request), expireSessions: () => tokens.expire() };
  });
}
