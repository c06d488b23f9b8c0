import { beforeEach, expect, test, vi } from 'vitest';
import { Inventory } from '../../../../src/inventory/inventory';
import type { IdIndex } from '../../../../src/inventory/search/idIndex';
import type { TreeRow } from '../../../../src/inventory/tree/node';
import { Throttled } from '../../../../src/products/failures';
import { CopyCommands } from '../../../../src/views/copy/copyCommands';
import type { Pins } from '../../../../src/views/pins/pins';
import type { Targets } from '../../../../src/views/shared/targets';
import { serverOf } from '../../items';
import { KeptLog } from '../../support';
import { tenantNode } from '../nodes';

const { copied, asked } = vi.hoisted(() => ({ copied: [] as string[], asked: [] as string[] }));

vi.mock('vscode', async () => {
  const vscode = await import('../vscode');
  return {
    ...vscode,
    env: { ...vscode.env, clipboard: { writeText: async (text: string) => void copied.push(text) } },
    window: { ...vscode.window, setStatusBarMessage: () => undefined },
  };
});

vi.mock('../../../../src/views/find/chooseItem', () => ({
  chooseItem: async (_: unknown, command: string) => void asked.push(command),
}));

beforeEach(() => {
  copied.length = 0;
  asked.length = 0;
});

async function errorRow(): Promise<TreeRow> {
  const inventory = new Inventory(
    { children: () => Promise.reject(new Throttled('one.example.com', undefined)) },
    new KeptLog(),
  );
  inventory.setServers([serverOf('one')]);
  for (const server of inventory.servers) {
    inventory.childrenOf(server);
    await inventory.settled(server);
    for (const row of inventory.childrenOf(server)) {
      if (row.type === 'failure') {
        return row;
      }
    }
  }
  throw new Error('no row');
}

async function copyId(rows: readonly TreeRow[]): Promise<string | undefined> {
  const targets = { rows: () => rows } as unknown as Targets;
  const pins = async () => ({ recent: { add: async () => undefined } }) as unknown as Pins;
  const run = (work: Promise<void>) => void work;
  return await new CopyCommands({ inventory: {} as Inventory, targets, pins, run }, {} as IdIndex).copyId();
}

test('Copy ID copies the message of an error row', async () => {
  const message = 'one.example.com is limiting requests. Try again in a minute.';
  expect(await copyId([await errorRow()])).toBe(message);
  expect({ copied, asked }).toEqual({ copied: [message], asked: [] });
});

test('Copy ID copies the IDs alone of items between error rows', async () => {
  expect(await copyId([await errorRow(), tenantNode({ id: '0012' })])).toBe('0012');
});

test('Copy ID asks for an item where no row is chosen', async () => {
  expect(await copyId([])).toBeUndefined();
  expect(asked).toEqual(['Copy ID']);
});
