import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { Inventory } from '../../../../src/inventory/inventory';
import { IdIndex } from '../../../../src/inventory/search/idIndex';
import { ExportCommands } from '../../../../src/views/export/exportCommands';
import { serverOf } from '../../items';
import { KeptLog, KeptMemory } from '../../support';

/** What was asked, and what the user answers. */
const dialogs = vi.hoisted(() => ({
  asked: [] as string[],
  answer: undefined as string | undefined,
  csvStyle: undefined as string | undefined,
}));

vi.mock('vscode', async () => {
  const { stat } = await import('node:fs/promises');
  return {
    ...(await import('../vscode')),
    Uri: Object.assign(class {}, { file: (path: string) => ({ scheme: 'file', fsPath: path, path }) }),
    window: {
      showWarningMessage: async (text: string, { detail }: { detail: string }) => {
        dialogs.asked.push(`${text}\n${detail}`);
        return dialogs.answer;
      },
    },
    workspace: {
      getConfiguration: () => ({ get: () => dialogs.csvStyle }),
      fs: { stat: ({ fsPath }: { fsPath: string }) => stat(fsPath) },
    },
  };
});

let commands: ExportCommands;
let inventory: Inventory;
const memory = new KeptMemory();

beforeEach(() => {
  dialogs.asked.length = 0;
  dialogs.answer = undefined;
  inventory = new Inventory({ children: async () => ({ items: [] }) }, new KeptLog());
  commands = new ExportCommands(
    { inventory, targets: {} as never, memory, run: () => undefined },
    new IdIndex(inventory),
  );
});

test.each(['tenants.csv', './tenants.csv', '../tenants.csv'])(
  'does not guess from where a script means %s',
  async file => {
    await expect(commands.exportList({ format: 'csv', file })).rejects.toThrow('the path of file must be absolute');
  },
);

test("asks a script's user before a file is replaced, and leaves it where they do not agree", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'export-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, '.bashrc');
  expect(await commands.exportList({ format: 'csv', file })).toMatchObject({ file, rows: 0 });
  expect(dialogs.asked).toEqual([]);
  await writeFile(file, 'mine');
  expect(await commands.exportList({ format: 'csv', file })).toBeUndefined();
  expect(dialogs.asked).toEqual([expect.stringContaining(file)]);
  expect(await readFile(file, 'utf8')).toBe('mine');
  dialogs.answer = 'Replace';
  expect(await commands.exportList({ format: 'csv', file })).toMatchObject({ file });
  expect(await readFile(file, 'utf8')).not.toBe('mine');
});

test('writes only the kinds that a script names, in the style of the setting', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'export-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'list.csv');
  inventory.setServers([serverOf('one'), serverOf('two')]);
  expect(await commands.exportList({ kinds: ['tenant'], format: 'csv', file })).toMatchObject({ rows: 0 });
  dialogs.answer = 'Replace';
  dialogs.csvStyle = 'semicolon';
  expect(await commands.exportList({ kinds: ['server', 'tenant'], format: 'csv', file })).toMatchObject({ rows: 2 });
  expect(await readFile(file, 'utf8')).toMatch(/^\uFEFFserver;product;kind;/);
  dialogs.csvStyle = 'tabs';
  expect(await commands.exportList({ format: 'csv', file })).toMatchObject({ rows: 2 });
  expect(await readFile(file, 'utf8')).toMatch(/^\uFEFFserver,product,kind,/);
});

test.each([[[]], ['tenant'], [['group']], [['tenant', 'palace']], [[7]]])('refuses %j as kinds', async kinds => {
  await expect(commands.exportList({ kinds, format: 'csv', file: '/nowhere/list.csv' })).rejects.toThrow(
    /^exportList: kinds must be some of server, repository, /,
  );
});
