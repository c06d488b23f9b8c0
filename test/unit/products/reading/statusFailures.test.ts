import { expect, test } from 'vitest';
import type { HttpResponse } from '../../../../src/http/request';
import { explanationIn, failureOf } from '../../../../src/products/reading/statusFailures';

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
