import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { ListRecord } from '../../../../src/changes/listRecord';
import { Inventory } from '../../../../src/inventory/inventory';
import type { Item } from '../../../../src/items/item';
import { SignedOut } from '../../../../src/products/failures';
import { ChangesCommands } from '../../../../src/views/changes/changesCommands';
import { jsonRecord } from '../../../../src/views/export/exportContent';
import { ExportScope } from '../../../../src/views/export/exportScope';
import { readToChangesPage, type ToChangesPage } from '../../../../src/webview/changes/messages';
import { serverOf, tenant } from '../../items';
import { never } from '../../never';
import { KeptLog } from '../../support';

/** What VS Code has been asked for, and the panel that was opened. */
const host = vi.hoisted(() => ({
  commands: [] as string[],
  copied: '',
  said: [] as string[],
  saveAs: undefined as string | undefined,
  usedPercent: undefined as unknown,
  panels: 0,
  toPage: [] as unknown[],
  answer: (_message: unknown): void => undefined,
  close: (): void => undefined,
}));

vi.mock('vscode', async () => {
  const { readFile: read, stat } = await import('node:fs/promises');
  const base = await import('../vscode');
  class Uri {
    readonly scheme = 'file';
    constructor(readonly path: string) {}
    get fsPath() {
      return this.path;
    }
    toString() {
      return `file://${this.path}`;
    }
    static file = (path: string) => new Uri(path);
    static joinPath = (uri: Uri, name: string) => new Uri(`${uri.path}/${name}`);
  }
  return {
    ...base,
    Uri,
    ViewColumn: { Active: -1 },
    env: {
      language: 'en',
      clipboard: {
        writeText: async (text: string) => {
          host.copied = text;
        },
      },
    },
    commands: { executeCommand: async (name: string) => host.commands.push(name) },
    window: {
      setStatusBarMessage: () => undefined,
      showInformationMessage: async (text: string) => void host.said.push(text),
      showWarningMessage: async (text: string) => void host.said.push(text),
      showErrorMessage: async (text: string) => void host.said.push(text),
      showSaveDialog: async () => (host.saveAs === undefined ? undefined : new Uri(host.saveAs)),
      createWebviewPanel: () => {
        host.panels++;
        return {
          webview: {
            asWebviewUri: (uri: Uri) => uri,
            cspSource: 'self',
            postMessage: async (message: unknown) => host.toPage.push(message),
            onDidReceiveMessage: (listener: (message: unknown) => void) => {
              host.answer = listener;
              return { dispose: () => undefined };
            },
          },
          onDidDispose: (listener: () => void) => {
            const before = host.close;
            host.close = () => {
              before();
              listener();
            };
            return { dispose: () => undefined };
          },
          reveal: () => undefined,
        };
      },
    },
    workspace: {
      textDocuments: [],
      asRelativePath: ({ path }: Uri) => path,
      getConfiguration: () => ({
        get: (_name: string, usual: unknown) => (host.usedPercent === undefined ? usual : host.usedPercent),
      }),
      fs: { stat: ({ fsPath }: Uri) => stat(fsPath), readFile: ({ fsPath }: Uri) => read(fsPath) },
    },
  };
});

let tenants: Item[];
let isSignedOut = false;
/** Servers answer when it is done. */
let held: Promise<void> | undefined;
let inventory: Inventory;
let commands: ChangesCommands;
let file: string;
let folder: string;

beforeEach(async () => {
  Object.assign(host, {
    commands: [],
    copied: '',
    said: [],
    saveAs: undefined,
    usedPercent: undefined,
    panels: 0,
    toPage: [],
  });
  host.close = () => undefined;
  isSignedOut = false;
  held = undefined;
  tenants = [tenant('a', { quotaBytes: 1024 ** 3 }), tenant('b')];
  const children = async (_server: string, { kind }: Item) => {
    await held;
    if (isSignedOut) {
      throw new SignedOut('em.example.com');
    }
    return { items: kind === 'server' ? tenants : [] };
  };
  inventory = new Inventory({ children }, new KeptLog());
  inventory.setServers([serverOf('em')]);
  const scope = new ExportScope(inventory.servers);
  await scope.load(inventory, never, () => undefined);
  const rows: ListRecord[] = (await scope.rows([])).map(jsonRecord);
  folder = await mkdtemp(join(tmpdir(), 'changes-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  file = join(folder, 'list.json');
  await writeFile(file, `${JSON.stringify(rows, undefined, 2)}\n`);
  const extension = { extensionUri: { path: '/extension' }, globalStorageUri: { path: '/storage' } };
  commands = new ChangesCommands({ inventory, extension: extension as never }, async () => undefined);
});

/** The messages to the page, each as it is agreed on. */
function told<Type extends ToChangesPage['type']>(type: Type): (ToChangesPage & { type: Type })[] {
  const all = host.toPage.map(message => readToChangesPage(structuredClone(message)));
  expect(all).not.toContain(undefined);
  return all.filter((each): each is ToChangesPage & { type: Type } => each?.type === type);
}

test('a script gets what has changed, without a page', async () => {
  tenants = [tenant('a', { quotaBytes: 2 * 1024 ** 3 }), tenant('c')];
  expect(await commands.compareWithServers({ file, show: false })).toMatchObject({
    schema: 1,
    file,
    usedPercent: 10,
    unchanged: 1,
    changes: [
      {
        what: ['resized'],
        server: 'em',
        kind: 'tenant',
        id: 'a',
        key: 'em/tenant:a',
        before: { quotaBytes: 1024 ** 3 },
      },
      { what: ['gone'], id: 'b', path: ['em', 'b'] },
      { what: ['new'], id: 'c' },
    ],
    incomplete: [],
    serversNotInList: [],
    notFound: [],
  });
  expect(host.panels).toBe(0);
});

test('a script is told what it must give', async () => {
  for (const wrong of [1, 'list.json', { file: './list.json' }, { show: false }]) {
    await expect(commands.compareWithServers(wrong)).rejects.toThrow('file must be an absolute path or a Uri');
  }
  await writeFile(file, '{}');
  await expect(commands.compareWithServers({ file, show: false })).rejects.toThrow('not a list exported as JSON');
});

test('the page shows each change in words, in one panel for each file', async () => {
  tenants = [tenant('a', { quotaBytes: 2 * 1024 ** 3, name: 'Northwind\u202e' })];
  await commands.compareWithServers(file);
  await commands.compareWithServers(file);
  expect(host.panels).toBe(1);
  host.toPage = [];
  host.answer({ type: 'ready' });
  await expect.poll(() => told('result').length).toBe(1);
  expect(told('start')).toMatchObject([{ file }]);
  expect(told('rows')[0]?.rows).toMatchObject([
    { group: 'em', kind: 'Tenant', name: 'Northwind', what: ['renamed', 'resized'], isThere: true },
    { name: 'b', what: ['gone'], isThere: false },
  ]);
  expect(told('rows')[0]?.rows[0]?.details).toBe('Name: a → Northwind\nQuota: 1 GB → 2 GB');
  host.close();
  await commands.compareWithServers(file);
  expect(host.panels).toBe(2);
});

test.each([
  [0, 0],
  [1000, 1000],
  ...['a lot', '5', -1, 1001, Number.NaN, null, {}].map((value): [unknown, number] => [value, 10]),
])('with %j as the percentage from which used space counts, the page has %d', async (value, expected) => {
  host.usedPercent = value;
  await commands.compareWithServers(file);
  expect(told('result')[0]?.result.usedPercent).toBe(expected);
});

test('what is switched on or off is told in the words of the tree', async () => {
  await commands.compareWithServers(file);
  tenants = [tenant('a', { quotaBytes: 1024 ** 3 }), tenant('b', { enabled: false })];
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('"id": "b"', '"id": "b",\n    "enabled": true'));
  await commands.compareWithServers(file);
  expect(told('rows')[0]?.rows).toMatchObject([{ what: ['disabled'], details: 'State: enabled → disabled' }]);
});

test('a file that is no list, and a server that wants to be signed in to, are said on the page', async () => {
  isSignedOut = true;
  await commands.compareWithServers(file);
  const [result] = told('result').map(each => each.result);
  expect(result?.problems).toMatchObject([
    { names: ['em'], text: expect.stringContaining('Sign in to continue.'), signIn: 'em' },
    { names: [], text: expect.stringContaining('could not be looked for: 2') },
  ]);
  expect(told('rows')).toEqual([]);
  // Nobody is asked to sign in before the person says so.
  expect(host.commands).toEqual([]);
  isSignedOut = false;
  host.answer({ type: 'signIn', key: 'em' });
  await expect.poll(() => told('result').length).toBe(2);
  expect(host.commands).toEqual(['backupTenancy.signIn']);
  expect(told('result')[1]?.result).toMatchObject({ problems: [], same: 3 });
  await writeFile(file, '[1]');
  host.answer({ type: 'refresh' });
  await expect.poll(() => told('failed').map(({ text }) => text)).toEqual(['The file is not valid JSON.']);
});

test('names that are read from the right stand on their side of the arrow, and at their place in a path', async () => {
  inventory.setServers([serverOf('em', { name: 'שרת' })]);
  tenants = [tenant('a', { quotaBytes: 1024 ** 3, name: 'שם ישן' }), tenant('b')];
  await commands.compareWithServers(file);
  host.answer({ type: 'update' });
  await expect.poll(() => host.said).toEqual(['File updated.']);
  tenants = [tenant('a', { quotaBytes: 1024 ** 3, name: 'חברה 12' }), tenant('b')];
  await commands.compareWithServers(file);
  expect(told('rows').at(-1)?.rows).toMatchObject([
    { group: '\u2068שרת\u2069', name: 'חברה 12', details: 'Name: \u2068שם ישן\u2069 → \u2068חברה 12\u2069' },
  ]);
});

test('what was found before can be used while it is compared again, and after that was cancelled', async () => {
  tenants = [tenant('a', { quotaBytes: 2 * 1024 ** 3 }), tenant('b')];
  await commands.compareWithServers(file);
  host.toPage = [];
  let answer = (): void => undefined;
  held = new Promise(resolve => {
    answer = resolve;
  });
  host.answer({ type: 'refresh' });
  await expect.poll(() => told('progress').length).toBe(1);
  host.answer({ type: 'copyId', key: 'em/tenant:a' });
  await expect.poll(() => host.copied).toBe('a');
  host.answer({ type: 'cancel' });
  await expect.poll(() => told('said').at(-1)?.text).toBe('The comparison was cancelled.');
  expect(told('failed')).toEqual([]);
  expect(told('rows').at(-1)?.rows).toMatchObject([{ what: ['resized'] }]);
  expect(told('result')).toMatchObject([{ rows: 1 }]);
  answer();
});

test('the file is brought up to date, unless it has changed meanwhile', async () => {
  const before = await readFile(file, 'utf8');
  tenants = [tenant('a', { quotaBytes: 1024 ** 3 }), tenant('b'), tenant('c')];
  await commands.compareWithServers(file);
  await writeFile(file, `${before}\n`);
  host.answer({ type: 'update' });
  await expect.poll(() => host.said).toEqual([expect.stringContaining('has changed since it was compared')]);
  expect(await readFile(file, 'utf8')).toBe(`${before}\n`);
  await writeFile(file, before);
  host.answer({ type: 'update' });
  await expect.poll(() => host.said[1]).toBe('File updated.');
  const after = await readFile(file, 'utf8');
  expect(after.startsWith(before.slice(0, -3))).toBe(true);
  expect(JSON.parse(after)).toHaveLength(4);
  expect(told('result').at(-1)).toMatchObject({ rows: 0, result: { same: 4 } });
});

test('an ID, all changes, and a file with them can be taken along', async () => {
  tenants = [tenant('a', { quotaBytes: 1024 ** 3, name: '[x](https://example.com)|' })];
  await commands.compareWithServers(file);
  host.answer({ type: 'copyId', key: 'em/tenant:b' });
  await expect.poll(() => host.copied).toBe('b');
  host.answer({ type: 'copy' });
  await expect.poll(() => host.copied).toContain('# Changes since list.json');
  expect(host.copied).toContain('| \\[x\\](https\\://example.com)\\| | Tenant | a | renamed |');
  expect(host.copied).toContain('| b | Tenant | b | gone |');
  host.saveAs = join(folder, 'changes.json');
  host.answer({ type: 'export', format: 'json' });
  await expect.poll(() => host.said).toContain('Changes exported.');
  expect(JSON.parse(await readFile(host.saveAs, 'utf8'))).toMatchObject({
    changes: [{ what: ['renamed'], before: { name: 'a' } }, { what: ['gone'] }],
  });
});
