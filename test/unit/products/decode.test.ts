import * as v from 'valibot';
import { expect, test } from 'vitest';
import { expectList, identified, text } from '../../../src/products/decode';
import { turnsDuring } from '../eventLoop';

const host = 'server.example.com:443';
const element = identified(['Id'], { Id: text });
const elements = (number: number) => Array.from({ length: number }, (_, index) => ({ Id: String(index) }));

test.each<[unknown, string]>([
  [undefined, 'nothing'],
  [{ Ids: [] }, 'an object with Ids'],
  [[{ Id: 'a' }, null], '1: null'],
  [[...elements(250), {}, ...elements(250)], '250: an object with Id'],
])('tells where a list is not what it should be', async (value, detail) => {
  await expect(expectList(host, 'a list', element, value)).rejects.toMatchObject({ kind: 'unexpectedShape', detail });
});

test('tells the place within an element', async () => {
  const list = [{ Port: 1 }, { Port: 'x' }];
  await expect(expectList(host, 'a list', v.object({ Port: v.number() }), list)).rejects.toMatchObject({
    detail: '1.Port: a string',
  });
});

test('lets others have a turn while a long list is read', async () => {
  const list = elements(300_000);
  let read: readonly unknown[] = [];
  const turns = await turnsDuring(async () => {
    read = await expectList(host, 'a list', element, list);
  });
  expect(read).toEqual(list);
  expect(turns).toBeGreaterThan(3);
});
