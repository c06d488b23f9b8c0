import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compare, type Present } from '../../../../src/changes/compare';
import type { ListRecord } from '../../../../src/changes/listRecord';
import { readSavedList } from '../../../../src/changes/savedList';
import { updatedPieces } from '../../../../src/views/changes/updatedList';
import { list, present, subtenantRecord, tenantRecord } from '../../changes/records';
import { never } from '../../never';

async function updated(text: string, now: Present): Promise<string> {
  const saved = await readSavedList(text, never);
  const records = saved.rows.map(({ record }) => record);
  const comparison = await compare(records, now, { usedPercent: 10 });
  return [...updatedPieces(saved, now, comparison ?? { changes: [], same: 0, unknown: [], unsure: [] })].join('');
}

function written(records: readonly ListRecord[], indent: number | string | undefined = 2): string {
  return `${JSON.stringify(records, undefined, indent)}\n`;
}

const [a, b, c] = [tenantRecord('a'), tenantRecord('b'), tenantRecord('c')];

/** Files as they may have become in an editor or in git. */
const layouts: readonly ((text: string) => string)[] = [
  text => text,
  text => text.replaceAll('\n', '\r\n'),
  text => text.replaceAll('  ', '\t'),
  text => `\uFEFF${text.trimEnd()}`,
  text => JSON.stringify(JSON.parse(text)),
  text =>
    `[\n${JSON.parse(text)
      .map((each: unknown) => `  ${JSON.stringify(each)}`)
      .join(',\n')}\n]`,
];

test.each(layouts)(
  'a file of any layout stays as it is if nothing has changed, and keeps it if something has',
  async layout => {
    const text = layout(written([a, b, c]));
    expect(await updated(text, present([c, b, a]))).toBe(text);
    const larger = { ...b, quotaBytes: 5 };
    expect(await updated(text, present([a, larger, c]))).toBe(layout(written([a, larger, c])));
    expect(await updated(text, present([a, c]))).toBe(layout(written([a, c])));
    const added = tenantRecord('d');
    expect(await updated(text, present([a, added, b, c]))).toBe(layout(written([a, added, b, c])));
    expect(await updated(text, present([added, a, b]))).toBe(layout(written([added, a, b])));
    expect(await updated(text, present([added]))).toBe(layout(written([added])));
  },
);

test('a row stays to the letter while what has changed is below the threshold', async () => {
  const text = written([a, b]).replace('"usedBytes": 100', '"usedBytes":   100, "note": "ours"');
  expect(await updated(text, present([{ ...a, usedBytes: 105, lastActive: '2026-01-01T00:00:00Z' }, b]))).toBe(text);
});

test('what was renamed is so in the paths of all that is below it', async () => {
  const user = subtenantRecord('a', 'u', { unlimited: false });
  const now = [
    { ...a, name: 'Contoso', path: ['em-prod', 'Cloud Tenants', 'Contoso'] },
    { ...user, path: ['em-prod', 'Cloud Tenants', 'Contoso', user.name] },
  ];
  expect(await updated(written([a, user]), present(now))).toBe(written(now));
});

test('what could not be looked for stays, and a list that is complete now says so no longer', async () => {
  const text = written([a, b]);
  expect(await updated(text, present([a], { [list]: 'part' }))).toBe(text);
  const heading = tenantRecord('x', { kind: 'group', key: list, incomplete: 'not reached' });
  expect(await updated(written([heading, a]), present([a]))).toBe(written([a]));
  expect(await updated(written([heading, a]), present([a], { [list]: 'part' }))).toBe(written([heading, a]));
  const failed = { ...a, incomplete: 'not reached' };
  expect(await updated(written([failed]), present([a]))).toBe(written([a]));
});

test('a row that is written anew says that it is incomplete if the file has no more of it than the server tells', async () => {
  const failed = { ...a, incomplete: 'not reached' };
  const renamed = { ...failed, name: 'Contoso', path: ['em-prod', 'Cloud Tenants', 'Contoso'] };
  const { incomplete: _, ...whole } = renamed;
  const part = { [a.key]: 'part' } as const;
  expect(await updated(written([failed]), present([renamed], part))).toBe(written([renamed]));
  expect(await updated(written([failed]), present([whole]))).toBe(written([whole]));
  // The rows below it stay, as they could not be looked for.
  const user = subtenantRecord('a', 'u');
  const moved = { ...user, path: ['em-prod', 'Cloud Tenants', 'Contoso', user.name] };
  expect(await updated(written([a, moved]), present([renamed], part))).toBe(written([whole, moved]));
});

test('what is new says which of its lists could not be read', async () => {
  const failed = { ...b, incomplete: 'not reached' };
  const heading = tenantRecord('', { kind: 'group', key: `${c.key}/group:users`, incomplete: 'not reached' });
  const parts = { [b.key]: 'part', [heading.key]: 'part' } as const;
  const text = await updated(written([a]), present([a, failed, c, heading], parts));
  expect(text).toBe(written([a, failed, c, heading]));
  const users = [subtenantRecord('b', 'u'), subtenantRecord('c', 'v', { key: `${heading.key}/subtenant:v` })];
  const { rows } = await readSavedList(text, never);
  const [saved, now] = [rows.map(({ record }) => record), present([a, b, ...users.slice(0, 1), c, ...users.slice(1)])];
  expect(await compare(saved, now, { usedPercent: 10 })).toMatchObject({ changes: [], unsure: users });
});

test('nothing is said about a list of something that is gone', async () => {
  const heading = tenantRecord('', { kind: 'group', key: `${a.key}/group:users`, incomplete: 'not reached' });
  expect(await updated(written([a, heading, b]), present([b]))).toBe(written([b]));
  expect(await updated(written([a, heading, b]), present([b], { [list]: 'part' }))).toBe(written([a, heading, b]));
});

test('a row keeps the order of its members', async () => {
  const sorted = (record: ListRecord) => Object.fromEntries(Object.entries(record).sort());
  const text = `${JSON.stringify([a, b].map(sorted), undefined, 2)}\n`;
  const renamed = { ...a, name: 'Contoso' };
  expect(await updated(text, present([renamed, b]))).toBe(text.replace('"name": "tenant a"', '"name": "Contoso"'));
  const { usedBytes: _, ...unknown } = a;
  expect(await updated(written([unknown]), present([renamed]))).toBe(written([renamed]));
});

test('a list of which nothing is left is an empty one', async () => {
  expect(await updated(written([a]), present([]))).toBe('[]\n');
});

const states = fc.uniqueArray(
  fc.record({ id: fc.integer({ min: 1, max: 40 }), quotaBytes: fc.nat({ max: 3 }), enabled: fc.boolean() }),
  { minLength: 1, selector: ({ id }) => id },
);

test('with any two states, the file has all that is there now, with what it had in its order', async () => {
  await fc.assert(
    fc.asyncProperty(states, states, async (before, after) => {
      const records = (state: typeof before) => state.map(({ id, ...facts }) => tenantRecord(`${id}`, facts));
      const [old, now] = [records(before), records(after)];
      const text = await updated(written(old), present(now));
      const rows: ListRecord[] = JSON.parse(text);
      expect(rows.toSorted(byKey)).toEqual(now.toSorted(byKey));
      const keys = rows.map(({ key }) => key);
      const kept = old.map(({ key }) => key).filter(key => keys.includes(key));
      expect(keys.filter(key => kept.includes(key))).toEqual(kept);
      expect(text).toBe(written(rows));
    }),
  );
});

function byKey(one: ListRecord, other: ListRecord): number {
  return one.key < other.key ? -1 : 1;
}
