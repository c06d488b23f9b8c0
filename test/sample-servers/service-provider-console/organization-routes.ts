import { Collection, isAt, type Route, type World } from './collections';
import {
  aboutBody,
  companyBody,
  locationBody,
  loginBodies,
  organizationBody,
  providerBody,
  resellerBody,
  userBody,
} from './organization-bodies';

const EXPANDS = ['Organization'];

export interface OrganizationCollections {
  readonly companies: Collection<World['data']['companies'][number]>;
  readonly resellers: Collection<World['data']['resellers'][number]>;
}

export function organizationCollections({ data }: World): OrganizationCollections {
  return {
    companies: new Collection({
      rows: data.companies,
      admitted: 'usual',
      expands: EXPANDS,
      id: ({ id }) => id,
      owner: company => company,
      body: (company, { version, expand }) => companyBody(company, version, expand),
    }),
    resellers: new Collection({
      rows: data.resellers,
      admitted: 'resellers',
      expands: EXPANDS,
      id: ({ id }) => id,
      owner: reseller => reseller,
      body: (reseller, { version, expand }) => resellerBody(reseller, version, expand),
    }),
  };
}

/** The server itself, organizations, and who and what belongs to them alone. */
export function organizationRoutes(world: World, { companies, resellers }: OrganizationCollections): Route[] {
  const { data, users } = world;
  const organizations = new Collection({
    rows: data.organizations,
    admitted: 'usual',
    id: ({ id }) => id,
    owner: organization => organization,
    body: (organization, { version }) => organizationBody(organization, version),
  });
  const locations = new Collection({
    rows: data.locations,
    admitted: 'backupServers',
    id: ({ id }) => id,
    owner: ({ organization }) => organization,
    body: location => locationBody(location),
  });
  const people = new Collection({
    rows: users,
    admitted: 'people',
    id: ({ id }) => id,
    owner: ({ organization }) => organization,
    body: user => userBody(user),
  });
  const logins = new Collection({
    rows: [...world.accounts, ...world.keys.map(({ account }) => account)].map((account, index) => ({
      account,
      index,
    })),
    admitted: 'people',
    id: ({ index }) => String(index + 1),
    owner: ({ account }) => account.organization,
    body: ({ index }, { version }) => loginBodies(world.accounts, world.keys, version)[index] ?? {},
  });
  return [
    { pattern: 'about', admitted: 'everybody', handle: ({ version }) => ({ item: aboutBody(data, version) }) },
    {
      pattern: 'users/me',
      admitted: 'everybody',
      handle({ account }) {
        const me = users.find(({ id }) => id === account.id);
        return me && { item: userBody(me) };
      },
    },
    {
      pattern: 'organizations/provider',
      admitted: 'usual',
      expands: EXPANDS,
      handle: ({ version, expand }) => ({ item: providerBody(data.provider, version, expand) }),
    },
    organizations.list('organizations'),
    companies.list('organizations/companies'),
    companies.list('organizations/provider/companies', ({ reseller }) => reseller === undefined),
    companies.item('organizations/companies/{id}'),
    resellers.list('organizations/resellers'),
    resellers.item('organizations/resellers/{id}'),
    companies.list(
      'organizations/resellers/{id}/companies',
      (company, call) => isAt(call, 0, company.reseller?.id),
      resellers,
    ),
    permissionsRoute('organizations/companies/{id}/permissions', companies),
    permissionsRoute('organizations/resellers/{id}/permissions', resellers),
    locations.list('organizations/locations'),
    locations.item('organizations/locations/{id}'),
    people.list(
      'organizations/locations/{id}/users',
      (user, call) => user.organization.id === locations.get(call, call.ids[0])?.organization.id,
      locations,
    ),
    people.list('users'),
    logins.list('users/logins'),
    people.item('users/{id}'),
    logins.list('users/{id}/logins', ({ account }, call) => isAt(call, 0, account.id), people),
    locations.list(
      'users/{id}/locations',
      ({ organization }, call) => people.get(call, call.ids[0])?.organization.id === organization.id,
      people,
    ),
    organizations.item('organizations/{id}'),
    logins.list(
      'organizations/{id}/keys',
      ({ account, index }, call) => index >= world.accounts.length && isAt(call, 0, account.organization.id),
      organizations,
    ),
    locations.list(
      'organizations/{id}/locations',
      ({ organization }, call) => isAt(call, 0, organization.id),
      organizations,
    ),
    people.list('organizations/{id}/users', ({ organization }, call) => isAt(call, 0, organization.id), organizations),
  ];
}

/** 3.5.1 says by a list of words, besides the member of the row, whether an organization may use the REST API. */
function permissionsRoute(pattern: string, of: Collection<World['data']['companies'][number]>): Route {
  return {
    pattern,
    admitted: 'usual',
    only: 'before3.6',
    handle(call) {
      const organization = of.get(call, call.ids[0]);
      return organization && { item: organization.isRestAccessEnabled ? ['REST'] : [] };
    },
  };
}
