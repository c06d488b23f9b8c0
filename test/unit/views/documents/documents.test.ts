import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import { Unreachable } from '../../../../src/http/failures';
import { Inventory } from '../../../../src/inventory/inventory';
import { reach } from '../../../../src/inventory/loading/reach';
import type { Node } from '../../../../src/inventory/tree/node';
import type { Item } from '../../../../src/items/item';
import { Documents } from '../../../../src/views/documents/documents';
import { serverOf, tenant } from '../../items';
import { never } from '../../never';
import { KeptLog, named } from '../../support';
import { EventEmitter, type Uri, workspace } from '../vscode';

/** What was shown and run, and what the person answers. */
const dialogs = vi.hoisted(() => ({
  shown: [] as string[],
  commands: [] as unknown[][],
  answer: undefined as string | undefined,
}));

vi.mock('vscode', async () => ({
  ...(await import('../vscode')),
  window: {
    showInformationMessage: async (text: string, ...buttons: string[]) => {
      dialogs.shown.push(text);
      return buttons.find(each => each === dialogs.answer);
    },
  },
  commands: { executeCommand: async (...args: unknown[]) => dialogs.commands.push(args) },
}));

/** What was asked of the server, to be answered by the test. */
let asked: { name: string; signal: AbortSignal; answer(text: string | Error): void }[];
let inventory: Inventory;
let documents: Documents;

beforeEach(async () => {
  asked = [];
  dialogs.shown.length = 0;
  dialogs.commands.length = 0;
  workspace.textDocuments = [];
  inventory = new Inventory(
    { children: async () => ({ items: ['Northwind', 'Contoso'].map(name => tenant(name)) }) },
    new KeptLog(),
  );
  inventory.setServers([serverOf('one', { name: 'em-prod' })]);
  await reach(inventory, 'one/tenant:Contoso', never);
  const source = {
    resource: async () => ({ formats: ['json'] }),
    document: (_server: string, { name }: Item, _format: string, signal: AbortSignal) =>
      new Promise<string>((resolve, reject) => {
        asked.push({ name, signal, answer: each => (each instanceof Error ? reject(each) : resolve(each)) });
      }),
  };
  documents = new Documents(source as never, inventory, new EventEmitter() as never);
  onTestFinished(() => documents.dispose());
});

function node(name: string): Node {
  return named(inventory.childrenOf(inventory.servers[0] as Node), name);
}

/** What VS Code asks for when a document is opened. */
function open(uri: vscode.Uri): Promise<string> {
  return documents.provideTextDocumentContent(uri, neverCancelled);
}

const neverCancelled = {
  isCancellationRequested: false,
  onCancellationRequested: () => ({ dispose: () => undefined }),
} as vscode.CancellationToken;

async function requests(number: number) {
  await expect.poll(() => asked.length).toBe(number);
  return asked;
}

/** Where the item's document is. */
async function load(name: string, text: string): Promise<vscode.Uri> {
  const loading = documents.load(node(name), 'json', never);
  const all = await requests(asked.length + 1);
  all.at(-1)?.answer(text);
  return await loading;
}

test('is opened with what was fetched for that', async () => {
  const uri = await load('Northwind', '"first"');
  expect(await open(uri)).toBe('"first"');
  expect(asked).toHaveLength(1);
});

test.each(['before', 'after'])('of two, nothing is kept of the one that came %s the other has failed', async order => {
  const uri = await load('Northwind', '"at first"');
  const loading = documents.loadAll([node('Northwind'), node('Contoso')], 'json', never);
  const outcome = expect(loading).rejects.toThrow('no line');
  const [, left, right] = await requests(3);
  const answers = [() => left?.answer('"old"'), () => right?.answer(new Unreachable('no line', 'no line', undefined))];
  for (const answer of order === 'before' ? answers : answers.toReversed()) {
    answer();
    await new Promise(setImmediate);
  }
  await outcome;
  expect(left?.signal.aborted).toBe(true);
  const opening = open(uri);
  (await requests(4))[3]?.answer('"new"');
  expect(await opening).toBe('"new"');
});

test('is none of a server, although the API tells of it', async () => {
  const [root] = inventory.servers as [Node];
  await expect(documents.formatsOf(root, never)).rejects.toHaveProperty('kind', 'noDocument');
  expect(await documents.formatsOf(node('Contoso'), never)).toEqual(['json']);
});

test('of two, what is open stays', async () => {
  const uri = await load('Northwind', '"old"');
  workspace.textDocuments = [{ uri: uri as unknown as Uri, getText: () => '"old"' }];
  const loading = documents.loadAll([node('Northwind'), node('Contoso')], 'json', never);
  const outcome = expect(loading).rejects.toThrow('no line');
  (await requests(3))[2]?.answer(new Unreachable('no line', 'no line', undefined));
  await outcome;
  expect(await open(uri)).toBe('"old"');
});

test('is fetched anew if it was closed while it was refreshed', async () => {
  const uri = await load('Northwind', '"old"');
  workspace.textDocuments = [{ uri: uri as unknown as Uri, getText: () => '"old"' }];
  const refreshing = documents.refresh(uri, never);
  await requests(2);
  workspace.close(uri as unknown as Uri);
  asked[1]?.answer('"late"');
  await refreshing;
  const opening = open(uri);
  (await requests(3))[2]?.answer('"new"');
  expect(await opening).toBe('"new"');
});

test('is not shown at an address that would make it a document of another language', async () => {
  const uri = await load('Northwind', '"secret"');
  const other = { ...uri, path: uri.path.replace('.api-json', '.json'), toString: () => 'another' };
  expect(await open(other as never)).toMatch(/^"There is no document at this address/);
  expect(asked).toHaveLength(1);
});

test('is not fetched from an address that nobody has asked for, until the person agrees', async () => {
  const uri = await load('Contoso', '"of Contoso"');
  const linked = {
    ...uri,
    path: '/em-prod/Northwind.api-json',
    query: node('Northwind').key,
    toString: () => 'linked',
  };
  dialogs.answer = undefined;
  expect(await open(linked as never)).toBe(
    '"This item of em-prod is not loaded yet. Refresh the document to load it."',
  );
  expect(dialogs.shown).toMatchObject([expect.stringMatching(/^A link or an editor opens an item of em-prod that/)]);
  expect(dialogs.commands).toEqual([]);
  const missing = { ...linked, query: 'one/tenant:Fabrikam', toString: () => 'missing' };
  await open(missing as never);
  expect(asked).toHaveLength(1);
  dialogs.answer = 'Load';
  await open(linked as never);
  await expect.poll(() => dialogs.commands).toEqual([['backupTenancy.refreshDocument', linked]]);
  workspace.textDocuments = [{ uri: linked as never, getText: () => '"Northwind"' }];
  const loading = documents.refresh(linked as never, never);
  (await requests(2))[1]?.answer('"Northwind"');
  await loading;
  expect(await open(linked as never)).toBe('"Northwind"');
});

test('is fetched again without a question once a person has opened it', async () => {
  const uri = await load('Northwind', '"first"');
  workspace.textDocuments = [{ uri: uri as unknown as Uri, getText: () => '"first"' }];
  workspace.close(uri as unknown as Uri);
  const opening = open(uri);
  (await requests(2))[1]?.answer('"second"');
  expect(await opening).toBe('"second"');
});

test('leaves alone an editor in another language that a link has opened', async () => {
  const uri = await load('Contoso', '"of Contoso"');
  const other = { ...uri, path: '/em-prod/x.json', query: node('Northwind').key, toString: () => 'other' };
  workspace.textDocuments = [{ uri: other as never, getText: () => '""' }];
  await expect(documents.refresh(other as never, never)).rejects.toThrow(/There is no document at this address/);
  expect(asked).toHaveLength(1);
  expect((await load('Northwind', '"Northwind"')).path).toBe('/em-prod/Northwind.api-json');
});
