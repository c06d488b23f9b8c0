import { expect, test, vi } from 'vitest';
import { titleOf } from '../../../../src/views/find/findTitle';

vi.mock('vscode', () => import('../vscode'));

test.each([
  [0, 'Find in 0 items'],
  [1, 'Find in 1 item'],
  [1200, 'Find in 1,200 items'],
])('counts %d as people do', (items, title) => {
  expect(titleOf({ purpose: undefined, servers: 0, items, stopped: false })).toBe(title);
});
