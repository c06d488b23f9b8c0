import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseLargeJson } from '../../../../src/products/reading/largeJson';
import { turnsDuring } from '../../eventLoop';

const refused = Symbol('refused');

function orRefused(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return refused;
  }
}

/** Compared as text, as that tells the order of members and `__proto__` from the rest. */
async function expectSame(text: string, piece: number): Promise<void> {
  const whole = orRefused(() => JSON.stringify(JSON.parse(text)));
  const inPieces = await parseLargeJson(text, piece).then(JSON.stringify, () => refused);
  expect(inPieces).toBe(whole);
}

/** A server's answer: lists at the places where lists are. */
const answer = fc
  .tuple(fc.array(fc.jsonValue(), { maxLength: 20 }), fc.array(fc.jsonValue(), { maxLength: 5 }), fc.jsonValue())
  .chain(([many, few, other]) =>
    fc.constantFrom<unknown>(
      many,
      { CloudSubtenants: many },
      { CloudSubtenants: { CloudSubtenants: many } },
      { offset: 0, results: many, _links: { next: { href: '/' } } },
      { few, Resources: { CloudSubtenants: many, other }, PagingInfo: { Links: few } },
    ),
  );
const written = fc.tuple(answer, fc.constantFrom(0, 1)).map(([value, space]) => JSON.stringify(value, null, space));
const piece = fc.integer({ min: 0, max: 60 });

describe('reads what JSON.parse reads, and nothing else', () => {
  test('of whatever was written', async () => {
    await fc.assert(fc.asyncProperty(fc.oneof(written, fc.json()), piece, expectSame), { numRuns: 1000 });
  });

  test('of what was damaged', async () => {
    const damaged = fc
      .tuple(
        written,
        fc.nat(),
        fc.nat({ max: 3 }),
        fc.constantFrom(
          '',
          ',',
          ',,',
          '[',
          ']',
          '],[',
          '{',
          '}',
          '"',
          '\\',
          '\\"',
          ':',
          '[],',
          '__proto__',
          'null',
          '\u0001',
        ),
      )
      .map(([text, where, gone, put]) => {
        const at = where % (text.length + 1);
        return text.slice(0, at) + put + text.slice(at + gone);
      });
    await fc.assert(fc.asyncProperty(damaged, piece, expectSame), { numRuns: 3000 });
  });

  test.each([
    '',
    '[1,2,3]',
    '[1,,2]',
    '[1,2,]',
    '[,1]',
    '[1],[2]',
    '[1 2]',
    '{[1,2]:3}',
    '[[1,2],[3,4],[],{}]',
    '{"a":[1,2],"a":[3,4]}',
    '{"__proto__":[1,2],"b":[{"__proto__":1},2]}',
    '["\\\\",",","\\"]","]"]',
    '[1,2}',
    '{"a":[1,2}]',
    '[1,2',
    '["a","b',
    ' [ 1 , 2 ] ',
    '[1,2]x',
  ])('of %j', async text => {
    for (let length = 0; length <= text.length; length++) {
      await expectSame(text, length);
    }
  });
});

test('lets others have a turn while a long text is read', async () => {
  const elements = Array.from({ length: 200_000 }, (_, index) => ({ Id: index, Name: `nw-user-${index}`, Links: [] }));
  const text = JSON.stringify({ CloudSubtenants: elements });
  let read: unknown;
  const turns = await turnsDuring(async () => {
    read = await parseLargeJson(text);
  });
  expect(read).toEqual({ CloudSubtenants: elements });
  expect(turns).toBeGreaterThan(3);
});

test.each([
  ['an element that is too long', `[1,["${'x'.repeat(1_100_000)}"],2]`],
  ['an element with too much in it', `{"results":[[${'{},'.repeat(500_000)}{}]]}`],
  ['an object with too many members', `{${Array.from({ length: 100_000 }, (_, index) => `"member ${index}":{}`)}}`],
  ['a text', `"${'x'.repeat(1_100_000)}"`],
])('%s, which would make others wait, is refused', async (_name, text) => {
  await expect(parseLargeJson(text)).rejects.toThrow(/^an element of \d+ characters$/);
});
