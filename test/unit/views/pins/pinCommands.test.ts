import { beforeEach, expect, test, vi } from 'vitest';
import { Inventory } from '../../../../src/inventory/inventory';
import type { Node } from '../../../../src/inventory/tree/node';
import { KeptRows } from '../../../../src/views/pins/keptRows';
import type { Pins } from '../../../../src/views/pins/pins';
import type { Targets } from '../../../../src/views/shared/targets';
import { serverOf } from '../../items';
import { KeptLog, KeptMemory } from '../../support';
import { tenantNode } from '../nodes';
import { answerLists, window } from '../vscode';

vi.mock('vscode', () => import('../vscode'));

const { PinCommands } = await import('../../../../src/views/pins/pinCommands');

let asked: number;
let said: string[];
let selected: readonly Node[];
let pinned: KeptRows;
let commands: InstanceType<typeof PinCommands>;
/** Of a server that nobody has opened. */
let rows: readonly Node[];

beforeEach(async () => {
  [asked, said, selected] = [0, [], []];
  Object.assign(window, { showInformationMessage: async (text: string) => void said.push(text) });
  const children = async () => {
    asked++;
    return { items: [] };
  };
  const inventory = new Inventory({ children }, new KeptLog());
  inventory.setServers([serverOf('em')]);
  pinned = new KeptRows(inventory, new KeptMemory(), 'pins', 100);
  const targets = { nodes: () => selected } as unknown as Targets;
  commands = new PinCommands(async () => ({ pinned }) as unknown as Pins, inventory, targets);
  const [server] = inventory.servers;
  rows = ['one', 'two'].map(name => tenantNode({ id: name, name }, server));
  await pinned.add(rows);
});

const names = () => pinned.nodes.map(({ item }) => item.name);

test('a script unpins a row that is not loaded, or gone, and nothing is asked for that', async () => {
  await commands.unpin(rows[0]?.key);
  expect(names()).toEqual(['two']);
  await commands.unpin('em/group:tenants/tenant:other');
  expect(names()).toEqual(['two']);
  expect(asked).toBe(0);
});

test('without a row, Unpin offers what is pinned, loaded or not', async () => {
  answerLists(items => {
    expect(items).toMatchObject([{ label: 'one' }, { label: 'two' }]);
    return items[1];
  });
  await commands.unpin();
  expect(names()).toEqual(['one']);
  await commands.unpin(rows[0]?.key);
  await commands.unpin();
  expect(said).toEqual(['Nothing is pinned.']);
  expect(asked).toBe(0);
});

test('says how many rows are dropped where there are too many', async () => {
  const server = rows[0]?.root;
  selected = Array.from({ length: 99 }, (_, index) => tenantNode({ id: `${index}` }, server));
  await commands.pin();
  expect(names()).toHaveLength(100);
  expect(said).toEqual(['At most 100 rows stay pinned. No longer pinned: 1']);
  await commands.pin();
  expect(said).toHaveLength(1);
});
