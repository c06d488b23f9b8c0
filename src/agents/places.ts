import { oneLine } from '../base/text';
import type { Places, Skipped } from '../everywhere/everywhere';
import { plainItem } from '../inventory/plainItem';
import type { Node } from '../inventory/tree/node';
import type { Answer } from './answerText';
import type { Window } from './input';
import { problemIn } from './problem';

/** Other places, and servers without an answer, that are told of. */
export const mostPlaces = 10;

/** So many parts of an item are told. */
const longestList = 20;

/** An item as all tools tell of it. */
export function bounded(node: Node): object {
  return plainItem(node, { text: raw => oneLine(raw), longestList });
}

export const againForPlaces =
  'Not all servers answered in time. Call backupTenancy_find_everywhere again with the same key.';

/** Where the same thing stands, and which servers nobody has looked at. */
export function placesAnswer({ sightings, skipped }: Places, { offset, limit }: Window): Answer {
  const notLookedAt = skipped.slice(0, mostPlaces).map(({ server, why, failure }) => ({
    key: server.key,
    server: oneLine(server.item.name),
    why: failure ? problemIn(failure) : reasons[why],
  }));
  return {
    list: 'places',
    items: sightings.slice(offset, offset + limit).map(({ node, certainty, evidence: { via, by } }) => ({
      ...bounded(node),
      server: oneLine(node.root.item.name),
      product: node.root.item.kind === 'server' ? node.root.item.product : '',
      found: certainty,
      recognizedBy: [via, by].filter(Boolean).join(' '),
    })),
    total: sightings.length,
    offset,
    again: 'backupTenancy_find_everywhere with the same key',
    ...(skipped.length > 0 ? { notLookedAt, notLookedAtTotal: skipped.length } : {}),
  };
}

/** Why a server was not asked. */
const reasons: Readonly<Record<Skipped['why'], string>> = {
  notOpened: 'The server has not been opened yet: list its children first, then call this again.',
  loading: 'The server is being opened.',
  signedOut: 'The user is signed out of the server.',
  failed: 'The server has failed.',
  partial: 'The list of the server is long, and only its first page was compared.',
};
