import * as net from 'node:net';
import * as tls from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { createCertificate, type SampleServer, startVb365, type Vb365Data } from '../../sample-servers';
import { requestToken, send } from './client';

let server: SampleServer<Vb365Data> | undefined;

afterEach(() => server?.close());

describe('a sample server', () => {
  it('records every request with its status', async () => {
    server = await startVb365();
    await requestToken(server);
    await send(server, '/v8/Organizations?limit=1', { headers: { 'X-Test': 'yes' } });
    expect(server.requests).toMatchObject([
      { method: 'POST', path: '/v8/Token', body: expect.stringContaining('grant_type=password'), status: 200 },
      { method: 'GET', path: '/v8/Organizations?limit=1', headers: { 'x-test': 'yes' }, body: '', status: 401 },
    ]);
  });

  it('lets a test answer in its place, or not', async () => {
    server = await startVb365();
    server.intercept = async (request, response) => {
      if (request.url !== '/fault') {
        return false;
      }
      response.statusCode = 503;
      response.end('down');
      return true;
    };
    expect(await send(server, '/fault')).toMatchObject({ status: 503, text: 'down' });
    expect((await send(server, '/v8/Organizations')).status).toBe(401);
    server.intercept = undefined;
    expect((await send(server, '/fault')).status).toBe(404);
    expect(server.requests.map(request => request.status)).toEqual([503, 401, 404]);
  });

  it('can be made to drop a connection', async () => {
    server = await startVb365();
    server.intercept = (_request, response) => {
      response.destroy();
      return true;
    };
    await expect(send(server, '/v8/Organizations')).rejects.toThrow(/hang up|ECONNRESET/);
    expect(server.requests[0]).not.toHaveProperty('status');
  });

  it('closes under open connections and a pending answer', async () => {
    const closing = await startVb365({ delayMs: 3_600_000 });
    const idle = net.connect(closing.port, closing.host);
    await new Promise(resolve => idle.once('connect', resolve));
    const idleClosed = new Promise(resolve => idle.once('close', resolve));
    idle.on('error', () => {});
    const pending = send(closing, '/v8/Organizations').then(
      () => 'answered',
      () => 'failed',
    );
    while (closing.requests.length === 0) {
      await new Promise(resolve => setImmediate(resolve));
    }
    await closing.close();
    await idleClosed;
    expect(await pending).toBe('failed');
  });

  it('shows the certificate that it was given', async () => {
    const certificate = await createCertificate({ commonName: 'backup.example.com' });
    server = await startVb365({ certificate });
    const socket = tls.connect({ host: server.host, port: server.port, rejectUnauthorized: false });
    await new Promise(resolve => socket.once('secureConnect', resolve));
    expect(socket.getPeerCertificate()).toMatchObject({
      fingerprint256: server.fingerprint,
      subject: { CN: 'backup.example.com' },
    });
    socket.destroy();
    expect(server.fingerprint).toBe(certificate.fingerprint);
    expect(server.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  });
});

describe('certificates', () => {
  async function handshake(ca: string | undefined, servername?: string): Promise<string> {
    const { host, port } = server as SampleServer<Vb365Data>;
    return new Promise(resolve => {
      const socket = tls.connect({ host, port, ...(ca && { ca }), ...(servername && { servername }) });
      socket.once('secureConnect', () => {
        socket.destroy();
        resolve('trusted');
      });
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    });
  }

  it('sign themselves', async () => {
    server = await startVb365();
    expect(await handshake(undefined)).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
    expect(await handshake(server.certificate)).toBe('trusted');
  });

  it('name what they are told to', async () => {
    server = await startVb365({ certificate: await createCertificate({ altNames: ['backup.example.com'] }) });
    expect(await handshake(server.certificate)).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(await handshake(server.certificate, 'backup.example.com')).toBe('trusted');
  });

  it('can have expired', async () => {
    const day = 86_400_000;
    const certificate = await createCertificate({
      notBefore: new Date(Date.now() - 2 * day),
      notAfter: new Date(Date.now() - day),
    });
    server = await startVb365({ certificate });
    expect(await handshake(certificate.cert)).toBe('CERT_HAS_EXPIRED');
  });

  it('can come from a CA', async () => {
    const issuer = await createCertificate({ commonName: 'Sample CA', ca: true });
    server = await startVb365({ certificate: await createCertificate({ issuer }) });
    expect(await handshake(undefined)).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    expect(await handshake(issuer.cert)).toBe('trusted');
  });
});
