import { describe, expect, test } from 'vitest';
import { fold, parseQuery, prefixes } from '../../../../src/inventory/search/query';
import { entriesOf, Search } from '../../../../src/inventory/search/search';
import { Node } from '../../../../src/inventory/tree/node';
import type { Item, ItemKind } from '../../../../src/items/item';
import { HOSTILE_NAMES } from '../../../sample-servers/names';

const server = new Node(undefined, {
  ...{ kind: 'server', id: 'em', name: 'em-prod', hasChildren: true, product: 'vb365', url: 'https://example.com' },
});

function node(name: string, facts: Record<string, unknown> = {}): Node {
  const item = { kind: 'tenant', id: `id of ${name}`, name, hasChildren: false, ...facts } as unknown as Item;
  return new Node(server, item);
}

async function find(text: string, nodes: readonly Node[], limit = 100): Promise<string[]> {
  const found = await new Search(limit).find(parseQuery(text), await entriesOf(nodes));
  return found?.best.map(entry => entry.node.item.name) ?? [];
}

describe('the best come first', () => {
  test.each([
    // Whole name, begin of the name, begin of a word, inside, initials, scattered.
    ['nor', ['xnorx', 'Repo North', 'Northwind', 'nor', 'New Old Repo', 'Nairobi Motor', 'Contoso'], 6],
    ['north', ['Far North', 'Northwind', 'North'], 3],
    ['nw', ['Renewal', 'Northwind', 'New World', 'nw-user-01'], 3],
    // The shorter one of two alike; the one that is higher in the tree of two as short.
    ['con', ['Contoso Limited', 'Contoso', 'Contosi'], 3],
  ])('%s', async (text, names, matching) => {
    const order: Record<string, string[]> = {
      nor: ['nor', 'Northwind', 'Repo North', 'xnorx', 'New Old Repo', 'Nairobi Motor'],
      north: ['North', 'Northwind', 'Far North'],
      nw: ['nw-user-01', 'New World', 'Northwind'],
      con: ['Contoso', 'Contosi', 'Contoso Limited'],
    };
    const found = await find(
      text,
      names.map(name => node(name)),
    );
    expect(found).toEqual(order[text]);
    expect(found).toHaveLength(matching);
  });

  test('several words match in any order, in one piece before apart', async () => {
    const nodes = ['North of Contoso', 'Contoso North', 'Contoso', 'Contoso Far North'].map(name => node(name));
    expect(await find('contoso north', nodes)).toEqual(['Contoso North', 'North of Contoso', 'Contoso Far North']);
  });

  describe('of equal names, what has the name itself stands before what others hold of it', () => {
    const held = node('Contoso', { kind: 'organization', repositoryId: 'r1', id: 'o1' });
    const used = node('Contoso', { kind: 'usedRepository', organizationId: 'o1', id: 'r1' });
    const itself = node('Contoso', { kind: 'organization', id: 'o1' });
    const tenant = node('Contoso', { kind: 'tenant', id: 't1' });
    const nodes = [held, used, itself, tenant];

    test.each([
      ['contoso', [itself, tenant, held, used]],
      ['ntos', [itself, tenant, held, used]],
      ['cs', [itself, tenant, held, used]],
      ['o1', [itself, held]],
      // Without a text, the order of the tree.
      ['', nodes],
    ])('%s', async (text, order) => {
      const found = await new Search(100).find(parseQuery(text), await entriesOf(nodes));
      expect(found?.best.map(entry => nodes.indexOf(entry.node))).toEqual(order.map(each => nodes.indexOf(each)));
    });

    test('however many there are of them', async () => {
      const found = await new Search(1).find(parseQuery('contoso'), await entriesOf(nodes));
      expect(found?.best.map(entry => entry.node)).toEqual([itself]);
    });

    test('but not before a better name', async () => {
      const longer = node('Contoso Ltd', { kind: 'tenant' });
      const found = await new Search(100).find(parseQuery('contoso'), await entriesOf([held, longer]));
      expect(found?.best.map(entry => entry.node)).toEqual([held, longer]);
    });
  });

  test('scattered letters begin at the begin of a word', async () => {
    expect(await find('rtw', [node('Northwind')])).toEqual([]);
    expect(await find('ntw', [node('Northwind')])).toEqual(['Northwind']);
  });

  test('numbers within names are words', async () => {
    expect(await find('29', [node('Tenant 1290'), node('t29-user')])).toEqual(['t29-user', 'Tenant 1290']);
  });

  test('without a text all are there, in the order of the tree', async () => {
    expect(await find('', [node('b'), node('a')])).toEqual(['b', 'a']);
  });
});

describe('what people type', () => {
  test.each([
    ['CAFÉ', 'cafe'],
    ['Łódź', 'lodz'],
    ['Straße', 'strasse'],
    ['Ærø', 'aero'],
    ['İstanbul', 'istanbul'],
    ['ﬁle', 'file'],
    ['Ünïcödé', 'unicode'],
  ])('%s is %s', async (name, typed) => {
    expect(fold(name)).toBe(typed);
    expect(await find(typed, [node(name)])).toEqual([name]);
    expect(await find(name, [node(typed)])).toEqual([typed]);
  });

  test.each([
    ['t:north', ['tenant'], 'north'],
    ['T: north ', ['tenant'], 'north'],
    ['r:', ['repository', 'usedRepository', 'scaleOutRepository', 'extent'], ''],
    ['x:north', undefined, 'x:north'],
    ['tt:north', undefined, 'tt:north'],
    ['north t:', undefined, 'north t:'],
    ['urn:veeam:Tenant:1', undefined, 'urn:veeam:tenant:1'],
    ['constructor:x', undefined, 'constructor:x'],
    ['  ', undefined, ''],
  ])('%s', (text, kinds, rest) => {
    const query = parseQuery(text);
    expect(query.kinds && [...query.kinds]).toEqual(kinds);
    expect(query.text).toBe(rest);
  });

  test('a prefix leaves one kind', async () => {
    const nodes = [node('North'), node('North', { kind: 'subtenant' }), node('North', { kind: 'job' })];
    const found = await new Search(10).find(parseQuery('s:nor'), await entriesOf(nodes));
    expect(found?.best.map(entry => entry.node)).toEqual([nodes[1]]);
  });

  test('there is a prefix for each kind but headings, and none for two', () => {
    const all = [...prefixes().values()].flat();
    expect(new Set(all).size).toBe(all.length);
    const kinds: Record<Exclude<ItemKind, 'group'>, true> = {
      ...{ server: true, repository: true, organization: true, tenant: true, subtenant: true, job: true, proxy: true },
      ...{ protectedUser: true, protectedGroup: true, protectedSite: true, protectedTeam: true, gateway: true },
      ...{ usedRepository: true, backupResource: true, hardwarePlan: true, backupServer: true },
      ...{ scaleOutRepository: true, extent: true, managedServer: true, entraTenant: true },
      ...{ company: true, reseller: true, site: true, location: true, user: true, gatewayPool: true },
      hostedResource: true,
    };
    expect([...all].sort()).toEqual(Object.keys(kinds).sort());
  });

  test('only kinds that people take for one thing share a prefix', () => {
    const shared = [...prefixes()].filter(([, those]) => those.length > 1);
    expect(Object.fromEntries(shared)).toEqual({
      r: ['repository', 'usedRepository', 'scaleOutRepository', 'extent'],
      q: ['backupResource', 'hostedResource'],
      c: ['gateway', 'gatewayPool'],
    });
  });
});

describe('an ID', () => {
  const guid = '4e2584b6-9fd1-49a7-85c4-00000000000a';
  const wanted = node('Wanted', { id: guid, urn: 'urn:veeam:CloudTenant:other' });
  const others = [node(`About ${guid}`), node('Other', { id: `${guid}0` }), node('Contoso')];

  test.each([
    [guid],
    [guid.toUpperCase()],
    [`{${guid}}`],
    [`"${guid}",`],
    [`urn:veeam:CloudTenant:${guid}`],
    ['urn:veeam:CloudTenant:other'],
    [wanted.key],
    [` ${guid}\n`],
    [`t:${guid}`],
  ])('%j names its item alone, or at least before all others', async text => {
    const [first, ...rest] = await find(text, [...others, wanted]);
    expect(first).toBe('Wanted');
    expect(rest).not.toContain('Other');
  });

  test('of another kind than the prefix says is not meant', async () => {
    expect(await find(`s:${guid}`, [wanted])).toEqual([]);
  });

  test('with blanks, as VB365 gives to organizations in a backup', async () => {
    expect(await find(`Contoso Ltd:${guid}:${guid}`, [node('X', { id: `Contoso Ltd:${guid}:${guid}` })])).toEqual([
      'X',
    ]);
  });

  test('at several places is found at each', async () => {
    expect(await find(guid, [wanted, node('Again', { id: guid })])).toEqual(['Wanted', 'Again']);
  });

  test('is found although letters before left others', async () => {
    const entries = await entriesOf([...others, wanted]);
    const search = new Search(10);
    await search.find(parseQuery('4e25'), entries);
    const found = await search.find(parseQuery(guid), entries);
    expect(found?.best[0]?.node).toBe(wanted);
    expect(found?.total).toBe(2);
  });

  test.each<[string, Record<string, unknown>]>([
    ['an ID that is encoded', { id: 'Büro/ÄRZTE 1#2:3%' }],
    ['no ID', { id: '' }],
  ])('as part of the key finds an item of %s', async (_name, facts) => {
    const item = node('Ärzte/Büro', facts);
    expect(await find(item.key, [...others, item])).toEqual(['Ärzte/Büro']);
  });

  test('as part of the key finds each of several items under it', async () => {
    const first = node('One', { id: 'same' });
    const second = new Node(server, { ...first.item, name: 'Two' }, 2);
    expect(second.key).toBe(`${first.key}#2`);
    expect(await find(second.key, [first, second])).toEqual(['Two']);
    expect(await find(first.key, [first, second])).toEqual(['One']);
  });

  test('of an e-mail address finds the user', async () => {
    const user = node('Alex', { kind: 'protectedUser', email: 'Alex@example.com' });
    expect(await find('alex@example.com', [user])).toEqual(['Alex']);
  });
});

describe('hostile names', () => {
  const long = `${'x'.repeat(100_000)} needle`;

  test('do no harm, and are found by what is seen of them', async () => {
    const nodes = [...HOSTILE_NAMES, long, '', '\u0000\u0001', '\ud800', '().*+?[]{}|\\^$'].map(name => node(name));
    for (const text of ['click', 'onerror', 'tnanet', 'hyperlink', 'leading', 'passwd', '[click me]', '().*+?']) {
      expect(await find(text, nodes), text).toHaveLength(1);
    }
    expect(await find('xxx', nodes)).toEqual([long]);
    expect(await find('needle', nodes)).toEqual([]); // far behind what is shown of it
  });

  test('endless texts are cut', async () => {
    expect(await find(long, [node('x')])).toEqual([]);
    expect(parseQuery(long).text.length).toBeLessThan(310);
  });
});

describe('100,000 items', () => {
  const names = [
    'Contoso',
    'Fabrikam',
    'Northwind',
    'Adventure',
    'Tailspin',
    'Wingtip',
    'Café',
    'Proseware',
    'Litware',
  ];
  const nodes = Array.from({ length: 100_000 }, (_, index) =>
    node(`${names[index % 9]} ${names[(index * 7) % 8]} ${String(index).padStart(5, '0')}`, { id: `id-${index}` }),
  );

  test('letter by letter find the same as all at once', async () => {
    const entries = await entriesOf(nodes);
    const search = new Search(50);
    for (const text of ['con', 'conto', 'contoso 9', 'cont', 'c0', 'fbk', 'fbkm', 't:fbkm', 't:fbkm 7', 'id-777']) {
      for (let length = 1; length <= text.length; length++) {
        const query = parseQuery(text.slice(0, length));
        expect(await search.find(query, entries)).toEqual(await new Search(50).find(query, entries));
      }
    }
  });

  test('give the best few and the number of all', async () => {
    const found = await new Search(200).find(parseQuery('contoso'), await entriesOf(nodes));
    expect(found?.best).toHaveLength(200);
    expect(found?.total).toBe(nodes.filter(({ item }) => item.name.includes('Contoso')).length);
  });

  test('let others have their turn', async () => {
    const entries = await entriesOf(nodes);
    let turns = 0;
    const count = () => {
      turns++;
      handle = setImmediate(count);
    };
    let handle = setImmediate(count);
    for (let round = 0; round < 20; round++) {
      await new Search(200).find(parseQuery('cso'), entries);
    }
    clearImmediate(handle);
    expect(turns).toBeGreaterThan(1);
  });

  test('are not gone through any more when the text has changed', async () => {
    const entries = await entriesOf(nodes);
    expect(await new Search(200).find(parseQuery('a'), entries, AbortSignal.abort())).toBeUndefined();
  });
});

test('takes over what a refresh has changed', async () => {
  const changing = node('Before');
  expect(await find('before', [changing])).toEqual(['Before']);
  changing.item = { ...changing.item, name: 'After' };
  expect(await find('before', [changing])).toEqual([]);
  expect(await find('after', [changing])).toEqual(['After']);
});

test('headings are no items', async () => {
  const heading = node('Cloud Tenants', { kind: 'group', contains: 'tenant' });
  expect(await find('cloud', [heading, server])).toEqual([]);
  expect(await find('v:em', [heading, server])).toEqual(['em-prod']);
});

test('an ID is found by all its characters, also those that no line shows', async () => {
  const id = 'composite\u200d/so\u00adft';
  const nodes = [node('Northwind', { id }), node('Contoso')];
  expect(await find(id, nodes)).toEqual(['Northwind']);
  expect(await find(`t:${id}`, nodes)).toEqual(['Northwind']);
});

describe('parts of an ID are found', () => {
  const one = node('Northwind', { id: '4f17216f-b582-4f1c-833f-b6d13c9ed2b0' });
  const other = node('Contoso', { id: '9d21694a-0000-4000-8000-4f1721aaaaaa' });
  const named = node('Project 4f17', { id: 'x' });
  const nodes = [other, one, named, node('Fabrikam', { id: 'facade' })];

  test.each([
    // A name first, then the begin of an ID, then what is inside of one.
    ['4f17', ['Project 4f17', 'Northwind', 'Contoso']],
    ['4F1721', ['Northwind', 'Contoso']],
    ['b582-4f1c', ['Northwind']],
    ['facade', ['Fabrikam']],
    ['t:b582-4f1c', ['Northwind']],
    ['o:b582-4f1c', []],
    // Too short to tell IDs apart.
    ['f1c', []],
  ])('%s', async (text, names) => {
    expect(await find(text, nodes)).toEqual(names);
  });

  test('also while they are typed', async () => {
    const search = new Search(10);
    const entries = await entriesOf(nodes);
    for (const text of ['b', 'b5', 'b58', 'b582', 'b582-']) {
      const found = await search.find(parseQuery(text), entries);
      const names = found?.best.map(entry => entry.node.item.name);
      expect(names?.includes('Northwind'), text).toBe(text.length >= 4);
    }
  });
});

test('a short list has the first ones of a long list, in the same order', async () => {
  const syllables = ['no', 'rth', 'wi', 'nd ', 'fa', '-bri', 'kam', '00', '0-', '12 ', 'ö'];
  const random = numbers(7);
  const pick = () => syllables[Math.floor(random() * syllables.length)] ?? '';
  const text = (most: number) => Array.from({ length: 1 + Math.floor(random() * most) }, pick).join('');
  const nodes = Array.from({ length: 300 }, (_, index) => node(`${text(6)}`, { id: `${text(4)}${index}` }));
  const keys = (found: string[]) => found.join('|');
  for (let round = 0; round < 200; round++) {
    const typed = text(3);
    expect(keys(await find(typed, nodes, 5)), typed).toBe(keys((await find(typed, nodes, 1000)).slice(0, 5)));
  }
});

/** From 0 to below 1, the same ones each time. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}
