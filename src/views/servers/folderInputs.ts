import * as vscode from 'vscode';
import { oneLine } from '../../base/text';
import { folderNames, isWithin, type Things } from '../../servers/list/arrange';
import type { SavedFolder } from '../../servers/list/savedServer';
import { plain } from '../shared/harmless';
import { pickOne } from '../shared/pick';

/** The longest name that is easy to read in a side bar many times. */
export const longestFolderName = 100;

/**
 * Asks for the name of a folder; undefined if the user leaves.
 * @param current the folder that is to be renamed
 */
export async function askForFolderName(
  folders: readonly SavedFolder[],
  parent: string | undefined,
  current?: SavedFolder,
): Promise<string | undefined> {
  const around = folderPath(folders, parent);
  const name = await vscode.window.showInputBox({
    title: current
      ? vscode.l10n.t('Rename Folder')
      : around === ''
        ? vscode.l10n.t('New Folder')
        : vscode.l10n.t('New Folder in {0}', around),
    prompt: vscode.l10n.t('Name of the folder'),
    placeHolder: vscode.l10n.t('Customers, Data Center North, …'),
    value: current?.name ?? '',
    ignoreFocusOut: true,
    validateInput: text => {
      const wanted = text.trim();
      if (wanted.length > longestFolderName) {
        return vscode.l10n.t('A name has at most {0} characters', longestFolderName);
      }
      const taken = folders.some(each => each.id !== current?.id && each.parent === parent && each.name === wanted);
      return taken ? vscode.l10n.t('A folder with this name already exists here') : undefined;
    },
  });
  return oneLine(name ?? '', longestFolderName) || undefined;
}

/** Asks for another name of a server; undefined if the user leaves. */
export async function askForServerName(current: string): Promise<string | undefined> {
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Rename Server'),
    prompt: vscode.l10n.t('The name shown in the list.'),
    value: current,
    ignoreFocusOut: true,
    validateInput: text => (text.trim() === '' ? vscode.l10n.t('Enter a name.') : undefined),
  });
  return oneLine(name ?? '') || undefined;
}

/** Asks which of the folders a command is for; undefined if the user leaves. */
export async function pickFolder(command: string, folders: readonly SavedFolder[]): Promise<string | undefined> {
  const choice = await pickOne(folderItems(folders), {
    title: command,
    placeholder: folders.length === 0 ? vscode.l10n.t('There are no folders yet') : vscode.l10n.t('Choose a folder'),
    matchOnDescription: true,
  });
  return choice?.answer.folder;
}

/** Asks where to put things: a folder, the top level, or a folder that is to be made; undefined if the user leaves. */
export async function askForDestination(
  folders: readonly SavedFolder[],
  moved: Things,
): Promise<{ folder: string | undefined } | 'new' | undefined> {
  const choice = await pickOne(
    [
      ...folderItems(folders.filter(({ id }) => !moved.folders.some(other => isWithin(folders, id, other)))),
      { label: `$(list-tree) ${vscode.l10n.t('Top Level')}`, answer: { folder: undefined } },
      { label: `$(new-folder) ${vscode.l10n.t('New Folder…')}`, answer: 'new' as const },
    ],
    {
      title: vscode.l10n.t('Move to Folder'),
      placeholder: vscode.l10n.t('Choose a folder'),
      matchOnDescription: true,
    },
  );
  return choice?.answer;
}

function folderItems(folders: readonly SavedFolder[]) {
  return inTreeOrder(folders, undefined).map(({ id, name, parent }) => ({
    label: `$(folder-library) ${plain(name)}`,
    description: plain(folderPath(folders, parent)),
    answer: { folder: id },
  }));
}

/** `Customers / North`; empty for the top level. */
export function folderPath(folders: readonly SavedFolder[], id: string | undefined): string {
  return folderNames(folders, id)
    .map(name => oneLine(name, longestFolderName))
    .join(' / ');
}

function inTreeOrder(folders: readonly SavedFolder[], parent: string | undefined): SavedFolder[] {
  return folders
    .filter(folder => folder.parent === parent)
    .flatMap(folder => [folder, ...inTreeOrder(folders, folder.id)]);
}
