// The sample servers of `npm start`. Run by itself, it serves them to a window that a debugger opens (.vscode/launch.json).
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import {
  type EnterpriseManagerData,
  type EnterpriseManagerOptions,
  type SampleServer,
  startEnterpriseManager,
  startVb365,
  type Vb365Data,
  type Vb365Options,
} from '../test/sample-servers';
import { createCertificate } from '../test/sample-servers/certificates';
import { startFurther } from '../test/sample-servers/family';
import { runMain } from './processes';
import { repository } from './repository';

export interface SampleServers {
  /** The helper extension that adds them, as a package. */
  readonly helper: string;
  /** The environment in which the helper finds them. */
  readonly env: Readonly<Record<string, string>>;
  readonly description: string;
  readonly vb365: SampleServer<Vb365Data>;
  readonly enterpriseManager: SampleServer<EnterpriseManagerData>;
  /** Those of the other products, if they were started. */
  readonly further: Awaited<ReturnType<typeof startFurther>> | undefined;
  close(): Promise<void>;
}

export interface SampleServersOptions extends Vb365Options, EnterpriseManagerOptions {
  /** Has each certificate trusted by its fingerprint, which VS Code asks about. Otherwise the settings name their authority. */
  readonly pinned: boolean;
  /** Starts a server of each further product, too. Tests by clicks and pictures show the first two. */
  readonly everyProduct: boolean;
}

/** Starts a server of each of the first two products. `folder` is a private, throw-away folder. */
export async function startSampleServers(
  folder: string,
  { pinned = false, everyProduct = false, ...options }: Partial<SampleServersOptions> = {},
): Promise<SampleServers> {
  const authority = await createCertificate({ commonName: 'sample-authority.example.com', ca: true });
  const trusted = async () => (pinned ? {} : { certificate: await createCertificate({ issuer: authority }) });
  const startWith = async <Started>(start: (given: typeof options) => Promise<Started>): Promise<Started> =>
    await start({ ...(await trusted()), ...options });
  const [vb365, enterpriseManager] = await Promise.all([startWith(startVb365), startWith(startEnterpriseManager)]);
  const further = everyProduct
    ? await startFurther(enterpriseManager, {
        vb365: options,
        enterpriseManager: options,
        backupReplication: await trusted(),
        serviceProviderConsole: await trusted(),
      })
    : undefined;
  const servers = [
    { product: 'vb365', name: 'm365-sample', server: vb365 },
    { product: 'enterprise-manager', name: 'em-sample', server: enterpriseManager },
    ...(further
      ? [
          { product: 'backup-replication', name: 'vbr-sample', server: further.backupReplication },
          { product: 'service-provider-console', name: 'vspc-sample', server: further.serviceProviderConsole },
        ]
      : []),
  ];
  const file = join(folder, 'sample-servers.json');
  const authorities = join(folder, 'sample-servers.pem');
  const additions = servers.map(({ product, name, server: { url, username, password, fingerprint } }) => ({
    ...{ product, name, url, username, password },
    ...(pinned ? { trustedFingerprint: fingerprint } : {}),
  }));
  await writeFile(authorities, authority.cert);
  await writeFile(file, JSON.stringify({ caFiles: pinned ? [] : [authorities], servers: additions }), { mode: 0o600 });

  const helper = join(folder, 'sample-servers.vsix');
  await createVSIX({
    cwd: join(repository, 'scripts', 'vscode', 'helper-extension'),
    packagePath: helper,
    dependencies: false,
    allowMissingRepository: true,
    skipLicense: true,
  });
  return {
    helper,
    env: { BACKUP_TENANCY_SAMPLE_SERVERS: file },
    description: servers
      .map(({ name, server }) => `${name}: ${server.url}, user ${server.username}, password ${server.password}`)
      .join('\n'),
    vb365,
    enterpriseManager,
    further,
    async close() {
      await Promise.all(servers.map(({ server }) => server.close()));
    },
  };
}

async function main(): Promise<void> {
  console.log('Starting…');
  const folder = join(repository, 'out', 'sample-servers');
  await mkdir(folder, { recursive: true });
  const { description } = await startSampleServers(folder, { everyProduct: true });
  console.log(`${description}\nPress Ctrl+C to end.`);
  await once(process, 'SIGINT');
}

if (require.main === module) {
  runMain(main);
}
