import { describe, expect, test } from 'vitest';
import type { HttpRequest } from '../../../../src/http/request';
import { product } from '../../../../src/products/service-provider-console';
import { isQuestion, type SecondQuestion, type Session } from '../../../../src/products/signIn';
import { MFA_CODE, startServiceProviderConsole } from '../../../sample-servers';
import { forThisTest } from '../../forThisTest';
import { never } from '../../never';
import { World } from '../../support';
import { type Answer, single, transport } from './fakeServer';

const credentials = { userName: 'EXAMPLE\\svc-browse', password: 'p@ss word' };
const tokens = { access_token: 'eyJ.A1', token_type: 'bearer', refresh_token: 'R1', mfa_token: null, expires_in: 3600 };
const wrong = { error: 'invalid_grant', error_description: 'The user name or password is incorrect.', error_uri: null };

/** A server that knows who is there; `token` answers the token call. */
function server(token: (fields: URLSearchParams) => Answer, version = '9.1.0.30345', role = 'PortalAdministrator') {
  return transport(({ method, path, body }) => {
    if (method === 'POST' && path === '/api/v3/token') {
      return token(new URLSearchParams(body));
    }
    return path === '/api/v3/about'
      ? [200, single({ serverVersion: version })]
      : [200, single({ instanceUid: 'u', userName: 'u', role })];
  });
}

const bodies = ({ sent }: { readonly sent: readonly HttpRequest[] }) =>
  sent.filter(({ method }) => method === 'POST').map(({ body }) => Object.fromEntries(new URLSearchParams(body)));

async function question(http: ReturnType<typeof server>): Promise<SecondQuestion> {
  const answer = await product.signIn(http, 'v3', credentials, never);
  if (!isQuestion(answer)) {
    throw new Error('no question');
  }
  return answer;
}

describe('with a password', () => {
  test('asks for a token that cannot change anything, and who and what is there', async () => {
    const http = server(() => [200, tokens], '9.1.0.30345', 'ResellerOwner');
    const session = (await product.signIn(http, 'v3', credentials, never)) as Session;
    expect(session).toMatchObject({ token: 'eyJ.A1', renewal: 'R1', features: ['reseller'] });
    expect((session.renewAt ?? 0) - Date.now()).toBeGreaterThan(3_000_000);
    expect(bodies(http)).toEqual([
      { grant_type: 'password', username: 'EXAMPLE\\svc-browse', password: 'p@ss word', readOnly: 'true' },
    ]);
    const about = http.sent.find(({ path }) => path === '/api/v3/about');
    expect(about?.headers).toMatchObject({ Authorization: 'Bearer eyJ.A1' });
  });

  test('does without that where the server does not understand it', async () => {
    const http = server(fields => (fields.has('readOnly') ? [400, { error: 'invalid_request' }] : [200, tokens]));
    expect(await product.signIn(http, 'v3', credentials, never)).toMatchObject({ token: 'eyJ.A1' });
    expect(bodies(http)).toHaveLength(2);
  });

  test.each([
    [400, wrong, /incorrect/],
    [400, '', /does not accept this user name and password/],
    [401, '', /does not accept this user name and password/],
    [403, { errors: [{ message: 'No REST access.', type: 'security', code: 3 }] }, /let this account sign in: No REST/],
  ])('sends a refused one once: %i %j', async (status, body, message) => {
    const http = server(() => [status, body]);
    await expect(product.signIn(http, 'v3', credentials, never)).rejects.toMatchObject({
      kind: 'credentialsRefused',
      message: expect.stringMatching(message),
    });
    expect(bodies(http)).toHaveLength(1);
  });

  test.each([
    [520, { errors: [{ message: 'Database is down.', type: 'unspecified', code: 0 }] }, 'serverFailed'],
    [404, '', 'noSignIn'],
    [200, '<html></html>', 'webPage'],
    [200, {}, 'unexpectedShape'],
    [400, { error: 'unsupported_grant_type' }, 'serverFailed'],
  ])('is not refused by %i %j', async (status, body, kind) => {
    const http = server(() => [status, body]);
    await expect(product.signIn(http, 'v3', credentials, never)).rejects.toMatchObject({ kind });
  });

  test('waits as long as the body of a 429 says', async () => {
    const throttled = {
      errors: [{ message: 'Too many requests.', type: 'retryableLogical', code: 2, retryAfter: 17 }],
    };
    const http = server(() => [429, throttled]);
    await expect(product.signIn(http, 'v3', credentials, never)).rejects.toMatchObject({
      kind: 'throttled',
      retryAfterSeconds: 17,
    });
  });

  test('says that a release is too old', async () => {
    const http = server(() => [200, tokens], '8.0.0.16877');
    await expect(product.signIn(http, 'v3', credentials, never)).rejects.toMatchObject({
      kind: 'unsupportedVersion',
      message: expect.stringContaining('8.0.0.16877, which is too old'),
    });
  });

  test.each([
    ['8.1.0.21377', 'CompanyOwner', ['api3.5', 'company']],
    ['9.0.0.29860', 'PortalReadonlyOperator', []],
    ['10.2', 'ResellerUser', ['reseller']],
    ['', 'SiteAdministrator', []],
  ])('knows %s and %s', async (version, role, features) => {
    const http = server(() => [200, tokens], version, role);
    expect(await product.signIn(http, 'v3', credentials, never)).toMatchObject({ features });
  });

  test('keeps a session of which the server does not say whose it is', async () => {
    const http = transport(({ method }) => (method === 'POST' ? [200, tokens] : [520, '']));
    expect(await product.signIn(http, 'v3', credentials, never)).toMatchObject({ token: 'eyJ.A1', features: [] });
  });
});

describe('with a second factor', () => {
  const half = { ...tokens, access_token: null, refresh_token: null, mfa_token: 'M1', expires_in: 0 };
  const factor = (fields: URLSearchParams): Answer =>
    fields.get('grant_type') === 'password'
      ? [200, half]
      : fields.get('mfa_code') === '123456' && fields.get('mfa_token') === 'M1'
        ? [200, tokens]
        : [400, { error: 'invalid_grant', error_description: 'Wrong code.' }];

  test('asks for the code, and again when it is wrong', async () => {
    const http = server(factor);
    const asked = await question(http);
    expect(asked).toMatchObject({ label: 'One-Time Code', problem: undefined });
    const again = await product.answerQuestion?.(http, 'v3', asked, '000000', never);
    expect(again).toMatchObject({ problem: 'The server does not accept this code: Wrong code.', continuation: 'M1' });
    expect(await product.answerQuestion?.(http, 'v3', asked, ' 123 456 ', never)).toMatchObject({ token: 'eyJ.A1' });
    expect(bodies(http).map(body => body.grant_type)).toEqual(['password', 'mfa', 'mfa']);
  });

  test('begins anew where a second code is refused, as the sign-in may be over', async () => {
    const http = server(factor);
    const again = await product.answerQuestion?.(http, 'v3', await question(http), '000000', never);
    await expect(product.answerQuestion?.(http, 'v3', again as SecondQuestion, '123457', never)).rejects.toMatchObject({
      // Not the password's fault, which is as good as before.
      kind: 'codeWanted',
      remedies: ['signIn'],
      message: expect.stringMatching(
        /^vspc\.example\.com:1280 refused the code again: .* Sign in again for another code\.$/,
      ),
      detail: 'Wrong code.',
    });
  });

  test.each([
    ['a wrong code has ended it', { wrongCode: 'endsSignIn' as const }, ['000000', MFA_CODE], 0],
    ['it took too long', {}, [MFA_CODE, MFA_CODE], 6 * 60_000],
  ])('leads on where no code is right any more: %s', async (_, options, codes, lateMs) => {
    let late = 0;
    const clock = () => Date.now() + late;
    const sample = await forThisTest(startServiceProviderConsole({ companies: 2, clock, ...options }));
    const world = new World();
    const { item } = await world.add('service-provider-console', sample, { userName: 'EXAMPLE\\second-factor' });
    const problems: (string | undefined)[] = [];
    const signIn = (answers: readonly string[]) =>
      world.servers.signIn(world.saved(item.id), sample.password, true, never, async ({ problem }) => {
        late = lateMs;
        return answers[problems.push(problem) - 1] ?? '';
      });
    await expect(signIn(codes)).rejects.toMatchObject({ kind: 'codeWanted' });
    expect(problems).toEqual([undefined, 'The server does not accept this code: The code is invalid.']);
    problems.length = 0;
    await signIn([MFA_CODE]);
    expect(problems).toEqual([undefined]);
    const grants = sample.requests.flatMap(({ body }) => new URLSearchParams(body).get('grant_type') ?? []);
    expect(grants).toEqual(['password', 'mfa', 'mfa', 'password', 'mfa']);
  });

  test('renews without it', async () => {
    const http = server(fields =>
      fields.get('refresh_token') === 'R1'
        ? [200, { ...tokens, access_token: 'A2', refresh_token: 'R2' }]
        : [400, wrong],
    );
    const renewed = await product.renew?.(http, 'v3', { token: 'A1', renewal: 'R1', features: ['reseller'] }, never);
    expect(renewed).toMatchObject({ token: 'A2', renewal: 'R2', features: [] });
    expect(await product.renew?.(http, 'v3', { token: 'A1', renewal: 'R0' }, never)).toBeUndefined();
    expect(await product.renew?.(http, 'v3', { token: 'A1' }, never)).toBeUndefined();
    expect(bodies(http).map(body => body.grant_type)).toEqual(['refresh_token', 'refresh_token']);
  });

  test('keeps what it knows of the server where a renewal cannot ask', async () => {
    const http = transport(({ method }) => (method === 'POST' ? [200, tokens] : [520, '']));
    const renewed = await product.renew?.(http, 'v3', { token: 'A1', renewal: 'R1', features: ['api3.5'] }, never);
    expect(renewed).toMatchObject({ features: ['api3.5'] });
  });
});

describe('with an API key', () => {
  const key = { userName: '', password: 'key-1', accountKind: 'apiKey' };

  test('sends the key with each request and asks for no token', async () => {
    const http = server(() => [520, '']);
    expect(await product.signIn(http, 'v3', key, never)).toEqual({ token: 'key-1', isKey: true, features: [] });
    expect(bodies(http)).toEqual([]);
    expect(http.sent.map(({ headers }) => headers?.Authorization)).toEqual(['Bearer key-1', 'Bearer key-1']);
  });

  test('says that it is refused', async () => {
    const http = transport(() => [401, '']);
    await expect(product.signIn(http, 'v3', key, never)).rejects.toMatchObject({
      kind: 'credentialsRefused',
      message: expect.stringContaining('API key'),
    });
  });

  test('is not refused while the server is in trouble', async () => {
    const http = transport(() => [520, '']);
    await expect(product.signIn(http, 'v3', key, never)).rejects.toMatchObject({ kind: 'serverFailed' });
  });
});

test('never ends a session, as that would end all of the account', () => {
  expect(product.signOut).toBeUndefined();
});
