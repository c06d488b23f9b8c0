import type { Organization } from '../../items/item';
import type { Api, Page } from '../product';
import { pageWith } from '../reading/jsonResources';
import { mapped, type ReadList } from '../reading/readList';
import { ServiceProviderConsoleClient } from './client';
import { abilitiesIn } from './features';
import { kept } from './kept';
import { lists } from './lists';
import { sameId } from './parts';
import { paths } from './paths';
import { organizationItem } from './serverItems';
import type { MappingBody } from './serverWire';
import { readerFrom } from './shares';

// Microsoft 365 organizations. In API 3.5, a separate list says whose each is.

type Mappings = ReadonlyMap<string, MappingBody>;

/** Organizations of a company, or of all. */
export async function organizationsOfCompanies(
  api: Api,
  companyId: string | undefined,
  signal: AbortSignal,
): Promise<ReadList<Organization>> {
  const client = new ServiceProviderConsoleClient(api);
  const { isOlder } = abilitiesIn(await api.features(signal));
  const path = companyId === undefined || isOlder ? paths.organizations : paths.organizationsOfCompany(companyId);
  const [bodies, mappings] = await Promise.all([
    client.all(path, lists.organizations, signal),
    isOlder ? mappingsIn(api, companyId ?? 'all', signal) : undefined,
  ]);
  const { elements, unreadable } = mapped(bodies, body =>
    organizationItem(body, mappingOf(mappings, body.instanceUid)),
  );
  return {
    elements: elements.filter(each => companyId === undefined || sameId(each.companyId) === sameId(companyId)),
    unreadable,
  };
}

/** One page of the organizations on a server, hybrid ones and those on premises among them. */
export async function organizationsOfServer(
  api: Api,
  serverId: string,
  offset: number,
  signal: AbortSignal,
): Promise<Page> {
  const client = new ServiceProviderConsoleClient(api);
  const { isOlder } = abilitiesIn(await api.features(signal));
  const [page, mappings] = await Promise.all([
    client.page(paths.organizationsOf(serverId), lists.organizations, offset, signal),
    isOlder ? mappingsIn(api, readerFrom(offset, serverId), signal) : undefined,
  ]);
  return pageWith(page, body => organizationItem(body, mappingOf(mappings, body.instanceUid)));
}

function mappingsIn(api: Api, reader: string | undefined, signal: AbortSignal): Promise<Mappings> {
  return kept(api, 'mappings', reader, signal, async () => {
    const all = await new ServiceProviderConsoleClient(api).all(paths.mappings, lists.mappings, signal);
    return new Map(all.elements.map(body => [sameId(body.vb365OrganizationUid) ?? '', body]));
  });
}

function mappingOf(mappings: Mappings | undefined, id: string | undefined): MappingBody | undefined {
  return mappings?.get(sameId(id) ?? '');
}
