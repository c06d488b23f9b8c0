import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ChangeKind } from '../../../src/changes/changeKinds';
import { type Comparison, compare, type ItemChange, type Present } from '../../../src/changes/compare';
import type { ListRecord } from '../../../src/changes/listRecord';
import { list, present, subtenantRecord, tenantRecord } from './records';

async function compared(before: readonly ListRecord[], now: Present, usedPercent = 10): Promise<Comparison> {
  const comparison = await compare(before, now, { usedPercent });
  if (!comparison) {
    throw new Error('given up');
  }
  return comparison;
}

/** Each change as what has happened to which key. */
function told({ changes }: Comparison): string[] {
  return changes.map(({ before, now, what }) => `${what.join('+')} ${(now ?? before)?.id}`);
}

test('what is new, gone, renamed, resized, enabled and disabled is told, each with its values', async () => {
  const before = [
    tenantRecord('gone'),
    tenantRecord('same'),
    tenantRecord('renamed'),
    tenantRecord('resized'),
    tenantRecord('on', { enabled: false }),
    tenantRecord('off'),
    tenantRecord('both'),
  ];
  const comparison = await compared(
    before,
    present([
      tenantRecord('new'),
      tenantRecord('same'),
      tenantRecord('renamed', { name: 'Northwind' }),
      tenantRecord('resized', { quotaBytes: 2000 }),
      tenantRecord('on'),
      tenantRecord('off', { enabled: false }),
      tenantRecord('both', { name: 'Contoso', quotaBytes: 1 }),
    ]),
  );
  expect(told(comparison)).toEqual([
    ...[
      'renamed renamed',
      'resized resized',
      'enabled on',
      'disabled off',
      'renamed+resized both',
      'gone gone',
      'new new',
    ],
  ]);
  expect(comparison.same).toBe(1);
  expect(comparison.changes[0]?.differences).toEqual([
    { fact: 'name', what: 'renamed', before: 'tenant renamed', now: 'Northwind' },
  ]);
  expect(comparison.changes[1]?.differences).toEqual([
    { fact: 'quotaBytes', what: 'resized', before: 1000, now: 2000 },
  ]);
});

test('used space counts from the threshold on, in both directions', async () => {
  const before = ['a', 'b', 'c', 'd'].map(id => tenantRecord(id, { usedBytes: id === 'd' ? 0 : 1000 }));
  const now = [1099, 1100, 900, 1].map((usedBytes, at) => tenantRecord('abcd'[at] ?? '', { usedBytes }));
  expect(told(await compared(before, present(now)))).toEqual(['used b', 'used c', 'used d']);
  expect(told(await compared(before, present(now), 0))).toEqual(['used a', 'used b', 'used c', 'used d']);
  expect(told(await compared(before, present(now), 1000))).toEqual(['used d']);
});

test('what only tells of the last run, or is the rest of other facts, is no change', async () => {
  const now = tenantRecord('a', { lastActive: '2026-01-02T00:00:00Z', lastResult: 'Failed', freeBytes: 3 });
  expect(told(await compared([tenantRecord('a', { lastActive: '2026-01-01T00:00:00Z' })], present([now])))).toEqual([]);
  const resources = (usedBytes: number, quotaBytes = 5) => [{ id: 'r', name: 'Repo', quotaBytes, usedBytes }];
  const old = tenantRecord('a', { resources: resources(1) });
  expect(told(await compared([old], present([tenantRecord('a', { resources: resources(2) })])))).toEqual([]);
  expect(told(await compared([old], present([tenantRecord('a', { resources: resources(1, 6) })])))).toEqual([
    'changed a',
  ]);
});

test('what was not known before is no use of space, and is not switched on', async () => {
  const unknown = { usedBytes: undefined, enabled: undefined };
  const [before, now] = [[tenantRecord('a', unknown)], [tenantRecord('a')]];
  expect(told(await compared(before, present(now)))).toEqual(['changed a']);
  expect(told(await compared(now, present(before)))).toEqual(['changed a']);
});

test('another description is a change, and another choice of kinds is none', async () => {
  const [before, now] = [tenantRecord('a', { description: 'old' }), tenantRecord('a', { description: 'new' })];
  const { changes } = await compared([before], present([now]));
  expect(changes[0]?.differences).toEqual([{ fact: 'description', what: 'changed', before: 'old', now: 'new' }]);
  const scope = { exportedFrom: 's1', onlyKinds: ['tenant'] as const };
  expect(told(await compared([tenantRecord('a', scope)], present([tenantRecord('a')])))).toEqual([]);
});

test('a limit that is taken away, or set, is a new size', async () => {
  const unlimited = subtenantRecord('t', 'u', { quotaBytes: undefined, unlimited: true });
  const limited = subtenantRecord('t', 'u', { unlimited: false });
  const { changes } = await compared([limited], present([unlimited]));
  expect(changes[0]?.differences).toEqual([{ fact: 'quotaBytes', what: 'resized', before: 1000, now: 'unlimited' }]);
  expect(told(await compared([unlimited], present([limited])))).toEqual(['resized u']);
});

test('the status of what has no switch tells whether it is enabled', async () => {
  const company = (status: string) => tenantRecord('c', { kind: 'company', status });
  expect(told(await compared([company('Active')], present([company('Disabled')])))).toEqual(['disabled c']);
  expect(told(await compared([company('Disabled')], present([company('Active')])))).toEqual(['enabled c']);
  expect(told(await compared([company('Active')], present([company('Expired')])))).toEqual(['changed c']);
});

test('a row whose list could not be read, or was not asked for, is not gone', async () => {
  const before = [tenantRecord('a'), subtenantRecord('a', 'u')];
  for (const place of ['part', 'closed'] as const) {
    const comparison = await compared(before, present([], { [list]: place }));
    expect(comparison.changes).toEqual([]);
    expect(comparison.unknown).toEqual(before);
  }
  const noServer = await compared(before, { records: [], places: new Map() });
  expect(noServer.unknown).toEqual(before);
});

test('what was below something that is gone is gone, too', async () => {
  const before = [tenantRecord('a'), subtenantRecord('a', 'u')];
  expect(told(await compared(before, present([])))).toEqual(['gone a', 'gone u']);
  // A heading can go, too.
  expect(told(await compared(before, { records: [], places: new Map([['s1', 'whole']]) }))).toEqual([
    'gone a',
    'gone u',
  ]);
});

test('a row that is not in an incomplete part of the file may have been there', async () => {
  const heading = tenantRecord('x', { kind: 'group', key: list, incomplete: 'not reached' });
  const comparison = await compared([heading], present([tenantRecord('a'), subtenantRecord('a', 'u')]));
  expect(comparison.changes).toEqual([]);
  expect(comparison.unsure.map(({ id }) => id)).toEqual(['a', 'u']);
  const elsewhere = tenantRecord('x', { kind: 'group', key: 's1/group:repositories', incomplete: 'not reached' });
  expect(told(await compared([elsewhere], present([tenantRecord('a')])))).toEqual(['new a']);
});

test('what has the same id at another place of its server has moved, unless the id is not its own', async () => {
  const [before, now] = [subtenantRecord('a', 'u'), subtenantRecord('b', 'u', { name: 'other' })];
  expect(told(await compared([before], present([now], { [`${list}/tenant:a`]: 'whole' })))).toEqual([
    'moved+renamed u',
  ]);
  const { changes } = await compared([before], present([now], { [`${list}/tenant:a`]: 'whole' }));
  expect(changes[0]?.differences[0]).toEqual({ fact: 'path', what: 'moved', before: before.path, now: now.path });
  const twice = [now, subtenantRecord('c', 'u')];
  expect(told(await compared([before], present(twice)))).toEqual(['gone u', 'new u', 'new u']);
  const [without, another] = [
    subtenantRecord('a', ''),
    subtenantRecord('b', '', { key: `${list}/tenant:b/subtenant:v` }),
  ];
  expect(told(await compared([without], present([another], { [`${list}/tenant:a`]: 'whole' })))).toEqual([
    'gone ',
    'new ',
  ]);
  const elsewhere = subtenantRecord('b', 'u', { key: 's2/group:tenants/tenant:b/subtenant:u' });
  expect(told(await compared([before], present([elsewhere])))).toEqual(['gone u', 'new u']);
});

const records = fc
  .uniqueArray(fc.tuple(fc.nat({ max: 30 }), fc.boolean(), fc.nat({ max: 3 })), { selector: ([id]) => id })
  .map(all =>
    all.map(([id, enabled, quota]) =>
      id % 3 === 0
        ? tenantRecord(`${id}`, { enabled, quotaBytes: quota * 1000 })
        : subtenantRecord('9', `${id}`, { enabled, quotaBytes: quota * 1000 }),
    ),
  );

test('nothing is different between a state and itself, in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(records, fc.infiniteStream(fc.nat()), async (all, numbers) => {
      const shuffled = all
        .map(record => ({ record, at: numbers.next().value ?? 0 }))
        .sort((one, other) => one.at - other.at)
        .map(({ record }) => structuredClone(record));
      expect(await compared(all, present(shuffled), 0)).toEqual({
        changes: [],
        same: all.length,
        unknown: [],
        unsure: [],
      });
    }),
  );
});

test('whatever has happened to a state is told, and nothing else', async () => {
  const happening = fc.constantFrom<ChangeKind | undefined>(undefined, 'new', 'gone', 'renamed', 'resized', 'used');
  await fc.assert(
    fc.asyncProperty(records, fc.infiniteStream(happening), async (all, happenings) => {
      const expected = new Map<string, ChangeKind>();
      const before: ListRecord[] = [];
      const now: ListRecord[] = [];
      for (const record of all) {
        const { value: what } = happenings.next();
        if (what) {
          expected.set(record.key, what);
        }
        if (what !== 'new') {
          before.push(record);
        }
        if (what !== 'gone') {
          now.push({
            ...record,
            ...(what === 'renamed' ? { name: `${record.name}!` } : {}),
            ...(what === 'resized' ? { quotaBytes: Number(record.quotaBytes) + 1 } : {}),
            ...(what === 'used' ? { usedBytes: Number(record.usedBytes) * 2 } : {}),
          });
        }
      }
      const { changes, same } = await compared(before, present(now, { [`${list}/tenant:9`]: 'whole' }));
      expect(new Map(changes.map(each => [keyOf(each), each.what.join('+')]))).toEqual(expected);
      expect(same + changes.length).toBe(all.length);
    }),
  );
});

test('can be given up', async () => {
  expect(
    await compare([tenantRecord('a')], present([]), { usedPercent: 10, signal: AbortSignal.abort() }),
  ).toBeUndefined();
});

function keyOf({ before, now }: ItemChange): string {
  return (now ?? before)?.key ?? '';
}
