import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { isFailure } from '../../base/failure';
import { kindOfCertificateFile } from '../../servers/connection/clientCertificate';
import type { ClientCertificateFiles, SavedServer } from '../../servers/list/savedServer';
import { nameIn, plain } from '../shared/harmless';
import { askPick, askText, type Frame } from '../shared/multiStep';

/** What is done about the answers, at once. */
export interface ConnectionChanges {
  readonly setNoProxy: (noProxy: boolean) => Promise<void>;
  readonly forgetTrust: (shown: SavedServer) => Promise<void>;
  /** @throws {WrongPassphrase} if the files have to be opened with another passphrase */
  readonly setClientCertificate: SetClientCertificate;
}

/** @param shown the server as the user saw it */
type SetClientCertificate = (
  shown: SavedServer,
  files: ClientCertificateFiles | undefined,
  passphrase?: string,
) => Promise<void>;

export type ConnectionOption = 'noProxy' | 'clientCertificate' | 'removeCertificate' | 'forgetTrust';

/**
 * Shows how a server is reached and lets the user change it, until the user leaves or the server is gone.
 * @throws {Failure} if a client certificate cannot be used
 */
export async function askForConnectionOptions(
  current: () => SavedServer | undefined,
  changes: ConnectionChanges,
): Promise<void> {
  let option: ConnectionOption | undefined;
  for (let server = current(); server; server = current()) {
    const title = vscode.l10n.t('Connection Options of {0}', nameIn(server.name, 40));
    option = await pickChange({ title, canGoBack: false }, connectionItems(server), option);
    if (!option) {
      return;
    }
    await changeConnection(option, title, server, changes);
  }
}

/**
 * Does what one of the {@link connectionItems} says.
 * @throws {Failure} if a client certificate cannot be used
 */
export async function changeConnection(
  option: ConnectionOption,
  title: string,
  server: SavedServer,
  changes: ConnectionChanges,
): Promise<void> {
  switch (option) {
    case 'noProxy':
      await changes.setNoProxy(!server.noProxy);
      break;
    case 'clientCertificate':
      await chooseClientCertificate(title, server, changes);
      break;
    case 'removeCertificate':
      await changes.setClientCertificate(server, undefined);
      break;
    case 'forgetTrust':
      await changes.forgetTrust(server);
      break;
  }
}

/** A row of a list of what to change; separators have no change. */
export interface ChangeItem<Change> extends vscode.QuickPickItem {
  readonly change?: Change;
}

/** How the server is reached. */
export function connectionItems({
  noProxy,
  clientCertificate,
  trustedFingerprint,
}: SavedServer): readonly ChangeItem<ConnectionOption>[] {
  return [
    {
      label: vscode.l10n.t('Connect without a proxy'),
      description: noProxy ? vscode.l10n.t('on') : vscode.l10n.t('off'),
      detail: vscode.l10n.t('Connects to the server directly and ignores the proxy settings'),
      change: 'noProxy',
    },
    {
      label: vscode.l10n.t('Client certificate…'),
      description: clientCertificate ? plain(namesOf(clientCertificate)) : vscode.l10n.t('none'),
      detail: vscode.l10n.t('Presented when the server or a reverse proxy requests one'),
      change: 'clientCertificate',
    },
    ...(clientCertificate
      ? [
          {
            label: vscode.l10n.t('Remove client certificate'),
            detail: vscode.l10n.t('Also deletes its passphrase; the files stay as they are'),
            change: 'removeCertificate' as const,
          },
        ]
      : []),
    ...(trustedFingerprint
      ? [
          {
            label: vscode.l10n.t('Stop trusting the certificate'),
            description: vscode.l10n.t('SHA-256 {0}…', trustedFingerprint.slice(0, 23)),
            detail: vscode.l10n.t('After that, the server needs a certificate this computer can verify'),
            change: 'forgetTrust' as const,
          },
        ]
      : []),
  ];
}

/**
 * Undefined if the user leaves.
 * @param last what was changed before, to begin with
 */
export async function pickChange<Change>(
  frame: Frame,
  items: readonly ChangeItem<Change>[],
  last: Change | undefined,
): Promise<Change | undefined> {
  let picked: Change | undefined;
  await askPick(frame, {
    items,
    active: items.find(({ change }) => change !== undefined && change === last),
    placeholder: vscode.l10n.t('Choose what to change; changes apply immediately'),
    accept: ({ change }) => {
      picked = change;
      return 'done';
    },
  });
  return picked;
}

async function chooseClientCertificate(
  title: string,
  server: SavedServer,
  { setClientCertificate }: ConnectionChanges,
): Promise<void> {
  const files = await chooseFiles();
  if (!files) {
    return;
  }
  try {
    await setClientCertificate(server, files);
    return;
  } catch (error) {
    if (!isFailure(error) || error.kind !== 'wrongPassphrase') {
      throw error;
    }
  }
  await askText(
    { title, canGoBack: true },
    {
      value: '',
      password: true,
      prompt: vscode.l10n.t(
        'Passphrase of {0}. It is kept in the secret store of this computer.',
        nameIn(namesOf(files), 80),
      ),
      changed: () => undefined,
      // What is wrong with it is said by the input.
      accept: async passphrase => {
        if (passphrase === '') {
          return { problem: vscode.l10n.t('Enter the passphrase.') };
        }
        await setClientCertificate(server, files, passphrase);
        return 'done';
      },
    },
  );
}

async function chooseFiles(): Promise<ClientCertificateFiles | undefined> {
  const file = await chooseFile(vscode.l10n.t('Client Certificate'), ['pfx', 'p12', 'pem', 'crt', 'cer']);
  if (file === undefined) {
    return undefined;
  }
  switch (await kindOfCertificateFile(file)) {
    case 'pfx':
      return { pfx: file };
    case 'pem':
      return { cert: file };
    case 'pemWithoutKey': {
      const key = await chooseFile(vscode.l10n.t('Private Key of the Client Certificate'), ['key', 'pem']);
      return key === undefined ? undefined : { cert: file, key };
    }
  }
}

async function chooseFile(title: string, endings: string[]): Promise<string | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title,
      openLabel: vscode.l10n.t('Use This File'),
      // In a remote window the dialog would otherwise show the files of the other computer.
      defaultUri: vscode.Uri.file(homedir()),
      filters: { [title]: endings, [vscode.l10n.t('All files')]: ['*'] },
    })) ?? [];
  return file?.fsPath;
}

/** Without their folders. They may come from a computer of another kind, through Settings Sync. */
function namesOf({ pfx, cert, key }: ClientCertificateFiles): string {
  return [pfx, cert, key].flatMap(file => (file ? [file.split(/[\\/]/).at(-1)] : [])).join(' · ');
}
