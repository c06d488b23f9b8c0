import { describe, expect, test } from 'vitest';
import type { Heading, Item, Tenant } from '../../../../src/items/item';
import { product } from '../../../../src/products/service-provider-console';
import { never } from '../../never';
import { allBelow } from '../below';
import { type Answer, answering, type Bodies, below } from './fakeServer';

const fails = (): Answer => [500, { errors: [{ message: 'A query has failed.', type: 'logical', code: 1 }] }];
const isDenied = (): Answer => [403, { errors: [{ message: 'Not allowed.', type: 'logical', code: 1 }] }];
const told = {
  message:
    'Quotas and used space could not be read: vspc.example.com:1280 answered with status 500: A query has failed.',
  short: 'quotas could not be read',
};

const tenant = { instanceUid: 't1', name: 'northwind', type: 'General', siteUid: 's1', assignedForCompany: 'c1' };
const share = { instanceUid: 'q1', resellerUid: 'y1', siteUid: 's1', resourceFriendlyName: 'Vol', storageQuota: 7 };
const good = {
  'organizations/companies': [{ instanceUid: 'c1', name: 'Northwind', status: 'Active' }],
  'organizations/companies/c1/sites': [{ cloudTenantUid: 't1', companyUid: 'c1', siteUid: 's1' }],
  'organizations/companies/sites': [{ cloudTenantUid: 't1', companyUid: 'c1', siteUid: 's1' }],
  'organizations/companies/sites/backupResources': [
    { instanceUid: 'r1', companyUid: 'c1', siteUid: 's1', storageQuota: 7, usedSpace: 5 },
  ],
  'organizations/resellers': [{ instanceUid: 'y1', name: 'Fabrikam', status: 'Active' }],
  'organizations/resellers/y1/companies': [{ instanceUid: 'c1', name: 'Northwind', status: 'Active' }],
  'organizations/resellers/sites': [{ resellerUid: 'y1', siteUid: 's1', tenantsQuota: 9, usedTenantsQuota: 2 }],
  'organizations/resellers/sites/backupResources': [share],
  'organizations/resellers/sites/backupResources/usage': [
    { backupResourceUid: 'q1', resellerUid: 'y1', usedStorageQuota: 5 },
  ],
  'infrastructure/sites': [{ siteUid: 's1', siteName: 'cc01' }],
  'infrastructure/sites/s1/tenants': [tenant],
  'infrastructure/sites/tenants': [tenant],
  'infrastructure/sites/tenants/t1': tenant,
  'organizations/companies/c1/siteResources': [tenant],
  'infrastructure/sites/tenants/backupResources': [
    { instanceUid: 'r1', tenantUid: 't1', companyUid: 'c1', siteUid: 's1', storageQuota: 7, usedSpace: 5 },
  ],
  'infrastructure/sites/tenants/t1/subtenants': [{ instanceUid: 'u1', tenantUid: 't1', name: 'user' }],
  'infrastructure/sites/s1/tenants/subtenants': [{ instanceUid: 'u1', tenantUid: 't1', name: 'user' }],
  'users/backupResources': [{ subtenantUid: 'u1', storageQuota: 7, storageQuotaUsage: 5 }],
} satisfies Bodies;

const tenantShares = 'infrastructure/sites/tenants/backupResources';
const resellerShares = 'organizations/resellers/sites/backupResources';
const sites = ['Cloud Connect Sites', 'cc01', 'Cloud Connect Tenants'];
const ofCompany = ['Companies', 'Northwind', 'Cloud Connect Tenants'];

/** A list of quotas, the rows that take them from there, and what they tell of it. */
const cases: readonly (readonly [
  list: string,
  path: readonly string[],
  facts: readonly string[],
  features: readonly string[],
])[] = [
  [tenantShares, ['Companies'], ['quotaBytes', 'usedBytes'], []],
  [tenantShares, ['Resellers', 'Fabrikam', 'Companies'], ['quotaBytes', 'usedBytes'], []],
  [tenantShares, sites, ['quotaBytes', 'usedBytes'], []],
  [tenantShares, ofCompany, ['quotaBytes', 'usedBytes'], []],
  ['organizations/companies/sites/backupResources', ['Companies'], ['quotaBytes', 'usedBytes'], ['api3.5']],
  ['organizations/companies/sites/backupResources', sites, ['quotaBytes', 'usedBytes'], ['api3.5']],
  ['organizations/companies/sites', sites, ['quotaBytes', 'usedBytes'], ['api3.5']],
  [resellerShares, ['Resellers'], ['quotaBytes', 'usedBytes'], []],
  [`${resellerShares}/usage`, ['Resellers'], ['usedBytes'], []],
  ['organizations/resellers/sites', ['Resellers'], ['tenantsQuota', 'tenants'], []],
  [`${resellerShares}/usage`, ['Resellers', 'Fabrikam', 'Hosted Resources'], ['usedBytes'], []],
  ['users/backupResources', [...sites, 'northwind'], ['quotaBytes', 'usedBytes'], []],
];

describe.each(cases)('%s below %j', (list, path, facts, features) => {
  const rowsOf = async (bodies: Bodies) => {
    const page = await below(answering(bodies, features), ...path);
    return { ...page, row: page.items.find(({ kind }) => kind !== 'group') as Item };
  };
  const numbersIn = (row: Item) => facts.map(fact => (row as unknown as Record<string, unknown>)[fact]);

  test('gives the rows what they tell', async () => {
    const { row, unreadable } = await rowsOf(good);
    expect(numbersIn(row).every(Number.isFinite)).toBe(true);
    expect(unreadable).toBeUndefined();
  });

  test('leaves the rows without it where the server fails, and that is told', async () => {
    const whole = await rowsOf(good);
    const { items, total, row, unreadable } = await rowsOf({ ...good, [list]: fails });
    expect(items.filter(({ kind }) => kind !== 'group').map(({ name }) => name)).toEqual(
      whole.items.filter(({ kind }) => kind !== 'group').map(({ name }) => name),
    );
    expect(total).toBe(items.length);
    expect(numbersIn(row)).toEqual(facts.map(() => undefined));
    expect(row).not.toHaveProperty('unlimited', true);
    expect(unreadable).toMatchObject({ count: 0, came: [], lacking: told });
  });

  test('is not missed where the role of the account may not read it', async () => {
    const { row, unreadable } = await rowsOf({ ...good, [list]: isDenied });
    expect(row).toBeDefined();
    expect(unreadable).toBeUndefined();
  });
});

test.each([
  ['an answer of another form', (): Answer => [200, { data: 'none' }], 'something other than a list'],
  ['a page for people', (): Answer => [200, '<!DOCTYPE html><html></html>'], 'a web page'],
  [
    'a list without an end',
    (): Answer => [200, { data: good[tenantShares], meta: { pagingInfo: { total: 9 } } }],
    'incomplete',
  ],
])('%s leaves the rows without quotas, too', async (_, answer, why) => {
  const { items, unreadable } = await below(answering({ ...good, [tenantShares]: answer }), 'Companies');
  expect(items).toHaveLength(1);
  expect(unreadable?.lacking?.message).toContain(why);
});

test('a server that wants fewer requests is not taken for one that fails at quotas', async () => {
  const api = answering({ ...good, [tenantShares]: (): Answer => [429, {}] });
  await expect(below(api, 'Companies')).rejects.toMatchObject({ kind: 'throttled' });
});

test('one list that fails is asked for once for all pages, and again by each who begins', async () => {
  const companies = Array.from({ length: 1200 }, (_, index) => ({ instanceUid: `c${index}`, name: `c${index}` }));
  let isBroken = true;
  const api = answering({
    ...good,
    'organizations/companies': companies,
    [tenantShares]: () => (isBroken ? fails() : [200, { data: good[tenantShares] }]),
  });
  const asked = () => api.asked.filter(each => each === tenantShares).length;
  expect((await below(api, 'Companies')).items).toHaveLength(1200);
  expect(asked()).toBe(1);
  isBroken = false;
  const { items, unreadable } = await below(api, 'Resellers', 'Fabrikam', 'Companies');
  expect(items).toMatchObject([{ quotaBytes: 7 }]);
  expect(unreadable).toBeUndefined();
  expect(asked()).toBe(2);
});

test('a walk asks each tenant whose subtenants lack their quotas, so that each tells it', async () => {
  const api = answering({ ...good, 'users/backupResources': fails });
  const { items: siteItems } = await below(api, 'Cloud Connect Sites');
  const { items: headings } = await allBelow(product, api, siteItems[0] as Item);
  const heading = headings.find(({ name }) => name === 'Cloud Connect Tenants') as Heading;
  const { items } = await allBelow(product, api, heading);
  const found = await product.grandchildren?.(api, heading, items as Tenant[], never);
  expect(found?.size).toBe(0);
});
