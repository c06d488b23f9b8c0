import { describe, expect, test } from 'vitest';
import { product } from '../../../../src/products/backup-replication';
import { newestFirst } from '../../../../src/products/product';
import { never } from '../../never';
import { refusal, responseOf, transport } from './fakeServer';

const time = { serverTime: '2026-03-02T09:15:00.7300443+01:00', timeZone: '(UTC+01:00) Berlin' };

/** Serves some versions, and says which. */
function serving(...served: readonly string[]) {
  return transport(({ headers }) =>
    served.includes(headers?.['x-api-version'] ?? '') ? [200, time] : refusal(...served),
  );
}

describe('the version', () => {
  test.each(product.apiVersions)('%s is found where it is the only one', async version => {
    const http = serving(version);
    expect(await product.probe(http, never)).toEqual({ apiVersions: [version] });
    expect(http.sent).toHaveLength(1);
    expect(http.sent.every(({ method, path }) => method === 'GET' && path === '/api/v1/serverTime')).toBe(true);
  });

  test('is the newest at once where the server serves that', async () => {
    const http = serving('1.1-rev0', '1.3-rev2');
    expect(await product.probe(http, never)).toEqual({ apiVersions: ['1.3-rev2'] });
    expect(http.sent.map(({ version }) => version)).toEqual(['1.3-rev2']);
  });

  test('is taken from the list of a refusal, without a sign-in', async () => {
    const http = serving('1.0-rev1', '1.0-rev2', '1.1-rev0', '1.1-rev1', '1.1-rev2');
    const probe = await product.probe(http, never);
    expect([...(probe?.apiVersions ?? [])].sort(newestFirst(product.info))[0]).toBe('1.1-rev2');
    expect(http.sent).toHaveLength(1);
    expect(http.sent[0]?.method).toBe('GET');
  });

  test('that was saved is asked for first, and found anew once it is refused', async () => {
    const still = serving('1.1-rev0', '1.3-rev2');
    expect(await product.probe(still, never, '1.1-rev0')).toEqual({ apiVersions: ['1.1-rev0'] });
    const upgraded = serving('1.3-rev1', '1.3-rev2');
    expect(await product.probe(upgraded, never, '1.1-rev0')).toEqual({ apiVersions: ['1.3-rev1', '1.3-rev2'] });
  });

  test('is tried for where the refusal lists none', async () => {
    const silent = { errorCode: 'NotImplemented', message: 'The specified API version is not supported.' };
    const http = transport(({ headers }) => (headers?.['x-api-version'] === '1.2-rev1' ? [200, time] : [400, silent]));
    expect(await product.probe(http, never)).toEqual({ apiVersions: ['1.2-rev1'] });
    expect(http.sent.map(({ version }) => version)).toEqual(['1.3-rev2', '1.3-rev1', '1.3-rev0', '1.2-rev1']);
    const foreign = transport(() => [400, silent]);
    expect(await product.probe(foreign, never)).toEqual({ apiVersions: [] });
    expect(foreign.sent).toHaveLength(product.apiVersions.length);
  });

  test('is compared by its numbers', () => {
    const order = ['1.10-rev0', '1.3-rev10', '1.3-rev2', '1.3-rev0', '1.2-rev1'];
    expect(order.toReversed().sort(newestFirst(product.info))).toEqual(order);
  });

  test('goes with every request as a header', () => {
    expect(product.versionHeaders?.('1.3-rev2')).toEqual({ 'x-api-version': '1.3-rev2' });
  });
});

test.each<[string, number, unknown]>([
  ['the web console on port 443', 200, '<!DOCTYPE html><html><body>Veeam</body></html>'],
  ['a page that is not there', 404, '<html></html>'],
  ['another API', 404, { message: 'Not found.' }],
  ['another refusal', 400, { errorCode: 'BadRequest', message: 'The request is odd.' }],
  ['other JSON', 200, { version: '8' }],
  ['a guard', 401, { message: 'Unauthorized' }],
])('%s is not the product', async (_name, status, body) => {
  expect(
    await product.probe(
      transport(() => [status, body]),
      never,
    ),
  ).toBeUndefined();
});

test.each([
  [400, 'Unsupported RESTAPI version. The following versions are supported: v1.0-rev1', true],
  [400, 'The specified API version is not supported.', true],
  [400, 'The filter is not supported.', false],
  [500, 'Value of enum EJobStatus is not supported in this version.', false],
])('status %i and "%s" refuse the version: %s', (status, message, is) => {
  expect(product.refusesVersion?.(responseOf(status, { errorCode: 'UnknownError', message }))).toBe(is);
});
