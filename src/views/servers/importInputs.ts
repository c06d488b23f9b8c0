import * as vscode from 'vscode';
import { oneLine, wholeLine } from '../../base/text';
import type { Label } from '../../items/item';
import { colorName } from '../../items/server';
import type { SignInSettings } from '../../products/signIn';
import { hostAndPort } from '../../servers/discovery/address';
import type { ListedServer } from '../../servers/list/exportedList';
import type { Change, ImportedFacts } from '../../servers/list/importList';
import { isOrigin } from '../../servers/list/savedServer';
import { savedSignIns } from '../../servers/list/serverFacts';
import { isolated, plain, withoutIcons } from '../shared/harmless';
import { pickMany } from '../shared/pick';

/**
 * Shows all that a file would change of servers that are in the list, and asks what of it is to be. Nothing is ticked before,
 * so that a hasty Enter changes nothing. Undefined if the user leaves.
 */
export async function askForChanges(changes: readonly Change[]): Promise<ReadonlySet<Change> | undefined> {
  const items = changes.map(change => {
    const { name, url, userName } = change.server;
    return {
      label: withoutIcons(oneLine(name, 60)),
      description: plain([hostAndPort(url), userName].filter(Boolean).join(' · ')),
      detail: vscode.l10n.t(
        '{0}: {1} → {2}',
        nameOf(change.fact),
        textOf(change.before, change.fact),
        textOf(change.after, change.fact),
      ),
      meant: change,
    };
  });
  return await askForMany(items, {
    title: vscode.l10n.t('Import Servers: Changes'),
    placeholder: vscode.l10n.t('Choose which changes to your servers to apply'),
  });
}

/** Shows all certificates that a file names for servers it adds, and asks which of them are right, in the same way. */
export async function askForCertificates(
  servers: readonly ListedServer[],
): Promise<ReadonlySet<ListedServer> | undefined> {
  const items = servers.map(server => ({
    label: withoutIcons(oneLine(server.name, 60)),
    description: hostAndPort(server.url),
    // With colons the line would be too long to be seen as a whole.
    detail: (server.trustedFingerprint ?? '').replaceAll(':', '').replaceAll(/.{8}(?=.)/g, '$& '),
    meant: server,
  }));
  return await askForMany(items, {
    title: vscode.l10n.t('Import Servers: Certificates'),
    placeholder: vscode.l10n.t('Choose the SHA-256 fingerprints that you trust'),
  });
}

async function askForMany<T>(
  items: readonly (vscode.QuickPickItem & { readonly meant: T })[],
  texts: { readonly title: string; readonly placeholder: string },
): Promise<ReadonlySet<T> | undefined> {
  if (items.length === 0) {
    return new Set();
  }
  const picked = await pickMany(items, { ...texts, matchOnDescription: true, matchOnDetail: true, staysOpen: true });
  return picked && new Set(picked.map(({ meant }) => meant));
}

const emptyValue = '–';

function nameOf(fact: keyof ImportedFacts): string {
  switch (fact) {
    case 'name':
      return vscode.l10n.t('Name');
    case 'folder':
      return vscode.l10n.t('Folder');
    case 'apiVersion':
      return vscode.l10n.t('API version');
    case 'noProxy':
      return vscode.l10n.t('Connect without a proxy');
    case 'webConsole':
      return vscode.l10n.t('Web console');
    case 'label':
      return vscode.l10n.t('Label');
    default:
      return savedSignIns.find(({ way }) => way === fact)?.name() ?? fact;
  }
}

/** Whole: a difference must not hide behind the beginning of a long value. */
function textOf(facts: ImportedFacts, fact: keyof ImportedFacts): string {
  switch (fact) {
    case 'name':
      return whole(facts.name);
    case 'folder':
      return whole(facts.folder.join(' / ')) || vscode.l10n.t('Top Level');
    case 'apiVersion':
      return whole(facts.apiVersion ?? emptyValue);
    case 'noProxy':
      return facts.noProxy ? vscode.l10n.t('on') : vscode.l10n.t('off');
    case 'webConsole':
      return whole(facts.webConsole ?? emptyValue);
    case 'label':
      return facts.label ? labelText(facts.label) : emptyValue;
    default:
      return settingsText(facts[fact]) || emptyValue;
  }
}

/** The settings in one line. For a service in the browser, its host is enough. */
function settingsText(settings: SignInSettings = {}): string {
  return Object.values(settings)
    .filter(value => value !== undefined)
    .map(value => whole(isOrigin(value) ? new URL(value).host : value))
    .join(', ');
}

function labelText({ text, color }: Label): string {
  return [whole(text ?? ''), color ? `(${colorName(color)})` : ''].filter(Boolean).join(' ');
}

/** A text of the list's as a part of a quick pick's line. */
function whole(text: string): string {
  return isolated(withoutIcons(wholeLine(text)));
}
