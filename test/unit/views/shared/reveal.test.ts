import { expect, test, vi } from 'vitest';
import { revealNode } from '../../../../src/views/shared/reveal';
import { tenantNode } from '../nodes';
import { EventEmitter } from '../vscode';

vi.mock('vscode', () => import('../vscode'));

/** A view that selects what it is asked to reveal from the `works`th time on, and tells so a moment later. */
function view(works: number) {
  const changed = new EventEmitter<{ selection: readonly object[] }>();
  const made = {
    asked: 0,
    selection: [] as readonly object[],
    onDidChangeSelection: changed.event,
    reveal: async (node: object) => {
      made.asked++;
      if (made.asked >= works) {
        setImmediate(() => {
          made.selection = [node];
          changed.fire({ selection: [node] });
        });
      }
    },
  };
  return made;
}

test.each([1, 2, 3])('asks VS Code again until the row is selected: %i times', async works => {
  const [fake, node] = [view(works), tenantNode()];
  await revealNode(fake as never, node);
  expect(fake.selection).toEqual([node]);
  expect(fake.asked).toBe(works);
});

test('does not ask for ever, nor for what is gone meanwhile', async () => {
  const [fake, node] = [view(100), tenantNode()];
  await revealNode(fake as never, node);
  expect(fake.asked).toBe(3);
  node.gone = true;
  await revealNode(fake as never, node);
  expect(fake.asked).toBe(4);
});

test('asks again for a row that is selected, but not open', async () => {
  const [fake, node] = [view(1), tenantNode({ hasChildren: true })];
  const opened = new EventEmitter<object>();
  const rows = { isOpen: () => fake.asked === 2, onDidOpen: opened.event };
  await revealNode(fake as never, node, rows as never);
  expect(fake.asked).toBe(2);
});
