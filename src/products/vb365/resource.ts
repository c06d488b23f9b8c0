import { findNodeAtLocation, getNodeValue, parseTree } from 'jsonc-parser';
import { MalformedBody, NotFound } from '../failures';
import type { Item } from '../item';
import type { Api, Resource } from '../product';
import { Vb365Client } from './client';

/** Where the API has an item. */
export function resource(apiVersion: string, item: Item): Resource | undefined {
  const place = placeOf(item);
  return place && { path: `/${apiVersion}/${place.path}`, isList: place.isList, formats: ['json'] };
}

/** The item's JSON to the letter, as numbers may have more digits than a parser keeps. */
export async function document(api: Api, item: Item, signal: AbortSignal): Promise<string> {
  const place = placeOf(item);
  if (!place) {
    throw new NotFound(api.host);
  }
  const client = new Vb365Client(api);
  if (!place.isList) {
    return await client.text(place.path, signal);
  }
  for (let offset: number | undefined = 0; offset !== undefined; ) {
    const page = await client.listText(place.path, offset, signal);
    const element = elementIn(api.host, page.text, item.id, place.idMember);
    if (element !== undefined) {
      return element;
    }
    offset = page.nextOffset;
  }
  throw new NotFound(api.host);
}

interface Place {
  readonly path: string;
  readonly isList: boolean;
  /** The member of a list's elements that holds the item's id. */
  readonly idMember: string;
}

function placeOf(item: Item): Place | undefined {
  const at = (...segments: string[]): Place => ({ path: pathOf(segments), isList: false, idMember: 'id' });
  const within = (idMember: string, ...segments: string[]): Place => ({
    path: pathOf(segments),
    isList: true,
    idMember,
  });
  if (item.id === '') {
    return undefined;
  }
  switch (item.kind) {
    case 'repository':
      return at('BackupRepositories', item.id);
    case 'organization':
      return item.repositoryId === undefined
        ? at('Organizations', item.id)
        : within('id', 'BackupRepositories', item.repositoryId, 'BackedUpOrganizations');
    default:
      return undefined;
  }
}

function pathOf(segments: readonly string[]): string {
  return segments.map(encodeURIComponent).join('/');
}

/** @throws {MalformedBody} */
function elementIn(host: string, text: string, id: string, idMember: string): string | undefined {
  const root = parseTree(text);
  const list = root?.type === 'array' ? root : root && findNodeAtLocation(root, ['results']);
  if (list?.type !== 'array') {
    throw new MalformedBody(host, 'JSON', `${text.length} characters`);
  }
  const element = list.children?.find(each => {
    const member = findNodeAtLocation(each, [idMember]);
    return member !== undefined && String(getNodeValue(member)) === id;
  });
  return element && text.slice(element.offset, element.offset + element.length);
}
