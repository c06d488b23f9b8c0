import { expect, test } from 'vitest';
import { loadProduct } from '../../../src/products/loadProduct';
import { products } from '../../../src/products/registry';
import { usualAccountKind } from '../../../src/products/signIn';

async function waysByVersion(id: string) {
  const product = await loadProduct(id);
  return Object.fromEntries(
    product.apiVersions.map(version => [
      version,
      Object.fromEntries(product.accountKinds(version).map(kind => [kind.id, kind.ways.map(way => way.id)])),
    ]),
  );
}

test('Veeam Backup for Microsoft 365 lets Microsoft 365 accounts in from v5 on', async () => {
  const both = { administrator: ['password', 'microsoft365'] };
  const password = { administrator: ['password'] };
  expect(await waysByVersion('vb365')).toEqual({
    ...{ v8: both, v7: both, v6: both, v5: both },
    ...{ v4: password, v3: password },
  });
});

test('Enterprise Manager lets tenants in, too', async () => {
  const both = { administrator: ['password'], tenant: ['password'] };
  expect(await waysByVersion('enterprise-manager')).toEqual({ v1_7: both, v1_6: both, v1_5: both, v1_4: both });
});

test.each(products.map(info => [info.id, info] as const))(
  'what is saved of %s without a request fits its ways to sign in',
  async (id, { savedAccountKinds = [], savedSignIns = [] }) => {
    const product = await loadProduct(id);
    for (const version of product.apiVersions) {
      const [usual, ...others] = product.accountKinds(version);
      expect(usual).toMatchObject({ id: usualAccountKind, userName: {} });
      const known = savedAccountKinds.map(kind => [kind.id, kind.isUnnamed === true]);
      expect(known).toEqual(expect.arrayContaining(others.map(kind => [kind.id, !kind.userName])));
      for (const way of product.accountKinds(version).flatMap(({ ways }) => ways)) {
        const saved = savedSignIns.find(signIn => signIn.way === way.id);
        expect(Object.keys(saved?.fields ?? {})).toEqual(
          expect.arrayContaining('browser' in way ? way.browser.fields.map(field => field.id) : []),
        );
      }
    }
  },
);
