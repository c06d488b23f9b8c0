// Sample servers in a process of their own, so that their work is not measured as ours.
import { fork } from 'node:child_process';
import {
  createCertificate,
  type EnterpriseManagerOptions,
  type SampleServer,
  startEnterpriseManager,
  startVb365,
  type Vb365Options,
} from '../sample-servers';

/** What goes over to the other process: plain data. */
export interface ServersWanted {
  readonly vb365?: { readonly number: number; readonly options?: Partial<Vb365Options> };
  readonly enterpriseManager?: { readonly number: number; readonly options?: Partial<EnterpriseManagerOptions> };
  /** How many of them, the last ones, accept connections and never answer. */
  readonly silent?: number;
}

export interface BenchServer {
  readonly product: 'vb365' | 'enterprise-manager';
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly fingerprint: string;
}

export interface BenchServers {
  readonly all: readonly BenchServer[];
  /** Requests that all servers have seen since the last call, sign-ins apart. */
  requests(): Promise<{ readonly signIns: number; readonly others: number }>;
  close(): void;
}

export async function startServers(wanted: ServersWanted): Promise<BenchServers> {
  const child = fork(__filename, [JSON.stringify(wanted)], { execArgv: ['--import', 'tsx'] });
  const next = <T>() =>
    new Promise<T>((resolve, reject) => {
      child.once('message', message => resolve(message as T));
      child.once('exit', () => reject(new Error('The sample servers have ended.')));
    });
  const all = await next<BenchServer[]>();
  return {
    all,
    requests: async () => {
      child.send('requests');
      return await next();
    },
    close: () => void child.kill(),
  };
}

async function serve({ vb365, enterpriseManager, silent = 0 }: ServersWanted): Promise<void> {
  const certificate = await createCertificate();
  const started: { product: BenchServer['product']; server: SampleServer<unknown> }[] = [];
  for (let index = 0; index < (vb365?.number ?? 0); index++) {
    started.push({ product: 'vb365', server: await startVb365({ certificate, ...vb365?.options }) });
  }
  for (let index = 0; index < (enterpriseManager?.number ?? 0); index++) {
    const server = await startEnterpriseManager({ certificate, ...enterpriseManager?.options });
    started.push({ product: 'enterprise-manager', server });
  }
  for (const { server } of started.slice(started.length - silent)) {
    server.intercept = () => new Promise<boolean>(() => undefined);
  }
  process.on('message', () => {
    const seen = started.flatMap(({ server }) => server.requests.splice(0));
    const signIns = seen.filter(({ method }) => method === 'POST').length;
    process.send?.({ signIns, others: seen.length - signIns });
  });
  process.send?.(
    started.map(({ product, server: { url, username, password, fingerprint } }) => ({
      ...{ product, url, username, password, fingerprint },
    })),
  );
}

if (require.main === module) {
  serve(JSON.parse(process.argv[2] ?? '{}')).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
}
