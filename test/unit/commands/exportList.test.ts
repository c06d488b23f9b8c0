import { expect, test, vi } from 'vitest';
import { ExportCommands } from '../../../src/commands/exportList';
import { IdIndex } from '../../../src/inventory/idIndex';
import { Inventory } from '../../../src/inventory/inventory';
import { KeptLog } from '../support';

vi.mock('vscode', () => import('../views/vscode'));

test.each(['tenants.csv', './tenants.csv', '../tenants.csv'])(
  'does not guess from where a script means %s',
  async file => {
    const inventory = new Inventory({ children: async () => ({ items: [] }) }, new KeptLog());
    const { exportList } = new ExportCommands(
      { inventory, targets: {} as never, run: () => undefined },
      new IdIndex(inventory),
    );
    await expect(exportList({ format: 'csv', file })).rejects.toThrow('the path of file must be absolute');
  },
);
