import type { IncomingMessage, ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { expect } from 'vitest';
import type { Failure } from '../../../src/base/failure';
import type { TransportOptions } from '../../../src/http/transport';
import { Node } from '../../../src/inventory/tree/node';
import type { Item } from '../../../src/items/item';
import {
  createCertificate,
  type SampleServer,
  startBackupReplication,
  startEnterpriseManager,
  startServiceProviderConsole,
  startVb365,
} from '../../sample-servers';
import { forThisTest } from '../forThisTest';
import { labels, named, World } from '../support';
import { Line } from './line';
import { memoryDuring } from './memory';

/** A product, and the list of it that is looked at. */
export interface Subject {
  readonly product: string;
  readonly start: (options: ServerOptions) => Promise<SampleServer<unknown>>;
  /** Where the list's parent is. */
  readonly path: readonly string[];
  /** Whether XML is as good as JSON to it. */
  readonly readsXml: boolean;
  /** Bytes. */
  readonly unitOfSizes: number;
  /** The size that an element of the list tells. */
  readonly sizeIn: (item: Item) => number | undefined;
  /** When a session is ended on the server. Otherwise it is left for the next start of VS Code. */
  readonly endsSession: 'onExit' | 'onSignOut' | 'never';
  readonly isList: (request: IncomingMessage) => boolean;
  /** The list as its body, as far as ids and names go. */
  readonly json: (elements: readonly Partial<Element>[]) => unknown;
  readonly xml: (elements: readonly Partial<Element>[]) => string;
}

type ServerOptions = Parameters<typeof startVb365>[0] & Parameters<typeof startEnterpriseManager>[0];

export interface Element {
  readonly id: string;
  readonly name: string;
}

const usedBytes = (item: Item) => ('usedBytes' in item ? item.usedBytes : undefined);

export const vb365: Subject = {
  product: 'vb365',
  start: startVb365,
  path: ['Backup Repositories', 'Repo North'],
  readsXml: false,
  unitOfSizes: 1,
  sizeIn: usedBytes,
  endsSession: 'onSignOut',
  isList: request => /\/BackedUpOrganizations/i.test(request.url ?? ''),
  json: results => ({ offset: 0, limit: 500, results }),
  xml: elements => `<Organizations>${elements.map(({ name }) => `<Name>${name}</Name>`).join('')}</Organizations>`,
};

export const enterpriseManager: Subject = {
  product: 'enterprise-manager',
  start: startEnterpriseManager,
  // It has no backup resources: its subtenants are all there is below it.
  path: ['Cloud Tenants', 'Fabrikam'],
  readsXml: true,
  unitOfSizes: 1024 ** 2,
  sizeIn: usedBytes,
  endsSession: 'onExit',
  isList: request => /\/subtenants/i.test(request.url ?? ''),
  json: elements => ({
    CloudSubtenants: elements.map(element => {
      if (typeof element !== 'object' || element === null) {
        return element;
      }
      const { id, name, ...rest } = element;
      return { Id: id, Name: name, ...rest };
    }),
  }),
  xml: elements =>
    `<CloudSubtenants xmlns="http://www.veeam.com/ent/v1.0">${elements
      .map(({ id, name }) => `<CloudSubtenant Id="${id}"><Name>${name}</Name></CloudSubtenant>`)
      .join('')}</CloudSubtenants>`,
};

const backupReplication: Subject = {
  product: 'backup-replication',
  start: ({ certificate, ...options } = {}) =>
    startBackupReplication({ ...(certificate ? { certificate } : {}), ...options, repositories: 18 } as never),
  path: ['Backup Repositories'],
  readsXml: false,
  unitOfSizes: 1024 ** 3,
  sizeIn: usedBytes,
  endsSession: 'onExit',
  isList: request => /\/repositories\/states/i.test(request.url ?? ''),
  json: data => ({ data, pagination: { total: data.length, count: data.length } }),
  xml: elements => `<Repositories>${elements.map(({ name }) => `<Name>${name}</Name>`).join('')}</Repositories>`,
};

const serviceProviderConsole: Subject = {
  product: 'service-provider-console',
  start: ({ certificate, ...options } = {}) =>
    startServiceProviderConsole({ ...(certificate ? { certificate } : {}), ...options, companies: 4 } as never),
  path: ['Companies', 'Northwind', 'Locations'],
  readsXml: false,
  unitOfSizes: 1024 ** 3,
  sizeIn: item => ('quotaBytes' in item ? item.quotaBytes : undefined),
  endsSession: 'never',
  isList: request => /\/locations/i.test(request.url ?? ''),
  json: elements => ({
    meta: { pagingInfo: { total: elements.length, count: elements.length, offset: 0 } },
    data: elements.map(element => {
      if (typeof element !== 'object' || element === null) {
        return element;
      }
      const { id: instanceUid, ...rest } = element;
      return { instanceUid, ...rest };
    }),
  }),
  xml: elements => `<Locations>${elements.map(({ name }) => `<Name>${name}</Name>`).join('')}</Locations>`,
};

export const subjects = [vb365, enterpriseManager, backupReplication, serviceProviderConsole] as const;

export interface SceneOptions {
  readonly server?: ServerOptions;
  readonly limits?: TransportOptions['limits'];
  readonly transport?: Partial<TransportOptions>;
  /** The name in the server's address instead of 127.0.0.1. */
  readonly hostname?: string | undefined;
  /** Whether the server's certificate is verified instead of pinned. */
  readonly verified?: boolean | undefined;
}

/** Made once: keys cost time. */
const certificate = await createCertificate();

/** A server with a list that somebody looks at, and a line to it. */
export class Scene {
  readonly secrets = new Set<string>();
  /** Labels of the rows from before the fault. */
  readonly before: readonly string[];
  readonly elements: readonly Element[];

  private constructor(
    readonly subject: Subject,
    readonly server: SampleServer<unknown>,
    readonly line: Line,
    readonly world: World,
    readonly root: Node,
    /** The node whose children are the list. */
    readonly parent: Node,
  ) {
    const rows = world.inventory.childrenOf(parent);
    this.before = labels(rows);
    this.elements = rows.flatMap(row => (row instanceof Node ? { id: row.item.id, name: row.item.name } : []));
    this.#collectSecrets();
  }

  static async start(subject: Subject, options: SceneOptions = {}): Promise<Scene> {
    const server = await forThisTest(subject.start({ certificate, ...options.server }));
    const line = await Line.to(server.port);
    const { limits } = options;
    const world = new World({
      transport: each => ({ ...each, ...options.transport, ...(limits ? { limits } : {}) }),
    });
    const url = `https://${options.hostname ?? '127.0.0.1'}:${line.port}`;
    const facts = options.verified ? { url, trustedFingerprint: undefined } : { url };
    const root = await world.add(subject.product, server, facts);
    const above = await world.openPath(root, ...subject.path.slice(0, -1));
    const parent = named(above, subject.path.at(-1) ?? '');
    await world.open(parent);
    expect(parent.openedBranch?.failure).toBeUndefined();
    return new Scene(subject, server, line, world, root, parent);
  }

  /** Answers requests for the list, or all, instead of the server. */
  answer(answer: (response: ServerResponse, request: IncomingMessage) => void, which: 'list' | 'all' = 'list'): void {
    this.server.intercept = (request, response) => {
      if (which === 'list' && !this.subject.isList(request)) {
        return false;
      }
      answer(response, request);
      return true;
    };
  }

  /** Refreshes the list and tells how long that took. */
  async refresh(): Promise<number> {
    const started = performance.now();
    await this.world.inventory.refresh(this.parent);
    const milliseconds = performance.now() - started;
    this.#collectSecrets();
    return milliseconds;
  }

  /** Refreshes the list, or does something else with it, and tells what that took. */
  async measure(
    work: () => Promise<unknown> = () => this.refresh(),
  ): Promise<{ readonly milliseconds: number; readonly bytes: number }> {
    let milliseconds = 0;
    const bytes = await memoryDuring(async () => {
      const started = performance.now();
      await work();
      milliseconds = performance.now() - started;
    });
    this.#collectSecrets();
    return { milliseconds, bytes };
  }

  get labels(): string[] {
    return labels(this.world.inventory.childrenOf(this.parent));
  }

  get items(): Item[] {
    return this.world.inventory.childrenOf(this.parent).flatMap(row => (row instanceof Node ? row.item : []));
  }

  get failure(): Failure | undefined {
    return this.parent.openedBranch?.failure;
  }

  /** Looks for them, as they are and as they are usually written, wherever they must not be. */
  expectNoSecrets(failure = this.failure): void {
    const { log, memory } = this.world;
    const places = {
      log: log.lines.join('\n'),
      failure: failure ? `${inspect(failure, { depth: 10, getters: true })}\n${failure.stack}\n${failure.detail}` : '',
      memory: JSON.stringify([...memory.values]),
    };
    for (const [place, text] of Object.entries(places)) {
      for (const secret of this.secrets) {
        expect(text.includes(secret), `a secret is in the ${place}`).toBe(false);
      }
    }
  }

  #collectSecrets(): void {
    const { username, password } = this.server;
    const found = [password, `${username}:${password}`];
    for (const stored of this.world.secrets.values.values()) {
      const { session } = JSON.parse(stored) as { session?: { token: string; renewal?: string } };
      found.push(session?.token ?? '', session?.renewal ?? '');
    }
    for (const secret of found.filter(Boolean)) {
      this.secrets.add(secret);
      this.secrets.add(Buffer.from(secret).toString('base64'));
      this.secrets.add(encodeURIComponent(secret));
      this.secrets.add(new URLSearchParams({ x: secret }).toString().slice(2));
    }
  }
}
