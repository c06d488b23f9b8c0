import * as l10n from '@vscode/l10n';
import { isFailure } from '../../http/failure';
import { EndlessList, UnexpectedShape } from '../failures';
import type { Group, Organization, ProtectedObject } from '../item';
import type { Api, Page } from '../product';
import { together, type Unreadable } from '../readList';
import { Vb365Client, versionNumber } from './client';
import { protectedObjectItem } from './items';
import type { ListBody, ProtectedObjectBody } from './wire';

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

/** Pages that are gone through for one that has something; a million objects. */
const mostPages = 2000;

export function isProtected(kind: string): kind is Kind {
  return kind in names;
}

/** The headings below an organization in a repository; nothing is asked for them. */
export function protectedGroups({ id: organizationId, repositoryId = '' }: Organization): Group[] {
  const group = (id: string, name: string, contains: Kind): Group => ({
    kind: 'group',
    id,
    name,
    contains,
    hasChildren: true,
    onDemand: true,
    scope: { repositoryId, organizationId },
  });
  return [
    group('users', l10n.t('Users'), 'protectedUser'),
    group('groups', l10n.t('Groups'), 'protectedGroup'),
    group('sites', l10n.t('Sites'), 'protectedSite'),
    group('teams', l10n.t('Teams'), 'protectedTeam'),
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
    return { items: [], note: l10n.t('API {0} of this server knows no teams. They came with v5.', api.apiVersion) };
  }
  try {
    const list =
      version >= 8
        ? await new Vb365Client(api).protectedObjects(path, offset, signal)
        : await gathered(api, path, scope, offset, signal);
    return {
      items: list.elements.map(body => protectedObjectItem(kind, body, scope)),
      next: list.nextOffset?.toString(),
      total: list.total,
      unreadable: list.unreadable,
    };
  } catch (error) {
    // From v6 on it is known that these lists are there, so the repository is not.
    if (isFailure(error) && error.kind === 'notFound' && version < 6) {
      return { items: [], note: l10n.t('API {0} of this server has no list of them.', api.apiVersion) };
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
  path: string,
  { organizationId }: Scope,
  offset: number,
  signal: AbortSignal,
): Promise<ListBody<ProtectedObjectBody>> {
  const client = new Vb365Client(api);
  let at = offset;
  let first: string | undefined;
  let odd: Unreadable | undefined;
  for (let page = 0; page < mostPages; page++) {
    const { elements, nextOffset, unreadable } = await client.protectedObjects(path, at, signal);
    // Nobody knows whose they are.
    odd = together(odd, unreadable);
    const own = elements.filter(body => isOf(api.host, body, organizationId));
    if (own.length > 0 || nextOffset === undefined) {
      return { elements: own, nextOffset, total: undefined, unreadable: odd };
    }
    if (first !== undefined && elements[0]?.id === first) {
      break; // the same page again
    }
    first = elements[0]?.id;
    at = nextOffset;
  }
  throw new EndlessList();
}

/** Up to v6 there is one id of the organization alone, which is the one in the backup or a part of it. */
function isOf(host: string, body: ProtectedObjectBody, organizationId: string): boolean {
  const told = (body.backedUpOrganizationId ?? body.organizationId)?.toLowerCase();
  if (told === undefined) {
    throw new UnexpectedShape(host, l10n.t('the organization of what is backed up'), 'nothing');
  }
  const wanted = organizationId.toLowerCase();
  return told === wanted || partsOf(told).includes(wanted) || partsOf(wanted).includes(told);
}

/** The id in a backup is a GUID, or `<name>:<GUID>:<GUID>`. */
function partsOf(id: string): string[] {
  return id.split(':').filter(each => each !== noId);
}

const noId = '00000000-0000-0000-0000-000000000000';

function listOf(apiVersion: string, kind: Kind, repositoryId: string): string {
  const { all, inRepository } = names[kind];
  return versionNumber(apiVersion) >= 8
    ? all
    : `BackupRepositories/${encodeURIComponent(repositoryId)}/${inRepository}`;
}
