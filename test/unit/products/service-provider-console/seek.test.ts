import { expect, test } from 'vitest';
import type { Api } from '../../../../src/products/product';
import type { Sought } from '../../../../src/products/seek';
import { seek } from '../../../../src/products/service-provider-console/seek';
import { never } from '../../never';
import { type Answer, answering } from './fakeServer';

const uid = '0d0d0000-0000-4000-8000-00000000b365';
const organization = { instanceUid: uid, name: 'contoso.onmicrosoft.com', vb365ServerUid: 'v1' };

/** The IDs and names that a list was asked for. */
async function askedFor(ids: readonly string[], names: readonly string[]) {
  const values: unknown[] = [];
  const list = (query: URLSearchParams): Answer => {
    const [{ items }] = JSON.parse(query.get('filter') ?? '') as [{ items: readonly { value: unknown }[] }];
    values.push(...items.map(({ value }) => value));
    return [200, { data: [organization] }];
  };
  const api: Api = answering({ 'infrastructure/vb365Servers/v1/organizations': list });
  const sought: Sought = { kind: 'organization', ids, names, standsOn: 'v1', backupServers: [] };
  return { found: (await seek(api, sought, never))?.located.map(({ item }) => item.name), values };
}

test('an ID that the server could not read is not asked for, as it may refuse the whole request', async () => {
  const name = organization.name;
  expect(await askedFor([`${uid}:${uid}`, uid], [name])).toEqual({ found: [name], values: [uid, name] });
  expect(await askedFor([`${name}:${uid}`], [name])).toEqual({ found: [name], values: [name] });
});
