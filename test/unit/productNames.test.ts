import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadProduct } from '../../src/products/loadProduct';
import { products } from '../../src/products/registry';

/** What only a product's folder may know. The registry names the folders themselves. */
async function namesOf({ id, defaultPort, obsoletePorts = [], savedSignIns = [] }: (typeof products)[number]) {
  const { tokenHeader } = await loadProduct(id);
  const ways = savedSignIns.map(({ way }) => way);
  return [id, ...ways, ...[defaultPort, ...obsoletePorts].map(String), tokenHeader.variable];
}

const registry = 'src/products/registry.ts';

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map(file => `src/${file.replaceAll('\\', '/')}`)
  .filter(file => file.endsWith('.ts') && file !== registry)
  .filter(file => !products.some(({ id }) => file.startsWith(`src/products/${id}/`)));

test('no product, and no way of its own to sign in, is named outside its folder', async () => {
  const names = (await Promise.all(products.map(namesOf))).flat();
  expect(names).toEqual(expect.arrayContaining(['vb365', 'enterprise-manager', 'microsoft365', '9399', '4443']));
  const found = sources.flatMap(file => {
    const text = readFileSync(file, 'utf8').toLowerCase();
    return names.filter(name => text.includes(name.toLowerCase())).map(name => `${file}: ${name}`);
  });
  expect(found).toEqual([]);
});
