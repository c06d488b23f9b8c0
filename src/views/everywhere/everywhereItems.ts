import * as vscode from 'vscode';
import { groupsOf } from '../../base/groupsOf';
import { idLine, oneLine } from '../../base/text';
import type { Places, Skipped } from '../../everywhere/everywhere';
import type { Sighting } from '../../everywhere/sameThings';
import type { Node } from '../../inventory/tree/node';
import { kindName } from '../../items/kinds';
import { descriptionOf } from '../shared/descriptions';
import { count } from '../shared/format';
import { plain, withoutIcons } from '../shared/harmless';
import { iconOf } from '../shared/kinds';
import { separator } from '../shared/nodeItems';
import { words } from '../shared/words';
import { certaintyText, evidenceText, skippedText } from './evidenceText';

/** A line of the list of places. */
export interface PlaceItem extends vscode.QuickPickItem {
  readonly node?: Node;
  /** Servers that were not looked at, to be looked at now. */
  readonly servers?: readonly Skipped[];
}

const revealButton = { iconPath: new vscode.ThemeIcon('list-tree'), tooltip: vscode.l10n.t('Reveal') };
export const copyIdButton = { iconPath: new vscode.ThemeIcon('copy'), tooltip: vscode.l10n.t('Copy ID') };

/** Servers that were not looked at have a line each, as long as these are not more than the places. */
const mostServers = 10;

/** The lines, grouped by server, and what was not looked at. */
export function placeItems({ sightings, skipped }: Places): readonly PlaceItem[] {
  const onServers = groupsOf(sightings, ({ node }) => node.root);
  return [
    ...[...onServers].flatMap(([server, its]) => [separator(serverText(server)), ...its.map(placeItem)]),
    ...skippedItems(skipped),
  ];
}

function placeItem({ node, certainty, evidence }: Sighting): PlaceItem {
  const { item } = node;
  const sure = evidence.via === 'itself' ? '' : certaintyText(certainty);
  return {
    label: plain(item.name) || vscode.l10n.t('(no name)'),
    iconPath: iconOf(item),
    description: [sure, kindName(item.kind), withoutIcons(descriptionOf(node))].filter(Boolean).join(' · '),
    // The reason first: the buttons of the selected line take room at its end.
    detail: [evidenceText(evidence), plain(idLine(item.id))].filter(Boolean).join(' · '),
    buttons: [revealButton, ...(item.id === '' ? [] : [copyIdButton])],
    node,
  };
}

/** `em-prod · Enterprise Manager` */
function serverText({ item }: Node): string {
  const product = item.kind === 'server' ? words.product(item.product)?.shortName : undefined;
  return [withoutIcons(oneLine(item.name, 60)), product].filter(Boolean).join(' · ');
}

function skippedItems(skipped: readonly Skipped[]): readonly PlaceItem[] {
  const closed = skipped.filter(({ why }) => why === 'notOpened');
  const left = skipped.length - mostServers;
  return skipped.length === 0
    ? []
    : [
        separator(vscode.l10n.t('not looked at')),
        ...(closed.length > 1
          ? [
              {
                label: vscode.l10n.t('Look on {0} servers that are not opened yet', count(closed.length)),
                iconPath: new vscode.ThemeIcon('search'),
                servers: closed,
              },
            ]
          : []),
        ...skipped.slice(0, mostServers).map(each => ({
          label: plain(each.server.item.name),
          iconPath: new vscode.ThemeIcon(each.why === 'failed' ? 'warning' : 'circle-outline'),
          description: plain(skippedText(each)),
          detail: hintFor(each),
          servers: [each],
        })),
        ...(left > 0 ? [{ label: vscode.l10n.t('… and {0} more servers', count(left)) }] : []),
      ];
}

/** What Enter does. */
function hintFor({ why, failure }: Skipped): string {
  if (why === 'partial') {
    return '';
  }
  return wantsSignIn({ why, failure })
    ? vscode.l10n.t('Press Enter to sign in and look there.')
    : vscode.l10n.t('Press Enter to open the server and look there.');
}

export function wantsSignIn({ why, failure }: Pick<Skipped, 'why' | 'failure'>): boolean {
  return why === 'signedOut' || failure?.remedies.includes('signIn') === true;
}
