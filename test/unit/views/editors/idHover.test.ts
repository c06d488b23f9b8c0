import { expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import { Inventory } from '../../../../src/inventory/inventory';
import { IdIndex } from '../../../../src/inventory/search/idIndex';
import type { Item } from '../../../../src/items/item';
import { serverOf, tenant } from '../../items';
import { KeptLog } from '../../support';

vi.mock('vscode', () => import('../vscode'));

const { IdHover } = await import('../../../../src/views/editors/idProviders');

const id = '3b3b0000-0000-4000-8000-000000000001';

/** The blocks of a hover over the ID, without the marks of their Markdown. */
async function blocks(rows: Readonly<Record<string, readonly Item[]>>): Promise<string[]> {
  const inventory = new Inventory({ children: async server => ({ items: rows[server] ?? [] }) }, new KeptLog());
  inventory.setServers(Object.keys(rows).map(name => serverOf(name, { name })));
  for (const server of inventory.servers) {
    await inventory.complete(server, new AbortController().signal);
  }
  const document = { getText: () => id } as unknown as vscode.TextDocument;
  const hover = new IdHover(new IdIndex(inventory)).provideHover(document, {
    line: 0,
    character: 3,
  } as vscode.Position);
  return (hover?.contents ?? []).map(content => (content as vscode.MarkdownString).value.replace(/\\/g, ''));
}

const named = (facts: Partial<Item>) => ({ ...tenant('Northwind'), id, ...facts }) as Item;

test('a tenant that two servers tell of has one block, which says where else it is', async () => {
  const [block, ...others] = await blocks({ em: [named({})], vspc: [named({})] });
  expect(others).toEqual([]);
  expect(block?.match(/Tenant: /g)).toHaveLength(1);
  expect(block).toContain('em › Northwind');
  expect(block).toContain('Also at vspc › Northwind');
});

test('the places of one block are few, too', async () => {
  const servers = ['em', 'vspc', 'third', 'fourth', 'fifth'];
  const [block, ...others] = await blocks(Object.fromEntries(servers.map(name => [name, [named({})]])));
  expect(others).toEqual([]);
  expect(block?.match(/Also at /g)).toHaveLength(2);
  expect(block).toContain('… and 2 more places');
});

test('what only has the same ID has a block of its own', async () => {
  const repository = { kind: 'repository', name: 'Default Backup Repository', objectStorage: false } as Partial<Item>;
  const shown = await blocks({ one: [named(repository)], other: [named(repository)], em: [named({})] });
  expect(shown).toHaveLength(3);
});
