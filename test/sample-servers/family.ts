import { startBackupReplication } from './backup-replication';
import { type EnterpriseManagerData, startEnterpriseManager } from './enterprise-manager';
import type { SampleServer } from './server';
import { type ServiceProviderConsoleOptions, startServiceProviderConsole } from './service-provider-console';
import { startVb365 } from './vb365';

interface FamilyOptions {
  readonly vb365?: Parameters<typeof startVb365>[0];
  readonly enterpriseManager?: Parameters<typeof startEnterpriseManager>[0];
  readonly backupReplication?: Parameters<typeof startBackupReplication>[0];
  readonly serviceProviderConsole?: Partial<ServiceProviderConsoleOptions>;
}

/** A server of each product, of one service provider: its console tells of the other three. */
export async function startFamily(options: FamilyOptions = {}) {
  const [vb365, enterpriseManager] = await Promise.all([
    startVb365(options.vb365),
    startEnterpriseManager(options.enterpriseManager),
  ]);
  const further = await startFurther(enterpriseManager, options);
  const all = { vb365, enterpriseManager, ...further };
  return {
    ...all,
    async close() {
      await Promise.all(Object.values(all).map(server => server.close()));
    },
  };
}

/** A backup server, and the console that tells of it and of servers that were started with these options. */
export async function startFurther(enterpriseManager: SampleServer<EnterpriseManagerData>, options: FamilyOptions) {
  const backupReplication = await startBackupReplication(options.backupReplication);
  const sites = enterpriseManager.data.backupServers.length + 1;
  const hosted = backupReplication.data.repositories.filter(({ extentOf }) => !extentOf).slice(0, 6);
  const serviceProviderConsole = await startServiceProviderConsole({
    companies: 40,
    ...options.serviceProviderConsole,
    vb365: options.vb365 ?? {},
    enterpriseManager: options.enterpriseManager ?? {},
    // Behind the servers of the sites comes the one that hosts.
    backupServerInstallations: [
      ...Array.from({ length: sites }, (_, index) => `00000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`),
      backupReplication.data.vbrId,
    ],
    hostedRepositories: hosted,
  });
  return { backupReplication, serviceProviderConsole };
}
