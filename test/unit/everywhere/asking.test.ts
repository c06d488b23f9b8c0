import { expect, test } from 'vitest';
import { Cancelled, type Failure } from '../../../src/base/failure';
import { type AskedServer, Everywhere } from '../../../src/everywhere/everywhere';
import { TimedOut } from '../../../src/http/failures';
import type { Inventory } from '../../../src/inventory/inventory';
import type { Node } from '../../../src/inventory/tree/node';
import type { Item } from '../../../src/items/item';
import type { Located, Seeking, Sought } from '../../../src/products/seek';
import { item, tenant } from '../items';
import { never } from '../never';
import { group, loaded, repository, server, type Tree } from './trees';

interface Answers {
  readonly installations?: () => Failure;
  readonly seek?: (sought: Sought) => Seeking;
}

/** Servers that answer so, and what each is asked for. */
function asking(inventory: Inventory, answers: Readonly<Record<string, Answers>> = {}) {
  const asked: string[] = [];
  const of = async (id: string): Promise<AskedServer> => ({
    isSignedIn: true,
    async installations(wanted) {
      asked.push(`${id} installations ${wanted}`);
      const failure = answers[id]?.installations?.();
      if (failure) {
        throw failure;
      }
      return { own: undefined, others: new Map() };
    },
    async seek(sought) {
      asked.push(`${id} ${sought.kind} ${[...sought.ids, ...sought.names, ...sought.backupServers].join()}`);
      return answers[id]?.seek?.(sought) ?? { located: [] };
    },
  });
  return { asked, everywhere: new Everywhere(inventory, { of }) };
}

const northwind: Tree = [
  group('t', 'tenant'),
  [tenant('t1', { name: 'Northwind', companyId: 'c1', backupServer: 'VBR01' })],
];

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
  );
  const { asked, everywhere } = asking(inventory);
  await everywhere.look(first(inventory, 'repository'), never);
  expect(asked.slice(0, 2)).toEqual(['vbr installations all', 'vspc installations undefined']);
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
