import { describe, expect, test } from 'vitest';
import { type Certificate, createCertificate } from '../../sample-servers';
import { startHttps } from '../http/support';
import { html, json, send } from './answering';
import { bodyFaults } from './bodyFaults';
import { type Fault, run } from './fault';
import { itemFaults } from './itemFaults';
import { lineFaults } from './lineFaults';
import { printReport } from './report';
import { enterpriseManager, subjects } from './scene';
import { statusFaults } from './statusFaults';

printReport();

<<<<<<< HEAD
const quick = { headersMs: 400, bodyMs: 400, totalMs: 1000 };
const html = '<!DOCTYPE html>\r\n<html><head><title>Sign in</title></head><body>Hello</body></html>';
const json = 'application/json; charset=utf-8';

function send(
  response: ServerResponse,
  body: string | Buffer,
  headers: Record<string, string> = {},
  status = 200,
): void {
  response.writeHead(status, { 'Content-Type': json, ...headers }).end(body);
}

/** The list as it should be. */
function goodJson(scene: Scene): string {
  return JSON.stringify(scene.subject.json(scene.elements));
}

/** About so many megabytes of something that repeats, as small as gzip makes it. */
function packed(piece: string, megabytes: number, before = '', behind = ''): Buffer {
  const size = Math.round((megabytes * 1024 * 1024) / Buffer.byteLength(piece)) * Buffer.byteLength(piece);
  return gzipSync(Buffer.concat([Buffer.from(before), Buffer.alloc(size, piece), Buffer.from(behind)]), { level: 1 });
}

/** An element of either product's list. */
const element = '{"id":"a","Id":"a"}';

/** What stands around the elements of a list, with a last one. */
function aroundIn(subject: Subject): [before: string, behind: string] {
  const [before = '', behind = ''] = JSON.stringify(subject.json([])).split('[]');
  return [`${before}[`, `${element}]${behind}`];
}

/** A body that is made before anybody looks at the memory. */
function unpacking(fault: string, body: (subject: Subject) => Buffer, outcome: Fault['outcome']): Fault {
  return {
    fault,
    begin: scene => {
      const made = body(scene.subject);
      scene.answer(response => send(response, made, { 'Content-Encoding': 'gzip' }));
    },
    outcome,
    withinMs: 40_000, // megabytes on a busy machine
  };
}

/** Bytes as they are, behind the back of the HTTP server. */
function raw(response: ServerResponse, text: string): void {
  response.socket?.end(text);
}

const tooMuch: Outcome = {
  kind: 'tooLarge',
  says: /sent an answer that is too large or too deeply nested to be read\.$/,
};
const unreadable: Outcome = { kind: 'malformedBody', says: /sent an answer that is not valid JSON\.$/ };
const unusable: Outcome = { kind: 'badAnswer', says: /sent an answer that could not be read\.$/ };
const brokenOff: Outcome = { kind: 'unreachable', says: /^The connection to 127\.0\.0\.1:\d+ was lost\.$/ };
const silent: Outcome = { kind: 'timedOut', says: /did not answer within 1 seconds\.$/ };
const aWebPage: Outcome = { kind: 'webPage', says: /sent a web page instead of data\./ };
const different: Outcome = { kind: 'unexpectedShape', says: /sent something other than/ };

const line: readonly Fault[] = [
  { fault: 'the headers never come', limits: quick, answer: () => undefined, outcome: silent },
  {
    fault: 'the body stops half-way',
    limits: quick,
    answer: (response, scene) => {
      response.writeHead(200, { 'Content-Type': json }).write(goodJson(scene).slice(0, 20));
    },
    outcome: silent,
  },
  {
    fault: 'the body drips',
    limits: quick,
    answer: response => {
      response.writeHead(200, { 'Content-Type': json });
      const drip = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(drip));
    },
    outcome: silent,
  },
  {
    fault: 'the body is shorter than its content-length',
    answer: response => raw(response, 'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"results":[]}'),
    outcome: brokenOff,
  },
  {
    fault: 'the body is longer than its content-length',
    answer: (response, scene) => {
      const body = goodJson(scene);
      raw(response, `HTTP/1.1 200 OK\r\nContent-Length: ${body.length - 5}\r\n\r\n${body}`);
    },
    outcome: unreadable,
  },
  {
    fault: 'two content-lengths',
    answer: response => raw(response, 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n[]'),
    outcome: unusable,
  },
  {
    fault: 'no HTTP inside TLS',
    answer: response => raw(response, '220 mail.example.com ESMTP\r\n'),
    outcome: unusable,
  },
  {
    fault: 'the request sent back instead of an answer',
    answer: (response, _scene, { headers }) => raw(response, `${JSON.stringify(headers)}\r\n\r\n`),
    outcome: unusable,
  },
  {
    fault: 'an error that quotes the session',
    answer: (response, _scene, { headers }) => {
      const { authorization, 'x-restsvcsessionid': id } = headers;
      send(response, JSON.stringify({ message: `Bad ${authorization}`, Message: `Bad ${id}` }), {}, 500);
    },
    outcome: { kind: 'serverFailed', says: /answered with status 500: Bad (Bearer )?…$/ },
  },
  {
    fault: 'chunked',
    answer: (response, scene) => {
      response.writeHead(200, { 'Content-Type': json });
      for (const character of goodJson(scene)) {
        response.write(character);
      }
      response.end();
    },
    outcome: { rows: 'same' },
  },
  {
    fault: 'chunks of nonsense length',
    answer: response => raw(response, 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n[]\r\n'),
    outcome: unusable,
  },
  {
    fault: 'gzip',
    answer: (response, scene) => send(response, gzipSync(goodJson(scene)), { 'Content-Encoding': 'gzip' }),
    outcome: { rows: 'same' },
  },
  {
    fault: 'gzip that is cut off',
    answer: (response, scene) =>
      send(response, gzipSync(goodJson(scene)).subarray(0, -10), { 'Content-Encoding': 'gzip' }),
    outcome: unusable,
  },
  {
    ...unpacking('gzip that unpacks to a thousand times its size', () => packed(' ', 200), {
      kind: 'tooLarge',
      says: /sent more than 1 MB in one answer\.$/,
    }),
    limits: { bodyBytes: 1024 * 1024 },
  },
  unpacking('kilobytes that unpack to millions of objects', () => packed('{},', 63, '[', '{}]'), {
    ...tooMuch,
    detail: /^more than 1000000 objects and lists$/,
  }),
  unpacking(
    'kilobytes that unpack to millions of good elements',
    subject => packed(`${element},`, 63, ...aroundIn(subject)),
    { ...tooMuch, detail: /^more than 1000000 objects and lists$/ },
  ),
  unpacking(
    'as many good elements as are read, and one more',
    subject => packed(`${element},`, ((element.length + 1) * 250_000) / 1024 ** 2, ...aroundIn(subject)),
    { ...tooMuch, detail: /^a list of 250001$/ },
  ),
  unpacking('kilobytes that unpack to millions of texts', () => packed('"",', 63, '[', '""]'), {
    ...tooMuch,
    detail: /^more than 4000000 values$/,
  }),
  unpacking('kilobytes that unpack to one long text', () => packed('x', 63, '["', '€"]'), {
    ...tooMuch,
    detail: /^a text of more than 1048576 characters$/,
  }),
  unpacking(
    'kilobytes that unpack to millions of XML elements',
    () => packed('<CloudSubtenant Id=""/>', 63, '<CloudSubtenants>', '</CloudSubtenants>'),
    subject => (subject === vb365 ? unreadable : tooMuch),
  ),
  unpacking(
    'kilobytes that unpack to one long XML text',
    () => packed('x', 63, '<CloudSubtenants>', '</CloudSubtenants>'),
    subject => (subject === vb365 ? unreadable : tooMuch),
  ),
  unpacking('four megabytes of JSON in one element', () => packed('{"a":["a text"]},', 4, '[[', '{}]]'), {
    ...tooMuch,
    detail: /^an element of \d+ characters$/,
  }),
  {
    fault: 'an encoding that was not asked for',
    answer: (response, scene) => send(response, goodJson(scene), { 'Content-Encoding': 'zstd' }),
    outcome: unusable,
  },
  {
    fault: '10,000 headers',
    answer: response => {
      const headers = Array.from({ length: 10_000 }, (_, i) => `X-Header-${i}: ${i}\r\n`).join('');
      raw(response, `HTTP/1.1 200 OK\r\n${headers}Content-Length: 2\r\n\r\n[]`);
    },
    outcome: unusable,
  },
];

const statuses: readonly Fault[] = [
  { fault: 'HTML with 200', status: 200, outcome: aWebPage },
  {
    fault: 'HTML with 401 for the list',
    status: 401,
    outcome: { kind: 'sessionRefused', says: /does not accept the session it has just opened\.$/ } as const,
  },
  {
    fault: 'HTML with 403',
    status: 403,
    outcome: { kind: 'accessDenied', says: /^This account is not allowed to read this on 127/ } as const,
  },
  {
    fault: 'HTML with 404',
    status: 404,
    outcome: { kind: 'notFound', says: /no longer has this item\. Refresh its parent\.$/ } as const,
  },
  {
    fault: 'HTML with 407',
    status: 407,
    outcome: { kind: 'serverFailed', says: /answered with status 407 and no explanation\.$/ } as const,
  },
  {
    fault: 'HTML with 429',
    status: 429,
    outcome: { kind: 'throttled', says: /is limiting requests\. Try again in a minute\.$/ } as const,
  },
  {
    fault: 'HTML with 429 and Retry-After',
    status: 429,
    headers: { 'Retry-After': '17' },
    outcome: { kind: 'throttled', says: /Try again in 17 seconds\.$/ } as const,
  },
  {
    fault: 'HTML with 429 and Retry-After of nonsense',
    status: 429,
    headers: { 'Retry-After': 'soon' },
    outcome: { kind: 'throttled', says: /Try again in a minute\.$/ } as const,
  },
  ...[500, 502, 503].map(status => ({
    fault: `HTML with ${status}`,
    status,
    outcome: {
      kind: 'serverFailed',
      says: new RegExp(`answered with status ${status} and no explanation\\.$`),
    } as const,
  })),
].map(({ fault, status, headers, outcome }) => ({
  fault,
  outcome,
  answer: (response: ServerResponse) => send(response, html, { 'Content-Type': 'text/html', ...headers }, status),
}));

const bodies: readonly Fault[] = [
  { fault: 'empty 200', answer: response => send(response, ''), outcome: unreadable },
  {
    fault: 'JSON cut off',
    answer: (response, scene) => send(response, goodJson(scene).slice(0, -3)),
    outcome: unreadable,
  },
  {
    fault: 'JSON with a byte-order mark',
    answer: (response, scene) => send(response, `\uFEFF${goodJson(scene)}`),
    outcome: { rows: 'same' },
  },
  {
    fault: 'JSON in UTF-16',
    answer: (response, scene) => send(response, Buffer.from(`\uFEFF${goodJson(scene)}`, 'utf16le')),
    outcome: { rows: 'same' },
  },
  {
    fault: 'JSON in UTF-16, the other way around',
    answer: (response, scene) => send(response, Buffer.from(`\uFEFF${goodJson(scene)}`, 'utf16le').swap16()),
    outcome: { rows: 'same' },
  },
  {
    fault: 'JSON that is no UTF-8',
    answer: response => send(response, Buffer.from('[{"id":"1","name":"R\xfcdiger"}]', 'latin1')),
    outcome: { ...unreadable, detail: /not UTF-8/ },
  },
  {
    fault: 'JSON with the wrong content type',
    answer: (response, scene) => send(response, goodJson(scene), { 'Content-Type': 'text/html' }),
    outcome: { rows: 'same' },
  },
  {
    fault: 'JSON with __proto__',
    answer: (response, { subject }) => {
      const body = JSON.stringify(subject.json([{ id: '1', name: 'one' }]));
      send(response, body.replaceAll('{', '{"__proto__":{"polluted":true,"id":"2"},"constructor":1,'));
    },
    outcome: { rows: ['one'] },
    check: scene => {
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      expect(scene.items[0]?.id).toBe('1');
    },
  },
  {
    fault: 'JSON a million lists deep',
    answer: response => send(response, '['.repeat(1_000_000) + ']'.repeat(1_000_000)),
    outcome: { ...tooMuch, detail: /^more than 100 levels$/ },
  },
  {
    fault: 'JSON a million objects deep',
    answer: response => send(response, `${'{"CloudSubtenants":'.repeat(1_000_000)}null${'}'.repeat(1_000_000)}`),
    outcome: { ...tooMuch, detail: /^more than 100 levels$/ },
  },
  { fault: 'JSON that is no list', answer: response => send(response, '{"message":"hello"}'), outcome: different },
  { fault: 'JSON that is null', answer: response => send(response, 'null'), outcome: different },
  {
    fault: 'XML cut off',
    answer: (response, { subject, elements }) => send(response, subject.xml(elements).slice(0, -5)),
    outcome: subject => xmlTrouble(subject),
  },
  {
    fault: 'XML in UTF-16',
    answer: (response, { subject, elements }) =>
      send(response, Buffer.from(`\uFEFF${subject.xml(elements)}`, 'utf16le'), { 'Content-Type': 'application/xml' }),
    outcome: subject => (subject === vb365 ? unreadable : { rows: 'same' }),
  },
  {
    fault: 'XML with the wrong content type',
    answer: (response, { subject, elements }) => send(response, subject.xml(elements)),
    outcome: subject => (subject === vb365 ? { ...unreadable, detail: /^XML, / } : { rows: 'same' }),
  },
  {
    fault: 'XML with a DTD',
    answer: (response, { subject, elements }) =>
      send(response, `<!DOCTYPE CloudSubtenants SYSTEM "x.dtd">${subject.xml(elements)}`),
    outcome: subject => xmlTrouble(subject, /document type/),
  },
  {
    fault: 'XML with an external entity',
    answer: (response, { subject }) =>
      send(
        response,
        `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>${subject.xml([{ id: '1', name: '&e;' }])}`,
      ),
    outcome: subject => xmlTrouble(subject, /document type/),
  },
  {
    fault: 'XML with an entity bomb',
    answer: (response, { subject }) => {
      const entities = Array.from({ length: 20 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`).join('');
      send(response, `<!DOCTYPE x [<!ENTITY e0 "ha">${entities}]>${subject.xml([{ id: '1', name: '&e20;' }])}`);
    },
    outcome: subject => xmlTrouble(subject, /document type/),
  },
  {
    fault: 'XML with a million nested elements',
    answer: response => send(response, '<a>'.repeat(1_000_000) + '</a>'.repeat(1_000_000)),
    outcome: subject => (subject === vb365 ? unreadable : tooMuch),
  },
  {
    fault: 'XML with __proto__',
    answer: (response, { subject }) =>
      send(response, subject.xml([{ id: '1', name: '<__proto__><polluted>1</polluted></__proto__>' }])),
    outcome: subject => xmlTrouble(subject),
    check: () => expect(({} as { polluted?: unknown }).polluted).toBeUndefined(),
  },
];

function xmlTrouble(subject: Subject, detail?: RegExp): Outcome {
  return subject === vb365
    ? unreadable
    : { kind: 'malformedBody', says: /sent an answer that is not valid XML\.$/, ...(detail ? { detail } : {}) };
}

/** Elements of a list as no document has them. */
function elements(fault: string, list: readonly unknown[], outcome: Fault['outcome'], check?: Fault['check']): Fault {
  return {
    fault,
    answer: (response, { subject }) => {
      const text = JSON.stringify(subject.json(list as readonly Partial<Element>[]));
      send(response, text.replaceAll('"1e400"', '1e400'));
    },
    outcome,
    ...(check ? { check } : {}),
  };
}

const sizes = (size: unknown) => ({
  usedSpaceBytes: size,
  RepositoryQuota: { Unlimited: false, QuotaMb: size, UsedQuotaMb: size },
});

const items: readonly Fault[] = [
  ...['null', '{}', '"text"', '7', '[]', '{"surprise":true}', '{"id":{},"Id":[]}'].map(odd =>
    elements(
      `an element that is ${odd}`,
      [{ id: 'a', name: 'a' }, JSON.parse(odd), { id: 'b', name: 'b' }],
      { rows: ['a', 'b', '(unreadable)'] },
      scene => {
        const { total, unreadable: told } = scene.parent.openedBranch ?? {};
        expect(told).toEqual({ count: 1, came: [expect.stringMatching(/^1: \S/)] });
        expect(total ?? 3).toBe(3);
      },
    ),
  ),
  elements('nothing but items without id and name', [{}, {}], { ...different, detail: /^0: an empty object$/ }),
  elements('items without name', [{ id: 'a1' }], { rows: ['a1'] }),
  elements('items without id', [{ name: 'Contoso' }], { rows: ['Contoso'] }),
  elements('items with empty id and name', [{ id: '', name: '' }], different),
  elements('numbers for strings', [{ id: 42, name: 7 }], { rows: ['7'] }, ({ items: [item] }) =>
    expect(item).toMatchObject({ id: '42', name: '7' }),
  ),
  elements('objects for strings', [{ id: 'a1', name: { en: 'Contoso' } }], { rows: ['a1'] }),
  elements(
    'strings for numbers',
    [{ id: 'a1', name: 'one', ...sizes('1024'), Enabled: 'true' }],
    { rows: ['one'] },
    scene =>
      expect((scene.items[0] as Organization | Subtenant).usedBytes).toBe(scene.subject === vb365 ? 1024 : 2 ** 30),
  ),
  ...['NaN', '-1', -1, 'Infinity', '1e400', null, {}, [], true, 1e300, ''].map(size =>
    elements(
      `a size of ${JSON.stringify(size)}`,
      [{ id: 'a1', name: 'one', ...sizes(size) }],
      { rows: ['one'] },
      scene => {
        expect((scene.items[0] as Organization | Subtenant).usedBytes).toBeUndefined();
      },
    ),
  ),
  elements('elements that are null', [null], different),
  elements('elements that are texts', ['a', 'b'], different),
  elements('a name of 100,000 characters', [{ id: 'a1', name: 'x'.repeat(100_000) }], {
    rows: [`${'x'.repeat(9_999)}…`],
  }),
  elements(
    'an id of 100,000 characters',
    [
      { id: 'x'.repeat(100_000), name: 'a' },
      { id: 'b', name: 'b' },
    ],
    { rows: ['b', '(unreadable)'] },
    scene =>
      expect(scene.parent.openedBranch?.unreadable?.came).toEqual([
        expect.stringMatching(/^0\.id: a text of 100000 characters$/i),
      ]),
  ),
  elements('half a character', [{ id: '\ud800', name: 'a\udc00' }], { rows: ['a\ufffd'] }),
  {
    fault: 'a list that is null',
    answer: (response, { subject }) => send(response, JSON.stringify(subject.json([])).replace('[]', 'null')),
    outcome: subject => (subject === vb365 ? different : { rows: ['(empty)'] }),
  },
  {
    fault: 'NaN that is not JSON',
    answer: (response, { subject }) =>
      send(response, JSON.stringify(subject.json([{ id: '1', name: 'n' }])).replace('"n"', 'NaN')),
    outcome: unreadable,
  },
];

=======
>>>>>>> h-houseend
describe.each(subjects)('$product', subject => {
  test.each([...lineFaults, ...statusFaults, ...bodyFaults, ...itemFaults])('$fault', fault => run(fault, subject));

  test('HTML with 401 for everything', () => {
    const fault: Fault = {
      fault: 'HTML with 401 for everything',
      begin: scene => scene.answer(response => send(response, html, { 'Content-Type': 'text/html' }, 401), 'all'),
      outcome: { kind: 'credentialsRefused', says: /does not accept this user name and password\.$/ },
      // Accounts lock, so the password goes out again only when the user says so.
      recover: 'signIn',
    };
    return run(fault, subject);
  });

  test.each([301, 302, 307, 308])('a redirect with %i to another host', async status => {
    const certificate: Certificate = await createCertificate();
    const other = await startHttps(certificate);
    await run(
      {
        fault: `a redirect with ${status} to another host`,
        begin: scene =>
          scene.answer(response => {
            response.writeHead(status, { Location: `${other.origin}/login?for=all` }).end();
          }, 'all'),
        outcome: {
          kind: 'redirected',
          says: new RegExp(`redirects to 127\\.0\\.0\\.1:${other.port}\\.`),
        },
        check: () => expect(other.connections()).toBe(0),
      },
      subject,
    );
  });

  test('a body without end', async () => {
    let sent = 0;
    const piece = Buffer.alloc(64 * 1024, ' ');
    await run(
      {
        fault: 'a body without end',
        limits: { bodyBytes: 4 * 1024 * 1024 },
        answer: response => {
          response.writeHead(200, { 'Content-Type': json });
          const pour = () => {
            while (!response.destroyed && response.write(piece)) {
              sent += piece.length;
            }
            sent += piece.length;
          };
          response.on('drain', pour);
          pour();
        },
        outcome: { kind: 'tooLarge', says: /sent more than 4 MB in one answer\.$/ },
        // The rest is what lies in the buffers of both sides of the sockets.
        check: () => expect(sent).toBeLessThan(40 * 1024 * 1024),
      },
      subject,
    );
  });
});

test('Enterprise Manager is asked for XML where its JSON is not what it should be', () =>
  run(
    {
      fault: 'JSON of another shape, and good XML',
      answer: (response, { subject, elements: list }, request) =>
        request.headers.accept?.includes('json')
          ? send(response, '{"Surprise":[]}')
          : send(response, subject.xml(list), { 'Content-Type': 'application/xml' }),
      outcome: { rows: 'same' },
    },
    enterpriseManager,
  ));
