import * as v from 'valibot';
import { isObject } from '../../base/isObject';
import type { Heading, Item, ItemKind } from '../../items/item';
import type { Api, Resource } from '../product';
import { text } from '../reading/decode';
import { firstPageOf, pathOfJobs, pathOfOwnOrganization, Vb365Client, versionNumber } from './client';
import { isProtected, pathOfAllProtected, pathOfProtected } from './protected';
import { isUsedRepository } from './wire';

/** Where the API has an item. */
export function resource(apiVersion: string, item: Item): Resource | undefined {
  if (item.kind === 'server' || item.kind === 'group') {
    const path = item.kind === 'server' ? pathOfServer(apiVersion) : pathBelow(apiVersion, item);
    return path === undefined ? undefined : { path: `/${apiVersion}/${path}`, isList: false, formats: ['json'] };
  }
  const place = placeOf(apiVersion, item);
  if (!place) {
    return undefined;
  }
  const isList = place.is !== undefined;
  const path = isList ? firstPageOf(place.path) : place.path;
  return { path: `/${apiVersion}/${path}`, isList, formats: ['json'] };
}

/** The item's JSON to the letter. */
export async function document(api: Api, item: Item, signal: AbortSignal): Promise<string> {
  const place = placeOf(api.apiVersion, item);
  return await new Vb365Client(api).resources.itemText(place?.path, place?.is, signal);
}

/** Before v6 there is no call that tells of the server. */
function pathOfServer(apiVersion: string): string | undefined {
  return versionNumber(apiVersion) >= 6 ? 'ServiceInstance' : undefined;
}

/** The path of the list below a heading. */
function pathBelow(apiVersion: string, { contains, scope = {} }: Heading): string | undefined {
  const { repositoryId = '', organizationId = '' } = scope;
  const path = isProtected(contains)
    ? pathOfAllProtected(apiVersion, contains, { repositoryId, organizationId })
    : contains === 'usedRepository'
      ? pathFrom('Organizations', organizationId, 'usedRepositories')
      : contains === 'job'
        ? pathOfJobs(apiVersion, organizationId)
        : lists[contains];
  return path === undefined ? undefined : firstPageOf(path);
}

/** Paths of the lists of the whole server. */
const lists: Readonly<Partial<Record<ItemKind, string>>> = {
  repository: 'BackupRepositories',
  organization: 'Organizations',
  proxy: 'Proxies',
};

interface ListPlace {
  readonly path: string;
  /** Finds the item in a list, where the API has no call for it alone. */
  readonly is?: (element: unknown) => boolean;
}

function placeOf(apiVersion: string, item: Item): ListPlace | undefined {
  if (item.kind === 'usedRepository') {
    // v3 tells the name alone.
    const path = pathFrom('Organizations', item.organizationId, 'usedRepositories');
    return { path, is: element => isUsedRepository(element, item) };
  }
  if (item.id === '') {
    return undefined;
  }
  switch (item.kind) {
    case 'repository':
      return { path: pathFrom('BackupRepositories', item.id) };
    case 'organization':
      return item.repositoryId === undefined
        ? { path: item.isOwn ? pathOfOwnOrganization : pathFrom('Organizations', item.id) }
        : {
            path: pathFrom('BackupRepositories', item.repositoryId, 'BackedUpOrganizations'),
            is: element => idOf(element) === item.id,
          };
    case 'protectedUser':
    case 'protectedGroup':
    case 'protectedSite':
    case 'protectedTeam':
      return { path: pathOfProtected(apiVersion, item) };
    case 'job':
      return { path: pathFrom('Jobs', item.id) };
    case 'proxy':
      return { path: pathFrom('Proxies', item.id) };
    default:
      return undefined;
  }
}

/** As rows have it. */
function idOf(element: unknown): string | undefined {
  return isObject(element) ? v.parse(text, element.id) : undefined;
}

function pathFrom(...segments: readonly string[]): string {
  return segments.map(encodeURIComponent).join('/');
}
