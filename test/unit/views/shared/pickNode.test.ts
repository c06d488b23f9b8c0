import { beforeEach, expect, test, vi } from 'vitest';
import { serverNode, tenantNode } from '../nodes';
import { answerLists, QuickPick, window } from '../vscode';

vi.mock('vscode', () => import('../vscode'));

const { pickLine, pickNode } = await import('../../../../src/views/shared/pickNode');

let input: QuickPick;

beforeEach(() => {
  input = new QuickPick();
  window.createQuickPick = () => input;
});

const server = serverNode();
const tenants = Array.from({ length: 5000 }, (_, index) =>
  tenantNode({ id: `id-${index}`, name: `Tenant ${String(index).padStart(4, '0')}` }, server),
);
const labels = () => input.items.map(({ label }) => label);

test('hands VS Code no more of thousands than anybody reads, and says so', async () => {
  const picked = pickNode(tenants, 'Choose');
  await expect.poll(labels).toHaveLength(201);
  expect(labels()[0]).toBe('Tenant 0000');
  expect(labels().at(-1)).toBe('… and 4,800 more; keep typing to narrow down');
  input.leave();
  expect(await picked).toBeUndefined();
});

test('finds as Find does, also by ID', async () => {
  const picked = pickNode(tenants, 'Choose');
  input.type('ten 4711');
  await expect.poll(labels).toEqual(['Tenant 4711']);
  input.type('id-42');
  await expect.poll(labels).toEqual(['Tenant 0042']);
  input.accepted.fire();
  expect((await picked)?.item.id).toBe('id-42');
});

test('Enter takes what the text finds, also where the list shows what an earlier text has found', async () => {
  const picked = pickNode(tenants, 'Choose');
  await expect.poll(labels).toHaveLength(201);
  input.type('4712');
  input.accepted.fire();
  expect((await picked)?.item.name).toBe('Tenant 4712');
});

test('a key behind Enter does not choose what an earlier text has found', async () => {
  const picked = pickNode(tenants, 'Choose');
  await expect.poll(labels).toHaveLength(201);
  input.type('4711');
  input.accepted.fire();
  input.type('4712');
  expect((await picked)?.item.name).toBe('Tenant 4712');
});

test('lines above thousands of nodes stand first, and last for as long as the text is theirs', async () => {
  const everything = { label: 'Everything' };
  const picked = pickLine(tenants, { title: 'Export List', above: [everything] });
  await expect.poll(labels).toHaveLength(202);
  expect(labels()[0]).toBe('Everything');
  input.type('4711');
  await expect.poll(labels).toEqual(['Tenant 4711']);
  input.type('EVERY');
  await expect.poll(labels).toEqual(['Everything']);
  input.accepted.fire();
  expect(await picked).toBe(everything);
});

test('leaves a short list to VS Code, which looks at all that a line shows', async () => {
  const few = tenants.slice(0, 3);
  answerLists((items, list) => {
    expect(items).toMatchObject(few.map(({ item }) => ({ label: item.name, detail: item.id, alwaysShow: false })));
    expect(list).toMatchObject({ matchOnDescription: true, matchOnDetail: true });
    return items[1];
  });
  expect((await pickNode(few, 'Choose'))?.item.name).toBe('Tenant 0001');
});

test('Enter on the line that tells of more leaves the list open', async () => {
  let isOver = false;
  const picked = pickNode(tenants, 'Choose').then(node => {
    isOver = true;
    return node;
  });
  await expect.poll(labels).toHaveLength(201);
  input.items = input.items.slice(-1);
  input.accepted.fire();
  await new Promise(setImmediate);
  expect(isOver).toBe(false);
  input.leave();
  await picked;
});

test('says where nothing is loaded', async () => {
  answerLists((items, list) => {
    expect(items).toEqual([]);
    expect(list).toMatchObject({ placeholder: expect.stringContaining('Nothing loaded yet') });
    return undefined;
  });
  expect(await pickNode([], 'Choose')).toBeUndefined();
});
