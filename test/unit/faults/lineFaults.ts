import { gzipSync } from 'node:zlib';
import { brokenOff, goodJson, json, raw, send, silent, tooMuch, unreadable, unusable } from './answering';
import type { Fault } from './fault';
import type { Subject } from './scene';

const quick = { headersMs: 400, bodyMs: 400, totalMs: 1000 };

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

/** How a body comes over the line, packed or not. */
export const lineFaults: readonly Fault[] = [
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
      const said = `Bad ${authorization}`;
      send(response, JSON.stringify({ message: said, error_description: said, Message: `Bad ${id}` }), {}, 500);
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
    subject => (!subject.readsXml ? unreadable : tooMuch),
  ),
  unpacking(
    'kilobytes that unpack to one long XML text',
    () => packed('x', 63, '<CloudSubtenants>', '</CloudSubtenants>'),
    subject => (!subject.readsXml ? unreadable : tooMuch),
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
