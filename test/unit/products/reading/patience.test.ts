import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { HttpResponse } from '../../../../src/http/request';
import { loadProduct } from '../../../../src/products/loadProduct';
import type { Api } from '../../../../src/products/product';
import { never } from '../../never';
import { answer, handedOver } from '../answeringApi';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const json = (body: unknown) => answer(Buffer.from(JSON.stringify(body)));

/** A product, a version of its API, the path of a request to which this is the good answer, and what a refusal looks like. */
const products: readonly (readonly [id: string, version: string, good: HttpResponse, refusal: string])[] = [
  ['service-provider-console', 'v3', json({ data: { serverVersion: '9.1.0.1' } }), '{"errors":[{"message":"Later"}]}'],
  ['enterprise-manager', 'v1_7', json({}), '<Error Message="Later"/>'],
  ['enterprise-manager', 'v1_3', answer(Buffer.from('<LogonSessions/>')), '<Error Message="Later"/>'],
  ['vb365', 'v8', json({ version: '8.1' }), '{"message":"Later"}'],
  ['backup-replication', '1.3-rev1', json({ buildVersion: '13.0' }), '{"message":"Later"}'],
];

/** Asks a server to describe itself, which answers with these in turn and then as it should; tells when it was asked. */
async function ask(id: string, apiVersion: string, good: HttpResponse, refusals: readonly HttpResponse[]) {
  const product = await loadProduct(id);
  const start = Date.now();
  const asked: number[] = [];
  const api: Api = {
    host: 'server.example.com:443',
    apiVersion,
    account: {},
    features: async () => [],
    async get(_path, _accept, signal, options) {
      signal.throwIfAborted();
      asked.push((Date.now() - start) / 1000);
      return await handedOver(refusals[asked.length - 1] ?? good, options);
    },
  };
  const outcome = product.describeServer(api, never).then(
    () => 'described',
    (error: unknown) => error,
  );
  await vi.runAllTimersAsync();
  return { asked, outcome: await outcome };
}

describe.each(products)('%s in %s', (id, version, good, body) => {
  const refusal = (status: number, retryAfter?: number): HttpResponse => ({
    ...answer(Buffer.from(body)),
    status,
    headers: retryAfter === undefined ? {} : { 'retry-after': `${retryAfter}` },
  });
  const outcomeOf = (...refusals: readonly HttpResponse[]) => ask(id, version, good, refusals);

  test.each([429, 503])('a server that answers %i is asked again when it says', async status => {
    expect(await outcomeOf(refusal(status, 3), refusal(status, 5))).toEqual({ asked: [0, 3, 8], outcome: 'described' });
  });

  test('it is asked no more often than once in a second', async () => {
    expect(await outcomeOf(refusal(429, 0), refusal(503, 0))).toEqual({ asked: [0, 1, 2], outcome: 'described' });
  });

  test.each([
    [429, 16, 'throttled', /limiting requests\. Try again in 16 seconds\.$/],
    [503, 16, 'serverFailed', /answered with status 503\. Try again in 16 seconds\.$/],
    [429, undefined, 'throttled', /Try again in a minute\.$/],
    [503, undefined, 'serverFailed', /answered with status 503: Later$/],
  ])('%i is believed at once after which nobody would wait for %s seconds', async (status, seconds, kind, message) => {
    expect(await outcomeOf(refusal(status, seconds))).toEqual({
      asked: [0],
      outcome: expect.objectContaining({ kind, message: expect.stringMatching(message) }),
    });
  });

  test('it is given up after fifteen seconds', async () => {
    const { asked, outcome } = await outcomeOf(...Array(10).fill(refusal(503, 4)));
    expect(asked).toEqual([0, 4, 8, 12]);
    expect(outcome).toMatchObject({ status: 503, retryAfterSeconds: 4 });
  });
});

test('the console says in the body how long to wait', async () => {
  const [[id, version, good]] = products as [(typeof products)[number]];
  const refusal = { ...json({ errors: [{ message: 'Too many requests.', retryAfter: 3 }] }), status: 429 };
  expect(await ask(id, version, good, [refusal])).toEqual({ asked: [0, 3], outcome: 'described' });
});
