import type { ServerResponse } from 'node:http';
import * as net from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createTransport } from '../../../src/http/transport';
import { KeptLog } from '../support';
import { failureOf, listen, selfSigned, startHttps, transportTo } from './support';

const pinned = { pinnedFingerprint: selfSigned.fingerprint };

test('speaks no plain HTTP', () => {
  expect(() => createTransport({ origin: 'http://127.0.0.1:9399', log: new KeptLog() })).toThrow(TypeError);
});

test('is to a host with its port, also where that is the usual one', () => {
  const hostOf = (origin: string) => createTransport({ origin, log: new KeptLog() }).host;
  expect(hostOf('https://vbr.example.com')).toBe('vbr.example.com:443');
  expect(hostOf('https://[::1]:9419')).toBe('[::1]:9419');
});

test('keeps connections, and few of them', async () => {
  const server = await startHttps(selfSigned);
  const { http } = transportTo(server.origin, { ...pinned, limits: { connections: 3 } });
  await Promise.all(Array.from({ length: 30 }, (_, i) => http.request({ method: 'GET', path: `/${i}` })));
  await http.request({ method: 'GET', path: '/again' });
  expect(server.requests).toHaveLength(31);
  expect(server.connections()).toBe(3);
});

test('needs one connection for requests one after another', async () => {
  const server = await startHttps(selfSigned);
  const { http } = transportTo(server.origin, pinned);
  for (const path of ['/1', '/2', '/3', '/4']) {
    await http.request({ method: 'GET', path });
  }
  expect(server.requests).toHaveLength(4);
  expect(server.connections()).toBe(1);
});

test('does not follow redirects, with whatever status', async () => {
  const other = await startHttps(selfSigned);
  const server = await startHttps(selfSigned, (request, response) => {
    response.writeHead(Number(request.url?.slice(1)), { Location: `${other.origin}/there` }).end();
  });
  const { http } = transportTo(server.origin, pinned);
  for (const status of [301, 302, 303, 307, 308]) {
    const response = await http.request({ method: 'GET', path: `/${status}`, headers: { Authorization: 'Bearer x' } });
    expect(response.status).toBe(status);
  }
  expect(other.connections()).toBe(0);
});

describe('gives up', () => {
  const quick = { connectMs: 100, headersMs: 100, bodyMs: 100, totalMs: 400 };

  test('a handshake that never completes', async () => {
    const { port } = await listen(net.createServer());
    const { http } = transportTo(`https://127.0.0.1:${port}`, { limits: quick });
    expect(await failureOf(http.request({ method: 'GET', path: '/' }))).toMatchObject({
      kind: 'timedOut',
      message: `127.0.0.1:${port} did not answer within 1 seconds.`,
    });
  });

  test.each<[string, (response: ServerResponse) => void]>([
    ['headers that never come', () => undefined],
    ['a body that stops', response => void response.writeHead(200, { 'Content-Length': 10 }).write('half')],
    [
      'a body that drips for ever',
      response => {
        response.writeHead(200, { 'Content-Type': 'application/json' });
        const drip = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(drip));
      },
    ],
  ])('%s', async (_name, handler) => {
    const server = await startHttps(selfSigned, (_request, response) => handler(response));
    const { http } = transportTo(server.origin, { ...pinned, limits: quick });
    const started = performance.now();
    const failure = await failureOf(http.request({ method: 'GET', path: '/' }));
    expect(failure.kind).toBe('timedOut');
    expect(performance.now() - started).toBeLessThan(1500);
    expect(server.requests).toHaveLength(1);
  });
});

test('waits as long as it is told where the server is known to take its time', async () => {
  const limits = { headersMs: 50, totalMs: 100 };
  const server = await startHttps(selfSigned, (_request, response) => {
    setTimeout(() => response.end('late'), 10 * limits.totalMs);
  });
  const { http } = transportTo(server.origin, { ...pinned, limits });
  const response = await http.request({ method: 'GET', path: '/', patienceMs: 60_000 });
  expect(response.body.toString()).toBe('late');
});

describe('is cancelled', () => {
  test.each([
    ['before it began', () => undefined],
    ['while it waits for headers', () => undefined],
    ['in the middle of a body', (response: ServerResponse) => void response.writeHead(200).write('half')],
  ])('%s', async (name, handler) => {
    const controller = new AbortController();
    const server = await startHttps(selfSigned, (_request, response) => {
      handler(response);
      setImmediate(() => controller.abort());
    });
    const { http, log } = transportTo(server.origin, pinned);
    if (name === 'before it began') {
      controller.abort();
    }
    const failure = await failureOf(http.request({ method: 'GET', path: '/', signal: controller.signal }));
    expect(failure.kind).toBe('cancelled');
    expect(log.lines.filter(line => line.startsWith('[warning]'))).toEqual([]);
  });

  test('when the transport is closed, then and from then on', async () => {
    const server = await startHttps(selfSigned, () => void http.close());
    const { http } = transportTo(server.origin, pinned);
    const request = { method: 'GET', path: '/' } as const;
    const waiting = Array.from({ length: 6 }, () => failureOf(http.request(request)));
    expect((await Promise.all(waiting)).map(({ kind }) => kind)).toEqual(Array(6).fill('cancelled'));
    expect((await failureOf(http.request(request))).kind).toBe('cancelled');
    expect(server.requests.length).toBeLessThanOrEqual(4);
  });
});

describe('while all connections are taken', () => {
  const one = { ...pinned, limits: { connections: 1, totalMs: 500 } };

  /** A server that holds back what begins with `/slow`, and a transport whose connection that has taken. */
  async function start() {
    const held: (() => void)[] = [];
    const server = await startHttps(selfSigned, (request, response) => {
      const answer = () => response.end(request.url);
      request.url?.startsWith('/slow') ? held.push(answer) : answer();
    });
    const { http } = transportTo(server.origin, one);
    const slow = http.request({ method: 'GET', path: '/slow', patienceMs: 60_000 });
    await vi.waitFor(() => expect(held).toHaveLength(1));
    return { server, http, slow, release: () => held[0]?.() };
  }

  test('a request that waits for one is cancelled at once, and never sent', async () => {
    const { server, http, slow, release } = await start();
    const leaving = new AbortController();
    const waiting = failureOf(
      http.request({ method: 'GET', path: '/next', patienceMs: 60_000, signal: leaving.signal }),
    );
    leaving.abort();
    expect((await waiting).kind).toBe('cancelled');
    release();
    expect((await slow).body.toString()).toBe('/slow');
    expect((await http.request({ method: 'GET', path: '/last' })).status).toBe(200);
    expect(server.requests.map(({ path }) => path)).toEqual(['/slow', '/last']);
  });

  test('a request waits for one no longer than it may take', async () => {
    const { http, slow, release } = await start();
    expect((await failureOf(http.request({ method: 'GET', path: '/next' }))).kind).toBe('timedOut');
    release();
    expect((await slow).status).toBe(200);
  });

  test('an urgent request takes another one, and only then', async () => {
    const { server, http, slow, release } = await start();
    expect((await http.request({ method: 'DELETE', path: '/urgent', urgent: true })).status).toBe(200);
    expect(server.connections()).toBe(2);
    release();
    expect((await slow).status).toBe(200);
    expect((await http.request({ method: 'DELETE', path: '/calm', urgent: true })).status).toBe(200);
    expect(server.connections()).toBe(2);
  });

  test('an urgent request ends with the transport', async () => {
    const { server, http, slow } = await start();
    const ended = [failureOf(slow), failureOf(http.request({ method: 'GET', path: '/slow/2', urgent: true }))];
    await vi.waitFor(() => expect(server.requests).toHaveLength(2));
    await http.close();
    expect((await Promise.all(ended)).map(({ kind }) => kind)).toEqual(['cancelled', 'cancelled']);
  });

  test('an urgent request opens no other one once the transport is closed', async () => {
    const { server, http, slow } = await start();
    const closing = http.close();
    const urgent = failureOf(http.request({ method: 'GET', path: '/urgent', urgent: true }));
    expect([await urgent, await failureOf(slow)]).toMatchObject([{ kind: 'cancelled' }, { kind: 'cancelled' }]);
    await closing;
    expect(server.connections()).toBe(1);
  });
});

describe('a kept connection that has died', () => {
  const oneConnection = { ...pinned, limits: { connections: 1 } };

  async function start() {
    let dead = false;
    const server = await startHttps(selfSigned, (request, response) => {
      if (dead) {
        dead = false;
        request.socket.destroy();
      } else {
        response.end('ok');
      }
    });
    const { http } = transportTo(server.origin, oneConnection);
    await http.request({ method: 'GET', path: '/first' });
    dead = true;
    return { server, http };
  }

  test('is replaced, and reading tried once more', async () => {
    const { server, http } = await start();
    expect((await http.request({ method: 'GET', path: '/second' })).status).toBe(200);
    expect(server.requests.map(({ path }) => path)).toEqual(['/first', '/second', '/second']);
    expect(server.connections()).toBe(2);
  });

  test.each(['POST', 'DELETE'] as const)('never repeats a %s', async method => {
    const { server, http } = await start();
    expect(await failureOf(http.request({ method, path: '/second', body: 'once' }))).toMatchObject({
      kind: 'unreachable',
      short: 'connection lost',
    });
    expect(server.requests).toHaveLength(2);
    expect((await http.request({ method: 'GET', path: '/third' })).status).toBe(200);
  });

  test.each<[string, (socket: net.Socket) => void, string]>([
    ['closed', socket => socket.destroy(), '200'],
    ['silent', () => undefined, 'timedOut'],
  ])('is not the only one: no other that is %s may be used after it', async (_name, end, expected) => {
    const old = new Set<unknown>();
    const waiting: ServerResponse[] = [];
    let dead = false;
    const server = await startHttps(selfSigned, (request, response) => {
      if (!dead) {
        old.add(request.socket);
        waiting.push(response);
        if (waiting.length === 2) {
          waiting.forEach(each => void each.end('ok'));
        }
      } else if (old.has(request.socket)) {
        end(request.socket);
      } else {
        response.end('ok');
      }
    });
    const { http } = transportTo(server.origin, { ...pinned, limits: { connections: 2, headersMs: 200 } });
    const patient = { method: 'POST', patienceMs: 5_000 } as const;
    await Promise.all(['/1', '/2'].map(path => http.request({ ...patient, path })));
    expect(old.size).toBe(2);
    dead = true;
    const next = http.request({ method: 'GET', path: '/3' });
    expect(
      await next.then(
        ({ status }) => `${status}`,
        ({ kind }) => kind,
      ),
    ).toBe(expected);
    const later = await Promise.all(['/4', '/5'].map(path => http.request({ ...patient, path })));
    expect(later.map(({ status }) => status)).toEqual([200, 200]);
  });

  test('is tried once more and not for ever', async () => {
    const server = await startHttps(selfSigned, request => request.socket.destroy());
    const { http } = transportTo(server.origin, oneConnection);
    expect((await failureOf(http.request({ method: 'GET', path: '/' }))).kind).toBe('unreachable');
    expect(server.requests).toHaveLength(2);
  });

  test.each([
    ['after sleep', 3_600_000],
    ['after the clock was put back', -3_600_000],
  ])('is not even tried %s', async (_name, milliseconds) => {
    let asleep = false;
    const connections = new Set<unknown>();
    const server = await startHttps(selfSigned, (request, response) => {
      // Who slept hears nothing any more on the old connection.
      if (!asleep || !connections.has(request.socket)) {
        response.end('ok');
      }
      connections.add(request.socket);
    });
    const { http } = transportTo(server.origin, oneConnection);
    await http.request({ method: 'GET', path: '/' });
    asleep = true;
    vi.setSystemTime(Date.now() + milliseconds);
    onTestFinished(() => {
      vi.useRealTimers();
    });
    expect((await http.request({ method: 'POST', path: '/' })).status).toBe(200);
    expect(server.requests).toHaveLength(2);
  });
});

describe('the log', () => {
  test('shows each request, and no secret', async () => {
    const server = await startHttps(selfSigned, (_request, response) => {
      response
        .writeHead(200, {
          'Set-Cookie': 'session=s3cret-cookie',
          'X-RestSvcSessionId': 's3cret-session',
          'X-Gateway-Token': 's3cret-unforeseen',
          Location: 'https://login.example.com/?code=s3cret-code',
        })
        .end('{"access_token":"s3cret-token"}');
    });
    const { http, log } = transportTo(server.origin, pinned);
    await http.request({
      method: 'POST',
      path: '/v8/Token',
      headers: {
        Authorization: 'Basic s3cret-basic',
        Cookie: 's3cret-cookie',
        'X-RestSvcSessionId': 's3cret-session',
        'Proxy-Authorization': 's3cret-proxy',
        Accept: 'application/json',
      },
      body: 'grant_type=password&password=s3cret-password',
    });
    const text = log.lines.join('\n');
    expect(text).not.toContain('s3cret');
    expect(text).toMatch(/-> \d+ 127\.0\.0\.1:\d+ POST \/v8\/Token/);
    expect(text).toMatch(/<- \d+ 127\.0\.0\.1:\d+ 200 31 B \d+ ms/);
    expect(log.lines.filter(line => !line.includes(` ${http.host} `))).toEqual([]);
    expect(text).toContain('Accept: application/json');
    expect(text).toContain('set-cookie: [redacted]');
  });

  test('shows no secret that a refusal repeats in a header', async () => {
    const server = await startHttps(selfSigned, (request, response) => {
      response.writeHead(401, { 'WWW-Authenticate': `Basic realm="no ${request.headers.authorization}"` }).end();
    });
    const { http, log } = transportTo(server.origin, pinned);
    await http.request({ method: 'GET', path: '/', headers: { Authorization: 'Basic s3cret-basic' } });
    expect(log.lines.at(-1)).toContain('www-authenticate: Basic realm="no …"');
  });

  test('warns of a failure, with its cause, and not of what was cancelled', async () => {
    const server = await startHttps(selfSigned, request => request.socket.destroy());
    const { http, log } = transportTo(server.origin, pinned);
    await failureOf(http.request({ method: 'GET', path: '/' }));
    expect(log.lines.at(-1)).toMatch(/^\[warning\] <- \d+ \S+ unreachable \d+ ms: .+ \(.+\)$/);
    await failureOf(http.request({ method: 'GET', path: '/', signal: AbortSignal.abort() }));
    expect(log.lines.at(-1)).toMatch(/^\[info\] <- \d+ \S+ cancelled \d+ ms: /);
  });

  test('cannot be forged by what a server sends', async () => {
    const server = await startHttps(selfSigned, (_request, response) => {
      response.writeHead(200, { Server: 'x\u0085[info] forged\u009b31m' }).end();
    });
    const { http, log } = transportTo(server.origin, pinned);
    await http.request({ method: 'GET', path: '/' });
    expect(log.lines.join('\n')).not.toMatch(/[\u0080-\u009f]/);
  });
});
