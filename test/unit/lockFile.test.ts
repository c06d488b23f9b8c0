import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Package {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Package> };
const installed = Object.entries(packages).filter(([folder]) => folder !== '');

test('the lock file has the hash of each package, on every platform', () => {
  expect(installed.length).toBeGreaterThan(100);
  const without = installed.flatMap(([folder, { integrity = '' }]) =>
    /^sha512-[\w+/]{86}==$/.test(integrity) ? [] : folder,
  );
  expect(without).toEqual([]);
});

test('the lock file leaves it to npm where packages come from', () => {
  expect(installed.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
});
