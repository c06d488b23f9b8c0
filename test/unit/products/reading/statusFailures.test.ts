import { expect, test, vi } from 'vitest';
import type { HttpResponse } from '../../../../src/http/request';
import {
  explanationIn,
  failureOf,
  inconclusive,
  refusesCredentials,
  wantsToken,
} from '../../../../src/products/reading/statusFailures';

const host = 'server.example.com:443';

function refusal(status: number, body: unknown, headers: HttpResponse['headers'] = {}): HttpResponse {
  return { status, headers, body: Buffer.from(JSON.stringify(body)), clean: words => words.replace('hunter2', '***') };
}

/** As a product reads it whose errors tell when to ask again. */
async function failureIn(response: HttpResponse) {
  const explained = await explanationIn(response, async () => {
    const { message, retryAfter } = JSON.parse(response.body.toString());
    return { said: message, retryAfterSeconds: retryAfter };
  });
  return failureOf(host, response, explained);
}

test.each([
  ['in the body', { message: 'Slow down', retryAfter: 12 }, {}, 12],
  ['in a header, which counts first', { message: 'Slow down', retryAfter: 12 }, { 'retry-after': '7' }, 7],
  ['in parts of a second', { retryAfter: 0.4 }, {}, 1],
  ['beyond belief', { retryAfter: 86_400 }, {}, undefined],
  ['in the past', { retryAfter: -5 }, {}, undefined],
  ['as an hour', { retryAfter: 3600 }, {}, 3600],
  ['as more than an hour', { retryAfter: 3601 }, {}, undefined],
  ['as now', { retryAfter: 0 }, {}, 0],
  ['in a header that makes no sense', { retryAfter: 12 }, { 'retry-after': '7 s' }, 12],
  ['nowhere', { message: 'Slow down' }, {}, undefined],
])('how long to wait is told %s', async (_where, body, headers, retryAfterSeconds) => {
  expect(await failureIn(refusal(429, body, headers))).toMatchObject({ kind: 'throttled', retryAfterSeconds });
});

test('a status that only one product knows reads as the failure of the server, with what that says', async () => {
  expect(await failureIn(refusal(520, { message: 'The backup server is not reachable: hunter2' }))).toMatchObject({
    kind: 'serverFailed',
    status: 520,
    message: `${host} answered with status 520: The backup server is not reachable: ***`,
  });
});

test('an error without a readable body is explained by its status alone', async () => {
  expect(await failureIn({ ...refusal(520, {}), body: Buffer.from('<html>') })).toMatchObject({
    message: `${host} answered with status 520 and no explanation.`,
  });
});

test.each([
  [
    'to another host',
    'https://login.example.com/?to=/',
    `${host} redirects to login.example.com. Is the address right?`,
  ],
  [
    'to another port',
    'https://server.example.com:9443/',
    `${host} redirects to server.example.com:9443. Is the address right?`,
  ],
  [
    'to another protocol',
    'http://server.example.com/',
    `${host} redirects to http://server.example.com. Is the address right?`,
  ],
  [
    'within the server',
    'https://server.example.com/login',
    `${host} redirects to another page of its own. Is the address right?`,
  ],
  [
    'within the server, with its port',
    'https://server.example.com:443/',
    `${host} redirects to another page of its own. Is the address right?`,
  ],
  ['by a path alone', '/login?hunter2', `${host} redirects to another page of its own. Is the address right?`],
  ['to nowhere', undefined, `${host} redirects to another address. Is the address right?`],
])('a redirect %s says where it leads', async (_where, location, message) => {
  const headers = location === undefined ? {} : { location };
  expect(await failureIn(refusal(302, {}, headers))).toMatchObject({ kind: 'redirected', message });
});

test.each([
  ['Sun, 01 Mar 2026 10:00:30 GMT', 30],
  ['Sun, 01 Mar 2026 09:59:00 GMT', undefined],
  ['Mon, 02 Mar 2026 10:00:00 GMT', undefined],
])('a moment from which on to ask again, %s, is %s seconds away', async (moment, retryAfterSeconds) => {
  vi.useFakeTimers({ now: Date.UTC(2026, 2, 1, 10) });
  try {
    const response = refusal(429, {}, { 'retry-after': moment });
    expect(failureOf(host, response)).toMatchObject({ kind: 'throttled', retryAfterSeconds });
  } finally {
    vi.useRealTimers();
  }
});

test.each<[number, string, string]>([
  [299, 'serverFailed', 'serverFailed'],
  [300, 'redirected', 'redirected'],
  [399, 'redirected', 'redirected'],
  [400, 'serverFailed', 'serverFailed'],
  [401, 'sessionRefused', 'sessionRefused'],
  [403, 'accessDenied', 'accessDenied'],
  [404, 'notFound', 'noSignIn'],
  [429, 'throttled', 'throttled'],
])('status %d means %s, and %s where a session was asked for', (status, item, session) => {
  expect(failureOf(host, refusal(status, {}))).toMatchObject({ kind: item });
  expect(failureOf(host, refusal(status, {}), {}, 'session')).toMatchObject({ kind: session });
});

test('answers of what is in front of a server, or of one in trouble, say nothing of the product', async () => {
  const kindOf = async (status: number, headers?: HttpResponse['headers']) =>
    (await inconclusive(host, refusal(status, {}, headers), async () => ({})))?.kind ?? 'telling';
  const kinds = (statuses: readonly number[], headers?: HttpResponse['headers']) =>
    Promise.all(statuses.map(status => kindOf(status, headers)));
  expect(await kinds([407, 408, 409, 421, 423, 425, 429, 500, 502, 511])).not.toContain('telling');
  expect(new Set(await kinds([200, 299, 400, 401, 403, 404, 499, 512, 520]))).toEqual(new Set(['telling']));
  const elsewhere = { location: 'https://login.example.com/' };
  expect(await kinds([300, 302, 399], elsewhere)).toEqual(Array(3).fill('redirected'));
  expect(await kinds([299, 400], elsewhere)).toEqual(Array(2).fill('telling'));
  // Within the server it is the product that answers.
  expect(await kindOf(302, { location: '/login' })).toBe('telling');
  expect(await kindOf(302)).toBe('telling');
});

test.each<[number, string, HttpResponse['headers'], boolean]>([
  [401, '{}', {}, true],
  [403, '{}', {}, true],
  [401, '{}', { 'www-authenticate': 'Bearer' }, true],
  [401, '{}', { 'www-authenticate': 'Bearer realm="basically"' }, true],
  [401, '{}', { 'www-authenticate': 'Negotiate, NTLM' }, false],
  [401, '{}', { 'www-authenticate': 'basic realm="x"' }, false],
  [401, '<!doctype html><p>Sign in</p>', {}, false],
  [200, '{}', {}, false],
  [404, '{}', {}, false],
])('an answer %d of %s with %j wants a token: %s', (status, body, headers, expected) => {
  expect(wantsToken({ ...refusal(status, {}, headers), body: Buffer.from(body) })).toBe(expected);
});

test('credentials are refused by these statuses, and may be good by all others', () => {
  const statuses = [200, 302, 400, 401, 402, 403, 404, 409, 422, 423, 429, 500];
  expect(statuses.filter(status => refusesCredentials(refusal(status, {})))).toEqual([401, 402, 403, 422, 423]);
});
