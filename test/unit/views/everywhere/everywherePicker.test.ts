import { expect, test, vi } from 'vitest';
import { Everywhere } from '../../../../src/everywhere/everywhere';
import { startFamily } from '../../../sample-servers/family';
import { forThisTest } from '../../forThisTest';
import { named, World } from '../../support';
import { QuickPick, window } from '../vscode';

vi.mock('vscode', async () => ({ ...(await import('../vscode')), QuickPickItemKind: { Separator: -1 } }));

// Its buttons are made when it is loaded.
const { EverywherePicker } = await import('../../../../src/views/everywhere/everywherePicker');

/** Tells when it waits, and takes the line that is chosen. */
class Picks extends QuickPick {
  busy = false;
  chosen: { readonly label: string } | undefined;
  override get selectedItems() {
    return this.chosen ? [this.chosen] : [];
  }
}

test('lists places by server, says how sure each is, and opens a server that was left out', async () => {
  const servers = await forThisTest(startFamily());
  const world = new World();
  const vspc = await world.add('service-provider-console', servers.serviceProviderConsole, { name: 'vspc' });
  await world.add('enterprise-manager', servers.enterpriseManager, { name: 'em' });
  const contoso = named(await world.openPath(vspc, 'Companies'), 'Contoso');
  const input = new Picks();
  window.createQuickPick = () => input;
  const everywhere = new Everywhere(world.inventory, world.connections);
  const choice = new EverywherePicker(everywhere, world.inventory, contoso).ask();
  await expect.poll(() => input.busy).toBe(false);
  const lines = () => input.items as unknown as readonly { label: string; description?: string; detail?: string }[];
  expect(lines().map(({ label }) => label)).toEqual([
    'vspc · VSPC',
    'Contoso',
    'Contoso',
    'Contoso',
    'Hosted backup',
    'Microsoft 365 backup',
    'not looked at',
    'em',
  ]);
  expect(lines()[1]?.detail).toBe(`this item · ${contoso.item.id}`);
  expect(lines()[2]?.description).toMatch(/^certain · Tenant · .* of .*/);
  expect(lines()[2]?.detail).toMatch(/^linked to the company · /);
  expect(lines().at(-1)).toMatchObject({ description: 'not opened yet' });
  input.chosen = lines().at(-1);
  input.accepted.fire();
  await expect.poll(() => lines().map(({ label }) => label)).toContain('em · EM');
  await expect.poll(() => input.busy).toBe(false);
  expect(lines().at(-1)).toMatchObject({
    label: 'Contoso',
    description: expect.stringMatching(/^by name · Tenant · /),
  });
  input.chosen = lines().at(-1);
  input.accepted.fire();
  expect(await choice).toMatchObject({ what: 'reveal', node: { item: { kind: 'tenant' } } });
});
