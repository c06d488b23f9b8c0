import { expect, test, vi } from 'vitest';
import { type AskedServer, Everywhere } from '../../../src/everywhere/everywhere';
import type { Sighting } from '../../../src/everywhere/sameThings';
import { Node } from '../../../src/inventory/tree/node';
import type { Item, ItemKind } from '../../../src/items/item';
import type { KnownInstallations, Located } from '../../../src/products/seek';
import { placeItems } from '../../../src/views/everywhere/everywhereItems';
import { subtenant, tenant } from '../items';
import { never } from '../never';
import { company, group, loaded, repository, server, type Tree } from './trees';

vi.mock('vscode', async () => ({ ...(await import('../views/vscode')), QuickPickItemKind: { Separator: -1 } }));

interface Scene {
  readonly subject: ItemKind;
  readonly trees: readonly Tree[];
  readonly known?: Readonly<Record<string, KnownInstallations>>;
  /** What each server finds that is asked for tenants. */
  readonly located?: readonly Located[];
}

function times(count: number, make: (index: number) => Tree): Tree[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

const oneInstallation = {
  em: { own: { id: 'i1' }, others: new Map() },
  vbr: { own: { id: 'i1' }, others: new Map() },
  vspc: { own: undefined, others: new Map([['b1', { id: 'i1' }]]) },
};

const contoso = { name: 'Contoso', backupServer: 'vbr1' };

test.each<[string, (count: number) => Scene]>([
  [
    'tenants of one ID',
    count => ({
      subject: 'tenant',
      trees: [
        [server('em', 'em'), [group('t', 'tenant'), ...times(count, () => [tenant('t1', contoso)])]],
        [server('vspc', 'vspc'), [group('t', 'tenant'), ...times(count, () => [tenant('t1', contoso)])]],
      ],
    }),
  ],
  [
    'tenants of one name',
    count => ({
      subject: 'tenant',
      known: oneInstallation,
      trees: [
        [server('em', 'em'), [group('t', 'tenant'), ...times(count, n => [tenant(`e${n}`, { name: 'Contoso' })])]],
        [
          server('vspc', 'vspc'),
          [group('t', 'tenant'), ...times(count, n => [tenant(`c${n}`, { name: 'Contoso', standsOn: 'b1' })])],
        ],
      ],
    }),
  ],
  [
    'tenants of one company',
    count => ({
      subject: 'company',
      trees: [
        [
          server('vspc', 'vspc'),
          [
            group('c', 'company'),
            [
              company('c1', 'Contoso'),
              [group('t', 'tenant'), ...times(count, n => [tenant(`t${n}`, { ...contoso, companyId: 'c1' })])],
            ],
          ],
        ],
        [server('em', 'em'), [group('t', 'tenant'), ...times(count, n => [tenant(`t${n}`, contoso)])]],
      ],
    }),
  ],
  [
    'subtenants of one name',
    count => ({
      subject: 'subtenant',
      trees: ['em', 'vspc'].map(product => [
        server(product, product),
        [
          group('t', 'tenant'),
          ...times(count, n => [tenant('t1', contoso), [subtenant(`${product}${n}`, { name: 'user' })]]),
        ],
      ]),
    }),
  ],
  [
    'shares on one repository',
    count => ({
      subject: 'company',
      known: oneInstallation,
      trees: [
        [
          server('vspc', 'vspc'),
          [
            group('c', 'company'),
            [company('c1', 'Contoso'), [group('h', 'hostedResource'), ...times(count, n => share(`h${n}`))]],
          ],
        ],
        [server('vbr', 'vbr'), [group('r', 'repository'), ...times(count, () => [repository('r1', 'Repo')])]],
      ],
    }),
  ],
  [
    'tenants that a server is asked for',
    count => ({
      subject: 'tenant',
      known: oneInstallation,
      trees: [
        [server('em', 'em'), [group('t', 'tenant'), ...times(count, () => [tenant('t1', contoso)])]],
        [server('vspc', 'vspc')],
      ],
      located: Array.from({ length: count }, (_, n) => ({
        item: tenant(`t${n}`, { name: 'Contoso', standsOn: 'b1', companyId: 'c1' }),
        above: [company('c1', 'c1'), group('t', 'tenant')],
      })),
    }),
  ],
])('twice as many %s take about twice the work', async (_name, sceneOf) => {
  const few = await workIn(sceneOf(100));
  const many = await workIn(sceneOf(200));
  // Four times the work, and more, would be all with all.
  expect(many / few).toBeLessThan(2.5);
});

function share(id: string): Tree {
  return [
    {
      ...{ kind: 'hostedResource', id, name: 'Share', hasChildren: false },
      ...{ companyId: 'c1', repositoryId: 'r1', standsOn: 'b1' },
    } as Item,
  ];
}

/** What counts how often its members are read. */
class Reads {
  count = 0;

  of<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (_, name, receiver) => {
        this.count++;
        return Reflect.get(target, name, receiver);
      },
    });
  }
}

/** How often a look at all places reads a member of an item. */
async function workIn({ subject, trees, known = {}, located = [] }: Scene): Promise<number> {
  const reads = new Reads();
  const counted = ([item, ...below]: Tree): Tree => [reads.of(item), ...below.map(counted)];
  const inventory = await loaded(...trees.map(counted));
  const of = async (id: string): Promise<AskedServer> => ({
    isSignedIn: true,
    installations: async () => known[id] ?? { own: undefined, others: new Map() },
    seek: async ({ kind }) => (kind === 'tenant' ? { located: located.map(each => reads.of(each)) } : undefined),
  });
  const node = [...inventory.loaded()].find(({ item }) => item.kind === subject) as Node;
  reads.count = 0;
  await new Everywhere(inventory, { of }).look(node, never);
  return reads.count;
}

test('each place is listed once, on however many servers they are', () => {
  const reads = new Reads();
  const sightings = Array.from({ length: 100 }, (_, n) => {
    const node = new Node(new Node(undefined, server(`em${n}`, 'em')), tenant('t1'));
    return reads.of<Sighting>({ node, certainty: 'certain', evidence: { via: 'server', by: 'id' } });
  });
  expect(placeItems({ sightings, skipped: [] })).toHaveLength(200);
  expect(reads.count).toBeLessThan(1000);
});
