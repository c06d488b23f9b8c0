import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { runMain } from '../../scripts/processes';
import {
  createCertificate,
  type SampleServer,
  startBackupReplication,
  startEnterpriseManager,
  startVb365,
} from './index';

/** Runs one sample server of each product until Ctrl+C, to try the extension by hand: npx tsx test/sample-servers/cli.ts --help */

const { values } = parseArgs({
  options: {
    'vb365-port': { type: 'string', default: '4443' },
    'em-port': { type: 'string', default: '9398' },
    'vbr-port': { type: 'string', default: '9419' },
    repositories: { type: 'string' },
    organizations: { type: 'string' },
    users: { type: 'string' },
    jobs: { type: 'string' },
    proxies: { type: 'string' },
    tenants: { type: 'string' },
    subtenants: { type: 'string' },
    gateways: { type: 'string' },
    plans: { type: 'string' },
    'vbr-repositories': { type: 'string' },
    'vbr-jobs': { type: 'string' },
    'delay-ms': { type: 'string' },
    'hostile-names': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const USAGE = `Options:
  --vb365-port <port>     4443; 0 takes any free port
  --em-port <port>        9398; 0 takes any free port
  --vbr-port <port>       9419; 0 takes any free port
  --repositories <count>  backup repositories of VB365
  --organizations <count> organizations in each of them
  --users <count>         users of each organization in each repository
  --jobs <count>          backup jobs of each organization
  --proxies <count>       backup proxies of VB365
  --tenants <count>       Cloud Connect tenants of Enterprise Manager
  --subtenants <count>    subtenants of each of them
  --gateways <count>      cloud gateways of Enterprise Manager
  --plans <count>         hardware plans of Enterprise Manager
  --vbr-repositories <count>  repositories of Backup & Replication, extents included
  --vbr-jobs <count>      jobs of Backup & Replication
  --delay-ms <time>       hold every answer back
  --hostile-names         names that attack whatever shows them`;

function numberOption(name: Exclude<keyof typeof values, 'hostile-names' | 'help'>) {
  const text = values[name];
  if (text !== undefined && !/^\d+$/.test(text)) {
    throw new Error(`--${name} takes a whole number`);
  }
  return text === undefined ? undefined : Number(text);
}

/** Leaves out what was not given, so that the servers' own defaults hold. */
function given<T extends Record<string, number | undefined>>(options: T): { [Name in keyof T]?: number } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]?: number;
  };
}

function describe(title: string, server: SampleServer<unknown>): string {
  return [
    title,
    `  URL          ${server.url}`,
    `  user name    ${server.username}`,
    `  password     ${server.password}`,
  ].join('\n');
}

async function main(): Promise<void> {
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const common = {
    certificate: await createCertificate(),
    hostileNames: values['hostile-names'],
    ...given({ delayMs: numberOption('delay-ms') }),
  };
  const vb365 = await startVb365({
    ...common,
    ...given({
      port: numberOption('vb365-port'),
      repositories: numberOption('repositories'),
      organizationsPerRepository: numberOption('organizations'),
      usersPerOrganization: numberOption('users'),
      jobsPerOrganization: numberOption('jobs'),
      proxies: numberOption('proxies'),
    }),
  });
  const enterpriseManager = await startEnterpriseManager({
    ...common,
    ...given({
      port: numberOption('em-port'),
      tenants: numberOption('tenants'),
      subtenantsPerTenant: numberOption('subtenants'),
      gateways: numberOption('gateways'),
      hardwarePlans: numberOption('plans'),
    }),
  });
  const backupReplication = await startBackupReplication({
    ...common,
    ...given({
      port: numberOption('vbr-port'),
      repositories: numberOption('vbr-repositories'),
      jobs: numberOption('vbr-jobs'),
    }),
  });
  console.log(describe('Veeam Backup for Microsoft 365 (sample)', vb365));
  console.log(describe('Veeam Backup Enterprise Manager (sample)', enterpriseManager));
  console.log(describe('Veeam Backup & Replication (sample)', backupReplication));
  console.log(`Certificate of all, SHA-256\n  ${vb365.fingerprint}\nCtrl+C ends it.`);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await Promise.all([vb365, enterpriseManager, backupReplication].map(server => server.close()));
}

runMain(main, { stack: false });
