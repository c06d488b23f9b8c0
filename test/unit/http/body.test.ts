import { PassThrough } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { createGzip, type Gzip, gzipSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { failureOf, selfSigned, startHttps, transportTo } from './support';

const pinned = { pinnedFingerprint: selfSigned.fingerprint };

describe('the size of a body', () => {
  const limits = { bodyBytes: 100_000 };

  test('is limited, whether it is told ahead or not', async () => {
    const server = await startHttps(selfSigned, (request, response) => {
      const body = Buffer.alloc(Number(request.url?.slice(2)));
      request.url?.startsWith('/c') ? response.write(body, () => response.end()) : response.end(body);
    });
    const { http } = transportTo(server.origin, { ...pinned, limits });
    for (const how of ['c', 'l']) {
      expect((await http.request({ method: 'GET', path: `/${how}100000` })).body.length).toBe(100_000);
      const failure = await failureOf(http.request({ method: 'GET', path: `/${how}100001` }));
      expect(failure.kind).toBe('tooLarge');
    }
  });

  test('is limited after unpacking', async () => {
    const server = await startHttps(selfSigned, (request, response) => {
      const body = gzipSync(Buffer.alloc(Number(request.url?.slice(1))));
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(body);
    });
    const { http } = transportTo(server.origin, { ...pinned, limits });
    expect((await http.request({ method: 'GET', path: '/100000' })).body.length).toBe(100_000);
    expect((await failureOf(http.request({ method: 'GET', path: '/50000000' }))).kind).toBe('tooLarge');
    expect(server.requests[0]?.headers['accept-encoding']).toBe('gzip');
  });

  test.each([
    ['cut off', 'gzip', gzipSync('{"results":[1,2,3,4,5]}').subarray(0, -12)],
    ['not what it says', 'gzip', Buffer.from('{"results":[]}')],
    ['packed in a way that was not asked for', 'br', Buffer.from('?')],
  ])('does not matter where it is %s', async (_name, encoding, body) => {
    const server = await startHttps(selfSigned, (_request, response) => {
      response.writeHead(200, { 'Content-Encoding': encoding }).end(body);
    });
    const { http } = transportTo(server.origin, pinned);
    expect((await failureOf(http.request({ method: 'GET', path: '/' }))).kind).toBe('badAnswer');
  });

  test.each([
    ['packed in a way that was not asked for', 'br', Buffer.alloc(3_000_000), 'badAnswer'],
    ['no gzip, and goes on for ever', 'gzip', Buffer.from('no gzip at all'), 'badAnswer'],
    ['too large, and goes on for ever', 'gzip', gzipSync(Buffer.alloc(50_000_000)), 'tooLarge'],
  ])('leaves no connection taken where it is %s', async (_name, encoding, body, kind) => {
    const server = await startHttps(selfSigned, (request, response) => {
      if (request.url === '/bad') {
        response.writeHead(200, { 'Content-Encoding': encoding }).write(body);
      } else {
        response.end('ok');
      }
    });
    // Longer than a test may take.
    const limits = { connections: 1, bodyMs: 60_000, totalMs: 60_000, bodyBytes: 1_000_000 };
    const { http } = transportTo(server.origin, { ...pinned, limits });
    for (let time = 0; time < 3; time++) {
      expect((await failureOf(http.request({ method: 'GET', path: '/bad' }))).kind).toBe(kind);
    }
    expect((await http.request({ method: 'GET', path: '/good' })).status).toBe(200);
  });

  test('may be nothing, even packed', async () => {
    const server = await startHttps(selfSigned, (_request, response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip', 'Content-Length': 0 }).end();
    });
    const { http } = transportTo(server.origin, pinned);
    expect((await http.request({ method: 'GET', path: '/' })).body.length).toBe(0);
  });
});

describe('a reader', () => {
  /** Keeps what it gets, and waits with each piece for what the test wants. */
  function reader(take: (text: string) => Promise<void> = async () => undefined) {
    const texts: string[] = [];
    const write = async (chunk: Buffer) => {
      texts.push(chunk.toString());
      await take(texts.join(''));
    };
    return { texts, write };
  }

  test.each(['', 'gzip'])('gets a body before all of it has come (%s)', async encoding => {
    let seen: () => void = () => undefined;
    const server = await startHttps(selfSigned, (_request, response) => {
      response.writeHead(200, encoding ? { 'Content-Encoding': encoding } : {});
      const body = encoding ? createGzip() : new PassThrough();
      body.pipe(response);
      body.write('begin ');
      (body as Partial<Gzip>).flush?.();
      seen = () => body.end('end');
    });
    const { http, log } = transportTo(server.origin, pinned);
    const taken = reader(async text => {
      if (text === 'begin ') {
        seen();
      }
    });
    const response = await http.request({ method: 'GET', path: '/', reader: () => taken });
    expect(taken.texts.join('')).toBe('begin end');
    expect(response).toMatchObject({ status: 200, body: Buffer.alloc(0) });
    expect(log.lines.join('\n')).toMatch(/<- \d+ 127\.0\.0\.1:\d+ 200 9 B \d+ ms/);
  });

  test('gets nothing but the body of a 200', async () => {
    const server = await startHttps(selfSigned, (request, response) => {
      response.writeHead(Number(request.url?.slice(1))).end('why');
    });
    const { http } = transportTo(server.origin, pinned);
    for (const status of [202, 301, 401, 404, 500]) {
      const make = vi.fn(reader);
      const response = await http.request({ method: 'GET', path: `/${status}`, reader: () => make() });
      expect(response.body.toString()).toBe('why');
      expect(make).not.toHaveBeenCalled();
    }
  });

  test('begins anew with a request that is sent again', async () => {
    let times = 0;
    const server = await startHttps(selfSigned, (request, response) => {
      response.writeHead(200, { 'Content-Length': 9 });
      response.write('half', () => (++times === 1 ? request.socket.destroy() : response.end(' more')));
    });
    const { http } = transportTo(server.origin, pinned);
    const readers: ReturnType<typeof reader>[] = [];
    const make = () => {
      const each = reader();
      readers.push(each);
      return each;
    };
    await http.request({ method: 'GET', path: '/', reader: make });
    expect(readers.at(-1)?.texts.join('')).toBe('half more');
    expect(readers).toHaveLength(2);
  });

  test('may take its time', async () => {
    const body = Buffer.alloc(4 * 1024 * 1024, 'x');
    const server = await startHttps(selfSigned, (_request, response) => response.end(body));
    const { http } = transportTo(server.origin, { ...pinned, limits: { bodyMs: 100 } });
    let waits = 1;
    const taken = reader(async () => {
      // Longer than the line may be silent.
      await pause(waits-- > 0 ? 400 : 0);
    });
    await http.request({ method: 'GET', path: '/', reader: () => taken });
    expect(taken.texts.join('').length).toBe(body.length);
  });

  test('gets no more than a body may have', async () => {
    const server = await startHttps(selfSigned, (_request, response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50_000_000)));
    });
    const { http } = transportTo(server.origin, { ...pinned, limits: { bodyBytes: 100_000 } });
    const taken = reader();
    const failure = await failureOf(http.request({ method: 'GET', path: '/', reader: () => taken }));
    expect(failure.kind).toBe('tooLarge');
    expect(taken.texts.join('').length).toBeLessThanOrEqual(100_000);
  });
});
