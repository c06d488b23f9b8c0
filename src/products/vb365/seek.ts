import type { Api } from '../product';
import { type Seeking, type Sought, soughtIn } from '../seek';
import { organizationsHeading, repositoriesHeading } from './headings';
import { organizations } from './organizations';
import { repositories } from './repositories';

/** The lists know no filter for names or IDs. Both are short: their first pages nearly always have everything. */
export async function seek(api: Api, sought: Sought, signal: AbortSignal): Promise<Seeking | undefined> {
  switch (sought.kind) {
    case 'organization':
      return soughtIn(await organizations(api, 0, signal), sought, [organizationsHeading()]);
    case 'repository':
      return soughtIn(await repositories(api, 0, signal), sought, [repositoriesHeading()]);
    default:
      return undefined;
  }
}
