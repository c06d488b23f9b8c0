import * as vscode from 'vscode';
import type { AccountKind } from '../../products/signIn';
import { hostAndPort } from '../../servers/discovery/address';
import type { SavedFolder, SavedServer } from '../../servers/list/savedServer';
import { plain } from '../shared/harmless';
import { type Answered, askPick, type Frame, type Move } from '../shared/multiStep';
import { folderPath } from './folderInputs';

// Questions of the wizard that are answered from a list.

export interface OfferedVersion {
  readonly version: string;
  readonly name: string;
  readonly isNewest: boolean;
  readonly isInUse: boolean;
  /** Whether the server has said that it serves it. */
  readonly isServed: boolean;
}

export async function pickVersion(
  frame: Frame,
  versions: readonly OfferedVersion[],
  active: string | undefined,
  choose: (version: string, signal: AbortSignal, commit: () => void) => Answered,
): Promise<Move> {
  const items = versions.map(({ version, name, isNewest, isInUse, isServed }) => ({
    label: name,
    version,
    description: [isNewest && vscode.l10n.t('newest'), isInUse && vscode.l10n.t('in use')].filter(Boolean).join(' · '),
    ...(isServed ? {} : { detail: vscode.l10n.t('May not be supported by this server') }),
  }));
  return await askPick(frame, {
    items,
    active: items.find(({ version }) => version === active),
    placeholder: vscode.l10n.t('Choose the API version to use. The newest is recommended.'),
    accept: ({ version }, signal, commit) => choose(version, signal, commit),
  });
}

/**
 * Asks whether to edit the server that is in the list already.
 * @param unnamed what stands for an account without a user name
 */
export async function pickAboutDuplicate(
  frame: Frame,
  { name, userName, url }: SavedServer,
  unnamed: string,
  edit: () => void,
): Promise<Move> {
  const editing = {
    label: vscode.l10n.t('Edit {0}', plain(name)),
    detail: vscode.l10n.t('Discards this entry and edits the existing server'),
  };
  const adding = {
    label: vscode.l10n.t('Continue anyway'),
    detail: vscode.l10n.t('The server will be listed twice'),
  };
  return await askPick(frame, {
    items: [editing, adding],
    placeholder: vscode.l10n.t(
      '{0} at {1} is already in the list, as {2}',
      plain(userName) || unnamed,
      hostAndPort(url),
      plain(name),
    ),
    accept: item => {
      if (item === adding) {
        return 'next';
      }
      edit();
      return 'done';
    },
  });
}

export async function pickServerFolder(
  frame: Frame,
  folders: readonly SavedFolder[],
  active: string | undefined,
  choose: (folder: string | undefined, signal: AbortSignal, commit: () => void) => Answered,
): Promise<Move> {
  const items = [
    { label: vscode.l10n.t('No folder'), folder: undefined },
    ...folders.map(({ id }) => ({ label: `$(folder) ${plain(folderPath(folders, id))}`, folder: id })),
  ];
  return await askPick(frame, {
    items,
    active: items.find(({ folder }) => folder === active),
    placeholder: vscode.l10n.t('Where the server is shown'),
    accept: ({ folder }, signal, commit) => choose(folder, signal, commit),
  });
}

/** Asks with which of a product's kinds of accounts to sign in. */
export async function pickAccountKind(
  frame: Frame,
  kinds: readonly AccountKind[],
  inUse: AccountKind | undefined,
  choose: (kind: AccountKind, signal: AbortSignal, commit: () => void) => Answered,
): Promise<Move> {
  const items = kinds.map(kind => ({
    label: `$(${kind.icon}) ${kind.offer()}`,
    description: kind.id === inUse?.id ? vscode.l10n.t('in use') : '',
    answer: kind,
  }));
  return await askPick(frame, {
    items,
    active: items.find(({ answer }) => answer.id === inUse?.id),
    placeholder: vscode.l10n.t('Choose how to sign in; the account is asked for next'),
    accept: ({ answer }, signal, commit) => choose(answer, signal, commit),
  });
}
