// Sample servers in a process of their own, so that their work is not measured as ours.
import { fork } from 'node:child_process';
import {
  type BackupReplicationOptions,
  type Certificate,
  createCertificate,
  type EnterpriseManagerOptions,
  type SampleServer,
  type ServiceProviderConsoleOptions,
  startBackupReplication,
  startEnterpriseManager,
  startServiceProviderConsole,
  startVb365,
  type Vb365Options,
} from '../sample-servers';
import { type Line, slowLine } from './slowLine';

/** What goes over to the other process: plain data. */
export interface ServersWanted {
  readonly vb365?: { readonly number: number; readonly options?: Partial<Vb365Options> };
  readonly enterpriseManager?: { readonly number: number; readonly options?: Partial<EnterpriseManagerOptions> };
  readonly backupReplication?: { readonly number: number; readonly options?: Partial<BackupReplicationOptions> };
  readonly serviceProviderConsole?: {
    readonly number: number;
    readonly options?: Partial<ServiceProviderConsoleOptions>;
  };
  /** How many of them, the last ones, accept connections and never answer. */
  readonly silent?: number;
  /** What the line to each of them is like, if it is not the machine's own. */
  readonly line?: Line;
}

export interface BenchServer {
  readonly product: keyof typeof starts;
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly fingerprint: string;
}

export interface BenchServers {
  readonly all: readonly BenchServer[];
  /** Requests that all servers have seen since the last call, sign-ins apart. */
  requests(): Promise<{ readonly signIns: number; readonly others: number }>;
  /** From now on every `every`-th server breaks each connection, beginning with the one of that number; none without. */
  flap(every?: number, from?: number): Promise<void>;
  /** All sessions end at once. */
  expireSessions(): Promise<void>;
  close(): void;
}

type Message =
  | { readonly kind: 'requests' }
  | { readonly kind: 'expire' }
  | { readonly kind: 'flap'; readonly every: number | undefined; readonly from: number };

export async function startServers(wanted: ServersWanted): Promise<BenchServers> {
  const child = fork(__filename, [JSON.stringify(wanted)], { execArgv: ['--import', 'tsx'] });
  const next = <T>() =>
    new Promise<T>((resolve, reject) => {
      const ended = () => reject(new Error('The sample servers have ended.'));
      child.once('exit', ended);
      child.once('message', message => {
        child.off('exit', ended);
        resolve(message as T);
      });
    });
  const all = await next<BenchServer[]>();
  const ask = async <T>(message: Message): Promise<T> => {
    child.send(message);
    return await next();
  };
  return {
    all,
    requests: () => ask({ kind: 'requests' }),
    flap: (every, from = 0) => ask({ kind: 'flap', every, from }),
    expireSessions: () => ask({ kind: 'expire' }),
    close: () => void child.kill(),
  };
}

/** The one that was started. */
export function only(servers: readonly BenchServer[]): BenchServer {
  const [server] = servers;
  if (!server) {
    throw new Error('no server was started');
  }
  return server;
}

interface Starting {
  readonly number: number;
  readonly start: () => Promise<SampleServer<unknown>>;
}

/** By product, in the order in which they are started. */
const starts = {
  vb365: ({ vb365 }, certificate) => ({
    number: vb365?.number ?? 0,
    start: () => startVb365({ certificate, ...vb365?.options }),
  }),
  'enterprise-manager': ({ enterpriseManager }, certificate) => ({
    number: enterpriseManager?.number ?? 0,
    start: () => startEnterpriseManager({ certificate, ...enterpriseManager?.options }),
  }),
  'backup-replication': ({ backupReplication }, certificate) => ({
    number: backupReplication?.number ?? 0,
    start: () => startBackupReplication({ certificate, ...backupReplication?.options }),
  }),
  'service-provider-console': ({ serviceProviderConsole }, certificate) => ({
    number: serviceProviderConsole?.number ?? 0,
    start: () => startServiceProviderConsole({ certificate, ...serviceProviderConsole?.options }),
  }),
} satisfies Record<string, (wanted: ServersWanted, certificate: Certificate) => Starting>;

async function serve(wanted: ServersWanted): Promise<void> {
  const { silent = 0, line } = wanted;
  const certificate = await createCertificate();
  const started: { product: BenchServer['product']; server: SampleServer<unknown> }[] = [];
  for (const product of Object.keys(starts) as BenchServer['product'][]) {
    const { number, start }: Starting = starts[product](wanted, certificate);
    for (let index = 0; index < number; index++) {
      started.push({ product, server: await start() });
    }
  }
  for (const { server } of started.slice(started.length - silent)) {
    server.intercept = () => new Promise<boolean>(() => undefined);
  }
  process.on('message', (message: Message) => {
    process.send?.(
      answer(
        message,
        started.map(({ server }) => server),
      ),
    );
  });
  const all: BenchServer[] = [];
  for (const { product, server } of started) {
    const { username, password, fingerprint } = server;
    const url = new URL(server.url);
    if (line) {
      url.port = String(await slowLine(Number(url.port), line));
    }
    all.push({ product, url: url.origin, username, password, fingerprint });
  }
  process.send?.(all);
}

function answer(message: Message, servers: readonly SampleServer<unknown>[]): object {
  switch (message.kind) {
    case 'requests': {
      const seen = servers.flatMap(({ requests }) => requests.splice(0));
      const signIns = seen.filter(({ method }) => method === 'POST').length;
      return { signIns, others: seen.length - signIns };
    }
    case 'expire':
      for (const server of servers) {
        server.expireSessions();
      }
      return {};
    case 'flap':
      for (const [index, server] of servers.entries()) {
        const broken = message.every !== undefined && index % message.every === message.from % message.every;
        server.intercept = broken ? breakConnection : undefined;
      }
      return {};
  }
}

function breakConnection(request: { readonly socket: { destroy(): unknown } }): boolean {
  request.socket.destroy();
  return true;
}

if (require.main === module) {
  serve(JSON.parse(process.argv[2] ?? '{}')).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
}
