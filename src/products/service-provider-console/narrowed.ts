import type { Heading, Item } from '../../items/item';
import type { Api } from '../product';
import { ServiceProviderConsoleClient } from './client';
import { companyItem, resellerItem } from './items';
import { lists } from './lists';
import { contains, filtered, paths } from './paths';

/** Companies and resellers by a part of their names, without their sums. The other lists of a server are short. */
export async function narrowed(
  api: Api,
  heading: Heading,
  text: string,
  signal: AbortSignal,
): Promise<readonly Item[] | undefined> {
  const client = new ServiceProviderConsoleClient(api);
  const like = (list: string) => filtered(list, contains('name', text));
  switch (heading.id) {
    case 'companies': {
      const { elements } = await client.page(like(paths.companies), lists.companies, 0, signal);
      return elements.map(body => companyItem(body, undefined, undefined));
    }
    case 'resellers': {
      const { elements } = await client.page(like(paths.resellers), lists.resellers, 0, signal);
      return elements.map(body => resellerItem(body, undefined));
    }
    default:
      return undefined;
  }
}
