import { expect, test } from 'vitest';
import type { Item, Repository } from '../../../src/items/item';
import { kindNameOf, lastActiveOf, spaceOf } from '../../../src/items/kinds';
import { serverOf, subtenant, tenant } from '../items';

function repository(facts: Partial<Repository>): Repository {
  return { kind: 'repository', id: 'r', name: 'r', hasChildren: true, objectStorage: false, ...facts };
}

test('what a kind has no space for has none', () => {
  expect(spaceOf(serverOf('one'))).toBeUndefined();
});

test('free is what the server tells, else the rest of the limit', () => {
  expect(spaceOf(repository({ usedBytes: 30, capacityBytes: 100, freeBytes: 50 }))).toEqual({
    usedBytes: 30,
    limitBytes: 100,
    freeBytes: 50,
    takenBytes: 50,
    unlimited: false,
  });
  expect(spaceOf(repository({ usedBytes: 30, capacityBytes: 100 }))).toMatchObject({ freeBytes: 70, takenBytes: 30 });
  expect(spaceOf(tenant('t', { usedBytes: 130, quotaBytes: 100 }))).toMatchObject({ freeBytes: -30, takenBytes: 130 });
});

test('what is not known stays so', () => {
  expect(spaceOf(repository({ usedBytes: 30 }))).toMatchObject({ freeBytes: undefined, takenBytes: 30 });
  expect(spaceOf(repository({ capacityBytes: 100 }))).toMatchObject({ freeBytes: undefined, takenBytes: undefined });
  expect(spaceOf(repository({ usedBytes: 30, freeBytes: 50 }))).toMatchObject({ freeBytes: 50, takenBytes: 30 });
});

test('more free than there is room for is nothing taken', () => {
  expect(spaceOf(repository({ usedBytes: 0, capacityBytes: 100, freeBytes: 120 }))?.takenBytes).toBe(0);
});

test('a kind says what has no limit', () => {
  expect(spaceOf(subtenant('s', { unlimited: true }))?.unlimited).toBe(true);
  expect(spaceOf(subtenant('s', { unlimited: false }))?.unlimited).toBe(false);
});

test('the last activity is a moment or not known', () => {
  expect(lastActiveOf(tenant('t', { lastActive: '2026-03-01T10:20:30Z' }))).toBe(Date.UTC(2026, 2, 1, 10, 20, 30));
  expect(lastActiveOf(tenant('t', { lastActive: 'soon' }))).toBeUndefined();
  expect(lastActiveOf(tenant('t'))).toBeUndefined();
  expect(lastActiveOf(subtenant('s'))).toBeUndefined();
});

test('an item of a special sort has the name of that', () => {
  const organization: Item = { kind: 'organization', id: 'o', name: 'o', hasChildren: true };
  expect(kindNameOf(organization)).toBe('Organization');
  expect(kindNameOf({ ...organization, repositoryId: 'r' })).toBe('Organization in repository');
});
