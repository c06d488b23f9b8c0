import type { Api, Page } from '../product';
import { allPages, type ListBody, pageWith } from '../reading/jsonResources';
import { ifPossible } from '../reading/whenMissing';
import { Vb365Client } from './client';
import { repositoryItem } from './items';
import type { RepositoryBody } from './wire';

/** One page of the backup repositories, those on object storage with its sizes. */
export async function repositories(api: Api, offset: number, signal: AbortSignal): Promise<Page> {
  const client = new Vb365Client(api);
  const list = await client.repositories(offset, signal);
  return pageWith(await withObjectStorage(client, list, signal), repositoryItem);
}

/**
 * Up to v7, a list of its own has the object storage of repositories. It is asked for only if one of them stands on such
 * storage, and is worth no failure.
 */
async function withObjectStorage(
  client: Vb365Client,
  list: ListBody<RepositoryBody>,
  signal: AbortSignal,
): Promise<ListBody<RepositoryBody>> {
  if (client.version >= 8 || !list.elements.some(({ objectStorageId }) => objectStorageId !== undefined)) {
    return list;
  }
  const storages = await ifPossible(allPages(from => client.objectStorages(from, signal)));
  const known = new Map(storages?.elements.map(storage => [storage.id?.toLowerCase(), storage]));
  const elements = list.elements.map(body => ({
    ...body,
    objectStorage: body.objectStorage ?? known.get(body.objectStorageId?.toLowerCase()) ?? null,
  }));
  return { ...list, elements };
}
