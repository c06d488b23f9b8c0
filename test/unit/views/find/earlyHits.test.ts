import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { EarlyHits } from '../../../../src/inventory/search/earlyHits';
import { parseQuery } from '../../../../src/inventory/search/query';
import type { Node } from '../../../../src/inventory/tree/node';
import type { Product } from '../../../../src/products/product';
import { type SampleServer, startBackupReplication, startServiceProviderConsole } from '../../../sample-servers';
import { forThisTest } from '../../forThisTest';
import { World } from '../../support';
import { QuickPick, window } from '../vscode';

vi.mock('vscode', async () => ({ ...(await import('../vscode')), QuickPickItemKind: { Separator: -1 } }));

// Its buttons are made when it is loaded.
const { FindPicker } = await import('../../../../src/views/find/findPicker');

/** What a server is asked for by a part of a name. */
function narrowedIn({ requests }: SampleServer<unknown>): readonly string[] {
  return requests
    .map(({ path }) => new URL(path, 'https://server.example.com'))
    .filter(({ search }) => /contains|nameFilter/.test(search))
    .map(({ pathname }) => pathname.replace(/^\/api\/v\d\//, ''));
}

/** A gate in front of the second and later pages of lists: they come when it opens. */
function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>(resolve => {
    open = resolve;
  });
  const product = (real: Product): Product => ({
    ...real,
    async children(api, item, cursor, signal) {
      if (item.kind === 'group') {
        await opened;
      }
      return await real.children(api, item, cursor, signal);
    },
  });
  return { product, open: () => open() };
}

let input: QuickPick;
beforeEach(() => {
  input = new QuickPick();
  window.createQuickPick = () => input;
});

const labels = () => input.items.map(({ label }) => label);

/** Find on a server whose lists do not come before the gate opens. */
async function finding(product: string, starting: Promise<SampleServer<unknown> & Parameters<World['add']>[1]>) {
  const held = gate();
  onTestFinished(held.open);
  const server = await forThisTest(starting);
  const world = new World({ product: held.product });
  const node = await world.add(product, server);
  await world.open(node);
  const choice = new FindPicker(world.inventory, {}).ask('');
  return { server, world, node, choice, open: held.open };
}

describe('while the pages of a list are still to come', () => {
  test('one filtered request for each long list finds a company, and the list does not double it', async () => {
    const { server, world, node, choice, open } = await finding(
      'service-provider-console',
      startServiceProviderConsole({ companies: 1200 }),
    );
    input.type('Northwind');
    await expect.poll(labels).toContain('Northwind');
    const early = input.items.find(({ label }) => label === 'Northwind') as unknown as { node: Node };
    expect(world.inventory.find(early.node.key)).toBeUndefined();
    expect([...narrowedIn(server)].sort()).toEqual(['organizations/companies', 'organizations/resellers']);

    open();
    await expect.poll(() => world.inventory.find(early.node.key), { timeout: 15_000 }).toBeDefined();
    await expect.poll(() => labels().filter(label => label === 'Northwind').length).toBeGreaterThan(1); // its tenants
    const keys = () => input.items.flatMap(item => (item as { node?: Node }).node?.key ?? []);
    expect(new Set(keys()).size).toBe(keys().length);
    expect(narrowedIn(server)).toHaveLength(2);
    expect(node.gone).toBe(false);
    input.accepted.fire();
    expect((await choice)?.node.item.name).toBe('Northwind');
  });

  test('jobs and repositories of Backup & Replication are found, too', async () => {
    const { server } = await finding('backup-replication', startBackupReplication({ repositories: 262, jobs: 250 }));
    input.type('nightly');
    await expect.poll(() => labels().some(label => /nightly/i.test(label))).toBe(true);
    expect([...narrowedIn(server)].sort()).toEqual(['backupInfrastructure/repositories/states', 'jobs/states']);
  });

  test('what was found early can be chosen, and is known by its key', async () => {
    const { world, choice } = await finding('service-provider-console', startServiceProviderConsole({ companies: 30 }));
    input.type('northwind');
    await expect.poll(labels).toContain('Northwind');
    input.accepted.fire();
    const { node } = (await choice) as { readonly node: Node };
    expect(node.item).toMatchObject({ kind: 'company', name: 'Northwind' });
    // The commands of its line name it so.
    expect(world.inventory.find(node.key)).toBe(node);
  });

  test('a prefix asks for its kind alone, and a short text for nothing', async () => {
    const { server } = await finding('service-provider-console', startServiceProviderConsole({ companies: 30 }));
    input.type('No');
    input.type('k:north');
    await expect.poll(labels).toContain('Northwind');
    expect(narrowedIn(server)).toEqual(['organizations/companies']);
  });

  test('the next key calls off the request before it, and a failure is told by the list alone', async () => {
    const { server } = await finding(
      'service-provider-console',
      startServiceProviderConsole({ companies: 30, failing: ['organizations/resellers'] }),
    );
    input.type('fab');
    input.type('nor');
    input.type('north');
    await expect.poll(labels).toContain('Northwind');
    const values = server.requests.flatMap(({ path }) => /%22value%22%3A%22(\w+)%22/.exec(path)?.[1] ?? []);
    expect(new Set(values)).toEqual(new Set(['north']));
    expect(labels().filter(label => label.startsWith('Could not search'))).toEqual([]);
  });
});

test('nothing is asked for once the lists are there', async () => {
  const { server, world, node } = await World.with(
    'service-provider-console',
    startServiceProviderConsole({ companies: 30 }),
  );
  await world.openPath(node, 'Companies');
  await world.openPath(node, 'Resellers');
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const early = new EarlyHits(world.inventory, () => undefined);
  early.look(parseQuery('north'));
  await vi.advanceTimersByTimeAsync(1_000);
  early.look(parseQuery('k:north'));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(early.nodes).toEqual([]);
  expect(narrowedIn(server)).toEqual([]);
});

test('nothing is asked for by two letters, and by three once they have stayed', async () => {
  const { world, node } = await World.with('service-provider-console', startServiceProviderConsole({ companies: 30 }));
  await world.open(node);
  const asked = vi.spyOn(world.inventory, 'narrowed').mockResolvedValue([]);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const early = new EarlyHits(world.inventory, () => undefined);
  early.look(parseQuery('no'));
  await vi.advanceTimersByTimeAsync(1_000);
  early.look(parseQuery('k:nor'));
  await vi.advanceTimersByTimeAsync(249);
  early.look(parseQuery('k:nor'));
  expect(asked).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(asked.mock.calls.map(([heading, text]) => [heading.item.name, text])).toEqual([['Companies', 'nor']]);
});
