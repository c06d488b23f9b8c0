import { expect, test } from 'vitest';
import type { FactForms } from '../../../src/items/fact';
import { factsOfKind } from '../../../src/items/facts';
import type { HardwarePlan } from '../../../src/items/item';
import type { Words } from '../../../src/items/kind';

const words: Words = {
  ...{ size: String, count: String, percent: String, dateTime: String, line: String },
  timeLeft: () => undefined,
  expiry: () => undefined,
  product: () => undefined,
};

function shown(plan: Partial<HardwarePlan>): readonly (string | undefined)[] {
  const facts: Readonly<Record<string, FactForms>> = factsOfKind('hardwarePlan').facts;
  const item: HardwarePlan = { kind: 'hardwarePlan', id: 'p', name: 'P', hasChildren: false, ...plan };
  return ['processorMhz', 'memoryBytes'].map(name => facts[name]?.instead?.(item, words));
}

test('a plan says that it has no limit only where its server says so', () => {
  expect(shown({ processorUnlimited: true, memoryUnlimited: true })).toEqual(['unlimited', 'unlimited']);
  expect(shown({})).toEqual([undefined, undefined]);
  expect(shown({ processorMhz: 4000, memoryBytes: 7 })).toEqual(['4000 MHz', undefined]);
});
