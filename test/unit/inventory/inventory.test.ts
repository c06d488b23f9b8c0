import { beforeEach, describe, expect, test } from 'vitest';
import { Inventory } from '../../../src/inventory/inventory';
import { reach } from '../../../src/inventory/loading/reach';
import type { Node } from '../../../src/inventory/tree/node';
import type { Item } from '../../../src/items/item';
import { Throttled } from '../../../src/products/failures';
import { serverOf, tenant } from '../items';
import { never } from '../never';
import { KeptLog, labels, named } from '../support';
import { Questions, tenants } from './questions';

let source: Questions;
let inventory: Inventory;
let log: KeptLog;
let changes: (string | undefined)[];
let server: Node;

beforeEach(() => {
  source = new Questions();
  log = new KeptLog();
  inventory = new Inventory(source, log);
  inventory.setServers([serverOf('one'), serverOf('two')]);
  changes = [];
  inventory.onDidChange.listen(node => changes.push(node?.key));
  server = named(inventory.servers, 'one');
});

test('answers at once with a loading row, then with the children', async () => {
  expect(labels(inventory.childrenOf(server))).toEqual(['(loading)']);
  await source.isAsked(1);
  expect(changes).toEqual([]);
  source.last.answer({ items: [tenant('a'), tenant('b')] });
  await inventory.settled(server);
  expect(changes).toEqual([server.key]);
  expect(labels(inventory.childrenOf(server))).toEqual(['a', 'b']);
  expect(source.asked).toHaveLength(1);
});

test('loads branches side by side: a silent server holds up nobody', async () => {
  const other = named(inventory.servers, 'two');
  inventory.childrenOf(server);
  inventory.childrenOf(other);
  await source.isAsked(2);
  source.asked[1]?.answer({ items: [tenant('b')] });
  await inventory.settled(other);
  expect(labels(inventory.childrenOf(other))).toEqual(['b']);
  expect(labels(inventory.childrenOf(server))).toEqual(['(loading)']);
});

test('asks once, however often the rows are asked for', async () => {
  inventory.childrenOf(server);
  inventory.childrenOf(server);
  await source.isAsked(1);
  inventory.childrenOf(server);
  await inventory.refresh(named(inventory.servers, 'two'));
  expect(source.asked).toHaveLength(1);
});

describe('a refresh', () => {
  beforeEach(() => loaded(server, [tenant('a'), tenant('b')]));

  test('keeps the old rows until the new ones are there, and the same objects', async () => {
    const [a, b] = inventory.childrenOf(server);
    const done = inventory.refresh(server);
    await source.isAsked(2);
    expect(labels(inventory.childrenOf(server))).toEqual(['a', 'b']);
    source.last.answer({ items: [tenant('b', { usedBytes: 7 }), tenant('c')] });
    await done;
    const rows = inventory.childrenOf(server);
    expect(labels(rows)).toEqual(['b', 'c']);
    expect(rows[0]).toBe(b);
    expect(b?.type === 'node' && b.item).toMatchObject({ usedBytes: 7 });
    expect(rows).not.toContain(a);
  });

  test('gives up loads below rows that are gone', async () => {
    const a = named(inventory.childrenOf(server), 'a');
    inventory.childrenOf(a);
    await source.isAsked(2);
    const below = source.last;
    const done = inventory.refresh(server);
    await source.isAsked(3);
    source.last.answer({ items: [] });
    await done;
    expect(below.signal.aborted).toBe(true);
  });

  test('of everything asks anew only for what is looked at', async () => {
    await inventory.refresh();
    expect(changes.at(-1)).toBeUndefined();
    expect(source.asked).toHaveLength(1);
    inventory.childrenOf(server);
    await source.isAsked(2);
  });

  test('keeps an empty branch empty meanwhile', async () => {
    const empty = named(inventory.servers, 'two');
    await loaded(empty, []);
    expect(labels(inventory.childrenOf(empty))).toEqual(['(empty)']);
    const done = inventory.refresh(empty);
    expect(labels(inventory.childrenOf(empty))).toEqual(['(empty)']);
    await source.isAsked(3);
    source.last.answer({ items: [] });
    await done;
  });

  test('that fails keeps the old rows under an error row, and asks again only when told', async () => {
    const done = inventory.refresh(server);
    await source.isAsked(2);
    source.last.answer(new Throttled('host', 5));
    await done;
    expect(labels(inventory.childrenOf(server))).toEqual(['(failure)', 'a', 'b']);
    inventory.childrenOf(server);
    expect(source.asked).toHaveLength(2);
    const retry = inventory.refresh(server);
    await source.isAsked(3);
    expect(labels(inventory.childrenOf(server))).toEqual(['(loading)', 'a', 'b']);
    source.last.answer({ items: [tenant('a')] });
    await retry;
    expect(labels(inventory.childrenOf(server))).toEqual(['a']);
  });
});

test('tells of a server that is down once, and not again in each branch that has rows', async () => {
  await loaded(server, [tenant('a'), tenant('b')]);
  const [a, b] = ['a', 'b'].map(name => named(inventory.childrenOf(server), name)) as [Node, Node];
  await loaded(a, [tenant('a1')]);
  const done = inventory.refresh(server);
  inventory.childrenOf(a);
  inventory.childrenOf(b);
  await source.isAsked(5);
  for (const { answer } of source.asked.slice(2)) {
    answer(new Throttled('host', undefined));
  }
  await done;
  await Promise.all([inventory.settled(a), inventory.settled(b)]);
  expect(labels(inventory.childrenOf(server))).toEqual(['(failure)', 'a', 'b']);
  expect(labels(inventory.childrenOf(a))).toEqual(['a1']);
  expect(labels(inventory.childrenOf(b))).toEqual(['(failure)']);
});

test('turns an exception into an error row', async () => {
  inventory.childrenOf(server);
  await source.isAsked(1);
  source.last.answer(new TypeError('boom'));
  await inventory.settled(server);
  expect(labels(inventory.childrenOf(server))).toEqual(['(failure)']);
  expect(server.openedBranch?.failure?.kind).toBe('defect');
  expect(log.lines.join('\n')).toContain('TypeError: boom');
});

test('shows two things under one id as two rows, each with a key of its own', async () => {
  await loaded(server, [tenant('x', { name: 'First' }), tenant('x', { name: 'Second' })]);
  const rows = inventory.childrenOf(server);
  expect(labels(rows)).toEqual(['First', 'Second']);
  expect(new Set(rows.map(row => row.type === 'node' && row.key)).size).toBe(2);
});

test('keeps each of several things under one id through a refresh', async () => {
  const same = [tenant('x', { name: 'First' }), tenant('x', { name: 'Second' }), tenant('x', { name: 'Third' })];
  await loaded(server, same);
  const rows = inventory.childrenOf(server);
  const keys = rows.map(row => row.type === 'node' && row.key);
  expect(keys).toEqual([`${server.key}/tenant:x`, `${server.key}/tenant:x#2`, `${server.key}/tenant:x#3`]);
  expect(keys.map(key => inventory.find(String(key)))).toEqual(rows);
  const refresh = inventory.refresh(server);
  await source.isAsked(2);
  source.last.answer({ items: same });
  await refresh;
  expect(inventory.childrenOf(server).every((row, index) => row === rows[index])).toBe(true);
  expect(inventory.childrenOf(server)).toHaveLength(3);
});

test('shows two things of one name without ids as two rows', async () => {
  await loaded(server, [tenant('', { name: 'Same' }), tenant('', { name: 'Same' })]);
  expect(labels(inventory.childrenOf(server))).toEqual(['Same', 'Same']);
});

test('keeps rows of a first load that failed half-way until the retry has as many', async () => {
  inventory.childrenOf(server);
  await source.isAsked(1);
  source.last.answer({ items: tenants(0, 3), next: '3' });
  await source.isAsked(2);
  source.last.answer(new Throttled('host', undefined));
  await inventory.settled(server);
  const retry = inventory.refresh(server);
  await source.isAsked(3);
  source.last.answer({ items: tenants(0, 1), next: '1' });
  await source.isAsked(4);
  expect(labels(inventory.childrenOf(server)).filter(label => label.startsWith('t'))).toEqual(['t0', 't1', 't2']);
  source.last.answer({ items: tenants(1, 3) });
  await retry;
  expect(inventory.childrenOf(server)).toHaveLength(4);
});

test('tells of one server alone when only that has changed', () => {
  changes.length = 0;
  inventory.setServers([serverOf('one'), { ...serverOf('two'), version: '8.1' }]);
  expect(changes).toEqual(['two']);
});

test('finds a node by its key, whatever characters the ids hold', async () => {
  await loaded(server, [tenant('a/b:c'), tenant('a')]);
  const node = named(inventory.childrenOf(server), 'a/b:c');
  await loaded(node, [tenant('ü')]);
  const below = named(inventory.childrenOf(node), 'ü');
  expect(inventory.find(below.key)).toBe(below);
  expect(inventory.find(`${below.key}x`)).toBeUndefined();
});

test('gives up a load when its node is collapsed, and starts anew when it is opened again', async () => {
  inventory.childrenOf(server);
  await source.isAsked(1);
  inventory.collapsed(server);
  expect(source.last.signal.aborted).toBe(true);
  // Without being told, VS Code would show the loading row it knows when the node is opened again.
  expect(changes).toEqual([server.key]);
  expect(labels(inventory.childrenOf(server))).toEqual(['(loading)']);
  await source.isAsked(2);
  source.last.answer({ items: [tenant('a')] });
  await inventory.settled(server);
  expect(labels(inventory.childrenOf(server))).toEqual(['a']);
});

test('says that a load was cancelled until it is tried again', async () => {
  inventory.childrenOf(server);
  await source.isAsked(1);
  inventory.cancel(server);
  expect(source.last.signal.aborted).toBe(true);
  source.last.answer({ items: [tenant('late')] });
  await source.isAsked(1);
  expect(labels(inventory.childrenOf(server))).toEqual(['(failure)']);
  expect(source.asked).toHaveLength(1);
});

describe('reaching a node by its key', () => {
  const key = 'one/tenant:b/tenant:x';

  test('loads what lies above it, and nothing else', async () => {
    const reaching = reach(inventory, key, never);
    await source.isAsked(1);
    source.last.answer({ items: [tenant('a'), tenant('b')] });
    await source.isAsked(2);
    expect(source.last.item.id).toBe('b');
    source.last.answer({ items: [tenant('x')] });
    expect((await reaching)?.key).toBe(key);
    expect(await reach(inventory, key, never)).toBe(inventory.find(key));
    expect(source.asked).toHaveLength(2);
  });

  test('finds what stands on a later page', async () => {
    const reaching = reach(inventory, 'one/tenant:z', never);
    await source.isAsked(1);
    source.last.answer({ items: [tenant('a')], next: '2' });
    await source.isAsked(2);
    source.last.answer({ items: [tenant('z')] });
    expect((await reaching)?.item.id).toBe('z');
  });

  test('ends with nothing where there is none', async () => {
    await loaded(server, [tenant('a')]);
    expect(await reach(inventory, key, never)).toBeUndefined();
    expect(await reach(inventory, 'three/tenant:a', never)).toBeUndefined();
    expect(source.asked).toHaveLength(1);
  });

  test('tells why a row above cannot be opened, and tries that anew the next time', async () => {
    const failing = reach(inventory, key, never);
    await source.isAsked(1);
    source.last.answer(new Throttled('example.com', 17));
    await expect(failing).rejects.toMatchObject({ kind: 'throttled' });
    const reaching = reach(inventory, 'one/tenant:b', never);
    await source.isAsked(2);
    source.last.answer({ items: [tenant('b')] });
    expect((await reaching)?.item.id).toBe('b');
  });

  test('can be given up', async () => {
    const leaving = new AbortController();
    const reaching = reach(inventory, key, leaving.signal);
    await source.isAsked(1);
    leaving.abort();
    await expect(reaching).rejects.toMatchObject({ kind: 'cancelled' });
    expect(source.last.signal.aborted).toBe(true);
  });
});

test('keeps what was loaded of servers that stay on the list, and gives up the others', async () => {
  await loaded(server, [tenant('a')]);
  const two = named(inventory.servers, 'two');
  inventory.childrenOf(two);
  await source.isAsked(2);
  inventory.setServers([serverOf('three'), { ...serverOf('one'), version: '8.0' }]);
  expect(labels(inventory.servers)).toEqual(['three', 'one']);
  expect(inventory.servers[1]).toBe(server);
  expect(server.item).toMatchObject({ version: '8.0' });
  expect(labels(inventory.childrenOf(server))).toEqual(['a']);
  expect(source.last.signal.aborted).toBe(true);
});

async function loaded(node: Node, items: Item[]): Promise<void> {
  const before = source.asked.length;
  inventory.childrenOf(node);
  await source.isAsked(before + 1);
  source.last.answer({ items });
  await inventory.settled(node);
}

describe('what could not be read', () => {
  test('is told of below the rows, by the same row each time', async () => {
    inventory.childrenOf(server);
    await source.isAsked(1);
    source.last.answer({ items: [tenant('a')], next: '2', unreadable: { count: 1, came: ['1: null'] } });
    await source.isAsked(2);
    expect(labels(inventory.childrenOf(server))).toEqual(['a', '(unreadable)', '(loading)']);
    source.last.answer({ items: [tenant('b')], unreadable: { count: 2, came: ['5: null', '6: a string'] } });
    await inventory.settled(server);
    const rows = inventory.childrenOf(server);
    expect(labels(rows)).toEqual(['a', 'b', '(unreadable)']);
    expect(server.openedBranch?.unreadable).toEqual({ count: 3, came: ['1: null', '5: null', '6: a string'] });

    const refreshed = inventory.refresh(server);
    await source.isAsked(3);
    expect(inventory.childrenOf(server).at(-1)).toBe(rows.at(-1));
    source.last.answer({ items: [tenant('a')], unreadable: { count: 1, came: ['1: null'] } });
    await refreshed;
    expect(inventory.childrenOf(server).at(-1)).toBe(rows.at(-1));
    expect(server.openedBranch?.unreadable?.count).toBe(1);
  });

  test('takes the place of the row that says there is nothing', async () => {
    inventory.childrenOf(server);
    await source.isAsked(1);
    source.last.answer({ items: [], unreadable: { count: 1, came: ['0: null'] } });
    await inventory.settled(server);
    expect(labels(inventory.childrenOf(server))).toEqual(['(unreadable)']);
  });

  test('is gone when it can be read', async () => {
    inventory.childrenOf(server);
    await source.isAsked(1);
    source.last.answer({ items: [tenant('a')], unreadable: { count: 1, came: ['0: null'] } });
    await inventory.settled(server);
    const refreshed = inventory.refresh(server);
    await source.isAsked(2);
    source.last.answer({ items: [tenant('a'), tenant('b')] });
    await refreshed;
    expect(labels(inventory.childrenOf(server))).toEqual(['a', 'b']);
  });
});
