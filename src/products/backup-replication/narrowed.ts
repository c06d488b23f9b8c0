import type { Heading, Item } from '../../items/item';
import type { Api } from '../product';
import { BackupReplicationClient } from './client';
import { jobItem, repositoryItem } from './items';
import { paths, tellsMembership } from './paths';
import { isByItself } from './scaleOut';

/** Jobs, and where the server can leave out extents, repositories. The other lists are short, or read as a whole. */
export async function narrowed(
  api: Api,
  heading: Heading,
  text: string,
  signal: AbortSignal,
): Promise<readonly Item[] | undefined> {
  const client = new BackupReplicationClient(api);
  if (heading.id === 'jobs' && heading.scope === undefined) {
    return (await client.jobs(paths.like(paths.jobs, text), 0, signal)).elements.map(jobItem);
  }
  if (heading.id === 'repositories' && tellsMembership(api.apiVersion)) {
    const path = paths.like(paths.repositoryStatesWithoutExtents, text);
    return (await client.repositoryStates(path, 0, signal)).elements.filter(isByItself).map(repositoryItem);
  }
  return undefined;
}
