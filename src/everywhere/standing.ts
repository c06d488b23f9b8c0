import { noUuid } from '../base/uuid';
import type { Node } from '../inventory/tree/node';
import type { Installation, KnownInstallations } from '../products/seek';

/** Where an item stands: on which installation, and which connected server tells of it. */
export interface Standing {
  readonly root: Node;
  /** The same for the same standing alone. */
  readonly key: string;
  /** In lower case. */
  readonly installationId: string | undefined;
  /** In lower case. */
  readonly hostNames: readonly string[];
  /** The same as their servers spell them. */
  readonly spelledNames: readonly string[];
  /** The server tells of another one's item; otherwise it has the item itself. */
  readonly isToldOf: boolean;
}

/** How two standings are known to be the same. Names of hosts are no proof. */
export type Pair = 'server' | 'installation' | 'hostName';

/** What servers without an ID tell: all of them would be one installation. */
const noIds: ReadonlySet<string> = new Set(['', noUuid]);

/** Says where items stand, as far as it is known now. */
export class Standings {
  readonly #known: ReadonlyMap<Node, KnownInstallations>;
  /** In lower case: of machines that were restored from the same backup, or cloned. */
  readonly #sharedIds: ReadonlySet<string>;
  readonly #made = new Map<Node, Map<string, Standing>>();

  constructor(known: ReadonlyMap<Node, KnownInstallations>) {
    this.#known = known;
    this.#sharedIds = sharedIds(known.values());
  }

  /** The same object for all items that stand together. */
  of(node: Node): Standing {
    const { root, item } = node;
    // A subtenant is where its tenant is.
    const teller = item.kind === 'subtenant' ? (tenantAbove(node)?.item ?? item) : item;
    const backupServer = 'backupServer' in teller ? teller.backupServer : undefined;
    return this.#get(root, teller.standsOn?.toLowerCase(), backupServer);
  }

  /** Where a server's own items stand. */
  ofServer(root: Node): Standing {
    return this.#get(root, undefined, undefined);
  }

  /** What a server calls an installation that it tells of. */
  nameOn(root: Node, { installationId, hostNames }: Standing): string | undefined {
    for (const [name, other] of this.#known.get(root)?.others ?? []) {
      const id = this.#idOf(other);
      const isIt =
        id !== undefined && installationId !== undefined
          ? id === installationId
          : namesFrom([other.name]).hostNames.some(each => hostNames.includes(each));
      if (isIt) {
        return name;
      }
    }
    return undefined;
  }

  /** In lower case; undefined for one that tells nothing. */
  #idOf(installation: Installation | undefined): string | undefined {
    const id = installation?.id?.toLowerCase() ?? '';
    return noIds.has(id) || this.#sharedIds.has(id) ? undefined : id;
  }

  #get(root: Node, standsOn: string | undefined, backupServer: string | undefined): Standing {
    const ofRoot = this.#made.get(root) ?? new Map<string, Standing>();
    this.#made.set(root, ofRoot);
    const name = standsOn ? `id ${standsOn}` : backupServer ? `name ${backupServer.toLowerCase()}` : '';
    let standing = ofRoot.get(name);
    if (!standing) {
      standing = { key: `${root.key} ${name}`, ...this.#make(root, standsOn, backupServer) };
      ofRoot.set(name, standing);
    }
    return standing;
  }

  #make(root: Node, standsOn: string | undefined, backupServer: string | undefined): Omit<Standing, 'key'> {
    const known = this.#known.get(root);
    if (standsOn || backupServer) {
      const other = standsOn ? known?.others.get(standsOn) : undefined;
      return {
        root,
        installationId: this.#idOf(other),
        ...namesFrom([other?.name, backupServer]),
        isToldOf: true,
      };
    }
    const { item } = root;
    const address = item.kind === 'server' && URL.canParse(item.url) ? new URL(item.url).hostname : undefined;
    return {
      root,
      installationId: this.#idOf(known?.own),
      ...namesFrom([known?.own?.name, address]),
      isToldOf: false,
    };
  }
}

/**
 * Ids that several installations have: a server tells of two of them by different names, or two servers that call themselves
 * otherwise have one. What is told twice by one name was registered anew.
 */
function sharedIds(all: Iterable<KnownInstallations>): ReadonlySet<string> {
  const shared = new Set<string>();
  const note = (names: Map<string, string>, { id = '', name = '' }: Installation): void => {
    const [smallId, smallName] = [id.toLowerCase(), name.toLowerCase()];
    if (smallId !== '' && smallName !== '') {
      if ((names.get(smallId) ?? smallName) !== smallName) {
        shared.add(smallId);
      }
      names.set(smallId, smallName);
    }
  };
  const ownNames = new Map<string, string>();
  for (const { own = {}, others } of all) {
    note(ownNames, own);
    const told = new Map<string, string>();
    for (const other of others.values()) {
      note(told, other);
    }
  }
  return shared;
}

/** The tenant that a node is below. */
export function tenantAbove({ parent }: Node): Node | undefined {
  return parent?.item.kind === 'tenant' ? parent : parent && tenantAbove(parent);
}

/** How both are known to be the same; undefined if they are not, or nobody knows. */
export function pairOf(one: Standing, other: Standing): Pair | undefined {
  if (one === other) {
    return 'server';
  }
  if (one.installationId !== undefined && other.installationId !== undefined) {
    return one.installationId === other.installationId ? 'installation' : undefined;
  }
  // Servers of one product do not tell of each other: what they call a host alike are two hosts of two networks.
  const mayMean = (one.isToldOf || other.isToldOf) && productOf(one.root) !== productOf(other.root);
  return mayMean && one.hostNames.some(each => other.hostNames.includes(each)) ? 'hostName' : undefined;
}

function productOf({ item }: Node): string | undefined {
  return item.kind === 'server' ? item.product : undefined;
}

/** Each machine calls itself so. */
const namesOfEach = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

/** The texts that can be the name of one host. */
function namesFrom(texts: readonly (string | undefined)[]): Pick<Standing, 'hostNames' | 'spelledNames'> {
  const named = texts.flatMap(text => {
    const name = text?.toLowerCase().replace(/\.$/, '') ?? '';
    return text === undefined || name === '' || name.includes(' ') || namesOfEach.has(name) ? [] : [{ name, text }];
  });
  return { hostNames: named.map(({ name }) => name), spelledNames: named.map(({ text }) => text) };
}
