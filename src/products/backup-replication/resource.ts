import * as v from 'valibot';
import { isObject } from '../../base/isObject';
import type { Heading, Item } from '../../items/item';
import type { Api, Resource } from '../product';
import { identifier } from '../reading/decode';
import { BackupReplicationClient, base, firstPageOf } from './client';
import { paths, tellsMembership } from './paths';

/** Where the API has an item. */
export function resource(apiVersion: string, item: Item): Resource | undefined {
  if (item.kind === 'server') {
    return at(paths.server);
  }
  if (item.kind === 'group') {
    const path = pathBelow(apiVersion, item);
    return path === undefined ? undefined : at(firstPageOf(path));
  }
  const place = placeOf(item);
  return place && at(place.isList ? firstPageOf(place.path) : place.path, place.isList);
}

/** The item's JSON to the letter. */
export async function document(api: Api, item: Item, signal: AbortSignal): Promise<string> {
  const place = placeOf(item);
  const isThis = place?.isList ? (element: unknown) => idOf(element) === item.id : undefined;
  return await new BackupReplicationClient(api).resources.itemText(place?.path, isThis, signal);
}

function at(path: string, isList = false): Resource {
  return { path: `${base}${path}`, isList, formats: ['json'] };
}

/** The path of the list below a heading; the tiers of a scale-out repository are parts of the repository. */
function pathBelow(apiVersion: string, { contains, scope }: Heading): string | undefined {
  switch (contains) {
    case 'repository':
      return tellsMembership(apiVersion) ? paths.repositoryStatesWithoutExtents : paths.repositoryStates;
    case 'scaleOutRepository':
      return paths.scaleOutRepositories;
    case 'job':
      return scope?.repositoryId === undefined ? paths.jobs : paths.jobsOf(scope.repositoryId);
    case 'managedServer':
      return paths.managedServers;
    case 'proxy':
      return paths.proxies(apiVersion);
    case 'entraTenant':
      return paths.entraTenants;
    default:
      return undefined;
  }
}

/** The rows of repositories and jobs show states, and the API has no call for a single state. */
function placeOf(item: Item): { readonly path: string; readonly isList: boolean } | undefined {
  if (item.id === '') {
    return undefined;
  }
  switch (item.kind) {
    case 'repository':
    case 'extent':
      return { path: paths.repositoryState(item.id), isList: true };
    case 'job':
      return { path: paths.jobState(item.id), isList: true };
    case 'scaleOutRepository':
      return { path: paths.scaleOutRepository(item.id), isList: false };
    case 'managedServer':
      return { path: paths.managedServer(item.id), isList: false };
    case 'proxy':
      return { path: paths.proxy(item.id), isList: false };
    case 'entraTenant':
      return { path: paths.entraTenant(item.id), isList: false };
    default:
      return undefined;
  }
}

/** As rows have it. */
function idOf(element: unknown): string | undefined {
  return isObject(element) ? v.parse(identifier, element.id) : undefined;
}
