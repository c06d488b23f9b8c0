// Items as plain data, for scripts and spreadsheets: the names in here are documented and never change.

import { type notFacts, plainItem } from '../../inventory/plainItem';
import { lineageOf, type Node } from '../../inventory/tree/node';
import type { Item, ItemKind } from '../../items/item';

/** An item as plain data: ids as they are, sizes in bytes, moments as ISO dates; what is not known is missing. */
export interface ItemRecord {
  /** The name of the server. */
  readonly server: string;
  readonly product: string;
  readonly kind: ItemKind;
  /** The names from the server down to the item. */
  readonly path: readonly string[];
  readonly name: string;
  readonly id?: string;
  readonly [fact: string]: unknown;
  /** The item's place, as commands take it. */
  readonly key: string;
}

/** What stands before the facts of a kind. */
export const commonColumns = ['server', 'product', 'kind', 'path', 'name', 'id', 'urn', 'description'] as const;

/** Not among the facts: common, about the tree, or nobody's business but the user's. */
type Other = (typeof notFacts)[number] | 'urn' | 'description' | 'contains' | 'product' | Lists;
/** What consists of parts fits into no cell; it is in JSON alone, as far as it is there. */
type Lists = 'resources' | 'parts';
type OfKind<Kind> = Item extends infer Each
  ? Each extends { readonly kind: infer Kinds }
    ? Kind extends Kinds
      ? Each
      : never
    : never
  : never;
type FactOf<Kind> = Exclude<keyof OfKind<Kind>, Other>;

type Form = 'text' | 'number' | 'flag';

const protectedObject = {
  email: 'text',
  url: 'text',
  accountType: 'text',
  lastBackup: 'text',
  repositoryId: 'text',
  organizationId: 'text',
} as const;

/** The facts of each kind, in their order. A fact that an item has and that is missing here does not compile. */
const facts: { readonly [Kind in ItemKind]: { readonly [Fact in FactOf<Kind>]-?: Form } } = {
  server: { url: 'text', version: 'text', apiVersion: 'text', certificateExpires: 'text' },
  group: {},
  repository: {
    type: 'text',
    objectStorage: 'flag',
    capacityBytes: 'number',
    usedBytes: 'number',
    freeBytes: 'number',
    problem: 'text',
    backupServer: 'text',
    path: 'text',
  },
  organization: {
    type: 'text',
    usedBytes: 'number',
    localCacheBytes: 'number',
    objectStorageBytes: 'number',
    lastBackup: 'text',
    officeName: 'text',
    region: 'text',
    repositoryId: 'text',
  },
  protectedUser: protectedObject,
  protectedGroup: protectedObject,
  protectedSite: protectedObject,
  protectedTeam: protectedObject,
  usedRepository: {
    available: 'flag',
    usedBytes: 'number',
    localCacheBytes: 'number',
    objectStorageBytes: 'number',
    protectedObjects: 'number',
    organizationId: 'text',
  },
  job: {
    enabled: 'flag',
    type: 'text',
    lastResult: 'text',
    lastRun: 'text',
    nextRun: 'text',
    lastBackup: 'text',
    organizationId: 'text',
    repositoryId: 'text',
  },
  proxy: {
    online: 'flag',
    maintenance: 'flag',
    version: 'text',
    port: 'number',
    operatingSystem: 'text',
    state: 'text',
    maintenanceState: 'text',
  },
  tenant: {
    enabled: 'flag',
    type: 'text',
    quotaBytes: 'number',
    usedBytes: 'number',
    lastResult: 'text',
    lastActive: 'text',
    leaseExpires: 'text',
    backupServer: 'text',
  },
  subtenant: {
    enabled: 'flag',
    unlimited: 'flag',
    quotaBytes: 'number',
    usedBytes: 'number',
    quotaName: 'text',
    tenantId: 'text',
    tenantResourceId: 'text',
  },
  backupResource: {
    quotaBytes: 'number',
    usedBytes: 'number',
    tenantName: 'text',
    tenantId: 'text',
    repositoryName: 'text',
    repositoryUrn: 'text',
  },
  hardwarePlan: {
    platform: 'text',
    processorMhz: 'number',
    memoryBytes: 'number',
    backupServer: 'text',
  },
  gateway: {
    enabled: 'flag',
    networkMode: 'text',
    address: 'text',
    port: 'number',
    backupServer: 'text',
  },
  backupServer: { version: 'text', port: 'number' },
};

/** All kinds of items, in the order of their columns. */
export const kinds = Object.keys(facts) as readonly ItemKind[];

export interface FactColumn {
  readonly name: string;
  readonly isNumber: boolean;
}

/** The columns of the facts that items of these kinds can have; the same for the same kinds, whatever is known of each. */
export function factColumns(present: ReadonlySet<ItemKind>): readonly FactColumn[] {
  const columns = new Map<string, FactColumn>();
  for (const kind of kinds.filter(each => present.has(each))) {
    for (const [name, form] of Object.entries<Form>(facts[kind])) {
      columns.set(name, { name: columnOf(name), isNumber: form === 'number' });
    }
  }
  return [...columns.values()];
}

export function recordOf(node: Node): ItemRecord {
  const server = node.root.item;
  const { key, kind, path, name, id, facts: known } = plainItem(node);
  return {
    server: server.name,
    product: server.kind === 'server' ? server.product : '',
    ...{ kind, path, name },
    ...(id === undefined ? {} : { id }),
    ...Object.fromEntries(Object.entries(known).map(([fact, value]) => [columnOf(fact), value])),
    key,
  };
}

/** A repository's path on its disk is not that of its row. */
function columnOf(fact: string): string {
  return fact === 'path' ? 'storagePath' : fact;
}

/** The names from the server down to the item, headings included. */
export function pathOf(node: Node): string[] {
  return lineageOf(node).map(({ item }) => item.name);
}

// Characters that reorder or hide text stand in no editor as what they are.
const invisible = /[\u007f-\u009f\u2028\u2029\p{Cf}]/gu;

/** Data as JSON on lines of its own, to the letter, in characters that can be seen. */
export function jsonOf(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replace(invisible, characters =>
    Array.from({ length: characters.length }, (_, at) => `\\u${hex(characters.charCodeAt(at))}`).join(''),
  );
}

function hex(code: number): string {
  return code.toString(16).padStart(4, '0');
}
