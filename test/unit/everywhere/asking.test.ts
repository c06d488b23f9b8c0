import { describe, expect, test } from 'vitest';
import { Cancelled, type Failure } from '../../../src/base/failure';
import { type AskedServer, Everywhere } from '../../../src/everywhere/everywhere';
import { TimedOut } from '../../../src/http/failures';
import type { Inventory } from '../../../src/inventory/inventory';
import type { Node } from '../../../src/inventory/tree/node';
import type { Item, ItemKind } from '../../../src/items/item';
import type { Installation, KnownInstallations, Located, Seeking, Sought } from '../../../src/products/seek';
import { item, subtenant, tenant } from '../items';
import { never } from '../never';
import { company, group, loaded, organization, repository, server, type Tree } from './trees';

interface Answers {
  readonly installations?: () => Failure;
  readonly known?: Partial<KnownInstallations>;
  readonly seek?: (sought: Sought) => Seeking;
}

/** Servers that answer so, and what each is asked for. */
function asking(inventory: Inventory, answers: Readonly<Record<string, Answers>> = {}, gone: readonly string[] = []) {
  const asked: string[] = [];
  const serverOf = (id: string): AskedServer => ({
    isSignedIn: true,
    async installations(wanted) {
      asked.push(`${id} installations ${wanted}`);
      const failure = answers[id]?.installations?.();
      if (failure) {
        throw failure;
      }
      return { own: undefined, others: new Map(), ...answers[id]?.known };
    },
    async seek(sought) {
      asked.push(`${id} ${sought.kind} ${[...sought.ids, ...sought.names, ...sought.backupServers].join()}`);
      return answers[id]?.seek?.(sought) ?? { located: [] };
    },
  });
  const of = async (id: string) => (gone.includes(id) ? undefined : serverOf(id));
  return { asked, everywhere: new Everywhere(inventory, { of }) };
}

function notOpened(contains: ItemKind): Tree {
  return [{ ...group(`no ${contains}`, contains), hasChildren: false }];
}

const northwind: Tree = [
  group('t', 'tenant'),
  [tenant('t1', { name: 'Northwind', companyId: 'c1', backupServer: 'VBR01' })],
];

/** What was asked of servers after the installations that they know. */
function sought(asked: readonly string[]): readonly string[] {
  return asked.filter(each => !each.includes(' installations '));
}

function first(inventory: Inventory, kind: Item['kind']): Node {
  return [...inventory.loaded()].find(node => node.item.kind === kind) as Node;
}

test('a server that fails is asked for nothing more, and the others are', async () => {
  const inventory = await loaded([server('vspc', 'vspc'), northwind], [server('em1', 'em')], [server('em2', 'em')]);
  const failure = new TimedOut('em1', 1000);
  const { asked, everywhere } = asking(inventory, { em1: { installations: () => failure } });
  const { sightings, skipped } = await everywhere.look(first(inventory, 'tenant'), never);
  expect(asked).toEqual([
    'vspc installations ofCustomers',
    'em1 installations ofCustomers',
    'em2 installations ofCustomers',
    'vspc company c1',
    'vspc tenant ',
    'vspc organization ',
    'vspc hostedResource ',
    'em2 tenant t1,Northwind,VBR01',
  ]);
  expect(sightings.map(({ node }) => node.root.item.id)).toEqual(['vspc']);
  expect(skipped).toEqual([{ server: inventory.servers[1], why: 'failed', failure }]);
});

test.each<[string, string[], Located[]]>([
  ['nothing', ['partial'], []],
  ['the tenant', [], [{ item: tenant('t1', { name: 'Northwind', backupServer: 'vbr01' }), above: [] }]],
])('a request that has brought a part of a list with %s in it leaves the server %j', async (_, why, located) => {
  const inventory = await loaded([server('vspc', 'vspc'), northwind], [server('em', 'em')]);
  const { everywhere } = asking(inventory, { em: { seek: () => ({ located, isPartial: true }) } });
  const places = await everywhere.look(first(inventory, 'tenant'), never);
  expect(places.skipped.map(each => each.why)).toEqual(why);
  expect(places.sightings).toHaveLength(1 + located.length);
});

test('for a repository all installations are asked for, unless they are loaded', async () => {
  const inventory = await loaded(
    [server('vbr', 'vbr'), [group('r', 'repository'), [repository('r1', 'Repo')]]],
    [server('vspc', 'vspc'), [group('b', 'backupServer'), [item('backupServer')]]],
    [server('half', 'vspc'), [group('b', 'backupServer'), [item('backupServer')]], notOpened('backupServer')],
  );
  const { asked, everywhere } = asking(inventory);
  await everywhere.look(first(inventory, 'repository'), never);
  expect(asked.slice(0, 3)).toEqual([
    'vbr installations all',
    'vspc installations undefined',
    'half installations all',
  ]);
});

test.each<[string, Tree]>([
  ['where all tenants are loaded', [group('t', 'tenant'), [tenant('t2')]]],
  ['where it was found', [group('s', 'site'), [tenant('t1', { name: 'Northwind', backupServer: 'vbr01' })]]],
])('a tenant is not asked for %s', async (_, below) => {
  const inventory = await loaded(
    [server('vspc', 'vspc'), northwind],
    [server('em', 'em'), below, notOpened('repository')],
  );
  const { asked, everywhere } = asking(inventory);
  await everywhere.look(first(inventory, 'tenant'), never);
  expect(sought(asked).filter(each => each.startsWith('em '))).toEqual([]);
});

test('servers that say which installation they are, and that they are another one, are asked for tenants alone', async () => {
  const inventory = await loaded(
    [server('m1', 'vb365'), [group('o', 'organization'), [organization('o1', 'Contoso')]]],
    [server('other', 'vb365')],
    [server('same', 'vb365')],
    [server('silent', 'vspc')],
  );
  const { asked, everywhere } = asking(inventory, {
    m1: { known: { own: { id: 'i1' } } },
    other: { known: { own: { id: 'i2' } } },
    same: { known: { own: { id: 'I1' } } },
  });
  await everywhere.look(first(inventory, 'organization'), never);
  expect(sought(asked)).toEqual([
    'same organization o1,Contoso,m1.example.com',
    'silent organization o1,Contoso,m1.example.com',
  ]);
});

test('an item without an ID is asked for by its name alone', async () => {
  const inventory = await loaded(
    [server('m1', 'vb365'), [group('o', 'organization'), [organization('', 'Contoso')]]],
    [server('m2', 'vb365')],
  );
  const { asked, everywhere } = asking(inventory);
  await everywhere.look(first(inventory, 'organization'), never);
  expect(sought(asked)).toEqual(['m2 organization Contoso,m1.example.com']);
});

describe('what belongs to a company', () => {
  async function asked(...below: Tree[]) {
    const inventory = await loaded([server('vspc', 'vspc'), [group('c', 'company'), ...below]]);
    const asks = asking(inventory);
    await asks.everywhere.look(first(inventory, 'company'), never);
    return sought(asks.asked).map(each => each.trim());
  }

  const tenants: Tree = [group('t', 'tenant'), [tenant('t1', { companyId: 'c1' })]];
  const organizations: Tree = [group('o', 'organization')];
  const [vb365, vbr]: Tree[] = [[group('h1', 'hostedResource')], [group('h2', 'hostedResource')]];
  const contoso = company('C1', 'Contoso');

  test('is asked for where that company is not opened, whatever of others is loaded', async () => {
    const all = ['vspc tenant', 'vspc organization', 'vspc hostedResource'];
    expect(await asked([{ ...contoso, hasChildren: false }])).toEqual(all);
    expect(await asked([{ ...contoso, hasChildren: false }], [company('c2', 'Other'), tenants, organizations])).toEqual(
      all,
    );
  });

  test('is asked for as far as it is not loaded', async () => {
    expect(await asked([contoso, tenants, organizations, vb365 as Tree, vbr as Tree])).toEqual([]);
    expect(await asked([contoso, tenants, organizations, vb365 as Tree, notOpened('hostedResource')])).toEqual([
      'vspc hostedResource',
    ]);
    expect(await asked([contoso, tenants, notOpened('organization')])).toEqual([
      'vspc organization',
      'vspc hostedResource',
    ]);
  });
});

test.each<[string, Installation, Installation | undefined, string | undefined]>([
  ['by its ID', { id: 'i1' }, { id: 'I1' }, 'b1'],
  ['by its name where neither knows an ID', { name: 'M1.example.com' }, undefined, 'b1'],
  ['by its name where one of them alone knows an ID', { id: 'i1', name: 'm1.example.com' }, undefined, 'b1'],
  ['by its name where the other one alone knows an ID', { name: 'm1.example.com' }, { id: 'i1' }, 'b1'],
  ['not at all where the IDs differ', { id: 'i2', name: 'm1.example.com' }, { id: 'i1' }, undefined],
])('a server that tells of another one is asked for what stands there: known %s', async (_, other, own, expected) => {
  const inventory = await loaded(
    [server('m1', 'vb365'), [group('o', 'organization'), [organization('o1', 'Contoso')]]],
    [server('vspc', 'vspc')],
  );
  const standsOn: unknown[] = [];
  const { everywhere } = asking(inventory, {
    m1: { known: { own } },
    vspc: {
      known: { others: new Map([['b1', other]]) },
      seek: each => {
        standsOn.push(each.standsOn);
        return { located: [] };
      },
    },
  });
  await everywhere.look(first(inventory, 'organization'), never);
  expect(standsOn).toEqual([expected]);
});

test.each([
  ['localhost', undefined],
  ['127.0.0.1', undefined],
  ['[::1]', undefined],
  ['em.example.com', '::1'],
  ['em.example.com', 'Localhost.'],
  ['em.example.com', 'This server'],
])('what stands on a host whose name others cannot know is asked for nowhere (%s, %s)', async (host, backupServer) => {
  const inventory = await loaded(
    [server('em1', 'em', host), [group('t', 'tenant'), [tenant('t1', { backupServer })]]],
    [server('vspc', 'vspc')],
  );
  const { asked, everywhere } = asking(inventory);
  await everywhere.look(first(inventory, 'tenant'), never);
  expect(sought(asked)).toEqual([]);
});

describe('the repository of a share', () => {
  const share = item('hostedResource', { id: 'h1', companyId: 'c1', repositoryId: 'R1', standsOn: 'b1' });
  const other = item('hostedResource', { id: 'h2', companyId: 'c1', repositoryId: 'R1', standsOn: 'b2' });
  const shares = (...all: Item[]): Tree => [
    group('c', 'company'),
    [
      company('c1', 'Contoso'),
      [group('h1', 'hostedResource'), ...all.map((each): Tree => [each])],
      [group('t', 'tenant')],
    ],
  ];

  async function asked(all: Item[], ...below: Tree[]) {
    const inventory = await loaded(
      [server('vspc', 'vspc'), shares(...all)],
      [server('vbr', 'vbr'), ...below],
      [server('o', 'o')],
    );
    const asks = asking(inventory, {
      vspc: {
        known: {
          others: new Map([
            ['b1', { id: 'i1' }],
            ['b2', { id: 'i2' }],
          ]),
        },
      },
      vbr: { known: { own: { id: 'i1' } } },
      o: { known: { own: { id: 'i2' } } },
    });
    await asks.everywhere.look(first(inventory, 'company'), never);
    return sought(asks.asked).filter(each => each.includes(' repository '));
  }

  const tier: Tree = [group('p', 'extent'), [item('extent', { id: 'x1' })]];
  const scaleOut = item('scaleOutRepository', { id: 's1', hasChildren: true });
  const found: Tree = [
    group('b', 'backupServer'),
    [item('backupServer', { hasChildren: true }), [repository('r1', 'Repo')]],
  ];
  const repositories: Tree = [group('r', 'repository'), [repository('r2', 'Repo')]];

  test.each<[string, Tree[]]>([
    ['nothing is loaded', []],
    ['only extents are loaded', [notOpened('repository'), [group('s', 'scaleOutRepository'), [scaleOut, tier]]]],
    [
      'extents of only some are loaded',
      [repositories, [group('s', 'scaleOutRepository'), [scaleOut, tier], [item('scaleOutRepository', { id: 's2' })]]],
    ],
    ['only repositories by themselves are loaded', [repositories, [group('s', 'scaleOutRepository'), [scaleOut]]]],
  ])('is asked for on its server if %s', async (_, below) => {
    expect(await asked([share], ...below)).toEqual(['vbr repository R1']);
  });

  test.each<[string, Tree[]]>([
    ['all repositories are loaded, and there are no others', [repositories]],
    ['all repositories and extents are loaded', [repositories, [group('s', 'scaleOutRepository'), [scaleOut, tier]]]],
    ['it was found', [found]],
  ])('is not asked for if %s', async (_, below) => {
    expect(await asked([share], ...below)).toEqual([]);
  });

  test('is asked for on one server although that of another share was found on another', async () => {
    expect(await asked([share, other], found)).toEqual(['o repository R1']);
  });
});

test('for a subtenant its tenant is asked for, and then what is below that', async () => {
  const below: Tree = [tenant('t1', { name: 'Northwind', backupServer: 'vbr01' }), [subtenant('s1', { name: 'user' })]];
  const inventory = await loaded([server('em', 'em'), [group('t', 'tenant'), below]], [server('vspc', 'vspc')]);
  const user = subtenant('s2', { name: 'user' });
  const { asked, everywhere } = asking(inventory, {
    vspc: {
      seek: ({ kind }) => ({
        located:
          kind === 'tenant'
            ? [{ item: tenant('t1', { name: 'Northwind', backupServer: 'VBR01' }), above: [group('t', 'tenant')] }]
            : [{ item: user, above: [] }],
      }),
    },
  });
  const { sightings } = await everywhere.look(first(inventory, 'subtenant'), never);
  expect(sought(asked)).toEqual(['vspc tenant t1,Northwind,vbr01', 'vspc subtenant s1,user']);
  expect(sightings[1]?.node).toMatchObject({ item: user, parent: { item: { id: 't1' } } });
});

test('what belongs to a company stands below it where that is loaded, wherever that is', async () => {
  const reseller = item('reseller', { id: 'r1', hasChildren: true });
  const inventory = await loaded(
    [
      server('vspc', 'vspc'),
      [group('r', 'reseller'), [reseller, [company('c2', 'Fabrikam')], [company('C1', 'Northwind')]]],
    ],
    [server('other', 'vspc'), [group('c', 'company'), [company('c1', 'Contoso')]]],
  );
  const [subject] = [...inventory.loaded()].filter(
    ({ item: { kind, name } }) => kind === 'company' && name === 'Northwind',
  );
  const located = { item: organization('o1', 'One', { companyId: 'c1' }), above: [company('c1', 'c1')] };
  const { everywhere } = asking(inventory, {
    vspc: { seek: ({ kind }) => ({ located: kind === 'organization' ? [located] : [] }) },
  });
  const { sightings } = await everywhere.look(subject as Node, never);
  expect(sightings.map(({ node }) => node.item.name)).toEqual(['Northwind', 'One']);
  expect(sightings[1]?.node.parent).toBe(subject);
});

test('tells at once what is loaded, and after each answer what is known then', async () => {
  const inventory = await loaded([server('vspc', 'vspc'), northwind], [server('em', 'em')]);
  const there = tenant('t1', { name: 'Northwind', backupServer: 'vbr01' });
  const { asked, everywhere } = asking(inventory, { em: { seek: () => ({ located: [{ item: there, above: [] }] }) } });
  const told: string[] = [];
  await everywhere.look(first(inventory, 'tenant'), never, ({ sightings }) => {
    told.push(`${asked.length} asked: ${sightings.length}`);
  });
  expect(told).toEqual(['0 asked: 1', '2 asked: 1', '7 asked: 2']);
});

test('a server that is gone meanwhile is passed over, and one that is being loaded is told of', async () => {
  const inventory = await loaded([server('vspc', 'vspc'), northwind], [server('em', 'em')], [server('slow', 'em')]);
  const slow = inventory.servers[2] as Node;
  const { asked, everywhere } = asking(inventory, {}, ['em']);
  const loading = inventory.refresh(slow);
  const { skipped } = await everywhere.look(first(inventory, 'tenant'), never);
  await loading;
  expect(skipped).toEqual([{ server: slow, why: 'loading' }]);
  expect(asked.filter(each => !each.startsWith('vspc '))).toEqual([]);
});

test('what can stand nowhere else is looked for nowhere', async () => {
  const inventory = await loaded([server('em', 'em'), [group('j', 'job'), [item('job')]]]);
  const { asked, everywhere } = asking(inventory);
  expect(await everywhere.look(first(inventory, 'job'), never)).toEqual({ sightings: [], skipped: [] });
  expect(asked).toEqual([]);
});

test('ends as cancelled, not as a failure of a server, when the signal aborts', async () => {
  const inventory = await loaded([server('vspc', 'vspc'), northwind], [server('em', 'em')]);
  const leaving = new AbortController();
  const { everywhere } = asking(inventory, {
    em: {
      installations: () => {
        leaving.abort();
        return new Cancelled();
      },
    },
  });
  await expect(everywhere.look(first(inventory, 'tenant'), leaving.signal)).rejects.toMatchObject({
    name: 'AbortError',
  });
});
