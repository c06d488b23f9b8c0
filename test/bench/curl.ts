// What a server's answers cost with nothing of ours in it.
import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { buffer } from 'node:stream/consumers';
import { median } from './measurement';
import type { BenchServer } from './servers';

/** Milliseconds. */
export interface CurlTimes {
  /** For the list of tenants. */
  readonly few: number;
  /** For 10,000 subtenants, with `JSON.parse`. */
  readonly many: number;
}

/** How long curl takes with an Enterprise Manager that speaks JSON. */
export async function curlTimes(server: BenchServer): Promise<CurlTimes> {
  const get = await getter(server);
  const list = '/api/cloud/tenants?format=Entity';
  const body = parse(await get(list, 'json')) as { CloudTenants: { UID: string }[] };
  const id = body.CloudTenants[0]?.UID.split(':').at(-1);
  return {
    few: await time(async () => void (await get(list, 'json'))),
    many: await time(async () => void parse(await get(`/api/cloud/tenants/${id}/subtenants`, 'json'))),
  };
}

/** Of 10,000 subtenants as XML, in milliseconds. */
export async function curlTimeOfXml(server: BenchServer): Promise<number> {
  const get = await getter(server);
  const tenants = await get('/api/cloud/tenants?format=Entity', 'xml');
  const id = /urn:veeam:CloudTenant:([\w-]+)/.exec(tenants.toString())?.[1];
  return await time(async () => void (await get(`/api/cloud/tenants/${id}/subtenants`, 'xml')));
}

/** Asks with a session of its own. */
async function getter(server: BenchServer): Promise<(path: string, format: 'json' | 'xml') => Promise<Buffer>> {
  const logon = await curl(
    '-X',
    'POST',
    '-H',
    'Content-Length: 0',
    '-u',
    `${server.username}:${server.password}`,
    '-D',
    '-',
    `${server.url}/api/sessionMngr/?v=v1_7`,
  );
  const session = /X-RestSvcSessionId: (\S+)/i.exec(logon.toString())?.[1] ?? '';
  return (path, format) =>
    curl('-H', `Accept: application/${format}`, '-H', `X-RestSvcSessionId: ${session}`, `${server.url}${path}`);
}

/** Certificates are not verified here: a floor has nothing of ours in it. */
async function curl(...args: string[]): Promise<Buffer> {
  const child = spawn('curl', ['--silent', '--insecure', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  return await buffer(child.stdout);
}

function parse(body: Buffer): unknown {
  return JSON.parse(body.toString('utf8').replace(/^\uFEFF/, ''));
}

async function time(work: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 5; run++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return median(times);
}
