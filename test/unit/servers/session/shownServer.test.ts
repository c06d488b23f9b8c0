import { expect, test, vi } from 'vitest';
import { usualAccountKind } from '../../../../src/products/signIn';

const { hashes } = vi.hoisted(() => ({ hashes: { made: 0 } }));

vi.mock('node:crypto', async original => {
  const real = await original<typeof import('node:crypto')>();
  return {
    ...real,
    createHash: (...given: Parameters<typeof real.createHash>) => {
      hashes.made++;
      return real.createHash(...given);
    },
  };
});

const { isElsewhere } = await import('../../../../src/servers/session/shownServer');

test('compares accounts without a hash, as that is done for each connection with each request and each change of the list', () => {
  const shown = { product: 'vb365', url: 'https://m365.example.com:4443', userName: 'admin' };
  expect(isElsewhere(shown, { ...shown, accountKind: usualAccountKind })).toBe(false);
  expect(isElsewhere(shown, { ...shown, userName: 'other' })).toBe(true);
  expect(isElsewhere(shown, { ...shown, url: 'https://m365.example.com:4444' })).toBe(true);
  expect(isElsewhere(shown, { ...shown, accountKind: 'tenant' })).toBe(true);
  expect(hashes.made).toBe(0);
});
