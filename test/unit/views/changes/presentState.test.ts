import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import { compare } from '../../../../src/changes/compare';
import type { ListRecord } from '../../../../src/changes/listRecord';
import { Inventory, type Source } from '../../../../src/inventory/inventory';
import type { Node } from '../../../../src/inventory/tree/node';
import type { Heading, Item, ItemKind } from '../../../../src/items/item';
import { Throttled } from '../../../../src/products/failures';
import type { Page } from '../../../../src/products/product';
import { readPresent } from '../../../../src/views/changes/presentState';
import { jsonRecord } from '../../../../src/views/export/exportContent';
import { ExportScope } from '../../../../src/views/export/exportScope';
import { serverOf, subtenant, tenant } from '../../items';
import { never } from '../../never';
import { KeptLog, named } from '../../support';

/** Two servers with a list of tenants, each with subtenants and with jobs that are loaded on demand alone. */
class Sample implements Source {
  tenants = ['a', 'b'];
  users = ['u'];
  jobs = ['j'];
  failing = '';
  odd = '';
  lacking = '';
  silent = '';
  readonly asked: string[] = [];

  async children(server: string, item: Item, _cursor: unknown, signal: AbortSignal): Promise<Page> {
    this.asked.push(`${server} ${item.name}`);
    if (item.name === this.silent) {
      await pause(60_000, undefined, { signal });
    }
    if (item.name === this.failing) {
      throw new Throttled('em.example.com', undefined);
    }
    return {
      items: this.#below(item),
      ...(item.name === this.odd ? { unreadable: { count: 1, came: [] } } : {}),
      ...(item.name === this.lacking
        ? { unreadable: { count: 0, came: [], lacking: { message: 'No quotas: why.', short: 'no quotas' } } }
        : {}),
    };
  }

  #below({ kind, name, id }: Item): Item[] {
    switch (kind) {
      case 'server':
        return [heading('Tenants', 'tenant'), heading('Plans', 'hardwarePlan')];
      case 'tenant':
        return [...this.users.map(each => subtenant(`${id}-${each}`)), heading('Jobs', 'job', 'elsewhere')];
      default:
        return name === 'Tenants'
          ? this.tenants.map(each => tenant(each, this.lacking === name ? {} : { quotaBytes: 7 }))
          : name === 'Jobs'
            ? this.jobs.map(each => ({ kind: 'job', id: each, name: each, hasChildren: false }))
            : [];
    }
  }
}

let source: Sample;
let inventory: Inventory;

beforeEach(() => {
  source = new Sample();
  inventory = new Inventory(source, new KeptLog());
  inventory.setServers([serverOf('one'), serverOf('two')]);
});

/** What an export of these rows has in its file. */
async function exported(...nodes: Node[]): Promise<ListRecord[]> {
  return await exportedOf(undefined, ...nodes);
}

async function exportedOf(kinds: ReadonlySet<ItemKind> | undefined, ...nodes: Node[]): Promise<ListRecord[]> {
  const scope = new ExportScope(nodes);
  const missing = await scope.load(inventory, never, () => undefined);
  return (await scope.rows(missing, kinds)).map(row => JSON.parse(JSON.stringify(jsonRecord(row))));
}

async function changesSince(saved: readonly ListRecord[]) {
  const present = await readPresent(inventory, saved, never, () => undefined);
  const comparison = present && (await compare(saved, present, { usedPercent: 10 }));
  if (!comparison) {
    throw new Error('given up');
  }
  const told = comparison.changes.map(({ before, now, what }) => `${what} ${(now ?? before)?.name}`);
  return { ...comparison, told, problems: present.problems, unlisted: [...present.unlisted] };
}

async function loaded(...names: string[]): Promise<Node> {
  const server = named(inventory.servers, 'one');
  await exported(server);
  return names.reduce((node, name) => named(node.branch?.nodes ?? [], name), server);
}

test('a list of chosen kinds is compared with rows of these kinds alone', async () => {
  const saved = await exportedOf(new Set(['tenant']), await loaded());
  expect(saved.map(({ kind, exportedFrom, onlyKinds }) => ({ kind, exportedFrom, onlyKinds }))).toEqual(
    ['a', 'b'].map(() => ({ kind: 'tenant', exportedFrom: saved[0]?.key.split('/')[0], onlyKinds: ['tenant'] })),
  );
  expect(await changesSince(saved)).toMatchObject({ told: [], same: 2, unknown: [], unsure: [] });
  source.tenants = ['b', 'c'];
  source.users = ['u', 'v'];
  expect((await changesSince(saved)).told).toEqual(['gone a', 'new c']);
});

test('what is incomplete in a list of chosen kinds is said, and counts neither as gone nor as new', async () => {
  const server = await loaded();
  source.odd = 'a';
  const [tenants] = (server.branch?.nodes ?? []).map(node => node.branch?.nodes ?? []);
  await Promise.all((tenants ?? []).map(node => inventory.refresh(node)));
  const saved = await exportedOf(new Set(['subtenant']), server);
  expect(saved.filter(({ incomplete }) => incomplete).map(({ kind }) => kind)).toEqual(['tenant']);
  source.odd = '';
  source.users = ['u', 'v'];
  const { told, unsure } = await changesSince(saved);
  expect(told).toEqual(['new b-v']);
  expect(unsure.map(({ name }) => name)).toEqual(['a-v']);
});

test('rows whose quotas could not be read have not lost them, and what is below them is compared', async () => {
  const saved = await exported(await loaded());
  expect(saved.filter(({ quotaBytes }) => quotaBytes !== undefined).map(({ name }) => name)).toEqual(['a', 'b']);
  source.lacking = 'Tenants';
  source.users = ['u', 'v'];
  const { told, unknown, problems } = await changesSince(saved);
  expect(told.sort()).toEqual(['new a-v', 'new b-v']);
  expect(unknown.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(problems).toMatchObject([{ path: ['one', 'Tenants'], why: 'No quotas: why.' }]);
});

test('a whole server is read again as it was, with nothing to tell', async () => {
  const saved = await exported(await loaded());
  const before = source.asked.length;
  const { told, same, problems } = await changesSince(saved);
  expect({ told, same, problems }).toEqual({ told: [], same: 5, problems: [] });
  // Each list once, and nothing of the other server.
  const again = source.asked.slice(before);
  expect(again.filter(each => each.includes('two'))).toEqual([]);
  expect(new Set(again).size).toBe(again.length);
});

test('what has come to a server and has gone from it is found', async () => {
  const saved = await exported(await loaded());
  source.tenants = ['a', 'c'];
  source.users = ['u', 'v'];
  expect((await changesSince(saved)).told.sort()).toEqual([
    'gone b',
    'gone b-u',
    'new a-v',
    'new c',
    'new c-u',
    'new c-v',
  ]);
});

test('of a list that was exported, new rows are found', async () => {
  const saved = await exported(await loaded('Tenants'));
  source.tenants = ['a', 'b', 'c'];
  source.users = [];
  expect((await changesSince(saved)).told.sort()).toEqual(['gone a-u', 'gone b-u', 'new c']);
});

test('of rows that were exported, those beside them are none of its business', async () => {
  const saved = await exported(await loaded('Tenants', 'b'));
  expect(saved.map(({ name }) => name)).toEqual(['b', 'b-u', 'j']);
  source.tenants = ['a', 'b', 'c'];
  expect((await changesSince(saved)).told).toEqual([]);
  source.tenants = ['a', 'c'];
  expect((await changesSince(saved)).told).toEqual(['gone b', 'gone b-u', 'gone j']);
});

test('what is loaded on demand is read again where the file has it', async () => {
  const server = await loaded();
  const saved = await exported(server, named(named(server.branch?.nodes ?? [], 'Tenants').branch?.nodes ?? [], 'a'));
  expect(saved.map(({ name }) => name)).toEqual(['one', 'a', 'a-u', 'j', 'b', 'b-u']);
  source.jobs = ['k'];
  expect((await changesSince(saved)).told).toEqual(['gone j', 'new k']);
});

test('in another window, where nothing is loaded, it is the same', async () => {
  const saved = await exported(await loaded('Tenants', 'a'));
  inventory = new Inventory(source, new KeptLog());
  inventory.setServers([serverOf('one')]);
  source.users = ['u', 'v'];
  expect((await changesSince(saved)).told).toEqual(['new a-v']);
});

test.each(['one', 'Tenants', 'a'])('a list that cannot be read makes nothing look gone: %s', async name => {
  const saved = await exported(await loaded());
  source.failing = name;
  // The rows from before stay in the tree, but tell nothing about now.
  const later = saved.map(record => ({ ...record, description: 'another' }));
  const { told, unknown, problems } = await changesSince(later);
  expect(told.filter(each => !each.startsWith('changed'))).toEqual([]);
  expect(problems.map(({ node, remedies }) => [node.item.name, remedies[0]])).toEqual([[name, 'retry']]);
  expect(unknown.map(each => each.name)).toEqual(
    { one: ['a', 'a-u', 'b', 'b-u'], Tenants: ['a', 'a-u', 'b', 'b-u'], a: ['a-u'] }[name],
  );
  inventory = new Inventory(source, new KeptLog());
  inventory.setServers([serverOf('one')]);
  const afresh = await changesSince(saved);
  expect(afresh.told).toEqual([]);
  expect(afresh.unknown.length).toBeGreaterThan(0);
});

test('a list of which something could not be read makes nothing look gone', async () => {
  const saved = await exported(await loaded());
  source.odd = 'Tenants';
  source.tenants = ['a'];
  const { told, unknown, problems } = await changesSince(saved);
  expect(told).toEqual([]);
  expect(unknown.map(({ name }) => name)).toEqual(['b', 'b-u']);
  expect(problems.map(({ why }) => why)).toEqual(['1 item could not be read']);
});

test('a server that is not in the list is told, and its rows are not gone', async () => {
  const saved = await exported(...inventory.servers);
  inventory.setServers([serverOf('two')]);
  const { told, unknown, unlisted } = await changesSince(saved);
  expect({ told, unlisted }).toEqual({ told: [], unlisted: ['one'] });
  expect(unknown).toHaveLength(5);
});

test('can be given up', async () => {
  const saved = await exported(await loaded());
  source.silent = 'Tenants';
  const leaving = new AbortController();
  const reading = readPresent(inventory, saved, leaving.signal, () => undefined);
  await expect.poll(() => source.asked.filter(each => each === 'one Tenants').length).toBe(2);
  leaving.abort();
  expect(await reading).toBeUndefined();
});

function heading(name: string, contains: Heading['contains'], onDemand?: Heading['onDemand']): Heading {
  return { kind: 'group', id: name, name, contains, hasChildren: true, onDemand };
}
