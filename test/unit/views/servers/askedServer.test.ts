import { beforeEach, expect, test, vi } from 'vitest';
import { Inventory } from '../../../../src/inventory/inventory';
import type { RecentAddresses } from '../../../../src/servers/list/recentAddresses';
import type { ServerList } from '../../../../src/servers/list/serverList';
import type { Servers } from '../../../../src/servers/servers';
import type { ServerRows } from '../../../../src/views/servers/serverCommands';
import type { Targets } from '../../../../src/views/shared/targets';
import type { ViewSettings } from '../../../../src/views/tree/viewSettings';
import { serverOf } from '../../items';
import { KeptLog } from '../../support';
import { answerLists } from '../vscode';

const { titles, messages, run } = vi.hoisted(() => ({
  titles: [] as string[],
  messages: [] as string[],
  run: [] as string[],
}));

vi.mock('vscode', async () => {
  const vscode = await import('../vscode');
  return {
    ...vscode,
    commands: { executeCommand: async (command: string) => void run.push(command) },
    window: {
      ...vscode.window,
      createQuickPick: () => vscode.window.createQuickPick(),
      // Presses the first button, if there is one.
      showInformationMessage: async (text: string, ...buttons: string[]) => {
        messages.push(text);
        return buttons[0];
      },
    },
  };
});

const { ServerCommands } = await import('../../../../src/views/servers/serverCommands');
const { SignInCommands } = await import('../../../../src/views/servers/signInCommands');
const { FolderCommands } = await import('../../../../src/views/servers/folderCommands');
const { BranchCommands } = await import('../../../../src/views/tree/branchCommands');
const { BrowseCommands } = await import('../../../../src/views/tree/browseCommands');
const { offerToAddServer } = await import('../../../../src/views/shared/offerToAddServer');

const none = { rows: () => [], nodes: () => [], folders: () => [], subjects: () => [], servers: () => [] };

function commands(servers: number) {
  const inventory = new Inventory({ children: async () => ({ items: [] }) }, new KeptLog());
  inventory.setServers(Array.from({ length: servers }, (_, index) => serverOf(`server-${index}`)));
  const targets = none as unknown as Targets;
  const list = { folders: [], servers: [] } as unknown as ServerList;
  const server = new ServerCommands({} as Servers, inventory, targets, {} as RecentAddresses, {} as ServerRows);
  const signIn = new SignInCommands({} as Servers, inventory, targets);
  const folder = new FolderCommands(list, inventory, targets);
  return {
    'Edit Server': server.editServer,
    'Connection Options': server.connectionOptions,
    'Test Server': signIn.testServer,
    'Remove Server': folder.removeRows(server.removeServer),
    'Sign In': signIn.signIn,
    'Sign Out': signIn.signOut,
    'Trust Certificate': signIn.trustCertificate,
    'Rename Server': folder.rename,
    'Move to Folder': folder.moveToFolder,
    'Move Up': folder.moveUp,
    'Move Down': folder.moveDown,
    'Set Label': folder.setLabel,
    'Load All': new BranchCommands(inventory, targets, {} as ViewSettings).loadAll,
    Refresh: new BrowseCommands(inventory, targets, offerToAddServer).refresh,
    'Rename Folder': folder.renameFolder,
    'Remove Folder': folder.removeFolder,
  };
}

beforeEach(() => {
  answerLists((_, { title }) => void titles.push(title));
  for (const each of [titles, messages, run]) {
    each.length = 0;
  }
});

const names = Object.keys(commands(0)) as (keyof ReturnType<typeof commands>)[];
const withoutQuestion = ['Load All', 'Refresh'];

test.each(names.filter(name => !withoutQuestion.includes(name)))(
  'the question for a row bears the name of the command that asks: %s',
  async name => {
    await commands(2)[name]();
    expect({ titles, messages }).toEqual({ titles: [name], messages: [] });
  },
);

test.each(names.filter(name => !name.endsWith(' Folder') || name === 'Move to Folder'))(
  'without any server, one can be added: %s',
  async name => {
    await commands(0)[name]();
    expect({ titles, messages }).toEqual({ titles: [], messages: ['There are no backup servers yet.'] });
    expect(run).toEqual(['backupTenancy.addServer']);
  },
);
