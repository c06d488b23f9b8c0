import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { runMain } from '../../scripts/processes';
import {
  type ApiVersion,
  createCertificate,
  MFA_CODE,
  type SampleServer,
  startBackupReplication,
  startEnterpriseManager,
  startServiceProviderConsole,
  startVb365,
} from './index';

/** Runs the sample servers until Ctrl+C, to try the extension by hand: npx tsx test/sample-servers/cli.ts --help */

const { values } = parseArgs({
  options: {
    'vb365-port': { type: 'string', default: '4443' },
    'em-port': { type: 'string', default: '9398' },
    'vspc-port': { type: 'string', default: '1280' },
    'vspc-version': { type: 'string', default: '3.6.1' },
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
    companies: { type: 'string' },
    resellers: { type: 'string' },
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
  --vspc-port <port>      1280; 0 takes any free port
  --vspc-version <name>   3.6.1; 3.5.1 and 3.7 are the others
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
  --companies <count>     companies of Service Provider Console, and as many Cloud Connect tenants
  --resellers <count>     resellers of Service Provider Console
  --vbr-repositories <count>  repositories of Backup & Replication, extents included
  --vbr-jobs <count>      jobs of Backup & Replication
  --delay-ms <time>       hold every answer back
  --hostile-names         names that attack whatever shows them`;

function numberOption(name: Exclude<keyof typeof values, 'hostile-names' | 'vspc-version' | 'help'>) {
  const text = values[name];
  if (text !== undefined && !/^\d+$/.test(text)) {
    throw new Error(`--${name} takes a whole number`);
  }
  return text === undefined ? undefined : Number(text);
}

function isVersion(text: string): text is ApiVersion {
  return ['3.5.1', '3.6.1', '3.7'].includes(text);
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
  const version = values['vspc-version'];
  if (!isVersion(version)) {
    throw new Error('--vspc-version takes 3.5.1, 3.6.1 or 3.7');
  }
  const common = {
    certificate: await createCertificate(),
    hostileNames: values['hostile-names'],
    ...given({ delayMs: numberOption('delay-ms') }),
  };
  const ofVb365 = given({
    repositories: numberOption('repositories'),
    organizationsPerRepository: numberOption('organizations'),
    usersPerOrganization: numberOption('users'),
    jobsPerOrganization: numberOption('jobs'),
    proxies: numberOption('proxies'),
  });
  const ofEnterpriseManager = given({
    tenants: numberOption('tenants'),
    subtenantsPerTenant: numberOption('subtenants'),
    gateways: numberOption('gateways'),
    hardwarePlans: numberOption('plans'),
  });
  const vb365 = await startVb365({ ...common, ...ofVb365, ...given({ port: numberOption('vb365-port') }) });
  const enterpriseManager = await startEnterpriseManager({
    ...common,
    ...ofEnterpriseManager,
    ...given({ port: numberOption('em-port') }),
  });
  // It has collected what the other two hold.
  const serviceProviderConsole = await startServiceProviderConsole({
    ...common,
    version,
    vb365: ofVb365,
    enterpriseManager: ofEnterpriseManager,
    ...given({
      port: numberOption('vspc-port'),
      companies: numberOption('companies'),
      resellers: numberOption('resellers'),
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
  console.log(describe('Veeam Service Provider Console (sample)', serviceProviderConsole));
  for (const { key, description, account } of serviceProviderConsole.apiKeys) {
    console.log(`  API key      ${key} (${description}, ${account.userName})`);
  }
  for (const { userName, role, mfa } of serviceProviderConsole.accounts.slice(1)) {
    console.log(`  also         ${userName} (${role}${mfa === 'configured' ? `, code ${MFA_CODE}` : ''})`);
  }
  console.log(describe('Veeam Backup & Replication (sample)', backupReplication));
  console.log(`Certificate of all, SHA-256\n  ${vb365.fingerprint}\nCtrl+C ends it.`);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await Promise.all(
    [vb365, enterpriseManager, serviceProviderConsole, backupReplication].map(server => server.close()),
  );
}

runMain(main, { stack: false });
