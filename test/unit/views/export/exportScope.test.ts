import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import { Inventory, type Source } from '../../../../src/inventory/inventory';
import type { Node } from '../../../../src/inventory/tree/node';
import type { Heading, Item, Organization, Repository } from '../../../../src/items/item';
import { Throttled } from '../../../../src/products/failures';
import type { Page } from '../../../../src/products/product';
import { ExportScope } from '../../../../src/views/export/exportScope';
import { KeptLog, named } from '../../support';

const ten = Array.from({ length: 10 }, (_, index) => String(index));

/** A server with a repository of twenty-five organizations, each with users that are loaded on demand alone. */
class Sample implements Source {
  readonly asked: string[] = [];
  failing = '';
  silent = '';
  odd = '';

  async children(_server: string, item: Item, cursor: string | undefined, signal: AbortSignal): Promise<Page> {
    this.asked.push(item.name);
    if (item.name === this.silent) {
      await pause(60_000, undefined, { signal });
    }
    if (item.name === this.failing) {
      throw new Throttled('backup.example.com', undefined);
    }
    const from = Number(cursor ?? 0);
    switch (item.name) {
      case 'one':
        return { items: [group('Repositories', 'repository'), group('Organizations', 'organization')] };
      case 'Repositories':
        return {
          items: [repository()],
          ...(this.odd === 'Repositories' ? { unreadable: { count: 2, came: ['1: null', '2: null'] } } : {}),
        };
      case 'Repo':
        return {
          items: ten.slice(0, from === 20 ? 5 : 10).map(each => organization(`o${from + Number(each)}`)),
          next: from === 20 ? undefined : String(from + 10),
        };
      case 'Users':
        return { items: [{ kind: 'protectedUser', id: 'u', name: 'Ada', hasChildren: false, repositoryId: 'r' }] };
      default:
        return { items: item.kind === 'organization' ? [group('Users', 'protectedUser', true)] : [] };
    }
  }
}

let source: Sample;
let inventory: Inventory;
let server: Node;

beforeEach(() => {
  source = new Sample();
  inventory = new Inventory(source, new KeptLog());
  inventory.setServers([
    { kind: 'server', id: '1', name: 'one', hasChildren: true, product: 'vb365', url: 'https://one.example.com' },
  ]);
  server = named(inventory.servers, 'one');
});

test('a server is all its pages, without headings and without what is loaded on demand', async () => {
  const names = await namesIn(server);
  expect(names).toEqual(['one', 'Repo', ...Array.from({ length: 25 }, (_, index) => `o${index}`)]);
  expect(source.asked).not.toContain('Users');
});

test('a row that is an item has all that is below it', async () => {
  await namesIn(server);
  expect(await namesIn(find('o3'))).toEqual(['o3', 'Ada']);
  expect(await namesIn(find('Users', 'o3'))).toEqual(['Ada']);
  // It is there now, but nobody means it.
  expect(await namesIn(server)).not.toContain('Ada');
  expect((await namesIn(find('Repo'))).filter(name => name === 'Ada')).toHaveLength(25);
});

test('rows within others are there once', async () => {
  await namesIn(server);
  expect(await namesIn(find('Repo'), find('o1'))).toHaveLength(26 + 25);
  expect(await namesIn(server, find('o1'))).toEqual([
    ...['one', 'Repo', 'o0', 'o1', 'Ada'],
    ...Array.from({ length: 23 }, (_, index) => `o${index + 2}`),
  ]);
});

test('what stands in a list that was exported says so, and nothing else does', async () => {
  await namesIn(server);
  const marked = async (...nodes: Node[]) =>
    (await new ExportScope(nodes).rows([])).filter(({ wholeList }) => wholeList).map(({ node }) => node.item.name);
  expect(await marked(find('Repositories'))).toEqual(['Repo']);
  expect(await marked(server)).toEqual([]);
  expect(await marked(find('Repo'), find('Organizations'))).toEqual([]);
  expect(await marked(server, find('Repositories'))).toEqual([]);
});

test('what could not be loaded is told at its row, a heading included', async () => {
  source.failing = 'Organizations';
  const scope = new ExportScope([server]);
  const missing = await scope.load(inventory, AbortSignal.timeout(10_000), () => undefined);
  expect(missing.map(({ node }) => node.item.name)).toEqual(['Organizations']);
  const rows = await scope.rows(missing);
  expect(rows.filter(({ incomplete }) => incomplete)).toMatchObject([
    { node: { item: { kind: 'group', name: 'Organizations' } }, incomplete: missing[0]?.failure.message },
  ]);
  expect(rows).toHaveLength(28);
});

test('what could not be read is told at the row that it is missing below', async () => {
  source.odd = 'Repositories';
  const scope = new ExportScope([server]);
  const missing = await scope.load(inventory, AbortSignal.timeout(10_000), () => undefined);
  // That is no reason to ask for it again.
  expect(missing).toEqual([]);
  const rows = await scope.rows(missing);
  expect(rows.filter(({ incomplete }) => incomplete)).toMatchObject([
    { node: { item: { kind: 'group', name: 'Repositories' } }, incomplete: '2 items could not be read' },
  ]);
});

test('a load that is given up ends at once, and progress is told until then', async () => {
  source.silent = 'Repo';
  const leaving = new AbortController();
  const counts: number[] = [];
  await new ExportScope([server]).load(inventory, leaving.signal, items => {
    counts.push(items);
    if (items === 3) {
      leaving.abort();
    }
  });
  expect(leaving.signal.aborted).toBe(true);
  expect(counts.at(-1)).toBe(3);
});

async function namesIn(...nodes: Node[]): Promise<string[]> {
  const scope = new ExportScope(nodes);
  expect(await scope.load(inventory, AbortSignal.timeout(10_000), () => undefined)).toEqual([]);
  return (await scope.rows([])).map(({ node }) => node.item.name);
}

function find(name: string, parent?: string): Node {
  const node = [...inventory.loaded()].find(
    each => each.item.name === name && (parent === undefined || each.parent?.item.name === parent),
  );
  if (!node) {
    throw new Error(`no node ${name}`);
  }
  return node;
}

function group(name: string, contains: Heading['contains'], onDemand?: boolean): Heading {
  return { kind: 'group', id: name, name, contains, hasChildren: true, onDemand };
}

function repository(): Repository {
  return { kind: 'repository', id: 'r', name: 'Repo', hasChildren: true, objectStorage: false };
}

function organization(id: string): Organization {
  return { kind: 'organization', id, name: id, hasChildren: true };
}
