import { expect, test, vi } from 'vitest';
import { newServerOf } from '../../../../src/views/servers/addServerArguments';

vi.mock('../../../../src/products/registry', async original => {
  const actual = await original<typeof import('../../../../src/products/registry')>();
  return { ...actual, products: [...actual.products, (await import('../../made-up/product')).info] };
});

const url = 'https://backup.example.com';

test('a script adds an account that has no user name by its kind', () => {
  const server = newServerOf({ product: 'made-up', url, accountKind: 'apiKey', password: 'key-1' });
  expect(server).toMatchObject({ userName: '', accountKind: 'apiKey', url: 'https://backup.example.com:7777' });
  expect(JSON.stringify(server)).not.toContain('key-1');
});

test.each(['administrator', undefined])('the usual kind of account is saved as none: %s', accountKind => {
  const given = { product: 'enterprise-manager', url, username: 'ada', ...(accountKind ? { accountKind } : {}) };
  expect(newServerOf(given)).toMatchObject({ userName: 'ada', accountKind: undefined });
});

test('a script adds a tenant', () => {
  const given = { product: 'enterprise-manager', url, username: 'Northwind', accountKind: 'tenant' };
  expect(newServerOf(given)).toMatchObject({ userName: 'Northwind', accountKind: 'tenant' });
});

test.each([
  [{ product: 'vb365', url, username: 'ada', accountKind: 'tenant' }, 'accountKind must be one of administrator'],
  [{ product: 'made-up', url, username: 'ada', accountKind: 'x' }, 'one of administrator, apiKey'],
  [{ product: 'made-up', url }, 'username is missing'],
])('says what is wrong with the arguments: %j', (given, problem) => {
  expect(() => newServerOf(given)).toThrow(problem);
});
