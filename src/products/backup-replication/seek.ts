import type { Api } from '../product';
import { type Seeking, type Sought, soughtBy } from '../seek';
import { BackupReplicationClient } from './client';
import { paths } from './paths';
import { locatedRepository } from './scaleOut';

/** Repositories alone are known elsewhere, too. A filter takes one name or one ID. */
export async function seek(api: Api, sought: Sought, signal: AbortSignal): Promise<Seeking | undefined> {
  if (sought.kind !== 'repository') {
    return undefined;
  }
  const list = await new BackupReplicationClient(api).repositoryStates(pathFor(sought), 0, signal);
  const all = list.elements.map(locatedRepository);
  const isSought = soughtBy(sought);
  return { located: all.filter(({ item }) => isSought(item)), isPartial: list.nextOffset !== undefined };
}

/** By the name an item is found that has another ID here. */
function pathFor({ ids, names }: Sought): string {
  const [[id = ''], [name = '']] = [ids, names];
  if (names.length === 1) {
    return paths.repositoryStatesLike(name);
  }
  return names.length === 0 && ids.length === 1 ? paths.repositoryState(id) : paths.repositoryStates;
}
