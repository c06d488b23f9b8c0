import { setMaxListeners } from 'node:events';
import { type Failure, isFailure } from '../base/failure';
import type { Inventory } from '../inventory/inventory';
import { lineageOf, Node } from '../inventory/tree/node';
import { nodesAt } from '../inventory/tree/nodesAt';
import type { NodePlace } from '../inventory/tree/places';
import type { Item } from '../items/item';
import type { Installation, KnownInstallations, Located, Seeking, Sought, WantedInstallations } from '../products/seek';
import { type Candidate, Candidates, candidateOf, soughtKindOf } from './candidates';
import { type Sighting, sameThings } from './sameThings';
import { Standings } from './standing';
import { kindsInOrder, tenantOf, type Wanted, wantedOn } from './wanted';

/** One server, as far as this needs it. All throw {@link Failure}. */
export interface AskedServer {
  /** Whether requests need no sign-in. */
  readonly isSignedIn: boolean;
  /** @param wanted other installations; none are asked for without it */
  installations(wanted: WantedInstallations | undefined, signal: AbortSignal): Promise<KnownInstallations>;
  seek(sought: Sought, signal: AbortSignal): Promise<Seeking | undefined>;
}

export interface AskedServers {
  /** Undefined if the server is not in the list any more. */
  of(serverId: string): Promise<AskedServer | undefined>;
}

/** A server that was not asked, or not for all. */
export interface Skipped {
  readonly server: Node;
  /** `partial`: its list is longer than what it was asked for. */
  readonly why: 'notOpened' | 'loading' | 'signedOut' | 'failed' | 'partial';
  readonly failure?: Failure | undefined;
}

/** Where the same thing stands, as far as it is known. */
export interface Places {
  readonly sightings: readonly Sighting[];
  readonly skipped: readonly Skipped[];
}

/** Each round follows from what the one before has found: a company leads to a tenant, and that to another server. */
const mostRounds = 5;

/**
 * Finds the same thing on all servers. Loaded items are looked at without a request; beyond them, servers that are open get
 * one filtered request for each kind. A server that is not open, or has failed, is left alone and reported.
 */
export class Everywhere {
  readonly #inventory: Inventory;
  readonly #servers: AskedServers;

  constructor(inventory: Inventory, servers: AskedServers) {
    this.#inventory = inventory;
    this.#servers = servers;
  }

  /** The servers that {@link look} may ask. */
  get open(): readonly Node[] {
    return this.#inventory.servers.filter(isOpen);
  }

  /**
   * @param tell gets what is known meanwhile, at once what the loaded items tell
   * @throws {DOMException} AbortError when the signal aborts
   */
  async look(subject: Node, until: AbortSignal, tell: (places: Places) => void = () => undefined): Promise<Places> {
    const kind = soughtKindOf(subject.item.kind);
    if (!kind) {
      return { sightings: [], skipped: [] };
    }
    const signal = AbortSignal.any([until]);
    // Each server that is asked listens, which is no leak.
    setMaxListeners(0, signal);
    const look = new Look(subject, signal);
    const candidates = await Candidates.in(this.#inventory.servers);
    const skipped = new Map(
      this.#inventory.servers.flatMap(server => skippedFor(server) ?? []).map(each => [each.server, each]),
    );
    const places = (): Places => ({
      sightings: this.#inOrder(look.sightings),
      skipped: this.#inventory.servers.flatMap(server => skipped.get(server) ?? []),
    });

    await look.compare(candidates);
    tell(places());
    const asked = await this.#ready(skipped);
    const trying = async <T>(server: Node, work: (api: AskedServer) => Promise<T>): Promise<T | undefined> => {
      const api = asked.get(server);
      if (!api || skipped.get(server)?.failure) {
        return undefined;
      }
      try {
        return await work(api);
      } catch (error) {
        signal.throwIfAborted();
        if (!isFailure(error)) {
          throw error;
        }
        skipped.set(server, { server, why: 'failed', failure: error });
        return undefined;
      }
    };

    const others = kind === 'repository' ? 'all' : 'ofCustomers';
    await Promise.all(
      [...asked.keys()].map(async server => {
        const loaded = installationsIn(server);
        const known = await trying(server, api => api.installations(loaded.isComplete ? undefined : others, signal));
        if (known) {
          look.known.set(server, { own: known.own, others: new Map([...loaded.others, ...known.others]) });
        }
      }),
    );
    await look.compare(candidates);
    tell(places());

    const done = new Set<string>();
    for (let round = 0; round < mostRounds; round++) {
      const wanted = look
        .wanted([...asked.keys()])
        .filter(({ root, sought }) => !done.has(`${sought.kind} ${root.key}`));
      if (wanted.length === 0) {
        break;
      }
      await Promise.all(
        wanted.map(async ({ root, sought }) => {
          done.add(`${sought.kind} ${root.key}`);
          const found = await trying(root, api => api.seek(sought, signal));
          const items = look.placed(root, sought, found?.located ?? []);
          for (const item of items) {
            candidates.add(item);
          }
          if (found?.isPartial && items.length === 0) {
            skipped.set(root, { server: root, why: 'partial' });
          }
        }),
      );
      await look.compare(candidates);
      tell(places());
    }
    return places();
  }

  /** As the servers stand in the tree, and on each of them a company before what belongs to it. */
  #inOrder(sightings: readonly Sighting[]): readonly Sighting[] {
    const rank = new Map(this.#inventory.servers.map((server, index) => [server, index]));
    const rankOf = ({ node }: Sighting) => rank.get(node.root) ?? 0;
    const kindOf = ({ node }: Sighting) => kindsInOrder.indexOf(soughtKindOf(node.item.kind) ?? 'company');
    return [...sightings].sort(
      (one, other) =>
        rankOf(one) - rankOf(other) ||
        kindOf(one) - kindOf(other) ||
        one.node.item.name.localeCompare(other.node.item.name, 'en'),
    );
  }

  /** The servers that can be asked without a sign-in. */
  async #ready(skipped: Map<Node, Skipped>): Promise<ReadonlyMap<Node, AskedServer>> {
    const asked = new Map<Node, AskedServer>();
    for (const server of this.#inventory.servers.filter(each => !skipped.has(each))) {
      const api = await this.#servers.of(server.item.id);
      if (api?.isSignedIn) {
        asked.set(server, api);
      } else if (api) {
        skipped.set(server, { server, why: 'signedOut' });
      }
    }
    return asked;
  }
}

/** What is known while one thing is looked for. */
class Look {
  readonly known = new Map<Node, KnownInstallations>();
  sightings: readonly Sighting[] = [];
  /** Companies among them, by {@link companyKey}. */
  #companies: ReadonlyMap<string, Node> = new Map();
  /** Where a subtenant's tenant stands. */
  #tenants: readonly Sighting[] = [];
  /** The first of these on each server. */
  #tenantOn: ReadonlyMap<Node, Node> = new Map();
  readonly #subject: Node;
  readonly #signal: AbortSignal;
  #standings = new Standings(new Map());

  constructor(subject: Node, signal: AbortSignal) {
    this.#subject = subject;
    this.#signal = signal;
  }

  async compare(candidates: Candidates): Promise<void> {
    // What is known of installations may have changed where items stand.
    this.#standings = new Standings(this.known);
    this.sightings = await sameThings(this.#subject, candidates, this.#standings);
    const tenant = tenantOf(this.#subject);
    this.#tenants = tenant ? await sameThings(tenant, candidates, this.#standings) : [];
    this.#companies = firstOf(this.sightings, ({ root, item }) =>
      item.kind === 'company' ? companyKey(root, item) : undefined,
    );
    this.#tenantOn = firstOf(this.#tenants, ({ root }) => root);
    this.#signal.throwIfAborted();
  }

  wanted(roots: readonly Node[]): readonly Wanted[] {
    const kind = soughtKindOf(this.#subject.item.kind) ?? 'company';
    const wanted = wantedOn(roots, kind, this.sightings, this.#tenantOn, this.#standings);
    const ofTenant =
      this.#tenants.length === 0 ? [] : wantedOn(roots, 'tenant', this.#tenants, new Map(), this.#standings);
    return [...wanted, ...ofTenant.filter(({ sought }) => sought.kind === 'tenant')];
  }

  /** What was found, as the nodes at their places: those that are loaded, or ones that stand for them. */
  placed(root: Node, { kind }: Sought, located: readonly Located[]): readonly Candidate[] {
    const start = (kind === 'subtenant' && this.#tenantOn.get(root)) || root;
    const places = located.map(({ item, above }) => ({
      server: root.item.id,
      path: this.#way(start, [...above, item]),
    }));
    const standIn = (server: Node, path: readonly NodePlace[]) =>
      path.reduce<Node>(
        (above, place) => (place instanceof Node ? place : new Node(above, place.item, place.copy)),
        server,
      );
    return nodesAt({ servers: [root], standIn }, places).flatMap(node => candidateOf(node) ?? []);
  }

  /** From below the server. */
  #way(start: Node, below: readonly Item[]): readonly NodePlace[] {
    let way = [...placesOf(start)];
    for (const item of below) {
      // Its name is known.
      const company = item.kind === 'company' ? this.#companies.get(companyKey(start.root, item)) : undefined;
      way = company ? [...placesOf(company)] : [...way, { item, copy: 1 }];
    }
    return way;
  }
}

/** The node and what is above it, from below the server. */
function placesOf(node: Node): readonly NodePlace[] {
  return lineageOf(node).slice(1);
}

/** The first node of each key among sightings. */
function firstOf<Key>(sightings: readonly Sighting[], keyOf: (node: Node) => Key | undefined): ReadonlyMap<Key, Node> {
  const first = new Map<Key, Node>();
  for (const { node } of sightings) {
    const key = keyOf(node);
    if (key !== undefined && !first.has(key)) {
      first.set(key, node);
    }
  }
  return first;
}

function companyKey(root: Node, { id }: Item): string {
  return `${root.key} ${id.toLowerCase()}`;
}

/** The installations that a server's rows tell of. */
function installationsIn({ openedBranch }: Node) {
  const headings = (openedBranch?.nodes ?? []).filter(
    ({ item }) => item.kind === 'group' && item.contains === 'backupServer',
  );
  const servers = headings.flatMap(heading => heading.openedBranch?.nodes ?? []);
  const others = servers.flatMap(({ item }): [string, Installation][] =>
    item.kind === 'backupServer' ? [[item.id.toLowerCase(), { id: item.installationId, name: item.name }]] : [],
  );
  const isComplete = headings.length > 0 && headings.every(heading => heading.openedBranch?.isComplete);
  return { others, isComplete };
}

function isOpen({ openedBranch }: Node): boolean {
  return openedBranch?.loadedAt !== undefined && !openedBranch.failure && !openedBranch.load;
}

function skippedFor(server: Node): Skipped | undefined {
  const { openedBranch } = server;
  if (isOpen(server)) {
    return undefined;
  }
  return openedBranch?.failure
    ? { server, why: 'failed', failure: openedBranch.failure }
    : { server, why: openedBranch?.load ? 'loading' : 'notOpened' };
}
