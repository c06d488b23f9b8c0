import * as l10n from '@vscode/l10n';
import { groupsOf } from '../../base/groupsOf';
import { headingOf } from '../../items/heading';
import type { Company, Heading, Item, ItemKind } from '../../items/item';
import type { Unreadable } from '../../items/unreadable';
import type { Api, Page } from '../product';
import { pageWith, wholePage } from '../reading/jsonResources';
import { readerFrom } from '../reading/kept';
import { mapped, type ReadList } from '../reading/readList';
import { DeniedByRole, ServiceProviderConsoleClient } from './client';
import { type Abilities, abilitiesIn } from './features';
import { hostedOf } from './hosted';
import { companyItem, locationItem, userItem } from './items';
import { lists } from './lists';
import { organizationsOfCompanies } from './organizations';
import { sameId } from './parts';
import { paths } from './paths';
import { without } from './quotas';
import { companySums, nameIn, pageForRows, resellerNames } from './shares';
import { tenantsOfCompanies } from './tenants';

// Companies, and what stands below each.

/** All companies. */
export function companiesHeading(): Heading {
  return headingOf('companies', l10n.t('Companies'), 'company');
}

/** The headings that something of a company stands below. */
export function aboveOf(company: Pick<Company, 'id' | 'name'>, sectionId: SectionId): readonly Item[] {
  const item: Company = { kind: 'company', ...company, hasChildren: true };
  const section = sections.find(({ id }) => id === sectionId);
  return [companiesHeading(), item, ...(section ? [headingOf(section.id, section.name(), section.contains)] : [])];
}

/** One page of the companies. The first page also reads again the lists that all rows need. */
export async function companies(api: Api, offset: number, signal: AbortSignal): Promise<Page> {
  const { isOlder, side } = abilitiesIn(await api.features(signal));
  const [page, sums, resellers] = await Promise.all([
    pageForRows(api, paths.companies, lists.companies, offset, signal),
    companySums(api, isOlder, readerFrom(offset, 'companies'), signal),
    side === 'company' ? noNames : resellerNames(api, signal),
  ]);
  return pageWith(without(sums.lacking, page), body =>
    companyItem(body, sums.told?.get(sameId(body.instanceUid) ?? ''), nameIn(resellers, body.resellerUid)),
  );
}

const noNames: ReadonlyMap<string, string> = new Map();

/** One page of the companies of a reseller. */
export async function companiesOfReseller(
  api: Api,
  resellerId: string,
  offset: number,
  signal: AbortSignal,
): Promise<Page> {
  const { isOlder } = abilitiesIn(await api.features(signal));
  const client = new ServiceProviderConsoleClient(api);
  const [page, sums, resellers] = await Promise.all([
    client.page(paths.companiesOf(resellerId), lists.companies, offset, signal),
    companySums(api, isOlder, readerFrom(offset, resellerId), signal),
    resellerNames(api, signal),
  ]);
  return pageWith(without(sums.lacking, page), body =>
    companyItem(
      body,
      sums.told?.get(sameId(body.instanceUid) ?? ''),
      nameIn(resellers, body.resellerUid) ?? nameIn(resellers, resellerId),
    ),
  );
}

type SectionId = 'tenants' | 'organizations' | 'hostedOrganizations' | 'hostedServers' | 'locations' | 'users';

/** What stands below a company, or below all companies: a heading, and the list that it is made of. */
interface Section {
  readonly id: SectionId;
  readonly contains: ItemKind;
  name(): string;
  /** Whether this account finds the same elsewhere in the tree, where a search comes upon it. */
  standsElsewhere?(abilities: Abilities): boolean;
  /** The items of one company, or of all companies; {@link companyOf} finds whose an item is. */
  rows(api: Api, companyId: string | undefined, signal: AbortSignal): Promise<ReadList<Item>>;
}

const isProvider = ({ side }: Abilities) => side === 'provider';

const sections: readonly Section[] = [
  {
    id: 'tenants',
    contains: 'tenant',
    name: () => l10n.t('Cloud Connect Tenants'),
    standsElsewhere: isProvider,
    rows: tenantsOfCompanies,
  },
  {
    id: 'organizations',
    contains: 'organization',
    name: () => l10n.t('Microsoft 365 Organizations'),
    standsElsewhere: isProvider,
    rows: organizationsOfCompanies,
  },
  {
    id: 'hostedOrganizations',
    contains: 'hostedResource',
    name: () => l10n.t('Hosted Microsoft 365 Backup'),
    rows: (api, companyId, signal) => hostedOf(api, 'vb365', companyId, signal),
  },
  {
    id: 'hostedServers',
    contains: 'hostedResource',
    name: () => l10n.t('Hosted Backup & Replication'),
    rows: (api, companyId, signal) => hostedOf(api, 'vbr', companyId, signal),
  },
  {
    id: 'locations',
    contains: 'location',
    name: () => l10n.t('Locations'),
    rows: async (api, companyId, signal) =>
      mapped(
        await new ServiceProviderConsoleClient(api).all(paths.locations(companyId), lists.locations, signal),
        locationItem,
      ),
  },
  {
    id: 'users',
    contains: 'user',
    name: () => l10n.t('Users'),
    rows: async (api, companyId, signal) =>
      mapped(await new ServiceProviderConsoleClient(api).all(paths.users(companyId), lists.users, signal), userItem),
  },
];

/** The headings below a company; nothing is asked for them. */
export async function headingsOf(api: Api, company: Company, signal: AbortSignal): Promise<Heading[]> {
  const abilities = abilitiesIn(await api.features(signal));
  return sections.map(section => headingFor(section, abilities, company));
}

function headingFor(section: Section, abilities: Abilities, { id }: Item, more: Partial<Heading> = {}): Heading {
  return headingOf(section.id, section.name(), section.contains, {
    scope: { companyId: id },
    ...(section.standsElsewhere?.(abilities) ? { onDemand: 'elsewhere' } : {}),
    ...more,
  });
}

/** What stands below one of these headings. */
export async function rowsOf(api: Api, { id }: Heading, companyId: string, signal: AbortSignal): Promise<Page> {
  const section = sections.find(each => each.id === id);
  if (!section) {
    return { items: [] };
  }
  const { elements, unreadable } = await section.rows(api, companyId, signal);
  const items = elements.filter(item => isOf(companyId, item));
  return wholePage({ elements: items, unreadable });
}

/** Rows that do not name their company come from a request for one company. */
function isOf(companyId: string, item: Item): boolean {
  const own = sameId(companyOf(item));
  return own === undefined || own === sameId(companyId);
}

function companyOf(item: Item): string | undefined {
  return 'companyId' in item ? item.companyId : undefined;
}

/** The headings below each of many companies, with what is below them: by a list for each heading. */
export async function headingsOfAll(
  api: Api,
  parents: readonly Item[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly Item[]>> {
  const abilities = abilitiesIn(await api.features(signal));
  const all = await Promise.all(
    sections.map(async section => ({
      section,
      // They are loaded for a person who expands them.
      found: section.standsElsewhere?.(abilities) ? undefined : await foundIn(section, api, signal),
    })),
  );
  return new Map(
    parents.map(parent => [
      parent.id,
      all.map(({ section, found }) => headingFor(section, abilities, parent, found?.below(parent.id))),
    ]),
  );
}

interface FoundBelow {
  below(companyId: string): Partial<Heading> | undefined;
}

/** Undefined if a part of the list could not be read: each company has to be asked then. */
async function foundIn(section: Section, api: Api, signal: AbortSignal): Promise<FoundBelow | undefined> {
  let list: { readonly elements: readonly Item[]; readonly unreadable?: Unreadable | undefined };
  try {
    list = await section.rows(api, undefined, signal);
  } catch (error) {
    if (error instanceof DeniedByRole) {
      return { below: companyId => ({ known: [], scope: { companyId, isDenied: 'true' } }) };
    }
    throw error;
  }
  if (list.unreadable) {
    return undefined;
  }
  const byCompany = groupsOf(list.elements, item => sameId(companyOf(item)));
  return { below: companyId => ({ known: byCompany.get(sameId(companyId) ?? '') ?? [] }) };
}
