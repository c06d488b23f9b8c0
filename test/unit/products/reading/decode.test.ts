import * as v from 'valibot';
import { expect, test } from 'vitest';
import {
  expectList,
  expectShape,
  expectWholeList,
  flag,
  identified,
  identifier,
  moment,
  partList,
  text,
  texts,
} from '../../../../src/products/reading/decode';
import { turnsDuring } from '../../eventLoop';

const host = 'server.example.com:443';
const element = identified(['Id', 'Name'], { Id: identifier, Name: text, Enabled: flag });
const elements = (number: number) => Array.from({ length: number }, (_, index) => ({ Id: String(index) }));

test.each<[unknown, string]>([
  [undefined, 'nothing'],
  [{ Ids: [] }, 'an object with Ids'],
  [[null, null], '0: null'],
  [[{ uid: 'a', name: 7 }], '0: an object with uid, name'],
  [[{ Id: 'x'.repeat(10_001) }], '0.Id: a text of 10001 characters'],
])('tells where a list is not what it should be', async (value, detail) => {
  await expect(expectList(host, 'a list', element, value)).rejects.toMatchObject({ kind: 'unexpectedShape', detail });
});

test('an element that is not what it should be costs itself, and is told of by what came', async () => {
  const list = [...elements(250), null, { uid: 'a' }, ...elements(250), 'b', [], { Id: {} }, 7, true];
  const { elements: read, unreadable } = await expectList(host, 'a list', element, list, 500);
  expect(read.map(({ Id }) => Id)).toEqual([...elements(250), ...elements(250)].map(({ Id }) => Id));
  expect(unreadable).toEqual({
    count: 7,
    came: [
      '750: null',
      '751: an object with uid',
      '1002: a string',
      expect.stringMatching(/^1003/),
      '1004: an object with Id',
    ],
  });
});

test('a list that has to be whole fails with one such element', async () => {
  await expect(expectWholeList(host, 'a list', element, [{ Id: 'a' }, null])).rejects.toMatchObject({
    kind: 'unexpectedShape',
    detail: '1: null',
  });
  expect(await expectWholeList(host, 'a list', element, elements(2))).toHaveLength(2);
});

test('more elements than any server has are not read', async () => {
  await expect(expectList(host, 'a list', element, elements(250_001))).rejects.toMatchObject({
    kind: 'tooLarge',
    detail: 'a list of 250001',
  });
});

test('tells of the members that came, not of those that were looked for', () => {
  expect(() => expectShape(host, 'a session', element, { sessionId: 'a', links: [] })).toThrow(
    expect.objectContaining({ detail: 'an object with sessionId, links' }),
  );
});

test('texts are cut where they are too long', () => {
  const long = 'x'.repeat(100_000);
  expect(v.parse(text, long)).toBe(`${'x'.repeat(9_999)}…`);
  expect(v.parse(text, 'x'.repeat(10_000))).toBe('x'.repeat(10_000));
  expect(v.parse(texts, [long])).toEqual([`${'x'.repeat(9_999)}…`]);
  expect(v.parse(text, `${'x'.repeat(9_998)}😀${'x'.repeat(10)}`)?.isWellFormed()).toBe(true);
});

test('IDs are taken to the letter or not at all', () => {
  expect(v.parse(identifier, 'x'.repeat(10_000))).toBe('x'.repeat(10_000));
  expect(v.safeParse(identifier, 'x'.repeat(10_001)).success).toBe(false);
  expect([7, true, '', null, {}].map(each => v.parse(identifier, each))).toEqual([
    '7',
    'true',
    undefined,
    undefined,
    undefined,
  ]);
});

test('an id that came as a number is that number or nothing', () => {
  const parse = (json: string) => v.safeParse(identifier, JSON.parse(json));
  expect(parse('9007199254740991')).toMatchObject({ success: true, output: '9007199254740991' });
  for (const altered of ['9007199254740993', '12345678901234567890', '1e21', '1.10']) {
    expect(parse(altered).success).toBe(false);
  }
});

test('parts in a list cost themselves', () => {
  const parts = partList({ email: text });
  expect(v.parse(parts, [{ email: 'a' }, null, 'b', { email: 7 }])).toEqual([{ email: 'a' }, { email: '7' }]);
  expect(v.parse(parts, 'none')).toEqual([]);
});

test.each([
  ['2024-03-01T10:20:30Z', '2024-03-01T10:20:30Z'],
  ['2024-03-01T10:20:30.1234567+02:00', '2024-03-01T10:20:30.1234567+02:00'],
  // Without a zone it is UTC.
  ['2024-03-01T10:20:30', '2024-03-01T10:20:30Z'],
  ['2024-03-01T10:20', '2024-03-01T10:20Z'],
  ['2024-03-01', '2024-03-01'],
  ['1980-01-01T00:00:00', '1980-01-01T00:00:00Z'],
  ['8999-12-31T23:59:59Z', '8999-12-31T23:59:59Z'],
  // Never.
  ...['0001-01-01T00:00:00', '1753-01-01T00:00:00', '1970-01-02T00:00:00Z', '1979-12-31T23:59:59Z'].map(never),
  ...['9000-01-01T00:00:00Z', '9999-12-31T23:59:59.9999999', '9999-12-31'].map(never),
  // Other ways to write it may mean anything.
  ...['03/01/2024', '1 March 2024', 'Fri, 01 Mar 2024 10:20:30 GMT', '/Date(1709288430000)/', '2024', '1709288430'].map(
    never,
  ),
  ...['2024-13-01', '2024-03-01 10:20:30', '2024-03-01T25:00:00Z', 'soon', ''].map(never),
  never(1709288430000),
  never(null),
  never({}),
])('the moment %j is %j', (value, expected) => {
  expect(v.parse(moment, value)).toBe(expected);
});

function never(value: unknown): [unknown, undefined] {
  return [value, undefined];
}

test('tells the place within an element', async () => {
  const list = [{ Port: 'x' }];
  await expect(expectList(host, 'a list', v.object({ Port: v.number() }), list)).rejects.toMatchObject({
    detail: '0.Port: a string',
  });
});

test('lets others have a turn while a long list is read', async () => {
  const list = elements(200_000);
  let read: readonly { Id: string | undefined }[] = [];
  const turns = await turnsDuring(async () => {
    ({ elements: read } = await expectList(host, 'a list', element, list));
  });
  expect(read.map(({ Id }) => ({ Id }))).toEqual(list);
  expect(turns).toBeGreaterThan(3);
});
