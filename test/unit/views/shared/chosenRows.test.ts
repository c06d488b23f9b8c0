import { expect, test } from 'vitest';
import type * as vscode from 'vscode';
import { ChosenRows } from '../../../../src/views/shared/chosenRows';
import { EventEmitter } from '../vscode';

/** A tree whose rows are letters: its focus is VS Code's alone, its selection is told. */
function tree() {
  const selected = new EventEmitter<{ selection: readonly string[] }>();
  const view = { selection: [] as readonly string[], onDidChangeSelection: selected.event };
  const rows = new ChosenRows(view as unknown as vscode.TreeView<string>, value => typeof value === 'string');
  const select = (...selection: string[]) => {
    view.selection = selection;
    selected.fire({ selection });
  };
  return {
    select,
    /** Asks VS Code twice to toggle the row with the focus; without a focus it does nothing. */
    press(focus: string | undefined): string[] {
      const before = view.selection;
      if (focus !== undefined) {
        select(...(before.includes(focus) ? before.filter(row => row !== focus) : [...before, focus]));
        select(...before);
      }
      // What the keys of package.json pass; a command may ask more than once.
      const key = { row: 'focused' };
      expect(rows.rows(key, undefined)).toEqual(rows.rows(key, undefined));
      return rows.rows(key, undefined);
    },
  };
}

test.each([
  ['with nothing selected', []],
  ['that is selected', ['b']],
  ['beside the selected one', ['a']],
])('a key is about the row with the focus, %s', (_, selection) => {
  const { select, press } = tree();
  select(...selection);
  expect(press('b')).toEqual(['b']);
  expect(press('b')).toEqual(['b']);
  expect(press('c')).toEqual(['c']);
});

test('a key is about no row when nothing has the focus, whatever was selected or copied before', () => {
  const { select, press } = tree();
  expect(press(undefined)).toEqual([]);
  select('a');
  expect(press(undefined)).toEqual([]);
  expect(press('b')).toEqual(['b']);
  expect(press(undefined)).toEqual([]);
  select('c');
  expect(press(undefined)).toEqual([]);
  expect(press('c')).toEqual(['c']);
});

test('a key looks at each row of a long selection a few times at most', () => {
  const all = Array.from({ length: 1_000 }, (_, index) => `row ${index}`);
  let looks = 0;
  const counted = (selection: readonly string[]) =>
    new Proxy(selection, {
      get: (target, name, receiver) => {
        looks++;
        return Reflect.get(target, name, receiver);
      },
    });
  const selected = new EventEmitter<{ selection: readonly string[] }>();
  const view = { selection: [], onDidChangeSelection: selected.event };
  const rows = new ChosenRows(view as unknown as vscode.TreeView<string>, value => typeof value === 'string');
  for (const selection of [all, all.filter(row => row !== 'row 7'), all]) {
    selected.fire({ selection: counted(selection) });
  }
  expect(rows.rows({ row: 'focused' }, undefined)).toEqual(['row 7']);
  expect(looks).toBeLessThan(20 * all.length);
});
