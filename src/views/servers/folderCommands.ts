import * as vscode from 'vscode';
import { oneLine } from '../../base/text';
import type { Inventory } from '../../inventory/inventory';
import type { Folder } from '../../inventory/tree/folder';
import type { Node } from '../../inventory/tree/node';
import { dissolve, move, type Place, shift, type Things } from '../../servers/list/arrange';
import type { ServerList } from '../../servers/list/serverList';
import { chosenServers } from '../shared/chosenServers';
import { count } from '../shared/format';
import { nameIn } from '../shared/harmless';
import type { Targets } from '../shared/targets';
import { thingsOf } from '../shared/things';
import { askForDestination, askForFolderName, askForServerName, longestFolderName, pickFolder } from './folderInputs';
import { askForLabel } from './labelInputs';

/** Arranging the servers: folders, order and labels. */
export class FolderCommands {
  readonly #list: ServerList;
  readonly #inventory: Inventory;
  readonly #targets: Targets;

  constructor(list: ServerList, inventory: Inventory, targets: Targets) {
    this.#list = list;
    this.#inventory = inventory;
    this.#targets = targets;
  }

  /**
   * In the folder that the row is or is in. `newFolder(name, parentId?)` makes it without asking. Answers with the
   * folder's id.
   */
  readonly newFolder = async (argument?: unknown, second?: unknown): Promise<string | undefined> => {
    if (typeof argument === 'string') {
      const given = oneLine(argument, longestFolderName);
      if (given === '') {
        throw new Error('newFolder: the name is empty');
      }
      return await this.#list.addFolder(given, typeof second === 'string' ? second : undefined);
    }
    const [row] = this.#targets.rows(argument, undefined);
    const around = row && (row.type === 'folder' ? row : (row.type === 'node' ? row : row.parent).root.folder);
    const name = await askForFolderName(this.#list.folders, around?.id);
    return name === undefined ? undefined : await this.#list.addFolder(name, around?.id);
  };

  readonly renameFolder = async (argument?: unknown): Promise<void> => {
    const [folder] = await this.#folders(vscode.l10n.t('Rename Folder'), argument, undefined);
    const saved = this.#list.folders.find(({ id }) => id === folder?.id);
    if (!saved) {
      return;
    }
    const name = await askForFolderName(this.#list.folders, saved.parent, saved);
    if (name !== undefined) {
      await this.#list.renameFolder(saved.id, name);
    }
  };

  /** The key for rows of both kinds: a folder or a server. What is below a server has no name to change. */
  readonly rename = async (argument?: unknown, selected?: unknown): Promise<void> => {
    const [row] = this.#targets.rows(argument, selected);
    if (row?.type === 'folder') {
      await this.renameFolder(argument);
      return;
    }
    const isServer = row === undefined || (row.type === 'node' && row.item.kind === 'server');
    const [node] = isServer ? await this.#servers(vscode.l10n.t('Rename Server'), argument, selected) : [];
    const name = node && (await askForServerName(node.item.name));
    if (node && name !== undefined) {
      await this.#list.edit(({ folders, servers }) => ({
        folders,
        servers: servers.map(server => (server.id === node.item.id ? { ...server, name } : server)),
      }));
    }
  };

  readonly removeFolder = async (argument?: unknown, selected?: unknown): Promise<void> => {
    await this.#remove(await this.#folders(vscode.l10n.t('Remove Folder'), argument, selected));
  };

  /**
   * The Delete key for rows of all kinds. Which kind is looked up here and not in the key's condition: a condition is
   * judged before VS Code has told of the selection, and Delete on a folder must never remove the servers in it.
   */
  removeRows(removeServers: (argument?: unknown, selected?: unknown) => Promise<void>) {
    return async (argument?: unknown, selected?: unknown): Promise<void> => {
      const folders = this.#targets.folders(argument, selected);
      const servers = this.#targets.servers(argument, selected);
      if (folders.length === 0) {
        await removeServers(argument, selected);
        return;
      }
      await this.#remove(folders);
      if (servers.length > 0) {
        await removeServers(servers[0], servers);
      }
    };
  }

  /** Servers and folders. */
  readonly moveToFolder = async (argument?: unknown, selected?: unknown): Promise<void> => {
    const things = await this.#things(vscode.l10n.t('Move to Folder'), argument, selected);
    if (!things) {
      return;
    }
    const answer = await askForDestination(this.#list.folders, things);
    if (answer === 'new') {
      const name = await askForFolderName(this.#list.folders, undefined);
      if (name !== undefined) {
        await this.#move(things, { folder: await this.#list.addFolder(name) });
      }
    } else if (answer) {
      await this.#move(things, answer);
    }
  };

  readonly moveUp = (argument?: unknown, selected?: unknown): Promise<void> =>
    this.#shift(vscode.l10n.t('Move Up'), argument, selected, -1);

  readonly moveDown = (argument?: unknown, selected?: unknown): Promise<void> =>
    this.#shift(vscode.l10n.t('Move Down'), argument, selected, 1);

  readonly setLabel = async (argument?: unknown, selected?: unknown): Promise<void> => {
    const nodes = await this.#servers(vscode.l10n.t('Set Label'), argument, selected);
    const [first] = nodes;
    if (!first) {
      return;
    }
    const answer = await askForLabel(
      nodes.length === 1
        ? vscode.l10n.t('Label of {0}', nameIn(first.item.name, 60))
        : vscode.l10n.t('Label of {0} servers', count(nodes.length)),
      this.#list.servers.flatMap(({ label }) => label ?? []),
    );
    if (answer) {
      const ids = new Set(nodes.map(({ item }) => item.id));
      await this.#list.edit(({ folders, servers }) => ({
        folders,
        servers: servers.map(server => (ids.has(server.id) ? { ...server, label: answer.label } : server)),
      }));
    }
  };

  async #move(things: Things, to: Place): Promise<void> {
    await this.#list.edit(list => move(list, things, to));
  }

  async #shift(command: string, argument: unknown, selected: unknown, by: -1 | 1): Promise<void> {
    // Keys and menus are about rows, and those below a server do not move; only the palette asks.
    const isAsked = argument === undefined && this.#targets.rows(argument, selected).length === 0;
    const things = isAsked
      ? await this.#things(command, argument, selected)
      : thingsOf(this.#targets.rows(argument, selected));
    if (things) {
      await this.#list.edit(list => shift(list, things, by));
    }
  }

  async #remove(folders: readonly Folder[]): Promise<void> {
    const [first] = folders;
    if (!first) {
      return;
    }
    const remove = vscode.l10n.t('Remove');
    const answer = await vscode.window.showWarningMessage(
      folders.length === 1
        ? vscode.l10n.t('Remove the folder {0}?', nameIn(first.name, longestFolderName))
        : vscode.l10n.t('Remove {0} folders?', count(folders.length)),
      {
        modal: true,
        detail: vscode.l10n.t('The servers and folders in it move up one level. No server is removed.'),
      },
      remove,
    );
    if (answer === remove) {
      await this.#list.edit(list => folders.reduce((rest, { id }) => dissolve(rest, id), list));
    }
  }

  async #things(command: string, argument: unknown, selected: unknown): Promise<Things | undefined> {
    const things = thingsOf(this.#targets.rows(argument, selected));
    if (things.folders.length + things.servers.length > 0) {
      return things;
    }
    const servers = await this.#servers(command, argument, selected);
    return servers.length > 0 ? thingsOf(servers) : undefined;
  }

  #servers(command: string, argument: unknown, selected: unknown): Promise<readonly Node[]> {
    return chosenServers(this.#inventory, this.#targets.servers(argument, selected), command);
  }

  async #folders(command: string, argument: unknown, selected: unknown): Promise<readonly Folder[]> {
    const folders = this.#targets.folders(argument, selected);
    // A key or a menu has said on which row; only the palette asks.
    if (folders.length > 0 || argument !== undefined) {
      return folders;
    }
    const picked = this.#inventory.folders.find((await pickFolder(command, this.#list.folders)) ?? '');
    return picked ? [picked] : [];
  }
}
