import { execFileSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tls from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { TransportOptions } from '../../../src/http/transport';
import { createCertificate } from '../../sample-servers';
import { authority, failureOf, listen, selfSigned, startHttps, transportTo } from './support';

const client = await createCertificate({ commonName: 'svc-browse.example.com' });
const passphrase = 'p@ss+w%rd&"ü';
const encryptedKey = createPrivateKey(client.key)
  .export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase })
  .toString();
const get = { method: 'GET', path: '/' } as const;

/** A reverse proxy that asks for a certificate and answers with its subject. */
/** Whether the passphrase is refused for what it makes of the key, not as wrong. */
function isAccident(passphrase: string): boolean {
  try {
    createPrivateKey({ key: encryptedKey, passphrase });
    return true;
  } catch (error) {
    return !/decrypt/i.test(String(error));
  }
}

function startAsking(demands: boolean, maxVersion: tls.SecureVersion = 'TLSv1.3') {
  return startHttps(
    { cert: selfSigned.cert, key: selfSigned.key, requestCert: true, rejectUnauthorized: demands, maxVersion },
    ({ socket }, response) => response.end((socket as tls.TLSSocket).getPeerX509Certificate()?.subject ?? 'nobody'),
  );
}

function transport(origin: string, clientCertificate?: TransportOptions['clientCertificate']) {
  return transportTo(origin, { pinnedFingerprint: selfSigned.fingerprint, clientCertificate });
}

/** Node can read PKCS #12, not write it. */
function pfx(secret: string): Buffer | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'pfx-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'both.pem'), `${client.cert}\n${client.key}`);
  try {
    execFileSync('openssl', ['pkcs12', '-export', '-in', 'both.pem', '-out', 'both.pfx', '-passout', 'env:SECRET'], {
      cwd: folder,
      env: { ...process.env, SECRET: secret },
      stdio: 'ignore',
    });
    return readFileSync(join(folder, 'both.pfx'));
  } catch {
    return undefined;
  }
}

describe('a client certificate', () => {
  test('is shown where it is asked for', async () => {
    const server = await startAsking(false);
    const plain = transport(server.origin, { pem: client });
    expect((await plain.http.request(get)).body.toString()).toBe('CN=svc-browse.example.com');
    const encrypted = transport(server.origin, { pem: { cert: client.cert, key: encryptedKey }, passphrase });
    expect((await encrypted.http.request(get)).body.toString()).toBe('CN=svc-browse.example.com');
    expect((await transport(server.origin).http.request(get)).body.toString()).toBe('nobody');
  });

  test('may come in a PKCS #12 file', async ctx => {
    const file = pfx('Secret-1');
    ctx.skip(file === undefined, 'there is no openssl to make one');
    const server = await startAsking(false);
    const { http } = transport(server.origin, { pfx: file, passphrase: 'Secret-1' });
    expect((await http.request(get)).body.toString()).toBe('CN=svc-browse.example.com');
    const wrong = await failureOf(transport(server.origin, { pfx: file, passphrase: 'Secret-2' }).http.request(get));
    expect(wrong).toMatchObject({ kind: 'wrongPassphrase', short: 'wrong passphrase' });
    expect(`${wrong.stack}${wrong.detail}`).not.toContain('Secret-2');
  });

  test.each<[string, TransportOptions['clientCertificate'], string]>([
    ['a wrong passphrase', { pem: { cert: client.cert, key: encryptedKey }, passphrase: 'wrong' }, 'wrong passphrase'],
    ['no passphrase', { pem: { cert: client.cert, key: encryptedKey } }, 'wrong passphrase'],
    ['the key of another', { pem: { cert: client.cert, key: selfSigned.key } }, 'wrong private key'],
    ['a certificate that is none', { pem: { cert: 'x', key: client.key } }, 'client certificate unusable'],
    ['a file that is none', { pfx: Buffer.from('x') }, 'client certificate unusable'],
  ])('with %s is told, and nothing is connected', async (_name, certificate, short) => {
    const server = await startAsking(false);
    const { http } = transport(server.origin, certificate);
    const kind = short === 'wrong passphrase' ? 'wrongPassphrase' : 'clientCertificate';
    expect(await failureOf(http.request(get))).toMatchObject({ kind, short });
    expect(server.connections()).toBe(0);
  });

  test('with a wrong passphrase that happens to make bytes of it is told as one', async () => {
    const passphrase = Array.from({ length: 5000 }, (_, index) => `wrong ${index}`).find(isAccident) ?? 'wrong';
    const { http } = transport('https://127.0.0.1:1', { pem: { cert: client.cert, key: encryptedKey }, passphrase });
    expect(await failureOf(http.request(get))).toMatchObject({ kind: 'wrongPassphrase', short: 'wrong passphrase' });
  });

  test('that is missing where it is demanded is told', async () => {
    const server = await startAsking(true);
    const failure = await failureOf(transport(server.origin).http.request(get));
    expect(failure).toMatchObject({
      kind: 'clientCertificate',
      short: 'client certificate needed',
      remedies: ['connectionOptions', 'retry', 'showLog'],
    });
    expect(failure.message).toContain('requires a client certificate that it accepts');
    expect(server.requests).toEqual([]);
  });

  test('that is missing is suspected where TLS 1.2 does not tell', async () => {
    const server = await startAsking(true, 'TLSv1.2');
    const failure = await failureOf(transport(server.origin).http.request(get));
    expect(failure).toMatchObject({ kind: 'unreachable', short: 'no secure connection' });
    expect(failure.message).toContain('may require a client certificate');
  });
});

describe.each<tls.SecureVersion>(['TLSv1.2', 'TLSv1.3'])('with %s, a client certificate', version => {
  /** What a server sees of the client's certificate, whatever becomes of the handshake. */
  async function watched({ cert, key }: { cert: string; key: string }) {
    const seen: string[] = [];
    const server = tls.createServer(
      { cert, key, requestCert: true, rejectUnauthorized: false, maxVersion: version },
      socket => {
        seen.push(socket.getPeerX509Certificate()?.subject ?? 'nobody');
        socket.on('error', () => undefined);
        socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok'));
      },
    );
    server.on('tlsClientError', () => undefined);
    return { ...(await listen(server)), seen, gone: allClosed(server) };
  }

  /** Resolves when a connection has come and gone: by then the server has seen all that it ever will. */
  function allClosed(server: tls.Server): Promise<unknown> {
    return new Promise(resolve => server.once('connection', socket => socket.once('close', resolve)));
  }

  test.each<[string, Partial<TransportOptions>]>([
    ['no authority vouches for', {}],
    ['is another one than was trusted', { pinnedFingerprint: client.fingerprint }],
  ])('is not shown to a server whose own %s', async (_, options) => {
    const server = await watched(selfSigned);
    const { http } = transportTo(server.origin, { ...options, clientCertificate: { pem: client } });
    const kind = options.pinnedFingerprint ? 'certificateChanged' : 'certificate';
    const failure = await failureOf(http.request(get));
    expect(failure).toMatchObject({ kind, certificate: { fingerprint: selfSigned.fingerprint } });
    await server.gone;
    expect(server.seen).toEqual([]);
  });

  test('is not shown to a server of another name', async () => {
    const server = await watched(await createCertificate({ issuer: authority, altNames: ['em.example.com'] }));
    const { http } = transportTo(server.origin, {
      authorities: [authority.cert],
      clientCertificate: { pem: client },
    });
    expect(await failureOf(http.request(get))).toMatchObject({ kind: 'certificate', problems: ['wrongName'] });
    await server.gone;
    expect(server.seen).toEqual([]);
  });

  test('is shown to one that is good', async () => {
    const server = await watched(await createCertificate({ issuer: authority }));
    const { http } = transportTo(server.origin, {
      authorities: [authority.cert],
      clientCertificate: { pem: client },
    });
    expect((await http.request(get)).body.toString()).toBe('ok');
    expect(server.seen).toEqual(['CN=svc-browse.example.com']);
  });
});
