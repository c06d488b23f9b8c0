import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { QuickPick, window } from '../vscode';

vi.mock('vscode', () => import('../vscode'));

const { pickMany, pickOne } = await import('../../../../src/views/shared/pick');

const items = [{ label: 'Name' }, { label: 'Used space' }, { label: 'Free space' }];
const question = { title: 'Sort', placeholder: 'Choose' };
let list: QuickPick;
let shown: number;

beforeEach(() => {
  list = new QuickPick();
  shown = 0;
  list.show = () => {
    shown++;
  };
  window.createQuickPick = () => list;
});

test('a list that a refreshed tree closes as soon as it opens is shown once more', async () => {
  const picked = pickOne(items, question);
  list.hidden.fire();
  expect(shown).toBe(2);
  list.selectedItems = items.slice(1, 2);
  list.accepted.fire();
  expect(await picked).toBe(items[1]);
});

test('who leaves chooses nothing, neither one nor none of several', async () => {
  const one = pickOne(items, question);
  list.leave();
  expect(await one).toBeUndefined();
  const several = pickMany(items, question, items);
  list.leave();
  expect(await several).toBeUndefined();
});

test('Enter takes what is active, and leaves the list open where nothing matches', async () => {
  const picked = pickOne(items, question, items[2]);
  expect(list).toMatchObject(question);
  list.selectedItems = [];
  list.accepted.fire();
  list.selectedItems = list.activeItems as typeof items;
  list.accepted.fire();
  expect(await picked).toBe(items[2]);
});

test('of several, those that are ticked are taken, even if there are none', async () => {
  const picked = pickMany(items, question, items.slice(0, 2));
  expect(list).toMatchObject({ ...question, canSelectMany: true });
  expect(list.selectedItems).toEqual(items.slice(0, 2));
  list.accepted.fire();
  expect(await picked).toEqual(items.slice(0, 2));
  const none = pickMany(items, question);
  list.accepted.fire();
  expect(await none).toEqual([]);
});

test.each([
  [{}, false],
  [{ matchOnDescription: true, matchOnDetail: true, staysOpen: true }, true],
])(
  'looks at labels alone, and closes when the focus goes elsewhere, unless told otherwise: %j',
  async (more, expected) => {
    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const picked = pickOne(items, { ...question, ...more });
    expect(list).toMatchObject({ matchOnDescription: expected, matchOnDetail: expected });
    vi.advanceTimersByTime(1000);
    expect('ignoreFocusOut' in list).toBe(expected);
    list.leave();
    expect(await picked).toBeUndefined();
  },
);

test('no list may be closed by a tree, and no text be lost to one', () => {
  const closing: string[] = [];
  for (const name of readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(each => each.endsWith('.ts'))) {
    const code = readFileSync(join('src', name), 'utf8');
    const boxes = code.split('.showInputBox(').slice(1);
    if (code.includes('.showQuickPick(') || boxes.some(box => !/^\{[^;]*\n {4,}ignoreFocusOut: true,/.test(box))) {
      closing.push(name);
    }
    // What is made by hand is shown by showInput, or stays by itself.
    if (/\.create(?:QuickPick|InputBox)\b/.test(code) && !/\bshowInput\(|\bignoreFocusOut = true/.test(code)) {
      closing.push(name);
    }
  }
  expect(closing).toEqual([]);
});
