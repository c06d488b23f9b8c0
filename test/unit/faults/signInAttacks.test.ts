import type { IncomingMessage, ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { Cancelled } from '../../../src/base/failure';
import { MFA_CODE, startBackupReplication, startServiceProviderConsole } from '../../sample-servers';
import { forThisTest } from '../forThisTest';
import { selfSigned, startHttps } from '../http/support';
import { never } from '../never';
import { Computer } from '../servers/computer';
import { enterpriseManager, vb365 } from './scene';

// A server that takes a secret and answers with an attack: the secret is sent once, to it alone, and stands nowhere.

const password = 'Pl"nted&<ü> x+7';
const key = 'sample-api-key-read-only';

interface Ask {
  readonly name: string;
  readonly product: string;
  readonly start: () => ReturnType<typeof vb365.start>;
  readonly userName?: string;
  readonly accountKind?: string;
  readonly secret: string;
  /** A key is the token of each request, and some servers let it in that deny it much. */
  readonly isKey?: boolean;
}

const certificate = selfSigned;
const startConsole = () => startServiceProviderConsole({ certificate, password, companies: 2 } as never);
const asks: readonly Ask[] = [
  { name: 'vb365', product: 'vb365', start: () => vb365.start({ certificate, password }), secret: password },
  {
    name: 'enterprise-manager',
    product: 'enterprise-manager',
    start: () => enterpriseManager.start({ certificate, password }),
    secret: password,
  },
  {
    name: 'backup-replication',
    product: 'backup-replication',
    start: () => startBackupReplication({ certificate, password } as never),
    secret: password,
  },
  { name: 'service-provider-console', product: 'service-provider-console', start: startConsole, secret: password },
  {
    name: 'service-provider-console with a code',
    product: 'service-provider-console',
    start: startConsole,
    userName: 'EXAMPLE\\second-factor',
    secret: MFA_CODE,
  },
  {
    name: 'service-provider-console with a key',
    product: 'service-provider-console',
    start: startConsole,
    userName: '',
    accountKind: 'apiKey',
    secret: key,
    isKey: true,
  },
];

type Attack = [name: string, answer: (response: ServerResponse, secret: string, elsewhere: string) => unknown];

const html = { 'Content-Type': 'text/html' };
const json = { 'Content-Type': 'application/json' };
const echo = (name: string, write: (secret: string) => string | Buffer, headers = json): Attack[] =>
  [400, 401, 500].map(status => [
    `${status} that quotes ${name}`,
    (response, secret) => response.writeHead(status, headers).end(write(secret)),
  ]);
/** All the forms of an error body. */
const errorOf = (words: string) =>
  JSON.stringify({
    message: words,
    Message: words,
    error: 'x',
    error_description: words,
    errors: [{ message: words }],
  });
const said = (write: (secret: string) => string) => (secret: string) => errorOf(`Bad ${write(secret)}`);
const escapes = (secret: string) =>
  [...secret].map(sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
const references = (secret: string) => [...secret].map(sign => `&#x${sign.charCodeAt(0).toString(16)};`).join('');

const attacks: readonly Attack[] = [
  ...[500, 502, 503, 520].map(
    (status): Attack => [`${status}`, response => response.writeHead(status, json).end(errorOf('Trouble'))],
  ),
  ['a page for people', response => response.writeHead(200, html).end('<html><body>Sign in</body></html>')],
  ['nothing', response => response.writeHead(200, json).end()],
  ['a hang-up', response => response.destroy()],
  ...[301, 302, 307, 308].map(
    (status): Attack => [
      `${status} to another host`,
      (response, secret, elsewhere) =>
        response.writeHead(status, { Location: `${elsewhere}/${encodeURIComponent(secret)}` }).end(),
    ],
  ),
  [
    '302 to a host of its name',
    (response, secret) =>
      response.writeHead(302, { Location: `https://${secret.replace(/[^\w-]/g, '')}.example.com/` }).end(),
  ],
  [
    '202 with another origin',
    (response, _secret, elsewhere) => response.writeHead(202, { ...json, Location: `${elsewhere}/async/1` }).end('{}'),
  ],
  ...[401, 402, 403, 423].map(
    (status): Attack => [`${status}`, response => response.writeHead(status, json).end(errorOf('No'))],
  ),
  [
    '429 with the time in the body',
    response => response.writeHead(429, json).end(JSON.stringify({ errors: [{ message: 'Wait', retryAfter: 2 }] })),
  ],
  ...echo(
    'it',
    said(secret => secret),
  ),
  ...echo('it in percent', said(encodeURIComponent)),
  ...echo(
    'it as a form',
    said(secret => new URLSearchParams({ x: secret }).toString().slice(2)),
  ),
  ...echo('it in escapes', said(escapes)),
  ...echo('it in escapes of its own', secret => errorOf('Bad HERE').replaceAll('HERE', escapes(secret))),
  ...echo('it in references', said(references)),
  ...echo(
    'it in Base64',
    said(secret => Buffer.from(secret).toString('base64')),
  ),
  ...echo(
    'it in Base64 of UTF-16',
    said(secret => Buffer.from(secret, 'utf16le').toString('base64')),
  ),
  ...echo(
    'it in hexadecimal UTF-16',
    said(secret => Buffer.from(secret, 'utf16le').toString('hex')),
  ),
  ...echo(
    'it in capitals',
    said(secret => secret.toUpperCase()),
  ),
  ...echo('it in UTF-16', secret => Buffer.from(`\uFEFF${errorOf(`Bad ${secret}`)}`, 'utf16le')),
  ...echo('it in XML', secret => `<Error Message="Bad ${references(secret)}" />`, {
    'Content-Type': 'application/xml',
  }),
  [
    'headers that quote it',
    (response, secret) =>
      response
        .writeHead(401, {
          ...json,
          'WWW-Authenticate': `Bearer ${escapes(secret)}`,
          Server: encodeURIComponent(secret),
        })
        .end(errorOf('No')),
  ],
];

function spellings(secret: string): string[] {
  const utf16 = Buffer.from(secret, 'utf16le');
  return [
    ...[secret, encodeURIComponent(secret), new URLSearchParams({ x: secret }).toString().slice(2), escapes(secret)],
    ...[references(secret), Buffer.from(secret).toString('base64'), utf16.toString('base64'), utf16.toString('hex')],
    ...[JSON.stringify(secret).slice(1, -1), secret.toUpperCase(), secret.toLowerCase()],
  ];
}

/** Whether a request carries the secret, in whichever member. */
function carries(request: { headers: IncomingMessage['headers']; body: string }, secret: string): boolean {
  const basic = Buffer.from(String(request.headers.authorization ?? '').replace(/^Basic /, ''), 'base64').toString();
  const inForm = [...new URLSearchParams(request.body).values()].includes(secret);
  const inXml = request.body.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))).includes(secret);
  return inForm || inXml || basic.endsWith(`:${secret}`) || JSON.stringify(request.headers).includes(secret);
}

describe.each(asks)('$name', ({ product, start, userName, accountKind, secret, isKey }) => {
  test.each(attacks)('a sign-in answered with %s', async (_name, answer) => {
    const server = await forThisTest(start());
    const elsewhere = await startHttps(selfSigned);
    const computer = new Computer();
    const window = computer.window();
    const facts = {
      password: undefined,
      ...(accountKind ? { accountKind } : {}),
      ...(userName === undefined ? {} : { userName }),
    };
    const { item } = await window.add(product, server, facts);
    server.intercept = (_request, response) => {
      const request = server.requests.at(-1);
      const isOurs = request !== undefined && carries(request, secret);
      if (isOurs) {
        answer(response, secret, elsewhere.origin);
      }
      return isOurs;
    };
    const problems: unknown[] = [];
    let asked = 0;
    const sent = secret === MFA_CODE ? password : secret;
    const failure: unknown = await window.servers
      .signIn(window.saved(item.id), sent, true, never, async question => {
        problems.push(question);
        if (asked++ > 0) {
          throw new Cancelled();
        }
        return secret;
      })
      .then(
        () => undefined,
        (error: unknown) => error,
      );
    expect(failure instanceof Error || isKey).toBe(true);
    await window.open(window.root);
    await window.inventory.refresh(window.root);
    const requests = server.requests.filter(request => carries(request, secret));
    expect(requests.length).toBeGreaterThan(0);
    expect(requests.length === 1 || isKey).toBe(true);
    expect(elsewhere.requests).toEqual([]);
    expect(elsewhere.connections()).toBe(0);
    const rows = window.inventory.childrenOf(window.root);
    const places = {
      log: window.log.lines.join('\n'),
      failure: inspect(failure, { depth: 10, getters: true }) + (failure instanceof Error ? failure.stack : ''),
      problems: inspect(problems, { depth: 5 }),
      rows: inspect(
        rows.map(row => ('failure' in row ? row.failure : undefined)),
        { depth: 10, getters: true },
      ),
      row: inspect(window.root.openedBranch?.failure, { depth: 10, getters: true }),
      memory: JSON.stringify([...window.memory.values]),
      // A key that lets in is kept there.
      secrets: failure ? JSON.stringify([...computer.secrets.values]) : '',
      list: JSON.stringify(window.list.servers),
    };
    for (const [place, text] of Object.entries(places)) {
      for (const spelling of spellings(secret)) {
        expect(text.includes(spelling), `${spelling} in ${place}: ${text.slice(0, 1500)}`).toBe(false);
      }
    }
  });
});
