import { beforeEach, expect, test, vi } from 'vitest';
import { Inventory } from '../../../src/inventory/inventory';
import type { Choice } from '../../../src/views/findPicker';
import { serverOf, tenant } from '../items';
import { KeptLog } from '../support';
import { QuickPick, window } from './vscode';

vi.mock('vscode', () => import('./vscode'));

// Its buttons are made when it is loaded.
const { FindPicker } = await import('../../../src/views/findPicker');

let input: QuickPick;
let inventory: Inventory;
let choice: Promise<Choice | undefined>;

beforeEach(async () => {
  input = new QuickPick();
  window.createQuickPick = () => input;
  inventory = new Inventory(
    { children: async () => ({ items: ['Northwind', 'Contoso'].map(name => tenant(name)) }) },
    new KeptLog(),
  );
  inventory.setServers([serverOf('one', { name: 'em-prod' })]);
  choice = new FindPicker(inventory, {}).ask('');
  await expect.poll(() => input.items.map(({ label }) => label)).toContain('Contoso');
});

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
