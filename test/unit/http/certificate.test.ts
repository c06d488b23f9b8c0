import { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { verifyingContext } from '../../../src/http/authorities';
import { judge, judgeInHandshake, normalizeFingerprint } from '../../../src/http/certificate';
import { AuthoritiesUnusable, CertificateChanged, CertificateNotTrusted } from '../../../src/http/failures';
import { type CertificateOptions, createCertificate } from '../../sample-servers';
import { authority, failureOf, selfSigned, startHttps, startSilent, transportTo } from './support';

const day = 24 * 60 * 60 * 1000;
const get = { method: 'GET', path: '/', headers: { Authorization: 'Bearer s3cret' } } as const;

describe('a certificate that is not good', () => {
  test.each<[string, CertificateOptions, readonly string[], string]>([
    ['self-signed', {}, ['selfSigned'], 'it is self-signed'],
    ['from an unknown issuer', { issuer: authority }, ['unknownIssuer'], 'its issuer is not known to this computer'],
    [
      'self-signed, expired and for another name',
      { notBefore: new Date(Date.now() - 2 * day), notAfter: new Date(Date.now() - day), altNames: ['em.example.com'] },
      ['selfSigned', 'wrongName', 'expired'],
      'it is self-signed; it was issued for another name; it has expired',
    ],
  ])('%s is shown and gets nothing', async (_name, options, problems, words) => {
    const certificate = await createCertificate(options);
    const server = await startSilent(certificate);
    const failure = await failureOf(transportTo(server.origin).http.request(get));
    expect(failure).toBeInstanceOf(CertificateNotTrusted);
    expect(failure).toMatchObject({
      kind: 'certificate',
      problems,
      remedies: ['trust', 'retry', 'showLog'],
      certificate: { fingerprint: certificate.fingerprint },
    });
    expect(failure.message).toContain(words);
    expect(failure.detail).toContain(certificate.fingerprint);
    expect(server.received()).toBe(0);
  });

  test.each<[string, CertificateOptions, readonly string[]]>([
    ['expired', { notBefore: new Date(Date.now() - 2 * day), notAfter: new Date(Date.now() - day) }, ['expired']],
    ['not yet valid', { notBefore: new Date(Date.now() + day) }, ['notYetValid']],
    ['for another name', { altNames: ['em.example.com', '10.1.2.3'] }, ['wrongName']],
  ])('%s is not good either where the issuer is known', async (_name, options, problems) => {
    const server = await startSilent(await createCertificate({ ...options, issuer: authority }));
    const { http } = transportTo(server.origin, { authorities: [authority.cert] });
    expect(await failureOf(http.request(get))).toMatchObject({ kind: 'certificate', problems });
    expect(server.received()).toBe(0);
    expect(http.certificate).toBeUndefined();
  });

  test('tells all that a person needs to decide', async () => {
    const certificate = await createCertificate({
      commonName: 'vb365.example.com',
      altNames: ['vb365.example.com', '127.0.0.1'],
      issuer: authority,
      notBefore: new Date('2024-01-02T03:04:05Z'),
      notAfter: new Date('2044-01-02T03:04:05Z'),
    });
    const server = await startSilent(certificate);
    expect(await failureOf(transportTo(server.origin).http.request(get))).toMatchObject({
      host: `127.0.0.1:${server.port}`,
      certificate: {
        subject: 'CN=vb365.example.com',
        issuer: 'CN=Northwind Root CA',
        alternativeNames: 'DNS:vb365.example.com, IP Address:127.0.0.1',
        validFrom: '2024-01-02T03:04:05.000Z',
        validTo: '2044-01-02T03:04:05.000Z',
        fingerprint: certificate.fingerprint,
      },
    });
  });
});

describe('a pinned certificate', () => {
  test.each<[string, CertificateOptions]>([
    ['self-signed', {}],
    ['expired', { notBefore: new Date(Date.now() - 2 * day), notAfter: new Date(Date.now() - day) }],
    ['for another name', { altNames: ['em.example.com'] }],
  ])('%s is good, and told', async (_name, options) => {
    const certificate = await createCertificate(options);
    const server = await startHttps(certificate);
    const { http } = transportTo(server.origin, { pinnedFingerprint: certificate.fingerprint });
    expect(http.certificate).toBeUndefined();
    expect((await http.request(get)).body.toString()).toBe('ok');
    expect(http.certificate?.fingerprint).toBe(certificate.fingerprint);
  });

  test('changed: both are named and the new one gets nothing, even if it could be verified', async () => {
    const verified = await createCertificate({ issuer: authority });
    const server = await startSilent(verified);
    const { http } = transportTo(server.origin, {
      pinnedFingerprint: selfSigned.fingerprint,
      authorities: [authority.cert],
    });
    const failure = await failureOf(http.request(get));
    expect(failure).toBeInstanceOf(CertificateChanged);
    expect(failure).toMatchObject({
      pinned: selfSigned.fingerprint,
      certificate: { fingerprint: verified.fingerprint },
    });
    expect(failure.detail).toContain(selfSigned.fingerprint);
    expect(failure.detail).toContain(verified.fingerprint);
    expect(server.received()).toBe(0);
  });
});

describe('authorities', () => {
  test('make the certificates they signed good, one text holding several of them', async () => {
    const other = await createCertificate({ ca: true, commonName: 'Fabrikam Root CA' });
    const certificate = await createCertificate({ issuer: authority });
    const server = await startHttps(certificate);
    const { http } = transportTo(server.origin, { authorities: [`# both\n${other.cert}\n${authority.cert}`] });
    expect((await http.request(get)).status).toBe(200);
    expect(http.certificate).toMatchObject({ issuer: 'CN=Northwind Root CA', fingerprint: certificate.fingerprint });
  });

  test('may name a self-signed certificate itself', async () => {
    const server = await startHttps(selfSigned);
    const { http } = transportTo(server.origin, { authorities: [selfSigned.cert] });
    expect((await http.request(get)).status).toBe(200);
  });

  test.each([
    ['nothing', ''],
    ['something else', 'hello'],
    ['a broken certificate', authority.cert.replace(/[a-zA-Z]{20}/, 'x')],
  ])('with %s in them are told, and nothing is connected', async (_name, text) => {
    const server = await startHttps(selfSigned);
    const { http } = transportTo(server.origin, { authorities: [text] });
    expect(await failureOf(http.request(get))).toMatchObject({ kind: 'authorities' });
    expect(server.connections()).toBe(0);
  });
});

test.each([
  ['ab'.repeat(32), true],
  [`SHA256:${'AB:'.repeat(31)}AB`, true],
  [`sha-256=${'ab '.repeat(32)}`, true],
  ['ab-'.repeat(31).concat('ab'), true],
  ['ab'.repeat(20), false],
  ['xy'.repeat(32), false],
  ['', false],
])('reads %j as a fingerprint: %s', (text, good) => {
  expect(normalizeFingerprint(text)).toBe(good ? `${'AB:'.repeat(31)}AB` : undefined);
});

test('the authorities are read once for each set of them, and for all connections', () => {
  const context = verifyingContext([authority.cert]);
  expect(verifyingContext([authority.cert])).toBe(context);
  expect(verifyingContext([])).not.toBe(context);
  expect(verifyingContext([authority.cert, selfSigned.cert])).not.toBe(verifyingContext([authority.cert]));
  // What belongs to one server is in no context of another.
  const client = { pem: { cert: selfSigned.cert, key: selfSigned.key } };
  expect(verifyingContext([authority.cert], client)).not.toBe(verifyingContext([authority.cert]));
});

test.each([
  ['nothing', ''],
  ['something else', '-----BEGIN PUBLIC KEY-----'],
  ['a certificate that is cut off', `${authority.cert}${authority.cert.slice(0, 200)}`],
])('a file of authorities with %s in it is told', (_name, text) => {
  expect(() => verifyingContext([text])).toThrow(AuthoritiesUnusable);
});

describe('a verdict', () => {
  const past = { notBefore: new Date(Date.now() - 2 * day), notAfter: new Date(Date.now() - day) };
  test.each<[string, CertificateOptions, readonly string[]]>([
    ['expired', past, ['selfSigned', 'expired']],
    ['not yet valid', { notBefore: new Date(Date.now() + day) }, ['selfSigned', 'notYetValid']],
    ['for another name', { altNames: ['em.example.com'] }, ['selfSigned', 'wrongName']],
  ])('tells of a certificate that is %s, although another problem is reported', async (_name, options, problems) => {
    const certificate = new X509Certificate((await createCertificate(options)).cert);
    const authorizationError = 'DEPTH_ZERO_SELF_SIGNED_CERT';
    const socket = { getPeerX509Certificate: () => certificate, authorized: false, authorizationError };
    const verdict = judge(socket as unknown as TLSSocket, '127.0.0.1:443', '127.0.0.1', undefined);
    expect(verdict.failure).toMatchObject({ kind: 'certificate', problems });
  });

  test('tells of an unknown issuer also where it has the name of the certificate', async () => {
    const issuer = await createCertificate({ commonName: 'server.example.com', ca: true });
    const { cert } = await createCertificate({ commonName: 'server.example.com', issuer });
    const authorizationError = 'UNABLE_TO_VERIFY_LEAF_SIGNATURE';
    const socket = { getPeerX509Certificate: () => new X509Certificate(cert), authorized: false, authorizationError };
    const verdict = judge(socket as unknown as TLSSocket, '127.0.0.1:443', '127.0.0.1', undefined);
    expect(verdict.failure).toMatchObject({ problems: ['unknownIssuer'] });
  });

  test.each<[string, object]>([
    ['does not tell why', { authorized: false, getPeerX509Certificate: () => new X509Certificate(selfSigned.cert) }],
    ['shows no certificate', { authorized: true, getPeerX509Certificate: () => undefined }],
  ])('is bad where a connection %s', (_name, socket) => {
    const verdict = judge(socket as TLSSocket, '127.0.0.1:443', '127.0.0.1', undefined);
    expect(verdict.failure).toMatchObject({
      kind: 'certificate',
      problems: expect.arrayContaining([expect.any(String)]),
    });
  });

  test('within the handshake is bad where Node.js does not tell what it has found', () => {
    const { raw } = new X509Certificate(selfSigned.cert);
    const handles = [undefined, {}, { verifyError: () => new Error('bad') }];
    const verdicts = handles.map(_handle => {
      const socket = { getPeerCertificate: () => ({ raw }), _handle };
      return judgeInHandshake(socket as unknown as TLSSocket, '127.0.0.1:443', '127.0.0.1', undefined);
    });
    expect(verdicts.map(verdict => verdict?.failure?.kind)).toEqual(handles.map(() => 'certificate'));
  });
});
