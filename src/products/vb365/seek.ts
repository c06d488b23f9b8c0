import type { Api } from '../product';
import { pageWith } from '../reading/jsonResources';
import { type Seeking, type Sought, soughtIn } from '../seek';
import { Vb365Client } from './client';
import { organizationsHeading, repositoriesHeading } from './headings';
import { repositoryItem } from './items';
import { organizations } from './organizations';

/** The lists know no filter for names or IDs. Both are short: their first pages nearly always have everything. */
export async function seek(api: Api, sought: Sought, signal: AbortSignal): Promise<Seeking | undefined> {
  switch (sought.kind) {
    case 'organization':
      return soughtIn(await organizations(api, 0, signal), sought, [organizationsHeading()]);
    case 'repository': {
      const list = await new Vb365Client(api).repositories(0, signal);
      return soughtIn(pageWith(list, repositoryItem), sought, [repositoriesHeading()]);
    }
    default:
      return undefined;
  }
}
