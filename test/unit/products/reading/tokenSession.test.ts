import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ServerFailed } from '../../../../src/products/failures';
import { tokenSession } from '../../../../src/products/reading/tokenSession';

const host = 'server.example.com:443';
const transport = { origin: `https://${host}`, host, certificate: undefined, request: vi.fn(), close: vi.fn() };

const signedIn = (body: unknown, status = 200) =>
  tokenSession(
    transport,
    { status, headers: {}, body: Buffer.from(JSON.stringify(body)), clean: words => words },
    600,
    async () => ({ said: 'Not now.' }),
  );

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

test.each<[string, object, number | undefined]>([
  ['nine tenths of the lifetime that the server tells', { expires_in: 1000 }, 1_900_000],
  ['nine tenths of the documented lifetime', {}, 1_540_000],
  ['nine tenths of the documented lifetime if the server tells no number', { expires_in: 'soon' }, 1_540_000],
  ['nine tenths of the shortest lifetime that is believed', { expires_in: 30 }, 1_027_000],
  ['no time if the lifetime is too short to be true', { expires_in: 29 }, undefined],
])('a session is to be renewed after %s', async (_name, body, renewAt) => {
  const session = await signedIn({ access_token: 'eyJ.A1', ...body });
  expect(session).toStrictEqual({ token: 'eyJ.A1', ...(renewAt === undefined ? {} : { renewAt }) });
});

test('a session can be renewed if there is a refresh token', async () => {
  expect(await signedIn({ access_token: 'eyJ.A1', refresh_token: 'eyJ.R1', expires_in: 0 })).toStrictEqual({
    token: 'eyJ.A1',
    renewal: 'eyJ.R1',
  });
});

test('a status other than 200 opens no session, whatever the body has', async () => {
  for (const status of [201, 500]) {
    const failure = await signedIn({ access_token: 'eyJ.A1' }, status).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ServerFailed);
    expect(failure).toMatchObject({ status, message: expect.stringContaining('Not now.') });
  }
});

test('a session that has expired is one when a token call refuses to renew it', async () => {
  await expect(signedIn({}, 401)).rejects.toMatchObject({ kind: 'sessionRefused' });
});

test('where there is no token call, nobody can sign in', async () => {
  await expect(signedIn({}, 404)).rejects.toMatchObject({ kind: 'noSignIn' });
});

test('an answer without a token is told as such', async () => {
  await expect(signedIn({ access_token: '' })).rejects.toMatchObject({
    kind: 'unexpectedShape',
    message: `${host} sent something other than an access token.`,
  });
});
