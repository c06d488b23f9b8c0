import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { accountKindIn, secretWayOf } from '../../products/signIn';
import { hostAndPort } from '../../servers/discovery/address';
import type { RecentAddresses } from '../../servers/list/recentAddresses';
import { productOf, type SavedServer, versionName } from '../../servers/list/savedServer';
import type { Servers } from '../../servers/servers';
import { showFailure } from '../shared/failureMessages';
import { nameIn, plain, withoutLinks } from '../shared/harmless';
import { withSlowProgress } from '../shared/slowProgress';
import {
  type ChangeItem,
  type ConnectionChanges,
  type ConnectionOption,
  changeConnection,
  connectionItems,
  pickChange,
} from './connectionOptions';
import type { Saved } from './draftSaving';
import { folderPath } from './folderInputs';
import { type EditedPart, ServerWizard } from './serverWizard';
import { ownConsole, usualConsole, type WebConsoles } from './webConsole';

type Change = EditedPart | ConnectionOption | 'webConsole';

interface Attempt {
  readonly edited: SavedServer;
  readonly wizard: ServerWizard;
}

export interface EditServices {
  readonly servers: Servers;
  readonly recent: RecentAddresses;
  readonly connection: ConnectionChanges;
  readonly consoles: WebConsoles;
  /** Called with each change that was saved, while the list is shown again. */
  readonly saved: (saved: Saved) => void;
}

/**
 * Lists what is saved of a server and lets the user change one thing after another, until the user leaves or the server is
 * gone. What was typed for a thing and not saved is still there when it is chosen again, as long as the server is as it was.
 * @returns the server to edit in its place, or the way to sign in to it now
 */
export async function editServer(
  id: string,
  services: EditServices,
): Promise<{ readonly edit: string } | Saved | undefined> {
  const { servers } = services;
  const attempts = new Map<EditedPart, Attempt>();
  const typedConsole = {};
  let change: Change | undefined;
  for (let server = servers.list.find(id); server; server = servers.list.find(id)) {
    const title = vscode.l10n.t('Edit {0}', nameIn(server.name, 40));
    change = await pickChange({ title, canGoBack: false }, await itemsOf(server, servers), change);
    if (change === undefined) {
      return undefined;
    }
    try {
      if (isConnectionOption(change)) {
        await changeConnection(change, title, server, services.connection);
      } else if (change === 'webConsole') {
        const step = vscode.l10n.t('{0}: {1}', title, vscode.l10n.t('Web Console'));
        await services.consoles.ask({ title: step, canGoBack: true }, server, typedConsole);
      } else {
        const outcome = await ask(change, server, attempts, services);
        if (outcome && ('edit' in outcome || outcome.signIn)) {
          return outcome;
        }
        if (outcome) {
          attempts.clear();
          services.saved(outcome);
        }
      }
    } catch (error) {
      await showFailure(error);
    }
  }
  return undefined;
}

async function ask(
  part: EditedPart,
  edited: SavedServer,
  attempts: Map<EditedPart, Attempt>,
  { servers, recent }: EditServices,
): ReturnType<ServerWizard['run']> {
  const before = attempts.get(part);
  const attempt =
    before && isDeepStrictEqual(before.edited, edited)
      ? before
      : { edited, wizard: new ServerWizard(servers, recent, { edited, part }) };
  attempts.set(part, attempt);
  if (part === 'version') {
    const problem = await withSlowProgress(vscode.l10n.t('Loading…'), signal => attempt.wizard.lookAgain(signal));
    if (problem !== undefined) {
      void vscode.window.showErrorMessage(withoutLinks(problem));
      return undefined;
    }
  }
  return await attempt.wizard.run();
}

async function itemsOf(server: SavedServer, servers: Servers): Promise<readonly ChangeItem<Change>[]> {
  const { name, url, userName, folder } = server;
  const { folders } = servers.list;
  const parts: ChangeItem<EditedPart>[] = [
    { label: vscode.l10n.t('Name'), description: plain(name), change: 'name' },
    { label: vscode.l10n.t('Address'), description: hostAndPort(url), change: 'address' },
  ];
  if (productOf(server)) {
    const product = await servers.product(server.product);
    const kinds = product.accountKinds(server.apiVersion ?? product.apiVersions[0] ?? '');
    const kind = accountKindIn(kinds, server.accountKind);
    const secret = secretWayOf(kind)?.secret.label();
    if (kinds.length > 1) {
      const description = kind?.ways.map(way => way.name()).join(', ') ?? '';
      parts.push({ label: vscode.l10n.t('Way of signing in'), description, change: 'kind' });
    }
    parts.push(
      kind?.userName
        ? { label: vscode.l10n.t('Account and password'), description: plain(userName), change: 'account' }
        : { label: secret ?? vscode.l10n.t('Account'), change: 'account' },
      { label: vscode.l10n.t('API version'), description: plain(versionName(server) ?? ''), change: 'version' },
    );
  }
  if (folders.length > 0) {
    const description = folder === undefined ? vscode.l10n.t('No folder') : plain(folderPath(folders, folder));
    parts.push({ label: vscode.l10n.t('Folder'), description, change: 'folder' });
  }
  const usual = await usualConsole(server, servers);
  return [
    ...parts,
    {
      label: vscode.l10n.t('Web console'),
      description: ownConsole(server) ?? usual ?? vscode.l10n.t('none'),
      change: 'webConsole',
    },
    { label: vscode.l10n.t('Connection'), kind: vscode.QuickPickItemKind.Separator },
    ...connectionItems(server),
  ];
}

function isConnectionOption(change: Change): change is ConnectionOption {
  const options: readonly Change[] = ['noProxy', 'clientCertificate', 'removeCertificate', 'forgetTrust'];
  return options.includes(change);
}
