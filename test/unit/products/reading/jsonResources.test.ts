import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { HttpResponse } from '../../../../src/http/request';
import { allPages } from '../../../../src/products/reading/jsonResources';
import { product } from '../../../../src/products/service-provider-console';
import { never } from '../../never';
import { answer, handedOver } from '../answeringApi';

/** All of a list that comes in these pages, with the total that the server tells. */
function all(pages: readonly (readonly string[])[], total?: number) {
  return allPages(async offset => ({
    elements: (pages[offset] ?? []).map(id => ({ id })),
    nextOffset: offset + 1 < pages.length ? offset + 1 : undefined,
    total,
  }));
}

test('what comes again on a later page is taken once', async () => {
  // A row moved from the first page to the second while they were read.
  const { elements } = await all([['a', 'b'], ['b', 'c'], ['d']], 4);
  expect(elements.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
});

test('the first page in the place of the last one leaves the list unfinished', async () => {
  await expect(
    all(
      [
        ['a', 'b'],
        ['a', 'b'],
      ],
      4,
    ),
  ).rejects.toMatchObject({ kind: 'endlessList' });
});

test('a row that came again in the place of another leaves the list unfinished', async () => {
  await expect(all([['a', 'b'], ['b']], 3)).rejects.toMatchObject({ kind: 'endlessList' });
});

test('a server that tells no total, or too small a one, is believed', async () => {
  for (const total of [undefined, 2]) {
    const { elements } = await all([['a', 'b'], ['b']], total);
    expect(elements.map(({ id }) => id)).toEqual(['a', 'b']);
  }
});

test('two elements of one page that read the same are two', async () => {
  expect((await all([['a', 'a']], 2)).elements).toHaveLength(2);
});

test('an answer may have all elements of a long list at once', async () => {
  const elements = Array.from({ length: 250_000 }, (_, index) => index);
  const list = await allPages(async () => ({ elements, nextOffset: undefined, total: undefined }));
  expect(list.elements).toHaveLength(elements.length);
});

describe('a server that limits requests', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Asks for a description of the server, which answers with these in turn and then as it should; tells when it was asked. */
  async function ask(...refusals: readonly HttpResponse[]): Promise<{ asked: readonly number[]; outcome: unknown }> {
    const start = Date.now();
    const asked: number[] = [];
    const described = product.describeServer(
      {
        host: 'vspc.example.com:1280',
        apiVersion: 'v3',
        account: {},
        features: async () => [],
        async get(_path, _accept, signal, options) {
          signal.throwIfAborted();
          asked.push((Date.now() - start) / 1000);
          const good = answer(Buffer.from(JSON.stringify({ data: { serverVersion: '9.1.0.1' } })));
          return await handedOver(refusals[asked.length - 1] ?? good, options);
        },
      },
      never,
    );
    const outcome = described.then(
      ({ version }) => version,
      (error: unknown) => error,
    );
    await vi.runAllTimersAsync();
    return { asked, outcome: await outcome };
  }

  function limits(retryAfter?: number, headers: Record<string, string> = {}): HttpResponse {
    const body = Buffer.from(JSON.stringify({ errors: [{ message: 'Too many requests.', retryAfter }] }));
    return { ...answer(body), status: 429, headers };
  }

  test('is asked again when it says, in the body or in a header', async () => {
    expect(await ask(limits(3), limits(undefined, { 'retry-after': '5' }))).toEqual({
      asked: [0, 3, 8],
      outcome: '9.1.0.1',
    });
  });

  test('is asked no more often than once in a second', async () => {
    expect(await ask(limits(0), limits(0))).toEqual({ asked: [0, 1, 2], outcome: '9.1.0.1' });
  });

  test('is believed at once where nobody would wait for so long, or it does not say how long', async () => {
    for (const refusal of [limits(16), limits()]) {
      expect(await ask(refusal)).toEqual({ asked: [0], outcome: expect.objectContaining({ kind: 'throttled' }) });
    }
  });

  test('is given up after fifteen seconds', async () => {
    const { asked, outcome } = await ask(...Array(10).fill(limits(4)));
    expect(asked).toEqual([0, 4, 8, 12]);
    expect(outcome).toMatchObject({ kind: 'throttled', retryAfterSeconds: 4 });
  });
});
