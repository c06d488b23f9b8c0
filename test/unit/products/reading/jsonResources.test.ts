import { expect, test } from 'vitest';
import { allPages } from '../../../../src/products/reading/jsonResources';

test('an answer may have all elements of a long list at once', async () => {
  const elements = Array.from({ length: 250_000 }, (_, index) => index);
  const list = await allPages(async () => ({ elements, nextOffset: undefined, total: undefined }));
  expect(list.elements).toHaveLength(elements.length);
});
