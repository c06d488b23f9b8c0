import * as l10n from '@vscode/l10n';
import { isFailure } from '../../base/failure';
import { headingOf } from '../../items/heading';
import type { Heading, Organization } from '../../items/item';
import type { Api, Page } from '../product';
import { pageWith } from '../reading/jsonResources';
import { kept, readerFrom } from '../reading/kept';
import { newElements, pagesOf } from '../reading/pages';
import { ifPossible } from '../reading/whenMissing';
import { Vb365Client } from './client';
import { type KnownRepositories, organizationItem, usedRepositoryItem } from './items';

// The organizations that are configured on the server, and what is below each.

/** One page of the organizations, or the only one that this account may see. */
export async function organizations(api: Api, offset: number, signal: AbortSignal): Promise<Page> {
  const client = new Vb365Client(api);
  try {
    return pageWith(await client.organizations(offset, signal), organizationItem);
  } catch (error) {
    const isRefused = isFailure(error) && error.kind === 'accessDenied';
    const own = isRefused ? await ifPossible(client.ownOrganization(signal)) : undefined;
    if (!own) {
      throw error;
    }
    return { items: [{ ...organizationItem(own), isOwn: true }], total: 1 };
  }
}

/** The headings; nothing is asked for them. */
export function organizationHeadings({ id: organizationId }: Organization): Heading[] {
  const below = { onDemand: 'endless' as const, scope: { organizationId } };
  return [
    headingOf('usedRepositories', l10n.t('Used Repositories'), 'usedRepository', below),
    headingOf('jobs', l10n.t('Backup Jobs'), 'job', below),
  ];
}

/** One page of the repositories that hold its data. The names of these are read once for a while for all organizations. */
export async function usedRepositories(
  api: Api,
  organizationId: string,
  offset: number,
  signal: AbortSignal,
): Promise<Page> {
  const client = new Vb365Client(api);
  const [list, repositories] = await Promise.all([
    client.usedRepositories(organizationId, offset, signal),
    ifPossible(
      kept(api, 'repositories', readerFrom(offset, organizationId), signal, () => knownRepositories(client, signal)),
    ),
  ]);
  return pageWith(list, body => usedRepositoryItem(body, organizationId, repositories ?? new Map()));
}

/** Repositories are few: all of them come in one page as a rule. */
async function knownRepositories(client: Vb365Client, signal: AbortSignal): Promise<KnownRepositories> {
  const known = new Map<string, { id: string; name: string }>();
  const pages = pagesOf(0, {
    ask: offset => client.repositories(offset, signal),
    next: page => page.nextOffset,
    take: newElements(({ id, name }) => id ?? name ?? ''),
  });
  for await (const { elements } of pages) {
    for (const { id, name } of elements) {
      if (id !== undefined && name !== undefined) {
        known.set(id.toLowerCase(), { id, name });
      }
    }
  }
  return known;
}
