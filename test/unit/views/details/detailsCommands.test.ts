import { beforeEach, expect, test, vi } from 'vitest';
import type { Services } from '../../../../src/services';
import type { DetailRow } from '../../../../src/views/details/detailRow';
import { detailRows } from '../../../../src/views/details/detailRows';
import { DetailsCommands } from '../../../../src/views/details/detailsCommands';
import type { DetailsView } from '../../../../src/views/details/detailsView';
import { tenantNode } from '../nodes';

const { warnings, copied } = vi.hoisted(() => ({ warnings: [] as string[], copied: [] as string[] }));

vi.mock('vscode', async () => {
  const vscode = await import('../vscode');
  return {
    ...vscode,
    env: { ...vscode.env, clipboard: { writeText: async (text: string) => void copied.push(text) } },
    window: {
      ...vscode.window,
      setStatusBarMessage: () => undefined,
      showWarningMessage: async (text: string) => void warnings.push(text),
    },
  };
});

beforeEach(() => {
  warnings.length = 0;
  copied.length = 0;
});

/** The row of an item's details that has its ID. */
function idRow(id: string): DetailRow | undefined {
  return detailRows([tenantNode({ id })], { state: 'unasked' })
    .flatMap(({ rows = [] }) => rows)
    .find(({ label }) => label === 'ID');
}

test.each([
  ['0012', '0012', false],
  ['a\u200db\u00adc', 'a\u200db\u00adc', false],
  ['a\u202eb\nc', 'ab c', true],
])('the ID %j is copied from the details as %j, and what is left out is said: %s', async (id, text, isSaid) => {
  const view = { onDidChangeSelection: () => ({ dispose: () => undefined }), selection: [] };
  const services = { details: { view } } as unknown as Services;
  const commands = new DetailsCommands(services, {} as DetailsView, async () => undefined);
  const row = idRow(id);
  expect(await commands.copyValue(row, [row])).toBe(text);
  expect(copied).toEqual([text]);
  expect(warnings).toHaveLength(isSaid ? 1 : 0);
});
