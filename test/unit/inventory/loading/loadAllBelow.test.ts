import { getEventListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Signal } from '../../../../src/base/signal';
import { Inventory, type Source } from '../../../../src/inventory/inventory';
import { type CrawlProgress, crawl } from '../../../../src/inventory/loading/loadAllBelow';
import type { Node } from '../../../../src/inventory/tree/node';
import type { Heading, Item } from '../../../../src/items/item';
import { Throttled } from '../../../../src/products/failures';
import type { Page } from '../../../../src/products/product';
import { startEnterpriseManager, startVb365 } from '../../../sample-servers';
import { serverOf, subtenant, tenant } from '../../items';
import { never } from '../../never';
import { KeptLog, World } from '../../support';

/** Servers as tables: what is below an item, page by page; a server or item that is named stays silent or fails. */
class Table implements Source {
  readonly asked: string[] = [];
  readonly silent = new Set<string>();
  readonly failing = new Set<string>();
  readonly pages = new Map<string, Item[][]>();
  families: Map<string, Item[]> | undefined;
  familyRequests = 0;
  atOnce = 0;
  most = 0;

  async children(serverId: string, item: Item, cursor: string | undefined, signal: AbortSignal): Promise<Page> {
    const name = item.kind === 'server' ? item.id : `${serverId}/${item.id}`;
    const index = Number(cursor ?? 0);
    this.asked.push(index === 0 ? name : `${name}+${index}`);
    this.atOnce++;
    this.most = Math.max(this.most, this.atOnce);
    try {
      if (this.silent.has(name) || this.silent.has(serverId)) {
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Throttled('x', undefined))));
      }
      await pause(1);
      if (this.failing.has(name)) {
        throw new Throttled(name, undefined);
      }
      const pages = this.pages.get(name) ?? this.pages.get(item.id) ?? [[]];
      const items = pages[index] ?? [];
      const total = pages.flat().length;
      return index + 1 < pages.length ? { items, total, next: String(index + 1) } : { items, total };
    } finally {
      this.atOnce--;
    }
  }

  async grandchildren(_serverId: string, _group: Heading, parents: readonly Item[]) {
    if (!this.families) {
      return undefined;
    }
    this.familyRequests++;
    await pause(1);
    return new Map(parents.map(({ id }) => [id, this.families?.get(id) ?? []]));
  }
}

let table: Table;
let inventory: Inventory;

beforeEach(() => {
  table = new Table();
  inventory = new Inventory(table, new KeptLog());
});

describe('of tables', () => {
  test('loads everything, all pages, each asked for once', async () => {
    twoServers();
    const end = await crawl(inventory, inventory.servers, { signal: never });
    expect(end).toEqual({ items: 2 * (1 + 25 + 25), failed: [], incomplete: [], servers: 0, cut: false });
    expect(new Set(table.asked).size).toBe(table.asked.length);
    expect(table.asked.length).toBe(2 * (1 + 3 + 25));
    expect(items()).toBe(2 + 2 * (1 + 25 + 25));
  });

  test('asks nothing again for what is there', async () => {
    twoServers();
    await crawl(inventory, inventory.servers, { signal: never });
    table.asked.length = 0;
    expect(await crawl(inventory, inventory.servers, { signal: never })).toMatchObject({ items: 102 });
    expect(table.asked).toEqual([]);
  });

  test('keeps as many branches of a server loading as its connections carry, and no more', async () => {
    twoServers();
    // One slow branch must not hold up those that would come after it.
    table.silent.add('one/t0');
    const controller = new AbortController();
    const work = crawl(inventory, inventory.servers, { signal: controller.signal });
    await expect.poll(() => table.asked.length).toBe(2 * (1 + 3 + 25));
    expect(table.most).toBeLessThanOrEqual(8);
    controller.abort();
    expect(await work).toMatchObject({ failed: [] });
  });

  test('asks with one request for the grandchildren where the source has it, also when two ask at once', async () => {
    twoServers();
    table.families = new Map(Array.from({ length: 25 }, (_, index) => [`t${index}`, [subtenant(`s${index}`)]]));
    const [one, other] = await Promise.all([
      crawl(inventory, inventory.servers, { signal: never }),
      crawl(inventory, inventory.servers, { signal: never }),
    ]);
    expect(one).toMatchObject({ items: 102, failed: [] });
    expect(other).toMatchObject({ items: 102, failed: [] });
    expect(table.familyRequests).toBe(2);
    expect(table.asked.length).toBe(2 * (1 + 3));
  });

  test('lets others have a turn while the grandchildren are taken in', async () => {
    twoServers();
    const many = Array.from({ length: 6000 }, (_, index) => subtenant(`s${index}`));
    table.families = new Map(Array.from({ length: 25 }, (_, index) => [`t${index}`, many]));
    const order: string[] = [];
    inventory.onDidChange.listen(node => order.push(node?.item.kind ?? ''));
    let over = false;
    const others = () => {
      order.push('others');
      if (!over) {
        setImmediate(others);
      }
    };
    others();
    await crawl(inventory, inventory.servers.slice(0, 1), { signal: never });
    over = true;
    const between = order.slice(order.indexOf('tenant'), order.lastIndexOf('tenant'));
    expect(between.filter(each => each === 'tenant')).toHaveLength(24);
    expect(between).toContain('others');
  });

  test('tells of branches that fail and goes on with the others', async () => {
    twoServers();
    table.failing.add('one/t3').add('two');
    const end = await crawl(inventory, inventory.servers, { signal: never });
    expect(end.failed.map(({ node, failure }) => [node.item.name, failure.kind])).toEqual([
      ['two', 'throttled'],
      ['t3', 'throttled'],
    ]);
    expect(end.items).toBe(1 + 25 + 24);
    // Until somebody tries again, nothing is asked of these.
    table.asked.length = 0;
    expect((await crawl(inventory, inventory.servers, { signal: never })).failed).toHaveLength(2);
    expect(table.asked).toEqual([]);
  });

  test('ends with the signal, gives up what is under way, and keeps what came', async () => {
    twoServers();
    table.silent.add('two').add('one/t9');
    const controller = new AbortController();
    const work = crawl(inventory, inventory.servers, { signal: controller.signal });
    await expect.poll(items).toBe(2 + 1 + 25 + 24);
    controller.abort();
    expect(await work).toMatchObject({ items: 1 + 25 + 24, failed: [] });
    expect(node('two').openedBranch).toMatchObject({ state: 'idle', failure: undefined });
    expect(node('one/group:tenants/tenant:t9').openedBranch).toMatchObject({ state: 'idle', failure: undefined });
  });

  test('a silent server holds up no other', async () => {
    inventory.setServers(Array.from({ length: 20 }, (_, index) => serverOf(`s${index}`)));
    for (let index = 0; index < 20; index++) {
      table.pages.set(`s${index}`, [[tenant('a')]]);
    }
    for (let index = 0; index < 19; index++) {
      table.silent.add(`s${index}`);
    }
    const controller = new AbortController();
    const progress: CrawlProgress[] = [];
    const work = crawl(inventory, inventory.servers, {
      signal: controller.signal,
      progress: each => progress.push(each),
    });
    await expect.poll(() => progress.at(-1)).toMatchObject({ servers: 19, items: 1 });
    controller.abort();
    await work;
  });

  test('goes on with a branch that the user closes meanwhile, and with one that the user opens', async () => {
    twoServers();
    table.silent.add('one/t0').add('one/t1');
    const work = crawl(inventory, inventory.servers, { signal: never });
    await expect.poll(() => table.asked.includes('one/t1')).toBe(true);
    table.silent.clear();
    inventory.collapsed(node('one/group:tenants'));
    inventory.childrenOf(node('two'));
    expect(await work).toMatchObject({ items: 102, failed: [] });
  });

  test('tells of a load that the user cancels', async () => {
    twoServers();
    table.silent.add('one/t0');
    const work = crawl(inventory, inventory.servers, { signal: never });
    await expect.poll(() => table.asked.includes('one/t0')).toBe(true);
    inventory.cancel(node('one/group:tenants/tenant:t0'));
    expect((await work).failed.map(({ failure }) => failure.kind)).toEqual(['cancelled']);
  });

  test('ends although servers and rows are removed meanwhile, and asks nothing more of these', async () => {
    twoServers();
    table.silent.add('two').add('one/t4');
    const work = crawl(inventory, inventory.servers, { signal: never });
    await expect.poll(items).toBe(2 + 1 + 25 + 24);
    inventory.setServers([serverOf('one')]);
    table.pages.set('tenants', [tenants(0, 4)]);
    table.asked.length = 0;
    const refreshed = inventory.refresh(node('one/group:tenants'));
    expect(await work).toMatchObject({ failed: [] });
    await refreshed;
    expect(table.asked).toEqual(['one/tenants']);
  });

  test('leaves no listeners behind, neither at the inventory nor at the signal', async () => {
    twoServers();
    const listeners = vi.spyOn(Signal.prototype, 'listen');
    const { signal } = new AbortController();
    await crawl(inventory, inventory.servers, { signal });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    const removed = listeners.mock.results.map(({ value }) => value());
    // Removing what is removed already says so.
    expect(removed).toEqual([false]);
    listeners.mockRestore();
  });

  test('tells of progress now and then, and of the end', async () => {
    twoServers();
    const progress: CrawlProgress[] = [];
    await crawl(inventory, inventory.servers, { signal: never, progress: each => progress.push(each) });
    expect(progress.at(-1)).toEqual({ items: 102, failed: [], incomplete: [], servers: 0, cut: false });
    expect(progress.length).toBeLessThan(table.asked.length / 2);
  });

  describe('groups that are loaded on demand', () => {
    beforeEach(() => {
      inventory.setServers([serverOf('one')]);
      table.pages.set('one', [
        [
          group('users', 'protectedUser', 'endless'),
          group('sites', 'protectedSite', 'endless'),
          group('tenants', 'tenant'),
        ],
      ]);
      table.pages.set(
        'users',
        [0, 100, 200, 300].map(from => users(from, 100)),
      );
      table.pages.set('tenants', [[subtenant('leaf')]]);
    });

    test('are left out', async () => {
      expect(await crawl(inventory, inventory.servers, { signal: never })).toMatchObject({ items: 4, cut: false });
      expect(table.asked).toEqual(['one', 'one/tenants']);
    });

    test('are loaded for a kind that is asked for', async () => {
      const onDemand = new Set(['protectedUser'] as const);
      expect(await crawl(inventory, inventory.servers, { signal: never, onDemand })).toMatchObject({ items: 404 });
      expect(table.asked).not.toContain('one/sites');
    });

    test('are not loaded for a kind where the same stands elsewhere', async () => {
      table.pages.set('one', [[group('users', 'protectedUser', 'elsewhere'), group('all users', 'protectedUser')]]);
      table.pages.set('all users', [users(0, 100)]);
      const onDemand = new Set(['protectedUser'] as const);
      expect(await crawl(inventory, inventory.servers, { signal: never, onDemand })).toMatchObject({ items: 102 });
      expect(table.asked).toEqual(['one', 'one/all users']);
      const everything = await crawl(inventory, inventory.servers, { signal: never, onDemand: 'all' });
      expect(everything).toMatchObject({ items: 502 });
    });

    test('are loaded if the group itself was asked for', async () => {
      await crawl(inventory, inventory.servers, { signal: never });
      expect(await crawl(inventory, [node('one/group:users')], { signal: never })).toMatchObject({ items: 400 });
    });

    test('are loaded up to a limit, which is told; the rest is loaded as ever', async () => {
      const onDemand = new Set(['protectedUser'] as const);
      const end = await crawl(inventory, inventory.servers, { signal: never, onDemand, atMost: 150 });
      expect(end).toMatchObject({ items: 4 + 200, cut: true, failed: [] });
      // What came stays, and the rest can be asked for.
      expect(node('one/group:users').openedBranch).toMatchObject({ state: 'ready', failure: undefined });
      expect(node('one/group:users').openedBranch?.next).toBeDefined();
      expect(table.asked).toContain('one/tenants');
    });
  });
});

/** Real TLS on a machine that may be busy. */
const patient = { timeout: 15_000 };

describe('of real servers', () => {
  test('one that stays silent is given up without a trace', async () => {
    const world = new World();
    const silent = await startVb365();
    const lively = await startEnterpriseManager({ tenants: 5, subtenantsPerTenant: 1 });
    silent.intercept = () => true;
    const silentNode = await world.add('vb365', silent);
    await world.add('enterprise-manager', lively);
    const controller = new AbortController();
    const work = crawl(world.inventory, world.inventory.servers, { signal: controller.signal });
    await expect
      .poll(() => [...world.inventory.loaded()].filter(({ item }) => item.kind === 'subtenant').length, patient)
      .toBe(3);
    await expect.poll(() => silent.requests.length, patient).toBeGreaterThan(0);
    controller.abort();
    expect(await work).toMatchObject({ failed: [] });
    expect(silentNode.openedBranch).toMatchObject({ state: 'idle', failure: undefined });
    await Promise.all([silent.close(), lively.close()]);
    expect(world.log.lines.filter(line => line.startsWith('[error]'))).toEqual([]);
  });
});

function twoServers(): void {
  inventory.setServers([serverOf('one'), serverOf('two')]);
  for (const name of ['one', 'two']) {
    table.pages.set(name, [[group('tenants', 'tenant')]]);
  }
  table.pages.set('tenants', [tenants(0, 10), tenants(10, 10), tenants(20, 5)]);
  for (let index = 0; index < 25; index++) {
    table.pages.set(`t${index}`, [[subtenant(`s${index}`)]]);
  }
}

function node(key: string): Node {
  const found = inventory.find(key);
  if (!found) {
    throw new Error(`no ${key}`);
  }
  return found;
}

function items(): number {
  return [...inventory.loaded()].length;
}

function group(id: string, contains: Heading['contains'], onDemand?: Heading['onDemand']): Heading {
  return { kind: 'group', id, name: id, contains, hasChildren: true, onDemand };
}

function tenants(from: number, count: number): Item[] {
  return Array.from({ length: count }, (_, index) => tenant(`t${from + index}`));
}

function users(from: number, count: number): Item[] {
  return Array.from({ length: count }, (_, index) => {
    const id = `u${from + index}`;
    return { kind: 'protectedUser', id, name: id, hasChildren: false, repositoryId: 'r' };
  });
}
