import * as l10n from '@vscode/l10n';
import { isFailure } from '../../base/failure';
import { noUuid } from '../../base/uuid';
import { headingOf } from '../../items/heading';
import type { Heading, Organization, ProtectedObject } from '../../items/item';
import { together, type Unreadable } from '../../items/unreadable';
import type { Api, Page } from '../product';
import { pageWith } from '../reading/jsonResources';
import { pagesOf } from '../reading/pages';
import { Vb365Client, versionNumber } from './client';
import { protectedObjectItem } from './items';
import { type WalkSource, walkThrough } from './walks';

// The users, groups, sites and teams of an organization in a repository.

type Kind = ProtectedObject['kind'];

/** Whose data in which repository. */
export interface Scope {
  readonly repositoryId: string;
  /** As in the backup. */
  readonly organizationId: string;
}

/** What the API calls them: since v8 there is a list for all repositories, before there was one in each. */
const names: Readonly<Record<Kind, { readonly all: string; readonly inRepository: string }>> = {
  protectedUser: { all: 'ProtectedUsers', inRepository: 'UserData' },
  protectedGroup: { all: 'ProtectedGroups', inRepository: 'GroupData' },
  protectedSite: { all: 'ProtectedSites', inRepository: 'SiteData' },
  protectedTeam: { all: 'ProtectedTeams', inRepository: 'TeamData' },
};

/** The version of the API that teams came with. */
const teamsSince = 5;

/** Objects of others that are gone through for those of one organization. */
const mostGatheredFrom = 1_000_000;

export function isProtected(kind: string): kind is Kind {
  return kind in names;
}

/** The headings below an organization in a repository; nothing is asked for them. */
export function protectedHeadings({ id: organizationId, repositoryId = '' }: Organization): Heading[] {
  const below = { onDemand: 'endless' as const, scope: { repositoryId, organizationId } };
  return [
    headingOf('users', l10n.t('Users'), 'protectedUser', below),
    headingOf('groups', l10n.t('Groups'), 'protectedGroup', below),
    headingOf('sites', l10n.t('Sites'), 'protectedSite', below),
    headingOf('teams', l10n.t('Teams'), 'protectedTeam', below),
  ];
}

/**
 * Where the API has a list of them. Before v8 it holds those of all organizations in the repository. Undefined if the version
 * knows none.
 */
export function pathOfAllProtected(
  apiVersion: string,
  kind: Kind,
  { repositoryId, organizationId }: Scope,
): string | undefined {
  if (kind === 'protectedTeam' && versionNumber(apiVersion) < teamsSince) {
    return undefined;
  }
  const list = listOf(apiVersion, kind, repositoryId);
  const query = `backedUpOrganizationId=${encodeURIComponent(organizationId)}&repositoryId=${encodeURIComponent(repositoryId)}`;
  return versionNumber(apiVersion) >= 8 ? `${list}?${query}` : list;
}

/** Where the API has one of them. */
export function pathOfProtected(apiVersion: string, { kind, id, repositoryId }: ProtectedObject): string {
  return `${listOf(apiVersion, kind, repositoryId)}/${encodeURIComponent(id)}`;
}

/** One page. */
export async function protectedObjects(
  api: Api,
  kind: Kind,
  scope: Scope,
  offset: number,
  signal: AbortSignal,
): Promise<Page> {
  const version = versionNumber(api.apiVersion);
  const path = pathOfAllProtected(api.apiVersion, kind, scope);
  if (path === undefined) {
    return { items: [], note: l10n.t('API {0} does not list teams; that requires v5 or later.', api.apiVersion) };
  }
  try {
    if (version < 8) {
      return await gathered(
        api,
        { path, kind, repositoryId: scope.repositoryId },
        scope.organizationId,
        offset,
        signal,
      );
    }
    const list = await new Vb365Client(api).protectedObjects(path, offset, signal);
    return pageWith(list, body => protectedObjectItem(kind, body, scope));
  } catch (error) {
    // From v6 on it is known that these lists are there, so the repository is not.
    if (isFailure(error) && error.kind === 'notFound' && version < 6) {
      return { items: [], note: l10n.t('API {0} has no list of these.', api.apiVersion) };
    }
    throw error;
  }
}

/**
 * One organization's of a list with the objects of all. Pages that have nothing of it are passed over: whoever asks takes an
 * empty page that is not the last for a list without end.
 */
async function gathered(
  api: Api,
  source: WalkSource,
  organizationId: string,
  offset: number,
  signal: AbortSignal,
): Promise<Page> {
  const walk = walkThrough(api, source, organizationId, offset);
  const pages = pagesOf(offset, {
    ask: at => walk.page(api, at, signal),
    next: page => page.nextOffset,
    take: page => page.news,
    most: mostGatheredFrom,
  });
  let odd: Unreadable | undefined;
  for await (const { byOrganization, nextOffset, unreadable } of pages) {
    // Nobody knows whose they are.
    odd = together(odd, unreadable);
    const items = [...byOrganization].flatMap(([told, objects]) =>
      isSame(told, organizationId) ? objects.map(object => ofOrganization(object, organizationId)) : [],
    );
    if (items.length > 0 || nextOffset === undefined) {
      walk.noteServed(organizationId);
      return { items, next: nextOffset?.toString(), unreadable: odd };
    }
  }
  return { items: [], unreadable: odd };
}

/** With the organization's id as it is in the backup. */
function ofOrganization(object: ProtectedObject, organizationId: string): ProtectedObject {
  return object.organizationId === organizationId ? object : { ...object, organizationId };
}

/** Up to v6, an object tells the id in the backup or a part of it. */
function isSame(told: string, organizationId: string): boolean {
  const one = told.toLowerCase();
  const other = organizationId.toLowerCase();
  return one === other || partsOf(one).includes(other) || partsOf(other).includes(one);
}

/** The id in a backup is a GUID, or `<name>:<GUID>:<GUID>`. */
function partsOf(id: string): string[] {
  return id.split(':').filter(each => each !== noUuid);
}

function listOf(apiVersion: string, kind: Kind, repositoryId: string): string {
  const { all, inRepository } = names[kind];
  return versionNumber(apiVersion) >= 8
    ? all
    : `BackupRepositories/${encodeURIComponent(repositoryId)}/${inRepository}`;
}
