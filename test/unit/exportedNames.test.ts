import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { products } from '../../src/products/registry';

/** Products answer one contract, each in its own folder and words. */
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map(file => `src/${file.replaceAll('\\', '/')}`)
  .filter(file => file.endsWith('.ts') && !products.some(({ id }) => file.startsWith(`src/products/${id}/`)));

test('an exported name means one thing', () => {
  const filesOf = new Map<string, string[]>();
  for (const file of sources) {
    const text = readFileSync(file, 'utf8');
    for (const [, name = ''] of text.matchAll(/^export (?:async )?(?:function|class|const|type|interface) (\w+)/gm)) {
      filesOf.set(name, [...(filesOf.get(name) ?? []), file]);
    }
  }
  expect(filesOf.size).toBeGreaterThan(400);
  expect([...filesOf].filter(([, files]) => files.length > 1)).toEqual([]);
});
