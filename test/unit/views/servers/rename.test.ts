import { expect, test, vi } from 'vitest';
import type { TreeRow } from '../../../../src/inventory/tree/node';
import type { ServerList } from '../../../../src/servers/list/serverList';
import type { Targets } from '../../../../src/views/shared/targets';
import { serverNode, tenantNode } from '../nodes';

const asked = vi.hoisted(() => [] as { title: string; value: string }[]);

vi.mock('vscode', async () => {
  const vscode = await import('../vscode');
  return {
    ...vscode,
    window: {
      ...vscode.window,
      showInputBox: async (options: { title: string; value: string }) => {
        asked.push(options);
        return ' em-north\n';
      },
    },
  };
});

const { FolderCommands } = await import('../../../../src/views/servers/folderCommands');

async function rename(row: TreeRow): Promise<string[]> {
  let servers = [
    { id: 'server-1', name: 'em-prod' },
    { id: 'server-2', name: 'em-lab' },
  ];
  const list = {
    edit: async (change: (list: object) => { servers: typeof servers }) => {
      servers = change({ folders: [], servers }).servers;
    },
  } as unknown as ServerList;
  const targets = { rows: () => [row], servers: () => [row] } as unknown as Targets;
  await new FolderCommands(list, {} as never, targets).rename({ row: 'focused' });
  return servers.map(({ name }) => name);
}

test('a server gets the name that is entered, on one line', async () => {
  expect(await rename(serverNode())).toEqual(['em-north', 'em-lab']);
  expect(asked.splice(0)).toMatchObject([{ title: 'Rename Server', value: 'em-prod' }]);
});

test('the key on a row below a server asks nothing and renames nothing', async () => {
  expect(await rename(tenantNode())).toEqual(['em-prod', 'em-lab']);
  expect(asked).toEqual([]);
});
