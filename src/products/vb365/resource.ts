import { findNodeAtLocation, getNodeValue, parseTree } from 'jsonc-parser';
import { MalformedBody, NotFound } from '../failures';
import type { Item } from '../item';
import type { Api, Resource } from '../product';
import { Vb365Client } from './client';
import { pathOfProtected } from './protected';
import { isUsedRepository } from './wire';

/** Where the API has an item. */
export function resource(apiVersion: string, item: Item): Resource | undefined {
  const place = placeOf(apiVersion, item);
  return place && { path: `/${apiVersion}/${place.path}`, isList: place.is !== undefined, formats: ['json'] };
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
