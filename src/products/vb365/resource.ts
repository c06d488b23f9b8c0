import { findNodeAtLocation, getNodeValue, parseTree } from 'jsonc-parser';
import { MalformedBody, NotFound } from '../failures';
import type { Group, Item, ItemKind } from '../item';
import type { Api, Resource } from '../product';
import { firstPageOf, pathOfJobs, Vb365Client, versionNumber } from './client';
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

/** The item's JSON to the letter, as numbers may have more digits than a parser keeps. */
export async function document(api: Api, item: Item, signal: AbortSignal): Promise<string> {
  const place = placeOf(api.apiVersion, item);
  if (!place) {
    throw new NotFound(api.host);
  }
  const client = new Vb365Client(api);
  if (!place.is) {
    return await client.text(place.path, signal);
  }
  for (let offset: number | undefined = 0; offset !== undefined; ) {
    const page = await client.listText(place.path, offset, signal);
    const element = elementIn(api.host, page.text, place.is);
    if (element !== undefined) {
      return element;
    }
    offset = page.nextOffset;
  }
  throw new NotFound(api.host);
}

/** Before v6 there is no call that tells of the server. */
function pathOfServer(apiVersion: string): string | undefined {
  return versionNumber(apiVersion) >= 6 ? 'ServiceInstance' : undefined;
}

/** Of the list below a heading. */
function pathBelow(apiVersion: string, { contains, scope = {} }: Group): string | undefined {
  const { repositoryId = '', organizationId = '' } = scope;
  const path = isProtected(contains)
    ? pathOfAllProtected(apiVersion, contains, { repositoryId, organizationId })
    : contains === 'usedRepository'
      ? pathOf('Organizations', organizationId, 'usedRepositories')
      : contains === 'job'
        ? pathOfJobs(apiVersion, organizationId)
        : lists[contains];
  return path === undefined ? undefined : firstPageOf(path);
}

/** Of the whole server. */
const lists: Readonly<Partial<Record<ItemKind, string>>> = {
  repository: 'BackupRepositories',
  organization: 'Organizations',
  proxy: 'Proxies',
};

interface Place {
  readonly path: string;
  /** Finds the item in a list, where the API has no call for it alone. */
  readonly is?: (element: unknown) => boolean;
}

function placeOf(apiVersion: string, item: Item): Place | undefined {
  if (item.kind === 'usedRepository') {
    // v3 tells the name alone.
    const path = pathOf('Organizations', item.organizationId, 'usedRepositories');
    return { path, is: element => isUsedRepository(element, item) };
  }
  if (item.id === '') {
    return undefined;
  }
  switch (item.kind) {
    case 'repository':
      return { path: pathOf('BackupRepositories', item.id) };
    case 'organization':
      return item.repositoryId === undefined
        ? { path: pathOf('Organizations', item.id) }
        : {
            path: pathOf('BackupRepositories', item.repositoryId, 'BackedUpOrganizations'),
            is: element => idOf(element) === item.id,
          };
    case 'protectedUser':
    case 'protectedGroup':
    case 'protectedSite':
    case 'protectedTeam':
      return { path: pathOfProtected(apiVersion, item) };
    case 'job':
      return { path: pathOf('Jobs', item.id) };
    case 'proxy':
      return { path: pathOf('Proxies', item.id) };
    default:
      return undefined;
  }
}

function idOf(element: unknown): string | undefined {
  const { id } = (element ?? {}) as { readonly id?: unknown };
  return id === undefined ? undefined : String(id);
}

function pathOf(...segments: readonly string[]): string {
  return segments.map(encodeURIComponent).join('/');
}

/** @throws {MalformedBody} */
function elementIn(host: string, text: string, is: (element: unknown) => boolean): string | undefined {
  const root = parseTree(text);
  const list = root?.type === 'array' ? root : root && findNodeAtLocation(root, ['results']);
  if (list?.type !== 'array') {
    throw new MalformedBody(host, 'JSON', `${text.length} characters`);
  }
  const element = list.children?.find(each => is(getNodeValue(each)));
  return element && text.slice(element.offset, element.offset + element.length);
}
