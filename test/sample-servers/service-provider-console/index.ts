import { enterpriseManagerData } from '../enterprise-manager';
import type { EnterpriseManagerDataOptions } from '../enterprise-manager/data';
import { commonOptions, type SampleServer, type ServerOptions, serve } from '../server';
import { vb365Data } from '../vb365';
import type { Vb365DataOptions } from '../vb365/data';
import { type Account, type ApiKey, accountsOf, apiKeysOf, MFA_CODE } from './accounts';
import { PLANTED_SECRET, ServiceProviderConsoleData, type ServiceProviderConsoleDataOptions } from './data';
import { usersOf } from './people';
import { type RouteOptions, ServiceProviderConsoleRoutes } from './routes';
import { type TokenOptions, Tokens } from './tokens';
import { type ApiVersion, hasOwnTenants } from './version';

export type { Account, ApiKey, ApiVersion };
export { MFA_CODE, PLANTED_SECRET, ServiceProviderConsoleData };

export interface ServiceProviderConsoleOptions
  extends ServerOptions,
    Omit<ServiceProviderConsoleDataOptions, 'enterpriseManager' | 'vb365'>,
    Omit<TokenOptions, 'password' | 'clock'>,
    RouteOptions {
  /** The options of the Enterprise Manager whose servers, tenants and ids are met here. */
  enterpriseManager: Partial<EnterpriseManagerDataOptions>;
  /** The options of the Microsoft 365 backup server whose organizations, repositories and ids are met here. */
  vb365: Partial<Vb365DataOptions>;
}

export interface ServiceProviderConsoleServer extends SampleServer<ServiceProviderConsoleData> {
  /** All who can sign in, with the server's password; the first one is the server's own. */
  readonly accounts: readonly Account[];
  /** The first one is the administrator's that may only read. */
  readonly apiKeys: readonly ApiKey[];
}

/** Starts a server that answers like Veeam Service Provider Console. */
export async function startServiceProviderConsole(
  options: Partial<ServiceProviderConsoleOptions> = {},
): Promise<ServiceProviderConsoleServer> {
  const common = await commonOptions(options);
  const hostileNames = options.hostileNames ?? false;
  const enterpriseManager = enterpriseManagerData({ hostileNames, ...options.enterpriseManager });
  const companies = options.companies ?? 1200;
  const data = new ServiceProviderConsoleData({
    companies,
    resellers: options.resellers ?? 3,
    tenants: options.tenants ?? Math.max(companies, enterpriseManager.tenants),
    remoteServers: options.remoteServers ?? 4,
    jobsPerServer: options.jobsPerServer ?? 7,
    enterpriseManager,
    vb365: vb365Data({ hostileNames, ...options.vb365 }),
    backupServerInstallations: options.backupServerInstallations ?? [],
    hostedRepositories: options.hostedRepositories ?? [],
    hostileNames,
  });
  const accounts = accountsOf(data, common.username);
  const keys = apiKeysOf(accounts);
  const version = options.version ?? '3.6.1';
  const tokens = new Tokens(
    {
      ...common,
      tokenLifetimeSeconds: options.tokenLifetimeSeconds ?? 3600,
      claimedLifetime: options.claimedLifetime,
      refreshRotation: options.refreshRotation ?? 'singleUse',
      wrongCode: options.wrongCode ?? 'mayBeCorrected',
      refusedCredentials: options.refusedCredentials ?? 400,
      refuses: options.refuses ?? [],
    },
    accounts,
    keys,
    account => account.organization.isRestAccessEnabled,
    hasOwnTenants(version),
  );
  const routes = new ServiceProviderConsoleRoutes(
    {
      version,
      clock: common.clock,
      maxPageSize: options.maxPageSize ?? 500,
      refuses: options.refuses ?? [],
      filterWithExpandIgnoresOffset: options.filterWithExpandIgnoresOffset ?? false,
      asyncAnswers: options.asyncAnswers ?? 'withRequestId',
      asyncPolls: options.asyncPolls ?? 1,
      throttle: options.throttle,
      unauthorizedBody: options.unauthorizedBody ?? true,
      failing: options.failing ?? [],
    },
    { data, accounts, keys, users: usersOf(data, accounts) },
    tokens,
  );
  const server = await serve(common, () => ({
    data,
    answer: request => routes.answer(request),
    expireSessions: () => tokens.expire(),
  }));
  return Object.assign(server, { accounts, apiKeys: keys });
}
