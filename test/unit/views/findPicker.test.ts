import { beforeEach, expect, test, vi } from 'vitest';
import { Inventory } from '../../../src/inventory/inventory';
import type { Item, Server } from '../../../src/products/item';
import type { Choice } from '../../../src/views/findPicker';
import { KeptLog } from '../support';
import { QuickPick, window } from './vscode';

vi.mock('vscode', () => import('./vscode'));

// Its buttons are made when it is loaded.
const { FindPicker } = await import('../../../src/views/findPicker');

const server: Server = {
  ...{ kind: 'server', id: 'one', name: 'em-prod', product: 'enterprise-manager', url: 'https://em.example.com:9398' },
  hasChildren: true,
};

let input: QuickPick;
let inventory: Inventory;
let choice: Promise<Choice | undefined>;

beforeEach(async () => {
  input = new QuickPick();
  window.createQuickPick = () => input;
  inventory = new Inventory({ children: async () => ({ items: ['Northwind', 'Contoso'].map(tenant) }) }, new KeptLog());
  inventory.setServers([server]);
  choice = new FindPicker(inventory, false).ask('');
  await expect.poll(() => input.items.map(({ label }) => label)).toContain('Contoso');
});

function tenant(name: string): Item {
  return { kind: 'tenant', id: name, name, hasChildren: false, hasSubtenants: false, resources: [] };
}

test('Enter takes what the text finds, also where the list shows what an earlier text has found', async () => {
  input.type('contoso');
  input.accepted.fire();
  expect((await choice)?.node.item.name).toBe('Contoso');
});

test('Enter does so, too, when the search begins anew because more has come', async () => {
  input.type('contoso');
  input.accepted.fire();
  input.type('contoso');
  expect((await choice)?.node.item.name).toBe('Contoso');
});
