import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { Inventory } from '../../../../src/inventory/inventory';
import type { Choice } from '../../../../src/views/find/findPicker';
import { serverOf, tenant } from '../../items';
import { KeptLog } from '../../support';
import { QuickPick, window } from '../vscode';

vi.mock('vscode', () => import('../vscode'));

// Its buttons are made when it is loaded.
const { FindPicker } = await import('../../../../src/views/find/findPicker');

let input: QuickPick;
let inventory: Inventory;
let choice: Promise<Choice | undefined>;

beforeEach(async () => {
  input = new QuickPick();
  window.createQuickPick = () => input;
  inventory = new Inventory(
    {
      children: async (_id, { kind }) => ({
        items: kind === 'server' ? ['Northwind', 'Contoso'].map(name => tenant(name)) : [],
      }),
    },
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

test('asks what a command is for, among what the command can take', async () => {
  input = new QuickPick();
  const picked = new FindPicker(inventory, {
    title: 'Copy ID: choose an item',
    wanted: ({ item }) => item.name === 'Contoso',
  }).ask('');
  await expect.poll(() => input.items.map(({ label }) => label)).toEqual(['Contoso']);
  await expect.poll(() => input.title).toBe('Copy ID: choose an item');
  expect(input.items[0]).not.toHaveProperty('buttons');
  input.accepted.fire();
  expect(await picked).toMatchObject({ what: 'item', node: { item: { name: 'Contoso' } } });
});

test('offers what can be done with what was found, inserting where there is an editor', async () => {
  const tooltips = () => {
    const { buttons = [] } = input.items.find(({ label }) => label === 'Contoso') as {
      buttons?: { tooltip: string }[];
    };
    return buttons.map(({ tooltip }) => tooltip);
  };
  expect(tooltips()).toEqual(['Copy ID', 'Copy As…', 'Show Everywhere', 'Open Details']);
  window.activeTextEditor = {};
  onTestFinished(() => {
    window.activeTextEditor = undefined;
  });
  input.type('contoso');
  await expect
    .poll(tooltips)
    .toEqual(['Copy ID', 'Insert ID into Editor', 'Copy As…', 'Show Everywhere', 'Open Details']);
});

test('what many servers find by a part of a name is taken in together, as everything is gone through for it', async () => {
  const servers = Array.from({ length: 40 }, (_, index) => serverOf(`s${index}`));
  const heading = { kind: 'group', id: 'tenants', name: 'Tenants', contains: 'tenant', hasChildren: true } as const;
  const long = new Inventory(
    {
      children: async (_id, { kind }) =>
        kind === 'server' ? { items: [heading] } : await new Promise<never>(() => undefined),
      narrowed: async id => [tenant(`Fabrikam ${id}`)],
    },
    new KeptLog(),
  );
  long.setServers(servers);
  for (const server of long.servers) {
    long.childrenOf(server);
    await long.settled(server);
  }
  input = new QuickPick();
  const left = new FindPicker(long, {}).ask('');
  const loaded = vi.spyOn(long, 'loaded');
  input.type('fabrikam');
  await expect.poll(() => input.items.filter(({ label }) => label.startsWith('Fabrikam')).length).toBe(40);
  expect(loaded.mock.calls.length).toBeLessThan(10);
  input.hidden.fire();
  expect(await left).toBeUndefined();
});
