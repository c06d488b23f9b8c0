import { expect, test } from 'vitest';
import { Candidates } from '../../../src/everywhere/candidates';
import { sameThings } from '../../../src/everywhere/sameThings';
import { Standings } from '../../../src/everywhere/standing';
import type { Inventory } from '../../../src/inventory/inventory';
import type { Node } from '../../../src/inventory/tree/node';
import type { HostedResource, Item } from '../../../src/items/item';
import type { KnownInstallations } from '../../../src/products/seek';
import { subtenant, tenant } from '../items';
import { company, group, loaded, organization, repository, server, type Tree, told } from './trees';

const defaultRepository = '88788f9e-d8f5-4eb4-bc4f-9b3f5403bcec';

function nodeAt(inventory: Inventory, serverId: string, kind: Item['kind'], name: string): Node {
  for (const node of inventory.loaded()) {
    if (node.root.item.id === serverId && node.item.kind === kind && node.item.name === name) {
      return node;
    }
  }
  throw new Error(`no ${kind} ${name} on ${serverId}`);
}

async function seenFrom(inventory: Inventory, subject: Node, known: Record<string, Partial<KnownInstallations>> = {}) {
  const sightings = await sameThings(
    subject,
    await Candidates.in(inventory.servers),
    new Standings(told(inventory, known)),
  );
  const [itself, ...others] = sightings.map(({ node, certainty, evidence: { via, by } }) => {
    const place = `${node.root.item.id} ${node.item.kind} ${node.item.name}`;
    return `${place}: ${certainty}, ${[via, by].filter(Boolean).join(' ')}`;
  });
  return [itself, ...others.sort()];
}

function hosted(id: string, name: string, companyId: string): HostedResource {
  return { kind: 'hostedResource', id, name, hasChildren: false, companyId };
}

function vbr(number: string) {
  return { id: 'i1', name: `vbr${number}.local` };
}

test('nothing is linked by an ID alone: two installations have the same default repository', async () => {
  const inventory = await loaded(
    [server('vbr1', 'vbr'), [group('r', 'repository'), [repository(defaultRepository, 'Default Backup Repository')]]],
    [server('vbr2', 'vbr'), [group('r', 'repository'), [repository(defaultRepository, 'Default Backup Repository')]]],
    [
      server('vspc', 'vspc'),
      [
        group('s', 'repository'),
        [repository(defaultRepository, 'Default Backup Repository', { standsOn: 'B1' })],
        [repository(defaultRepository, 'Default Backup Repository', { standsOn: 'b2' })],
        [repository(defaultRepository, 'Default Backup Repository', { standsOn: 'b3' })],
      ],
    ],
    [
      server('em1', 'em'),
      [
        group('r', 'repository'),
        [repository(defaultRepository, 'Default Backup Repository', { backupServer: 'vbr9' })],
      ],
    ],
    [
      server('em2', 'em'),
      [
        group('r', 'repository'),
        [repository(defaultRepository, 'Default Backup Repository', { backupServer: 'vbr9' })],
      ],
    ],
  );
  const known = {
    vbr1: { own: { id: 'I1', name: 'vbr.local' } },
    vbr2: { own: { id: 'I2', name: 'vbr.local' } },
    vspc: {
      others: new Map([
        ['b1', { id: 'i1' }],
        ['b2', { id: 'i2' }],
        ['b3', { id: 'i3' }],
      ]),
    },
  };
  const name = 'Default Backup Repository';
  expect(await seenFrom(inventory, nodeAt(inventory, 'vbr1', 'repository', name), known)).toEqual([
    `vbr1 repository ${name}: certain, itself`,
    `vspc repository ${name}: certain, installation id`,
  ]);
  expect(await seenFrom(inventory, nodeAt(inventory, 'vbr2', 'repository', name))).toEqual([
    `vbr2 repository ${name}: certain, itself`,
  ]);
  expect(await seenFrom(inventory, nodeAt(inventory, 'em1', 'repository', name), known)).toEqual([
    `em1 repository ${name}: certain, itself`,
  ]);
});

test('a company leads to what is mapped to it, and from there to the servers of the same installation', async () => {
  const inventory = await loaded(
    [
      server('vspc', 'vspc'),
      [
        group('companies', 'company'),
        [
          company('C1', 'Contoso'),
          [group('t', 'tenant'), [tenant('T1', { name: 'contoso-cc', companyId: 'c1', backupServer: 'vbr01' })]],
          [group('o', 'organization'), [organization('O1', 'Contoso', { companyId: 'c1', standsOn: 'm1' })]],
        ],
        [
          company('C2', 'Other'),
          [group('o', 'organization'), [organization('O2', 'Other', { companyId: 'c2', standsOn: 'm1' })]],
        ],
      ],
    ],
    [
      server('m365', 'vb365'),
      [group('o', 'organization'), [organization('o1', 'Contoso Ltd.')], [organization('o2', 'Other')]],
      [
        group('r', 'repository'),
        [
          { ...repository('r1', 'Repo'), hasChildren: true },
          [organization('Contoso Ltd.:o1:0', 'Contoso Ltd.', { repositoryId: 'r1' })],
        ],
      ],
    ],
    [
      server('em', 'em'),
      [
        group('t', 'tenant'),
        [tenant('t1', { name: 'contoso-cc', backupServer: 'VBR01' })],
        [tenant('t9', { name: 'contoso-cc', backupServer: 'vbr02' })],
      ],
    ],
    [server('alone', 'vb365'), [group('o', 'organization'), [organization('o1', 'Contoso')]]],
  );
  const known = {
    vspc: { others: new Map([['m1', { id: 'M-1' }]]) },
    m365: { own: { id: 'm-1' } },
    alone: { own: { id: 'm-2' } },
  };
  const all = [
    'vspc company Contoso: certain, itself',
    'em tenant contoso-cc: byName, hostName id',
    'm365 organization Contoso Ltd.: byName, server name',
    'm365 organization Contoso Ltd.: certain, installation id',
    'vspc organization Contoso: certain, company',
    'vspc tenant contoso-cc: certain, company',
  ];
  expect(await seenFrom(inventory, nodeAt(inventory, 'vspc', 'company', 'Contoso'), known)).toEqual(all);
  // The other way round, all that follows from a name is by name.
  const fromEm = await seenFrom(inventory, nodeAt(inventory, 'em', 'tenant', 'contoso-cc'), known);
  expect(fromEm).toContain('vspc company Contoso: byName, company');
  expect(fromEm.filter(line => line?.includes('certain'))).toEqual(['em tenant contoso-cc: certain, itself']);
  expect(fromEm).toHaveLength(6);
});

test('a name counts within a pair alone, and only where no ID tells', async () => {
  const inventory = await loaded(
    [
      server('vspc', 'vspc'),
      [
        group('o', 'organization'),
        [organization('x1', 'Contoso', { standsOn: 'm1' })],
        [organization('o2', 'Fabrikam', { standsOn: 'm1' })],
      ],
    ],
    [
      server('m365', 'vb365'),
      [
        group('o', 'organization'),
        [organization('o1', 'CONTOSO')],
        [organization('o2', 'Fabrikam Group')],
        [organization('o3', 'Fabrikam')],
      ],
    ],
    [server('other', 'vb365'), [group('o', 'organization'), [organization('o4', 'Contoso')]]],
  );
  const known = { vspc: { others: new Map([['m1', { id: 'M1' }]]) }, m365: { own: { id: 'M1' } } };
  expect(await seenFrom(inventory, nodeAt(inventory, 'vspc', 'organization', 'Contoso'), known)).toEqual([
    'vspc organization Contoso: certain, itself',
    'm365 organization CONTOSO: byName, installation name',
  ]);
  expect(await seenFrom(inventory, nodeAt(inventory, 'vspc', 'organization', 'Fabrikam'), known)).toEqual([
    'vspc organization Fabrikam: certain, itself',
    'm365 organization Fabrikam Group: certain, installation id',
  ]);
});

test.each<[string, Record<string, Partial<KnownInstallations>>]>([
  ['a server tells of both', { vspc: { others: new Map(Object.entries({ b1: vbr('1'), b2: vbr('2') })) } }],
  ['they call themselves otherwise', { vbr2: { own: vbr('2') }, vspc: { others: new Map([['b1', vbr('1')]]) } }],
])('two machines that were restored from one backup are not one installation: %s', async (_, known) => {
  const name = 'Default Backup Repository';
  const repositories = (...standsOn: string[]) =>
    standsOn.map((id): Tree => [repository(defaultRepository, name, { standsOn: id })]);
  const inventory = await loaded(
    [server('vbr1', 'vbr'), [group('r', 'repository'), [repository(defaultRepository, name)]]],
    [server('vbr2', 'vbr'), [group('r', 'repository'), [repository(defaultRepository, name)]]],
    [server('vspc', 'vspc'), [group('s', 'repository'), ...repositories(...(known.vspc?.others?.keys() ?? []))]],
  );
  const subject = nodeAt(inventory, 'vbr1', 'repository', name);
  expect(await seenFrom(inventory, subject, { vbr1: { own: vbr('1') }, ...known })).toEqual([
    `vbr1 repository ${name}: certain, itself`,
    `vspc repository ${name}: byName, hostName id`,
  ]);
});

test('a machine that is told of twice by one name was registered anew', async () => {
  const inventory = await loaded(
    [server('vbr1', 'vbr'), [group('r', 'repository'), [repository(defaultRepository, 'Default')]]],
    [
      server('vspc', 'vspc'),
      [group('s', 'repository'), [repository(defaultRepository, 'Default', { standsOn: 'b1' })]],
    ],
  );
  const others = new Map(Object.entries({ b0: vbr('1'), b1: vbr('1') }));
  const known = { vbr1: { own: vbr('1') }, vspc: { others } };
  expect(await seenFrom(inventory, nodeAt(inventory, 'vbr1', 'repository', 'Default'), known)).toEqual([
    'vbr1 repository Default: certain, itself',
    'vspc repository Default: certain, installation id',
  ]);
});

test('a server that was added under two addresses is one installation', async () => {
  const inventory = await loaded(
    [server('one', 'vbr'), [group('r', 'repository'), [repository(defaultRepository, 'Default')]]],
    [server('same', 'vbr'), [group('r', 'repository'), [repository(defaultRepository, 'Default')]]],
  );
  const own = { id: 'i1', name: 'vbr.local' };
  expect(
    await seenFrom(inventory, nodeAt(inventory, 'one', 'repository', 'Default'), { one: { own }, same: { own } }),
  ).toEqual(['one repository Default: certain, itself', 'same repository Default: certain, installation id']);
});

test('a name is the same in whatever case, and however its accents are written', async () => {
  const inventory = await loaded(
    [server('em', 'em'), [group('t', 'tenant'), [tenant('t1', { name: 'Caf\u00e9', backupServer: 'vbr01' })]]],
    [server('vspc', 'vspc'), [group('t', 'tenant'), [tenant('t2', { name: 'CAFE\u0301', backupServer: 'vbr01' })]]],
  );
  expect(await seenFrom(inventory, nodeAt(inventory, 'em', 'tenant', 'Caf\u00e9'))).toEqual([
    'em tenant Caf\u00e9: certain, itself',
    'vspc tenant CAFE\u0301: byName, hostName name',
  ]);
});

test('what stands twice on a server counts once, with the place that was asked about', async () => {
  const twice = tenant('T1', { name: 'Northwind', companyId: 'c1' });
  const inventory = await loaded([
    server('vspc', 'vspc'),
    [group('companies', 'company'), [company('c1', 'Northwind'), [group('t', 'tenant'), [twice]]]],
    [group('sites', 'tenant'), [{ ...twice }]],
  ]);
  const subjects = [...inventory.loaded()].filter(({ item }) => item.kind === 'tenant');
  expect(subjects).toHaveLength(2);
  for (const subject of subjects) {
    const sightings = await sameThings(subject, await Candidates.in(inventory.servers), new Standings(new Map()));
    expect(sightings.map(({ node }) => node.item.kind)).toEqual(['tenant', 'company']);
    expect(sightings[0]?.node).toBe(subject);
  }
});

test('what a company has several of on a server are several, and so are the data of one organization', async () => {
  const inventory = await loaded(
    [
      server('vspc', 'vspc'),
      [group('t', 'tenant'), [tenant('t1', { companyId: 'c1' })], [tenant('t2', { companyId: 'c1' })]],
      [group('h', 'hostedResource'), ...['', ''].map((id, at): Tree => [hosted(id, `Share ${at}`, 'c1')])],
    ],
    [
      server('m365', 'vb365'),
      [group('o', 'organization'), [organization('o1', 'Contoso')]],
      ...['r1', 'r2'].map(
        (repositoryId): Tree => [
          repository(repositoryId, repositoryId, { hasChildren: true }),
          [organization('o1', `Contoso on ${repositoryId}`, { repositoryId })],
        ],
      ),
    ],
  );
  expect(await seenFrom(inventory, nodeAt(inventory, 'vspc', 'tenant', 't1'))).toEqual([
    'vspc tenant t1: certain, itself',
    'vspc hostedResource Share 0: certain, company',
    'vspc hostedResource Share 1: certain, company',
    'vspc tenant t2: certain, company',
  ]);
  expect(await seenFrom(inventory, nodeAt(inventory, 'm365', 'organization', 'Contoso'))).toEqual([
    'm365 organization Contoso: certain, itself',
    'm365 organization Contoso on r1: certain, server id',
    'm365 organization Contoso on r2: certain, server id',
  ]);
});

test('shares of one name are those of several companies', async () => {
  const shares = [hosted('h1', 'Backup', 'c1'), { ...hosted('h2', 'Backup', 'c2'), repositoryId: 'r1' }];
  const inventory = await loaded([
    server('vspc', 'vspc'),
    [group('c', 'company'), [company('c1', 'Contoso')]],
    [group('h', 'hostedResource'), ...shares.map((each): Tree => [each])],
  ]);
  expect(await seenFrom(inventory, nodeAt(inventory, 'vspc', 'company', 'Contoso'))).toEqual([
    'vspc company Contoso: certain, itself',
    'vspc hostedResource Backup: certain, company',
  ]);
});

test.each<[string, Partial<KnownInstallations>, string[]]>([
  [
    'has an ID on one server alone',
    { others: new Map([['b1', { id: 'i1', name: 'vbr01' }]]) },
    ['em tenant t1: byName, hostName id'],
  ],
  ['has no name on either', { others: new Map([['b1', { name: '' }]]) }, []],
])('a host that %s is known by its name, if at all', async (_, vspc, expected) => {
  const backupServer = expected.length > 0 ? 'vbr01' : undefined;
  const inventory = await loaded(
    [server('vspc', 'vspc'), [group('t', 'tenant'), [tenant('t1', { standsOn: 'b1' })]]],
    [server('em', 'em'), [group('t', 'tenant'), [tenant('t1', { backupServer, standsOn: 'b9' })]]],
  );
  const known = { vspc, em: { others: new Map([['b9', { name: backupServer ?? '' }]]) } };
  const [, ...others] = await seenFrom(inventory, nodeAt(inventory, 'vspc', 'tenant', 't1'), known);
  expect(others).toEqual(expected);
});

test('two servers on one host are not the same, unless they have one ID, by whatever names', async () => {
  const rows: Tree = [group('r', 'repository'), [repository('r1', 'Repo')]];
  const inventory = await loaded(
    [server('vbr', 'vbr', 'host.example.com'), rows],
    [server('m365', 'vb365', 'host.example.com'), rows],
    [server('again', 'vbr', '192.0.2.1'), rows],
  );
  const known = { vbr: { own: { id: 'i1', name: 'vbr.local' } }, again: { own: { id: 'i1' } } };
  expect(await seenFrom(inventory, nodeAt(inventory, 'vbr', 'repository', 'Repo'), known)).toEqual([
    'vbr repository Repo: certain, itself',
    'again repository Repo: certain, installation id',
  ]);
});

const likely = tenant('t1', { name: 'likely', companyId: 'c1', backupServer: 'vbr01' });
const certain = tenant('t1', { name: 'certain', companyId: 'c1', standsOn: 'b1' });

test.each([
  ['likely', [likely, certain]],
  ['certain', [certain, likely]],
])(
  'what is certain counts before what is likely, in a roundabout way and where the %s comes first',
  async (_, both) => {
    const [first, second] = both as [Item, Item];
    const inventory = await loaded(
      [
        server('vspc', 'vspc'),
        [group('c', 'company'), [company('c1', 'Northwind')]],
        [group('t', 'tenant'), [{ ...first }]],
        [group('u', 'tenant'), [{ ...second }]],
      ],
      [
        server('em', 'em'),
        [group('t', 'tenant'), [tenant('t1', { name: 'there', backupServer: 'vbr01', standsOn: 'x1' })]],
      ],
    );
    const known = {
      vspc: { others: new Map([['b1', { id: 'i1' }]]) },
      em: { others: new Map([['x1', { id: 'i1' }]]) },
    };
    for (const subject of [
      nodeAt(inventory, 'vspc', 'tenant', 'likely'),
      nodeAt(inventory, 'vspc', 'company', 'Northwind'),
    ]) {
      expect(await seenFrom(inventory, subject, known)).toContain('em tenant there: certain, installation id');
    }
  },
);

test('IDs of companies count on their own server alone, and companies of one name are several', async () => {
  const inventory = await loaded(
    [
      server('one', 'vspc'),
      [group('c', 'company'), [company('c1', 'Contoso')], [company('c2', 'Contoso')]],
      [group('t', 'tenant'), [tenant('t1', { companyId: 'c1' })], [tenant('t2', { companyId: 'c2' })]],
    ],
    [
      server('other', 'vspc'),
      [group('c', 'company'), [company('c1', 'Fabrikam')]],
      [group('t', 'tenant'), [tenant('t3', { companyId: 'c1' })]],
    ],
  );
  expect(await seenFrom(inventory, nodeAt(inventory, 'one', 'company', 'Contoso'))).toEqual([
    'one company Contoso: certain, itself',
    'one tenant t1: certain, company',
  ]);
});

test('organizations of one name on one server are several, and no tenant that is called so on its host', async () => {
  const inventory = await loaded(
    [
      server('m365', 'vb365'),
      [group('o', 'organization'), [organization('o1', 'Contoso')], [organization('o2', 'Contoso')]],
    ],
    [server('em', 'em'), [group('t', 'tenant'), [tenant('o1', { name: 'Contoso', backupServer: 'm365.example.com' })]]],
  );
  expect(await seenFrom(inventory, nodeAt(inventory, 'm365', 'organization', 'Contoso'))).toEqual([
    'm365 organization Contoso: certain, itself',
  ]);
});

test('a server is a host that others name by its address', async () => {
  const inventory = await loaded(
    [server('vbr1', 'vbr'), [group('r', 'repository'), [repository('r1', 'Repo')]]],
    [
      server('em', 'em'),
      [group('r', 'repository'), [repository('R1', 'Renamed', { backupServer: 'VBR1.example.com.' })]],
    ],
  );
  expect(await seenFrom(inventory, nodeAt(inventory, 'vbr1', 'repository', 'Repo'))).toEqual([
    'vbr1 repository Repo: certain, itself',
    'em repository Renamed: byName, hostName id',
  ]);
});

test('an ID that tells on one server leaves the names of another one alone', async () => {
  const northwind = (id: string): Tree => [
    group('t', 'tenant'),
    [tenant(id, { name: 'Northwind', backupServer: 'vbr01' })],
  ];
  const inventory = await loaded(
    [server('em', 'em'), northwind('t1')],
    [server('vspc1', 'vspc'), northwind('t1')],
    [server('vspc2', 'vspc'), northwind('t9')],
  );
  expect(await seenFrom(inventory, nodeAt(inventory, 'em', 'tenant', 'Northwind'))).toEqual([
    'em tenant Northwind: certain, itself',
    'vspc1 tenant Northwind: byName, hostName id',
    'vspc2 tenant Northwind: byName, hostName name',
  ]);
});

test.each(['', '00000000-0000-0000-0000-000000000000'])(
  'servers that tell the ID %j are not one installation',
  async id => {
    const inventory = await loaded(
      [server('vbr1', 'vbr'), [group('r', 'repository'), [repository(defaultRepository, 'Default')]]],
      [server('vbr2', 'vbr'), [group('r', 'repository'), [repository(defaultRepository, 'Default')]]],
    );
    const own = { id };
    expect(
      await seenFrom(inventory, nodeAt(inventory, 'vbr1', 'repository', 'Default'), { vbr1: { own }, vbr2: { own } }),
    ).toEqual(['vbr1 repository Default: certain, itself']);
  },
);

test('subtenants are the same below the same tenant', async () => {
  const inventory = await loaded(
    [
      server('vspc', 'vspc'),
      [
        group('t', 'tenant'),
        [tenant('t1', { name: 'Northwind', backupServer: 'vbr01' }), [subtenant('s1', { name: 'user' })]],
        [tenant('t2', { name: 'Contoso', backupServer: 'vbr01' }), [subtenant('s2', { name: 'user' })]],
        [tenant('t3', { name: 'Fabrikam', backupServer: 'vbr01' }), [subtenant('s3', { name: 'guest' })]],
      ],
    ],
    [
      server('em', 'em'),
      [
        group('t', 'tenant'),
        [tenant('e1', { name: 'Northwind', backupServer: 'vbr01' }), [subtenant('s9', { name: 'user' })]],
        [tenant('e2', { name: 'Contoso', backupServer: 'vbr01' }), [subtenant('s2', { name: 'renamed' })]],
        [tenant('T3', { name: 'Renamed', backupServer: 'vbr01' }), [subtenant('s8', { name: 'guest' })]],
      ],
    ],
  );
  const [first, second, third] = [...inventory.loaded()].filter(({ item }) => item.kind === 'subtenant');
  expect(await seenFrom(inventory, first as Node)).toEqual([
    'vspc subtenant user: certain, itself',
    'em subtenant user: byName, hostName name',
  ]);
  expect(await seenFrom(inventory, second as Node)).toEqual([
    'vspc subtenant user: certain, itself',
    'em subtenant renamed: byName, hostName id',
  ]);
  expect(await seenFrom(inventory, third as Node)).toEqual([
    'vspc subtenant guest: certain, itself',
    'em subtenant guest: byName, hostName name',
  ]);
});

test('a hosted share of a company leads to the repository that it is on, and no further', async () => {
  const share = { ...hosted('h1', 'Hosted', 'c1'), repositoryId: defaultRepository, standsOn: 'b1' };
  const inventory = await loaded(
    [
      server('vspc', 'vspc'),
      [group('companies', 'company'), [company('c1', 'Contoso'), [group('h', 'hostedResource'), [share]]]],
      [group('r', 'repository'), [repository(defaultRepository, 'Default', { standsOn: 'b1' })]],
    ],
    [server('vbr1', 'vbr'), [group('r', 'repository'), [repository(defaultRepository, 'Default')]]],
    [server('vbr2', 'vbr'), [group('r', 'repository'), [repository(defaultRepository, 'Default')]]],
  );
  const known = {
    vspc: { others: new Map([['b1', { id: 'i1' }]]) },
    vbr1: { own: { id: 'i1' } },
    vbr2: { own: { id: 'i2' } },
  };
  expect(await seenFrom(inventory, nodeAt(inventory, 'vspc', 'company', 'Contoso'), known)).toEqual([
    'vspc company Contoso: certain, itself',
    'vbr1 repository Default: certain, share id',
    'vspc hostedResource Hosted: certain, company',
  ]);
});
