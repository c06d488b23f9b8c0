import * as l10n from '@vscode/l10n';
import type { Group, ItemKind, Organization } from '../item';
import { ifPossible } from '../optional';
import type { Api, Page } from '../product';
import { Vb365Client } from './client';
import { type KnownRepositories, usedRepositoryItem } from './items';

// What is below an organization that is configured on the server.

/** The headings; nothing is asked for them. */
export function organizationGroups({ id: organizationId }: Organization): Group[] {
  const group = (id: string, name: string, contains: ItemKind): Group => ({
    kind: 'group',
    id,
    name,
    contains,
    hasChildren: true,
    onDemand: true,
    scope: { organizationId },
  });
  return [
    group('usedRepositories', l10n.t('Used Repositories'), 'usedRepository'),
    group('jobs', l10n.t('Backup Jobs'), 'job'),
  ];
}

/** One page of the repositories that hold its data. */
export async function usedRepositories(
  api: Api,
  organizationId: string,
  offset: number,
  signal: AbortSignal,
): Promise<Page> {
  const client = new Vb365Client(api);
  const [list, repositories] = await Promise.all([
    client.usedRepositories(organizationId, offset, signal),
    ifPossible(knownRepositories(client, signal)),
  ]);
  return {
    items: list.elements.map(body => usedRepositoryItem(body, organizationId, repositories ?? new Map())),
    next: list.nextOffset?.toString(),
    total: list.total,
    unreadable: list.unreadable,
  };
}

/** Repositories are few: all of them come in one page as a rule. */
async function knownRepositories(client: Vb365Client, signal: AbortSignal): Promise<KnownRepositories> {
  const known = new Map<string, { id: string; name: string }>();
  for (let offset: number | undefined = 0; offset !== undefined; ) {
    const { elements, nextOffset } = await client.repositories(offset, signal);
    const before = known.size;
    for (const { id, name } of elements) {
      if (id !== undefined && name !== undefined) {
        known.set(id.toLowerCase(), { id, name });
      }
    }
    // A list without end tells nothing more.
    offset = known.size > before ? nextOffset : undefined;
  }
  return known;
}
