import { afterEach, expect, test } from 'vitest';
import type { HttpRequest, HttpResponse, Transport } from '../../../src/http/request';
import { recognize } from '../../../src/products/recognize';

/** What is asked, in order. */
let asked: string[] = [];
afterEach(() => {
  asked = [];
});

/** A server at a port that answers some paths with a status and a body, the others with 404. */
function serverAt(port: number, answers: Record<string, readonly [number, unknown] | 'silence'>): Transport {
  return {
    origin: `https://backup.example.com:${port}`,
    host: `backup.example.com:${port}`,
    certificate: undefined,
    async request({ path, signal }: HttpRequest) {
      asked.push(path);
      const answer = answers[path] ?? [404, {}];
      return answer === 'silence' ? await untilGivenUp(signal) : response(...answer);
    },
    close: async () => undefined,
  };
}

async function untilGivenUp(signal: AbortSignal | undefined): Promise<never> {
  return await new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(new Error('given up')));
  });
}

function response(status: number, body: unknown): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(body)),
    clean: text => text,
  };
}

const { signal } = new AbortController();
const guard = [401, { message: 'Unauthorized' }] as const;
const firstQuestions = ['/api/', '/api/v1/serverTime', '/api/v3/about', '/v8/ServiceInstance'];
const olderVersions = ['/v7/ServiceInstance', '/v6/ServiceInstance', '/v5/BackupRepositories'];

test('a product that answers at once is not asked for what other products were in older versions', async () => {
  const http = serverAt(8443, { '/api/v1/serverTime': [200, { serverTime: '2026-03-02T09:15:00+01:00' }] });
  expect(await recognize(http, signal)).toMatchObject({ id: 'backup-replication' });
  expect(asked.sort()).toEqual(firstQuestions);
});

test('older versions are asked for at any port where no product answers', async () => {
  const http = serverAt(8443, { '/v6/ServiceInstance': guard });
  expect(await recognize(http, signal)).toMatchObject({ id: 'vb365', speaks: ['v6'] });
  expect(asked.slice(0, firstQuestions.length).sort()).toEqual(firstQuestions);
  expect(asked).toEqual(expect.arrayContaining(olderVersions));
});

test('the owner of the port waits for no other product before older versions are asked for', async () => {
  const http = serverAt(4443, { '/api/': 'silence', '/api/v3/about': 'silence', '/v5/BackupRepositories': guard });
  expect(await recognize(http, signal)).toMatchObject({ id: 'vb365', speaks: ['v5'] });
});

test('a stranger is asked for everything once', async () => {
  expect(await recognize(serverAt(8443, {}), signal)).toBeUndefined();
  expect(new Set(asked).size).toBe(asked.length);
  expect(asked).toEqual(expect.arrayContaining([...firstQuestions, ...olderVersions]));
});

test.each<[number, string, unknown]>([
  [9398, '/api/', { Message: 'The service is starting.' }],
  [9419, '/api/v1/serverTime', { errorCode: 'ServiceUnavailable', message: 'The service is starting.' }],
  [4443, '/v8/ServiceInstance', { message: 'The service is starting.' }],
  [1280, '/api/v3/about', { errors: [{ message: 'The service is starting.' }] }],
])('the owner of port %d that is in trouble says why', async (port, path, body) => {
  await expect(recognize(serverAt(port, { [path]: [503, body] }), signal)).rejects.toMatchObject({
    kind: 'serverFailed',
    message: expect.stringContaining('The service is starting.'),
  });
});
