import { beforeEach, expect, test, vi } from 'vitest';
import type { RecentAddresses } from '../../../../src/servers/list/recentAddresses';
import type { Targets } from '../../../../src/views/shared/targets';
import { World } from '../../support';

const shown = vi.hoisted(() => ({
  outcome: undefined as unknown,
  isSignedIn: true,
  meanwhile: undefined as (() => Promise<void>) | undefined,
}));

vi.mock('vscode', () => import('../vscode'));
vi.mock('../../../../src/views/servers/serverWizard', () => ({
  ServerWizard: class {
    run = async () => shown.outcome;
  },
}));
vi.mock('../../../../src/views/servers/signInWayInputs', () => ({
  askForSettings: async () => ({}),
  askForWay: async () => undefined,
  withDeviceCode: async () => {
    await shown.meanwhile?.();
    if (!shown.isSignedIn) {
      throw new Error('declined');
    }
  },
}));
vi.mock('../../../../src/views/shared/failureMessages', () => ({
  showFailure: async () => undefined,
  remediesOf: () => [],
}));

const { ServerCommands } = await import('../../../../src/views/servers/serverCommands');

const told: string[] = [];

beforeEach(() => {
  told.length = 0;
  shown.isSignedIn = true;
  shown.meanwhile = undefined;
});

async function add(outcome: object, isLookedAt = false): Promise<{ readonly id: string; readonly answer: unknown }> {
  const world = new World();
  const id = await world.servers.add(
    { product: 'vb365', url: 'https://m365.example.com:4443', name: 'm365', userName: 'ada' },
    undefined,
  );
  shown.outcome = { saved: id, ...outcome };
  const rows = {
    reveal: async ({ key }: { readonly key: string }) => void told.push(`row ${key}`),
    open: async ({ key }: { readonly key: string }) => void told.push(`open ${key}`),
  };
  if (isLookedAt) {
    shown.meanwhile = async () => {
      const [node] = world.inventory.servers;
      if (node) {
        world.inventory.childrenOf(node);
        await world.inventory.settled(node);
        told.push(`looked at: ${node.openedBranch?.state}`);
        vi.spyOn(world.inventory, 'refresh').mockImplementation(async each => void told.push(`refresh ${each?.key}`));
      }
    };
  }
  const commands = new ServerCommands(
    world.servers,
    world.inventory,
    { folders: () => [] } as unknown as Targets,
    {} as RecentAddresses,
    rows,
  );
  return { id, answer: await commands.addServer() };
}

test('a server that was signed in to is shown open', async () => {
  const { id, answer } = await add({ isSignedIn: true });
  expect(told).toEqual([`open ${id}`]);
  expect(answer).toBe(id);
});

test('a server that was saved untried is shown closed: nothing is sent to it unasked', async () => {
  const { id } = await add({ isSignedIn: false });
  expect(told).toEqual([`row ${id}`]);
});

test('a server that is signed in to with a browser is shown at once, and opened after that', async () => {
  const { id } = await add({ isSignedIn: false, signIn: { id: 'browser' } });
  expect(told).toEqual([`row ${id}`, `open ${id}`]);
});

test('a server that somebody has looked at meanwhile is loaded again', async () => {
  const { id } = await add({ isSignedIn: false, signIn: { id: 'browser' } }, true);
  expect(told).toEqual([`row ${id}`, 'looked at: failed', `refresh ${id}`, `open ${id}`]);
});

test('a server that nobody signs in to stays closed', async () => {
  shown.isSignedIn = false;
  const { id } = await add({ isSignedIn: false, signIn: { id: 'browser' } });
  expect(told).toEqual([`row ${id}`]);
});
