import { expect, test } from 'vitest';
import { UnsupportedVersion, WrongProduct } from '../../../src/products/failures';

const host = 'em.example.com:9398';
const name = 'Veeam Backup Enterprise Manager';

test('a product that answers as itself only at a second look is not told from itself', () => {
  expect(new WrongProduct(host, name, name).message).toBe(`${host} does not look like ${name}. Is it the right port?`);
  expect(new WrongProduct(host, name, 'Another').message).toBe(
    `${host} is Another, not ${name}. Is it the right port?`,
  );
});

test('a server that names no version of its API is told so', () => {
  expect(new UnsupportedVersion(host, [], ['v1_7', 'v1_6']).message).toBe(
    `${host} does not report its API version; this extension supports v1_7, v1_6.`,
  );
  expect(new UnsupportedVersion(host, ['v9'], ['v1_7']).message).toBe(
    `${host} uses API v9; this extension supports v1_7.`,
  );
});
