import * as l10n from '@vscode/l10n';
import type { Organization } from '../../items/item';
import { together, type Unreadable } from '../../items/unreadable';
import { UnexpectedShape } from '../failures';
import type { Api, Page } from '../product';
import { pageWith } from '../reading/jsonResources';
import { kept, readerFrom } from '../reading/kept';
import { mapped, type ReadList } from '../reading/readList';
import { ifServed } from '../reading/whenMissing';
import { ServiceProviderConsoleClient } from './client';
import { abilitiesIn } from './features';
import { lists } from './lists';
import { idOf, sameId } from './parts';
import { paths } from './paths';
import { organizationItem } from './serverItems';
import type { MappingBody, OrganizationBody } from './serverWire';

// Microsoft 365 organizations. In API 3.5, a separate list alone says whose each is.

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
  const asked = client.all(path, lists.organizations, signal);
  const told = mappingsIn(api, companyId ?? 'all', signal);
  const [listed, mappings] = await Promise.all([asked, isOlder ? told : ifServed(told)]);
  const others = await leftOut(client, listed, mappings, companyId, signal);
  const bodies = {
    elements: [...listed.elements, ...others.flatMap(each => each.elements)],
    unreadable: [listed, ...others].map(each => each.unreadable).reduce<Unreadable | undefined>(together, undefined),
  };
  const { elements, unreadable } = mapped(bodies, body =>
    organizationItem(body, mappingOf(mappings, body.instanceUid)),
  );
  return {
    elements: elements.filter(each => companyId === undefined || sameId(each.companyId) === sameId(companyId)),
    unreadable,
  };
}

/** The list for all servers leaves out hybrid organizations and those on premises. Mappings tell of those of a company. */
async function leftOut(
  client: ServiceProviderConsoleClient,
  { elements, unreadable }: ReadList<OrganizationBody>,
  mappings: Mappings | undefined,
  companyId: string | undefined,
  signal: AbortSignal,
): Promise<readonly ReadList<OrganizationBody>[]> {
  if (!mappings || unreadable) {
    return []; // what could not be read may be those
  }
  const listed = new Set(elements.map(({ instanceUid }) => sameId(instanceUid)));
  return await Promise.all(
    [...mappings.values()].map(async ({ vb365OrganizationUid, vb365ServerUid, companyUid }) => {
      const id = idOf(vb365OrganizationUid);
      const serverId = idOf(vb365ServerUid);
      const isWanted = companyId === undefined || sameId(companyUid) === sameId(companyId);
      return isWanted && id !== undefined && serverId !== undefined && !listed.has(sameId(id))
        ? await organizationOf(client, serverId, id, signal)
        : { elements: [] };
    }),
  );
}

/** One of which nothing can be made costs the others nothing. */
async function organizationOf(
  client: ServiceProviderConsoleClient,
  serverId: string,
  id: string,
  signal: AbortSignal,
): Promise<ReadList<OrganizationBody>> {
  const { element } = lists.organizations;
  const path = paths.organizationOf(serverId, id);
  try {
    const body = await ifServed(client.one(path, l10n.t('an organization'), element, signal));
    return { elements: body ? [body] : [] };
  } catch (error) {
    if (error instanceof UnexpectedShape) {
      return { elements: [], unreadable: { count: 1, came: [error.detail ?? ''] } };
    }
    throw error;
  }
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
