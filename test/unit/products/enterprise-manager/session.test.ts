import { expect, test } from 'vitest';
import type { HttpRequest, Transport } from '../../../../src/http/request';
import { product } from '../../../../src/products/enterprise-manager';
import { never } from '../../never';
import { answer } from '../answeringApi';

const id = 'e94f1a70-0000-4000-8000-00000000cc01';
const token = Buffer.from(id).toString('base64');
const ownPath = `/api/logonSessions/${id}`;
const xml = `<LogonSession><Links><Link Type="CloudConnectService" Rel="Down" /></Links><SessionId>${id}</SessionId></LogonSession>`;

/** A server that opens sessions, with what it says of them to the POST and later. */
function server(said: string, later: { readonly status: number; readonly body: string }, sessionHeader = token) {
  const requests: HttpRequest[] = [];
  const http: Transport = {
    origin: 'https://em.example.com:9398',
    host: 'em.example.com:9398',
    certificate: undefined,
    async request(request) {
      requests.push(request);
      switch (request.method) {
        case 'POST':
          return { ...answer(Buffer.from(said)), status: 201, headers: { 'x-restsvcsessionid': sessionHeader } };
        case 'DELETE':
          return { ...answer(Buffer.alloc(0)), status: 204 };
        default:
          return { ...answer(Buffer.from(later.body)), status: later.status };
      }
    },
    close: async () => undefined,
  };
  const signIn = () => product.signIn(http, 'v1_7', { userName: 'a', password: 'b' }, never);
  return { signIn, requests, asked: () => requests.map(({ method, path }) => `${method} ${path}`) };
}

const logon = 'POST /api/sessionMngr/?v=v1_7';

test.each(['{"Surprise":1}', '{}', 'no JSON', '', '<html></html>'])(
  'a session of which the server says %j is read as XML',
  async said => {
    const { signIn, requests, asked } = server(said, { status: 200, body: xml });
    expect(await signIn()).toEqual({ token, reference: id, features: ['cloudConnect'] });
    expect(asked()).toEqual([logon, `GET ${ownPath}`]);
    expect(requests[1]?.headers).toMatchObject({ Accept: 'application/xml', 'X-RestSvcSessionId': token });
    // The log must not hold what can be turned into the token.
    expect(requests[1]?.loggedPath).not.toContain(id);
  },
);

test.each([
  ['neither says what it is', { status: 200, body: '<Surprise />' }],
  ['is not told of later', { status: 404, body: '' }],
])('a session that %s is ended', async (_name, later) => {
  const { signIn, requests, asked } = server('{"Surprise":1}', later);
  await expect(signIn()).rejects.toMatchObject({ kind: 'unexpectedShape' });
  expect(asked()).toEqual([logon, `GET ${ownPath}`, `DELETE ${ownPath}`]);
  expect(requests[2]?.headers).toMatchObject({ 'X-RestSvcSessionId': token });
});

test('a session without a word of its id ends by that in the header', async () => {
  const { signIn } = server('{"UserName":"a","Links":[]}', { status: 200, body: '<LogonSession UserName="a" />' });
  expect(await signIn()).toMatchObject({ token, reference: id });
});

test('nothing is asked by an id that is not known', async () => {
  const { signIn, asked } = server('{"Surprise":1}', { status: 200, body: xml }, 'opaque');
  await expect(signIn()).rejects.toMatchObject({ kind: 'unexpectedShape' });
  expect(asked()).toEqual([logon]);
});
