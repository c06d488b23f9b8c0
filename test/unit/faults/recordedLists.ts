// What servers really send for each of their lists, recorded once from the sample servers.

import fc from 'fast-check';
import type { HttpResponse, Transport } from '../../../src/http/request';
import { createTransport } from '../../../src/http/transport';
import type { Item } from '../../../src/items/item';
import { product as backupReplication } from '../../../src/products/backup-replication';
import { product as enterpriseManager } from '../../../src/products/enterprise-manager';
import { type Api, headersOf, type Product } from '../../../src/products/product';
import { product as serviceProviderConsole } from '../../../src/products/service-provider-console';
import type { Session } from '../../../src/products/signIn';
import { product as vb365 } from '../../../src/products/vb365';
import { withVersionHeaders } from '../../../src/products/versionHeaders';
import {
  type SampleServer,
  startBackupReplication,
  startEnterpriseManager,
  startServiceProviderConsole,
  startVb365,
} from '../../sample-servers';
import { never } from '../never';
import { handedOver } from '../products/answeringApi';
import { KeptLog } from '../support';

/** A list of a product, with the bodies that a server really sends for it. */
export interface List {
  readonly name: string;
  readonly product: Product;
  readonly apiVersion: string;
  readonly parent: Item;
  readonly bodies: readonly Buffer[];
  /** Where each of them came from, without the query. */
  readonly paths: readonly string[];
  /** What the session offers. */
  readonly features: readonly string[];
  /** For the report of a counterexample. */
  readonly [fc.toStringMethod]: () => string;
}

/** Browses a sample server once and keeps every list's body, in each form the server has. */
async function record(product: Product, server: SampleServer<unknown>, apiVersion: string): Promise<List[]> {
  const transport = createTransport({ origin: server.url, pinnedFingerprint: server.fingerprint, log: new KeptLog() });
  const http = withVersionHeaders(transport, product, apiVersion);
  const credentials = { userName: server.username, password: server.password };
  const session = (await product.signIn(http, apiVersion, credentials, never)) as Session;
  const lists = new Map<string, List>();
  const visit = async (parent: Item): Promise<void> => {
    const bodies: Buffer[] = [];
    const paths: string[] = [];
    const features = session.features ?? [];
    const children: Item[] = [];
    for (const form of ['application/json', 'application/xml']) {
      const page = await product.children(
        {
          host: http.host,
          apiVersion,
          account: {},
          features: async () => features,
          get: async (path, _accept, _signal, options) => {
            const headers = { Accept: form, ...headersOf(product.tokenHeader, session) };
            // In the order of the requests: the first is that for the list itself.
            const place = bodies.push(Buffer.alloc(0)) - 1;
            paths[place] = path.replace(/\?.*/, '');
            const response = await http.request({ method: 'GET', path, headers });
            bodies[place] = response.body;
            return await handedOver(response, options);
          },
        },
        parent,
        undefined,
        never,
      );
      children.splice(0, children.length, ...page.items);
    }
    const name = `${product.info.id} ${parent.kind} ${parent.kind === 'group' ? parent.contains : ''}`;
    if (bodies.length > 0 && !lists.has(name)) {
      lists.set(name, {
        ...{ name, product, apiVersion, parent, bodies, paths, features },
        [fc.toStringMethod]: () => name,
      });
    }
    for (const child of children.filter(({ hasChildren }) => hasChildren).slice(0, 6)) {
      await visit(child);
    }
  };
  await visit({ kind: 'server', id: 's', name: 's', hasChildren: true, product: product.info.id, url: server.url });
  await http.close();
  await server.close();
  return [...lists.values()];
}

export const lists: readonly List[] = [
  ...(await record(vb365, await startVb365({ hostileNames: true }), 'v8')),
  ...(await record(vb365, await startVb365({ versions: ['v3'] }), 'v3')),
  ...(await record(enterpriseManager, await startEnterpriseManager({ hostileNames: true, tenants: 4 }), 'v1_7')),
  ...(await record(enterpriseManager, await startEnterpriseManager({ release: 13, tenants: 4 }), 'v1_7')),
  ...(await record(backupReplication, await startBackupReplication({ hostileNames: true }), '1.3-rev2')),
  ...(await record(
    backupReplication,
    await startBackupReplication({ newestRevision: '1.2-rev1', repositories: 40 }),
    '1.2-rev1',
  )),
  ...(await record(
    serviceProviderConsole,
    await startServiceProviderConsole({ hostileNames: true, companies: 12 }),
    'v3',
  )),
  ...(await record(
    serviceProviderConsole,
    await startServiceProviderConsole({ version: '3.5.1', companies: 12 }),
    'v3',
  )),
];

/** A server that has one answer for everything. */
export function answering(
  list: List,
  body: Buffer,
  status = 200,
  headers: Record<string, string> = {},
): Api & Transport {
  const response: HttpResponse = { status, headers, body, clean: words => words };
  return {
    origin: 'https://server.example.com',
    host: 'server.example.com:443',
    certificate: undefined,
    apiVersion: list.apiVersion,
    account: {},
    features: async () => ['cloudConnect'],
    get: async (_path, _accept, _signal, options) => await handedOver(response, options),
    request: async () => response,
    close: async () => undefined,
  };
}
