import fc from 'fast-check';
import { expect, test } from 'vitest';
import { looksLikeSavedList } from '../../../src/changes/looksLikeSavedList';
import { NoSavedList, readSavedList } from '../../../src/changes/savedList';
import { jsonOf } from '../../../src/views/shared/itemRecords';
import { HOSTILE_NAMES } from '../../sample-servers/names';
import { never } from '../never';
import { list, tenantRecord } from './records';

const rows = [tenantRecord('a'), tenantRecord('b', { name: 'x"]},{\\', resources: [{ id: 'r' }] })];

async function refusal(content: unknown): Promise<string> {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const error: unknown = await readSavedList(text, never).catch((thrown: unknown) => thrown);
  if (!(error instanceof NoSavedList)) {
    throw new Error(`${text.slice(0, 100)} was read: ${error}`);
  }
  return error.message;
}

test.each([undefined, 2, '\t'])(
  'each row is read with its place in the text, however that is indented',
  async indent => {
    const text = `\uFEFF${JSON.stringify(rows, undefined, indent)}\r\n`;
    const saved = await readSavedList(text, never);
    expect(saved.rows.map(({ record }) => record)).toEqual(rows);
    for (const { record, start, end } of saved.rows) {
      expect(JSON.parse(text.slice(start, end))).toEqual(record);
    }
  },
);

test('any name is read as it was written', async () => {
  const name = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...HOSTILE_NAMES));
  await fc.assert(
    fc.asyncProperty(fc.array(name, { minLength: 1 }), async names => {
      const text = `[${names.map((each, at) => jsonOf(tenantRecord(`${at}`, { name: each }))).join(',')}]`;
      expect((await readSavedList(text, never)).rows.map(({ record }) => record.name)).toEqual(names);
    }),
  );
});

test('what is no exported list is refused in a sentence', async () => {
  expect(await refusal('')).toBe('This is not a list exported as JSON.');
  expect(await refusal({ version: 1, servers: [] })).toBe('This is not a list exported as JSON.');
  expect(await refusal('[]')).toContain('The list is empty');
  expect(await refusal([1])).toBe('The file is not valid JSON.');
  expect(await refusal([{}])).toContain('"key" is missing or invalid in row 1');
  for (const [member, value] of Object.entries({
    name: 1,
    path: ['a', 1],
    server: null,
    key: 'a//b',
    incomplete: 1,
    id: {},
  })) {
    expect(await refusal([{ ...rows[0], [member]: value }])).toContain(`"${member}" is missing or invalid in row 1`);
  }
  // What looks at each place above a row would not come to an end.
  expect(await refusal([{ ...rows[0], key: `${'a/'.repeat(500_000)}a` }])).toContain('"key" is missing or invalid');
  expect(await refusal([rows[0], { ...rows[1], kind: 'toString' }])).toContain('Row 2 is of a kind');
  expect(await refusal([...rows, tenantRecord('a')])).toBe('Rows 1 and 3 have the same key.');
});

test('a file that a merge has left half done is refused', async () => {
  const text = JSON.stringify(rows, undefined, 2);
  const at = text.lastIndexOf('  {');
  const merging = `${text.slice(0, at)}<<<<<<< HEAD\n${text.slice(at)}`;
  expect(await refusal(merging)).toBe('The file is not valid JSON, in or before row 2.');
  const commas = [text.replace('},', '}'), text.replace('},', '};'), text.replace(/\]$/, ',]')];
  for (const broken of ['[{]', '[{"key":"}]', text.slice(0, -4), `${text}]`, ...commas]) {
    expect(await refusal(broken)).toContain('not valid JSON');
  }
  expect(await refusal(text.replace(/\]$/, ',<]'))).toBe('The file is not valid JSON, in or before row 3.');
  expect(await refusal('[{"a":1},]')).toContain('"key" is missing');
});

test('texts without an end cost no more than they are long', async () => {
  const mega = 'x'.repeat(1_100_000);
  expect(await refusal(`[{"key":"${mega}`)).toBe('Row 1 is too long.');
  expect(await refusal(`[${'{"a":'.repeat(300_000)}`)).toContain('not valid JSON');
  expect(await refusal(`[${'['.repeat(1_000_000)}`)).toContain('not valid JSON');
  expect(await refusal(' '.repeat(5_000_000))).toContain('not a list');
});

test('a list or a row that is too long is refused', { timeout: 60_000 }, async () => {
  const row = (number: number) =>
    JSON.stringify({ key: `s/t:${number}`, kind: 'tenant', name: '', server: '', path: [] });
  const all = Array.from({ length: 250_001 }, (_, number) => row(number));
  expect(await refusal(`[${all.join()}]`)).toBe('The list has more than 250000 rows.');
  expect((await readSavedList(`[${all.slice(1).join()}]`, never)).rows).toHaveLength(250_000);
  const long = { ...rows[1], note: 'x'.repeat(1024 * 1024) };
  expect(await refusal([rows[0], long])).toBe('Row 2 is too long.');
});

test('reading can be given up', async () => {
  await expect(readSavedList(JSON.stringify(rows), AbortSignal.abort())).rejects.toMatchObject({ kind: 'cancelled' });
});

test('a list is known by its beginning, whatever it is called', () => {
  expect(looksLikeSavedList(JSON.stringify(rows, undefined, 2).slice(0, 1000))).toBe(true);
  expect(looksLikeSavedList(`\uFEFF\n[ {"server": 1, "path": [], "kind": ""}`)).toBe(true);
  const parts = ['[{"server":1,"kind":1}]', '[{"server":1,"path":1}]', '[{"kind":1,"path":1}]'];
  const nested = '{"rows":[{"server":1,"kind":1,"path":1}]}';
  for (const other of ['', '[]', '[{"name":"a"}]', '{"server":1,"kind":1,"path":1}', `"${list}"`, nested, ...parts]) {
    expect(looksLikeSavedList(other)).toBe(false);
  }
});

test('the scope of chosen kinds is read if it is complete and above its row', async () => {
  const scope = { exportedFrom: 'one', onlyKinds: ['tenant'] };
  const row = (more: object) => [{ ...tenantRecord('a'), key: 'one/group:t/tenant:a', ...more }];
  expect((await readSavedList(JSON.stringify(row(scope)), never)).rows[0]?.record).toMatchObject(scope);
  for (const odd of [
    { exportedFrom: 'on' },
    { exportedFrom: 'two' },
    { onlyKinds: undefined },
    { onlyKinds: 'tenant' },
    { onlyKinds: ['tenant', 1] },
  ]) {
    expect(await refusal(row({ ...scope, ...odd }))).toContain('is missing or invalid in row 1');
  }
});
