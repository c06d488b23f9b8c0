import * as vscode from 'vscode';
import type { TreeRow } from '../../inventory/tree/node';
import { move, type Place, type Things } from '../../servers/list/arrange';
import type { ServerList } from '../../servers/list/serverList';
import { thingsOf } from '../shared/things';

/** VS Code derives it from the view's id. */
export const rowsMimeType = 'application/vnd.code.tree.backuptenancy.servers';

/** Moves servers and folders where they are dropped. */
export class ServersDragAndDrop {
  readonly #list: ServerList;

  constructor(list: ServerList) {
    this.#list = list;
  }

  handleDrag(rows: readonly TreeRow[], data: vscode.DataTransfer): void {
    const things = thingsOf(rows);
    if (things.folders.length + things.servers.length > 0) {
      data.set(rowsMimeType, new vscode.DataTransferItem(JSON.stringify(things)));
    }
  }

  async handleDrop(target: TreeRow | undefined, data: vscode.DataTransfer): Promise<void> {
    const things = read(await data.get(rowsMimeType)?.asString());
    if (things) {
      await this.#list.edit(list => move(list, things, placeOf(target)));
    }
  }
}

/** What is dropped somewhere below a server takes that server's place, what is dropped beside the rows the last one. */
function placeOf(row: TreeRow | undefined): Place {
  if (!row || row.type === 'folder') {
    return { folder: row?.id };
  }
  const node = row.type === 'node' ? row : row.parent;
  return { server: node.root.item.id };
}

function read(text: string | undefined): Things | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return isThings(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isThings(value: unknown): value is Things {
  return (
    typeof value === 'object' &&
    value !== null &&
    'folders' in value &&
    Array.isArray(value.folders) &&
    'servers' in value &&
    Array.isArray(value.servers)
  );
}
