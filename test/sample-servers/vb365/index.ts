import { between } from '../random';
import { commonOptions, type SampleServer, type ServerOptions, serve } from '../server';
import { Vb365Data, type Vb365DataOptions } from './data';
import { type RouteOptions, Vb365Routes } from './routes';
import { type TokenOptions, Tokens } from './tokens';

export type {
  BackedUpOrganization,
  BackupProxy,
  Job,
  Organization,
  ProtectedKind,
  ProtectedObject,
  Repository,
  UsedRepository,
} from './data';
export { Vb365Data };

export interface Vb365Options extends ServerOptions, Vb365DataOptions, TokenOptions, RouteOptions {}

const PRODUCT_VERSIONS: Readonly<Record<string, string>> = {
  v8: '8.0.2.159',
  v7: '7.0.0.2911',
  v6: '6.0.0.367',
};

/** The options of the data set with their defaults. */
export function vb365Data(options: Partial<Vb365DataOptions>): Vb365DataOptions {
  const organizationsPerRepository = options.organizationsPerRepository ?? defaultSize;
  return {
    repositories: options.repositories ?? 4,
    organizationsPerRepository,
    // By default there are as many organizations as the largest repository is asked to hold.
    organizations:
      options.organizations ??
      Math.max(12, typeof organizationsPerRepository === 'number' ? organizationsPerRepository : 0),
    usersPerOrganization: options.usersPerOrganization ?? 5,
    jobsPerOrganization: options.jobsPerOrganization ?? 1,
    proxies: options.proxies ?? 2,
    hostileNames: options.hostileNames ?? false,
  };
}

/** Starts a server that answers like Veeam Backup for Microsoft 365. */
export async function startVb365(options: Partial<Vb365Options> = {}): Promise<SampleServer<Vb365Data>> {
  const common = await commonOptions(options);
  const versions = (options.versions ?? ['v6', 'v7', 'v8']).map(version => version.toLowerCase());
  const full: Vb365Options = {
    ...common,
    ...vb365Data(options),
    tokenLifetimeSeconds: options.tokenLifetimeSeconds ?? 3600,
    claimedLifetime: options.claimedLifetime,
    knowsMicrosoftAccount: options.knowsMicrosoftAccount,
    throttleToken: options.throttleToken ?? false,
    refreshRotation: options.refreshRotation ?? 'singleUse',
    versions,
    productVersion: options.productVersion ?? PRODUCT_VERSIONS[[...versions].sort().at(-1) ?? ''] ?? '5.0.0.1070',
    maxLimit: options.maxLimit ?? 10_000,
    envelope: options.envelope ?? {},
    linkForm: options.linkForm,
    omitLinks: options.omitLinks ?? false,
    role: options.role ?? 'administrator',
  };
  return serve(common, origin => {
    const data = new Vb365Data(full);
    const tokens = new Tokens(full);
    const routes = new Vb365Routes(full, data, tokens, origin);
    return { data, answer: request => routes.answer(request), expireSessions: () => tokens.expire() };
  });
}

function defaultSize(repository: number): number {
  return [2, 6, 5, 0][repository] ?? between(0, 8, 'organizations', repository);
}
