import { describe, expect, test } from 'vitest';
import { product } from '../../../../src/products/backup-replication';
import { never } from '../../never';
import { refusal, transport } from './fakeServer';

const credentials = { userName: 'CONTOSO\\svc-browse', password: 'p@ss' };
const tokens = {
  access_token: 'eyJ.A1',
  token_type: 'bearer',
  refresh_token: 'eyJ.R1',
  expires_in: 900,
  '.issued': '2001-01-01T00:00:00',
  '.expires': '2001-01-01T00:15:00',
};
const refused = { errorCode: 'AccessDenied', message: 'Authentication failed.' };

describe('signing in', () => {
  test('sends the password once and goes by the lifetime, not by the dates', async () => {
    const http = transport(() => [200, tokens]);
    const before = Date.now();
    const session = await product.signIn(http, '1.3-rev2', credentials, never);
    expect(session).toMatchObject({ token: 'eyJ.A1', renewal: 'eyJ.R1' });
    const renewAt = 'renewAt' in session ? (session.renewAt ?? 0) : 0;
    expect(renewAt - before).toBeGreaterThanOrEqual(810_000);
    expect(renewAt - before).toBeLessThan(900_000);
    expect(http.sent).toEqual([
      {
        method: 'POST',
        path: '/api/oauth2/token',
        body: 'grant_type=password&username=CONTOSO%5Csvc-browse&password=p%40ss',
        version: undefined, // the connection adds it to every request
      },
    ]);
  });

  test('explains what a refusal may mean', async () => {
    const http = transport(() => [401, refused]);
    await expect(product.signIn(http, '1.3-rev2', credentials, never)).rejects.toMatchObject({
      kind: 'credentialsRefused',
      message: expect.stringMatching(
        /multi-factor authentication and single sign-on.*service accounts.*Authentication failed/,
      ),
    });
    expect(http.sent).toHaveLength(1);
  });

  test.each([
    ['1.3-rev1', /Custom roles need API 1\.3-rev2/],
    ['1.3-rev2', /Does it have a role/],
  ])('with %s says which roles can', async (version, sentence) => {
    const http = transport(() => [403, {}]);
    await expect(product.signIn(http, version, credentials, never)).rejects.toMatchObject({
      kind: 'credentialsRefused',
      message: expect.stringMatching(sentence),
    });
  });

  test('is not refused where only the version is', async () => {
    const http = transport(() => refusal('1.3-rev1'));
    await expect(product.signIn(http, '1.3-rev2', credentials, never)).rejects.toMatchObject({ kind: 'serverFailed' });
  });

  test.each([
    [500, { errorCode: 'UnknownError', message: 'Oops.' }, 'serverFailed'],
    [503, '', 'serverFailed'],
    [404, '', 'noSignIn'],
    [429, '', 'throttled'],
    [200, '<html></html>', 'webPage'],
    [200, {}, 'unexpectedShape'],
  ])('keeps the password for status %i with %j', async (status, body, kind) => {
    const http = transport(() => [status, body]);
    await expect(product.signIn(http, '1.3-rev2', credentials, never)).rejects.toMatchObject({ kind });
  });
});

describe('renewing', () => {
  const session = { token: 'eyJ.A1', renewal: 'eyJ.R1' };

  test('spends the refresh token and takes the next one', async () => {
    const http = transport(({ method }) =>
      method === 'POST' ? [200, { ...tokens, access_token: 'eyJ.A2', refresh_token: 'eyJ.R2' }] : [200, { data: [] }],
    );
    expect(await product.renew?.(http, '1.3-rev2', session, never)).toMatchObject({
      token: 'eyJ.A2',
      renewal: 'eyJ.R2',
    });
    expect(http.sent[0]?.body).toBe('grant_type=refresh_token&refresh_token=eyJ.R1');
  });

  test.each([400, 401, 403])('is over with status %i', async status => {
    const http = transport(() => [status, '']);
    expect(await product.renew?.(http, '1.3-rev2', session, never)).toBeUndefined();
    expect(http.sent).toHaveLength(1);
  });

  test('is over where the new token may read nothing at all', async () => {
    const http = transport(({ method }) => (method === 'POST' ? [200, tokens] : [403, refused]));
    expect(await product.renew?.(http, '1.3-rev2', session, never)).toBeUndefined();
  });

  test('goes on where it may read one thing', async () => {
    const http = transport(({ method, path }) =>
      method === 'POST' ? [200, tokens] : path.includes('/jobs/') ? [403, refused] : [200, { data: [] }],
    );
    expect(await product.renew?.(http, '1.3-rev2', session, never)).toMatchObject({ token: 'eyJ.A1' });
  });

  test('without a refresh token asks nobody', async () => {
    const http = transport(() => [200, tokens]);
    expect(await product.renew?.(http, '1.3-rev2', { token: 'eyJ.A1' }, never)).toBeUndefined();
    expect(http.sent).toEqual([]);
  });
});

test('signing out ends both tokens', async () => {
  const http = transport(() => [200, '']);
  await product.signOut?.(http, '1.3-rev2', { token: 'eyJ.A1' }, never);
  expect(http.sent).toMatchObject([{ method: 'POST', path: '/api/oauth2/logout' }]);
});
