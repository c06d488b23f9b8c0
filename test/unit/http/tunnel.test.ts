import * as http from 'node:http';
import * as https from 'node:https';
import * as net from 'node:net';
import type { Duplex } from 'node:stream';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createCertificate } from '../../sample-servers';
import { authority, failureOf, listen, selfSigned, startHttps, startSilent, transportTo } from './support';

/** The server's address as it would be behind the proxy; only the proxy knows where that is. */
const name = 'vb365.example.com';
const certificate = await createCertificate({ altNames: [name], issuer: authority });
const proxyCertificate = await createCertificate({ issuer: authority });
const trusting = { authorities: [authority.cert] };
const get = { method: 'GET', path: '/v8/Organizations', headers: { Authorization: 'Bearer s3cret' } } as const;

interface Connect {
  readonly target: string;
  readonly headers: http.IncomingHttpHeaders;
}

/** A proxy that opens tunnels to one port, whatever name it is asked for, and keeps what it could read in them. */
async function startProxy(
  port: number,
  { secure = false, answer }: { secure?: boolean; answer?: (client: Duplex) => void } = {},
) {
  const connects: Connect[] = [];
  const seen: Buffer[] = [];
  const server = secure
    ? https.createServer({ cert: proxyCertificate.cert, key: proxyCertificate.key })
    : http.createServer();
  server.on('tlsClientError', () => undefined);
  server.on('connect', (request: http.IncomingMessage, client: Duplex) => {
    connects.push({ target: request.url ?? '', headers: request.headers });
    client.on('error', () => undefined);
    if (answer) {
      answer(client);
      return;
    }
    const onward = net.connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(client).pipe(onward);
    });
    client.on('data', (chunk: Buffer) => seen.push(chunk));
    client.on('close', () => onward.destroy());
    onward.on('error', () => client.destroy());
  });
  const listening = await listen(server, secure ? 'https' : 'http');
  return { ...listening, connects, seen: () => Buffer.concat(seen).toString('latin1') };
}

describe.each([
  ['http', false],
  ['https', true],
])('through a proxy over %s', (_scheme, secure) => {
  test('requests arrive, and the proxy reads nothing of them', async () => {
    const server = await startHttps(certificate);
    const proxy = await startProxy(server.port, { secure });
    const { http: transport } = transportTo(`https://${name}:4443`, { ...trusting, proxy: { url: proxy.origin } });
    for (let i = 0; i < 3; i++) {
      expect((await transport.request(get)).body.toString()).toBe('ok');
    }
    expect(server.requests[0]).toMatchObject({ path: '/v8/Organizations', headers: { host: `${name}:4443` } });
    expect(transport.certificate?.fingerprint).toBe(certificate.fingerprint);
    expect(proxy.connects[0]).toEqual({
      target: `${name}:4443`,
      headers: expect.not.objectContaining({ authorization: expect.anything() }),
    });
    expect(proxy.connects[0]?.headers['proxy-authorization']).toBeUndefined();
    expect(proxy.connects.length).toBeLessThan(3);
    expect(proxy.seen()).not.toMatch(/s3cret|Organizations/);
  });

  test('a pinned certificate is good, any other is not and gets nothing', async () => {
    const pinned = { pinnedFingerprint: selfSigned.fingerprint, authorities: [authority.cert] };
    const good = await startHttps(selfSigned);
    const throughGood = await startProxy(good.port, { secure });
    const first = transportTo(`https://${name}:4443`, { ...pinned, proxy: { url: throughGood.origin } });
    expect((await first.http.request(get)).status).toBe(200);

    const bad = await startSilent(certificate);
    const throughBad = await startProxy(bad.port, { secure });
    const second = transportTo(`https://${name}:4443`, { ...pinned, proxy: { url: throughBad.origin } });
    expect((await failureOf(second.http.request(get))).kind).toBe('certificateChanged');
    expect(bad.received()).toBe(0);
  });

  test('a certificate for another name is not good', async () => {
    const other = await startSilent(await createCertificate({ altNames: ['em.example.com'], issuer: authority }));
    const proxy = await startProxy(other.port, { secure });
    const { http: transport } = transportTo(`https://${name}:4443`, { ...trusting, proxy: { url: proxy.origin } });
    expect(await failureOf(transport.request(get))).toMatchObject({ kind: 'certificate', problems: ['wrongName'] });
    expect(other.received()).toBe(0);
  });

  test('the proxy gets its own credentials and no others, and they are told to nobody', async () => {
    const server = await startHttps(certificate);
    const proxy = await startProxy(server.port, { secure });
    const url = proxy.origin.replace('://', '://user%40example.com:p%25ss@');
    const { http: transport, log } = transportTo(`https://${name}:4443`, { ...trusting, proxy: { url } });
    await transport.request(get);
    const basic = `Basic ${Buffer.from('user@example.com:p%ss').toString('base64')}`;
    expect(proxy.connects[0]?.headers['proxy-authorization']).toBe(basic);
    expect(server.requests[0]?.headers).not.toHaveProperty('proxy-authorization');
    expect(log.lines.join('\n')).not.toMatch(/p%25ss|p%ss|Basic/);

    const whole = transportTo(`https://${name}:4443`, { ...trusting, proxy: { url, authorization: 'Negotiate abc' } });
    await whole.http.request(get);
    expect(proxy.connects.at(-1)?.headers['proxy-authorization']).toBe('Negotiate abc');
  });
});

describe('a proxy', () => {
  const limits = { connectMs: 500, headersMs: 500, totalMs: 2000 };

  test.each<[string, string, string, RegExp]>([
    [
      'that wants credentials',
      '407 Proxy Authentication Required',
      'proxy requires credentials',
      /requires a user name and password/,
    ],
    ['that forbids it', '403 Forbidden', 'proxy refuses', /does not allow connections to vb365\.example\.com:4443\.$/],
    [
      'that cannot reach the server',
      '502 Bad Gateway',
      'proxy cannot reach it',
      /cannot reach vb365\.example\.com:4443\.$/,
    ],
    ['that gets no answer', '504 Gateway Timeout', 'proxy cannot reach it', /cannot reach/],
    ['with a status of its own', '418 Teapot', 'proxy: status 418', /answered with status 418 when asked for vb365/],
  ])('%s is told from the server', async (_name, status, short, sentence) => {
    const proxy = await startProxy(0, {
      answer: client =>
        client.end(`HTTP/1.1 ${status}\r\nContent-Length: 6\r\nProxy-Authenticate: Basic\r\n\r\nsecret`),
    });
    const url = proxy.origin.replace('://', '://user:s3cret@');
    const { http: transport, log } = transportTo(`https://${name}:4443`, { proxy: { url }, limits });
    const failure = await failureOf(transport.request(get));
    expect(failure).toMatchObject({ kind: 'proxy', short, remedies: ['connectionOptions', 'retry', 'showLog'] });
    expect(failure.message).toMatch(sentence);
    expect(`${failure.stack}${failure.detail}${log.lines.join()}`).not.toContain('s3cret');
  });

  test('that does not run', async () => {
    const closed = await new Promise<number>(resolve => {
      const server = net.createServer().listen(0, '127.0.0.1', () => {
        const address = server.address() as net.AddressInfo;
        server.close(() => resolve(address.port));
      });
    });
    const { http: transport } = transportTo(`https://${name}:4443`, { proxy: { url: `http://127.0.0.1:${closed}` } });
    expect(await failureOf(transport.request(get))).toMatchObject({
      kind: 'proxy',
      short: 'proxy not running',
      message: `The proxy 127.0.0.1:${closed} refused the connection.`,
    });
  });

  test('that says nothing', async () => {
    const { port } = await listen(net.createServer());
    const { http: transport } = transportTo(`https://${name}:4443`, {
      proxy: { url: `http://127.0.0.1:${port}` },
      limits,
    });
    const started = performance.now();
    expect(await failureOf(transport.request(get))).toMatchObject({ kind: 'proxy', short: 'proxy does not answer' });
    expect(performance.now() - started).toBeLessThan(3000);
  });

  test('that says nothing in the tunnel', async () => {
    const proxy = await startProxy(0, { answer: client => client.write('HTTP/1.1 200 OK\r\n\r\n') });
    const { http: transport } = transportTo(`https://${name}:4443`, { proxy: { url: proxy.origin }, limits });
    const started = performance.now();
    expect((await failureOf(transport.request(get))).kind).toBe('timedOut');
    expect(performance.now() - started).toBeLessThan(3000);
  });

  test('that hangs up in the tunnel', async () => {
    const proxy = await startProxy(0, { answer: client => client.end('HTTP/1.1 200 OK\r\n\r\n') });
    const { http: transport } = transportTo(`https://${name}:4443`, { proxy: { url: proxy.origin }, limits });
    expect((await failureOf(transport.request(get))).kind).toBe('unreachable');
  });

  test('that is none', async () => {
    const { port } = await listen(net.createServer(socket => socket.end('220 mail.example.com\r\n')));
    const { http: transport } = transportTo(`https://${name}:4443`, {
      proxy: { url: `http://127.0.0.1:${port}` },
      limits,
    });
    expect(await failureOf(transport.request(get))).toMatchObject({ kind: 'proxy', short: 'not a proxy' });
  });

  test('whose certificate is not trusted, also where that of the server is pinned', async () => {
    const server = await startHttps(selfSigned);
    const proxy = await startProxy(server.port, { secure: true });
    const { http: transport } = transportTo(`https://${name}:4443`, {
      pinnedFingerprint: selfSigned.fingerprint,
      proxy: { url: proxy.origin.replace('://', '://user:s3cret@') },
      limits,
    });
    expect(await failureOf(transport.request(get))).toMatchObject({ kind: 'proxy', short: 'proxy not trusted' });
    expect(proxy.connects).toEqual([]);
  });

  test('whose certificate is not trusted gets nothing, also where the environment turns verification off', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const server = await startHttps(selfSigned);
    const proxy = await startProxy(server.port, { secure: true });
    const url = proxy.origin.replace('://', '://user:s3cret@');
    const { http: transport } = transportTo(`https://${name}:4443`, { proxy: { url }, limits });
    expect(await failureOf(transport.request(get))).toMatchObject({ kind: 'proxy', short: 'proxy not trusted' });
    expect(proxy.connects).toEqual([]);
    // The same for the server itself.
    const direct = await failureOf(transportTo(server.origin, { limits }).http.request(get));
    expect(direct.kind).toBe('certificate');
    expect(server.requests).toEqual([]);
  });

  test.each([
    ['socks5://proxy.example.com:1080', /Proxies of the kind socks5: are not supported/],
    ['http://', /The proxy address is invalid\. It should look like/],
    ['http://a b', /The proxy address is invalid\. It should look like/],
  ])('at %s cannot be used', async (url, sentence) => {
    const { http: transport } = transportTo(`https://${name}:4443`, { proxy: { url } });
    const failure = await failureOf(transport.request(get));
    expect(failure).toMatchObject({ kind: 'proxy', short: 'proxy address' });
    expect(failure.message).toMatch(sentence);
  });

  test('is left when the request is given up', async () => {
    const controller = new AbortController();
    const proxy = await startProxy(0, { answer: () => controller.abort() });
    const { http: transport } = transportTo(`https://${name}:4443`, { proxy: { url: proxy.origin }, limits });
    expect((await failureOf(transport.request({ ...get, signal: controller.signal }))).kind).toBe('cancelled');
  });
});
