import * as v from 'valibot';
import { expect, test } from 'vitest';
import {
  amount,
  expectList,
  expectShape,
  expectWholeList,
  flag,
  identified,
  identifier,
  moment,
  part,
  partList,
  shapeOf,
  text,
  texts,
  token,
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

test('texts are taken as they are written', () => {
  const values = [' a ', '', 7, 0, false, null, undefined, {}, 'half \ud83d'];
  expect(values.map(each => v.parse(text, each))).toEqual([
    ...[' a ', undefined, '7', '0', 'false', undefined, undefined, undefined],
    'half \ufffd',
  ]);
});

test('amounts are numbers that a server can count to, also where they came as a text', () => {
  const good = [0, 7, 0.5, 2 ** 63, '0', ' 12 ', '9223372036854775807'];
  expect(good.map(each => v.parse(amount, each))).toEqual([0, 7, 0.5, 2 ** 63, 0, 12, 2 ** 63]);
  const bad = [-1, 2 ** 64, 1e300, Number.NaN, '', ' ', '-1', '7 GB', '1e300', 'Infinity', true, null, [], [7], {}];
  expect(bad.map(each => v.parse(amount, each))).toEqual(bad.map(() => undefined));
});

test('a yes or no may be written as a text', () => {
  const values = [true, false, 'true', 'false', ' True ', 'FALSE', 'yes', '', 1, 0, null, {}];
  expect(values.map(each => v.parse(flag, each))).toEqual([
    ...[true, false, true, false, true, false],
    ...[undefined, undefined, undefined, undefined, undefined, undefined],
  ]);
});

test.each(['', 'a b', 'a\r\nHost: b', 'ü', 'a\u007f'])('%j is no token, as it does not fit into a header', value => {
  expect(v.safeParse(token, value).success).toBe(false);
});

test('a token is any other text in ASCII', () => {
  expect(v.parse(token, '!a~')).toBe('!a~');
});

test('a part that is something else is missing', () => {
  const parts = part({ email: text });
  expect(v.parse(parts, { email: 'a' })).toEqual({ email: 'a' });
  expect(['b', 7, null, undefined].map(each => v.parse(parts, each))).toEqual([null, null, null, null]);
});

test('texts in a list may stand without it', () => {
  expect(v.parse(texts, ['a', '', 7, null, 'b'])).toEqual(['a', 'b']);
  expect(v.parse(texts, 'a')).toEqual(['a']);
  expect(v.parse(texts, '')).toEqual([]);
});

test.each([
  [null, 'null'],
  [[1, 2], 'a list of 2'],
  [{}, 'an empty object'],
  [{ a: 1, b: 'secret' }, 'an object with a, b'],
  [Object.fromEntries([...'abcdefghij'].map(name => [name, 1])), 'an object with a, b, c, d, e, f, g, h'],
  [{ ['x'.repeat(500)]: 1 }, `an object with ${'x'.repeat(104)}…`],
  ['x'.repeat(10_000), 'a string'],
  ['x'.repeat(10_001), 'a text of 10001 characters'],
  [undefined, 'nothing'],
  [7, 'a number'],
])('names the form of a value, and never what it holds: %#', (value, form) => {
  expect(shapeOf(value)).toBe(form);
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
