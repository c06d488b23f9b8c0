import { describe, expect, test } from 'vitest';
import { cleanerOf } from '../../../src/http/echoedSecrets';
import { explanation as managerExplanation } from '../../../src/products/enterprise-manager/client';
import { explanationIn } from '../../../src/products/reading/statusFailures';
import { explanation } from '../../../src/products/vb365/client';
import { selfSigned, startHttps, transportTo } from './support';

const password = 'p@ss+w"rd&<ü> x';
const token = Buffer.from('an access token that is not short at all').toString('base64');
const assertion = JSON.stringify({ token_type: 'Bearer', access_token: token, refresh_token: `0.${token}` });
const form = new URLSearchParams({ grant_type: 'password', username: 'EXAMPLE', password }).toString();
const clean = cleanerOf({ method: 'POST', path: '/v8/Token', body: form });

const escaped = [...password].map(character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

describe('a password in words of a server is left out', () => {
  test.each<[string, string]>([
    ['as it is', password],
    ['as JSON writes it', JSON.stringify(password).slice(1, -1)],
    ['as .NET writes JSON', 'p@ss\\u002Bw\\u0022rd\\u0026\\u003C\\u00FC\\u003E x'],
    ['with each character escaped', escaped],
    ['as a form has it', new URLSearchParams({ x: password }).toString().slice(2)],
    ['as an address has it', encodeURIComponent(password)],
    ['as XML writes it', 'p@ss+w&quot;rd&amp;&lt;&#252;&gt; x'],
    ['as XML writes it in hexadecimal', 'p@ss&#x2B;w&#x22;rd&#x26;&#x3c;&#xFC;&#x3E; x'],
    ['in CDATA of XML in XML', '&lt;Key&gt;&lt;![CDATA[p@ss+w"rd&]]>&lt;![CDATA[&lt;ü&gt; x]]>'],
    ['as scripts write it', 'p@ss\\x2Bw\\x22rd\\x26\\x3c\\u{fc}\\u{3E} x'],
    ['as old scripts put it into addresses', 'p@ss%2Bw%22rd%26%3C%u00FC%3E%20x'],
    ['as an HTML page of .NET has it', 'p@ss&#43;w&quot;rd&amp;&lt;&#252;&gt; x'],
    ['as a form in capitals and small letters', 'p%40ss%2bw%22rd%26%3c%c3%bc%3e+x'],
    ['in Base64', Buffer.from(password).toString('base64')],
    ['in Base64 for addresses', Buffer.from(password).toString('base64url')],
    ["in Base64 of .NET's UTF-16", Buffer.from(password, 'utf16le').toString('base64')],
    ['in hexadecimal', Buffer.from(password).toString('hex').toUpperCase()],
    ['in a form in JSON in JSON', JSON.stringify(JSON.stringify(new URLSearchParams({ x: password }).toString()))],
  ])('%s', (_name, words) => {
    const said = clean(`Refused: ${words} (EXAMPLE)`);
    expect(said).toMatch(/^Refused: .*… ?.*\(EXAMPLE\)$/);
    expect(said).not.toMatch(/ss\+w|ss.{1,12}w|rd|cEBzcy|7040/);
  });
});

test('what holds no secret stays as it is written', () => {
  const words = 'Tenant %41 said \\u0041 &amp; <![CDATA[B]]> 100% of C:\\temp&#0; &#9999999;';
  expect(clean(words)).toBe(words);
});

test.each([
  ['the beginning of an assertion', assertion.slice(0, 80)],
  ['the end of a token in it', token.slice(-30)],
  ['the middle of it, as JSON in JSON', JSON.stringify(assertion.slice(30, 90)).slice(1, -1)],
])('%s is left out', (_name, part) => {
  const body = new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
  const cleaned = cleanerOf({ method: 'POST', path: '/v8/Token', body: body.toString() });
  expect(cleaned(`Bad assertion ${part}, try again`)).toMatch(/^Bad assertion .{0,20}…, try again$/);
});

test.each([
  ['a bearer token', { Authorization: `Bearer ${token}` }, token],
  ['a password that was sent as Basic', { Authorization: `Basic ${btoa('svc:s3cret')}` }, 's3cret'],
  ['a session id', { 'X-RestSvcSessionId': 's3cret-session' }, 's3cret-session'],
])('%s is left out', (_name, headers, secret) => {
  expect(cleanerOf({ method: 'GET', path: '/', headers })(`No ${secret}.`)).toBe('No ….');
});

test('a device code, a password in XML and an id in a path are left out', () => {
  const device = cleanerOf({ method: 'POST', path: '/token', body: 'device_code=s3cret-code' });
  expect(device('No s3cret-code.')).toBe('No ….');
  const xml = cleanerOf({ method: 'POST', path: '/', body: '<Password>s&#34;cret%41</Password>' });
  expect(xml('No s"cret%41.')).toBe('No ….');
  const path = cleanerOf({
    method: 'DELETE',
    path: '/api/logonSessions/s3cret%2F1',
    loggedPath: '/api/logonSessions/…',
  });
  expect(path('No s3cret/1.')).toBe('No ….');
});

test('what a request has that is no secret stays', () => {
  const path = cleanerOf({ method: 'GET', path: '/v8/Organizations/contoso-1' });
  expect(path('No contoso-1.')).toBe('No contoso-1.');
  // That is no address, and nothing for which to fail.
  expect(cleanerOf({ method: 'GET', path: '/100%' })('No 100%.')).toBe('No 100%.');
  const headers = { Accept: 'application/json', 'Content-Type': 'application/xml' };
  const harmless = cleanerOf({ method: 'GET', path: '/', headers });
  expect(harmless('Neither application/json nor application/xml.')).toBe(
    'Neither application/json nor application/xml.',
  );
  expect(cleanerOf({ method: 'POST', path: '/', body: 'username=administrator' })('No administrator.')).toBe(
    'No administrator.',
  );
});

test('what is too short to tell from words stays', () => {
  const cleaned = (secret: string) => cleanerOf({ method: 'POST', path: '/', body: `password=${secret}` });
  expect(cleaned('refus')('It refused.')).toBe('It refused.');
  expect(cleaned('refuse')('It refused.')).toBe('It …d.');
});

test('of two secrets that begin alike nothing stays', () => {
  const body = new URLSearchParams({ password: 's3cret', token: 's3cret-and-more' }).toString();
  expect(cleanerOf({ method: 'POST', path: '/', body })('No s3cret-and-more, no s3cret.')).toBe('No …, no ….');
});

describe('of a secret that is long enough', () => {
  const secret = 'abcdefghijklmnopqrstuvwxyz012345';
  const cleanedOf = (long: string, words: string) =>
    cleanerOf({ method: 'POST', path: '/', body: `access_token=${long}` })(words);

  test.each([
    ['sixteen characters are left out', `No ${secret.slice(0, 16)}.`, 'No ….'],
    ['the last sixteen characters are left out, also at the end', `No ${secret.slice(-16)}`, 'No …'],
    ['a part right behind another one is left out', `No ${secret.slice(16)}${secret.slice(0, 16)}.`, 'No …….'],
    ['fifteen characters stay', `No ${secret.slice(0, 15)}.`, `No ${secret.slice(0, 15)}.`],
  ])('%s', (_name, words, expected) => {
    expect(cleanedOf(secret, words)).toBe(expected);
  });

  test('what is shorter is left out in whole alone', () => {
    const shorter = secret.slice(1);
    expect(cleanedOf(shorter, `No ${shorter}, no ${shorter.slice(1)}.`)).toBe(`No …, no ${shorter.slice(1)}.`);
  });
});

test('a letter that is longer in small letters moves nothing', () => {
  const cleaned = cleanerOf({ method: 'POST', path: '/', body: 'password=s3cret-word' });
  expect(cleaned('İİİ s3cret-word İ s3cret-word!')).toBe('İİİ … İ …!');
});

test('long words are cleaned before long', () => {
  const cleaned = cleanerOf({ method: 'GET', path: '/', headers: { Authorization: `Bearer ${token.repeat(40)}` } });
  const started = performance.now();
  cleaned('&amp;\\u0026%26'.repeat(4600));
  expect(performance.now() - started).toBeLessThan(2000);
});

describe('an error body of a server', () => {
  const said = `Bad ${password}`;
  const json = JSON.stringify({ message: said, Message: said });
  const net = json.replaceAll('+', '\\u002B').replaceAll('<', '\\u003C').replaceAll('\\"', '\\u0022');
  const xml = '<Error Message="Bad p@ss&#43;w&#x22;rd&amp;&lt;&#xfc;> x"/>';
  test.each<[string, Buffer, typeof explanation]>([
    ['in JSON', Buffer.from(json), explanation],
    ["in .NET's JSON", Buffer.from(net), explanation],
    ['in UTF-16', Buffer.from(`\uFEFF${json}`, 'utf16le'), explanation],
    ['in XML', Buffer.from(xml), managerExplanation],
    ['in XML with CDATA', Buffer.from(`<Error><Message><![CDATA[${said}]]></Message></Error>`), managerExplanation],
    ['in UTF-16 and XML', Buffer.from(`\uFEFF${xml}`, 'utf16le'), managerExplanation],
  ])('%s gives no password away', async (_name, body, read) => {
    const server = await startHttps(selfSigned, (_request, response) => {
      response.writeHead(400, { Server: `with ${password.slice(0, 11)}` }).end(body);
    });
    const { http, log } = transportTo(server.origin, { pinnedFingerprint: selfSigned.fingerprint });
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const response = await http.request({ method: 'POST', path: '/v8/Token', headers, body: form });
    expect(await read(http.host, response)).toEqual({ said: 'Bad …' });
    expect(log.lines.join('\n')).not.toContain(password);
  });

  test('is read by nobody if it is too long', async () => {
    const server = await startHttps(selfSigned, (_request, response) =>
      response.writeHead(500).end('x'.repeat(70_000)),
    );
    const { http } = transportTo(server.origin, { pinnedFingerprint: selfSigned.fingerprint });
    const response = await http.request({ method: 'GET', path: '/' });
    expect(await explanationIn(response, async () => ({ said: 'read' }))).toEqual({});
  });
});
