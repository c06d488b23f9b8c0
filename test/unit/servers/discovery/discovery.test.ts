import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import * as network from '../../../../src/network';
import { products } from '../../../../src/products/registry';
import type { Address } from '../../../../src/servers/discovery/address';
import { type DiscoveryOptions, discover, type Finding } from '../../../../src/servers/discovery/discovery';
import { createCertificate, type SampleServer, startEnterpriseManager, startVb365 } from '../../../sample-servers';
import { forThisTest } from '../../forThisTest';
import { never } from '../../never';
import { KeptLog } from '../../support';

/** Answers like another product of the family: only what the path decides. */
async function lookalike(answers: Record<string, (response: ServerResponse) => void>): Promise<SampleServer<unknown>> {
  const server = await forThisTest(startVb365());
  server.intercept = (request, response) => {
    const answer = answers[new URL(request.url ?? '', server.url).pathname];
    if (answer) {
      answer(response);
    } else {
      response.writeHead(404).end();
    }
    return true;
  };
  return server;
}

function json(status: number, body: unknown): (response: ServerResponse) => void {
  return response => response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

/** The named port, and others in place of the usual ones. */
function at(origin: string | undefined, ...usualOrigins: string[]): Address {
  return { hostName: '127.0.0.1', origin, usualOrigins, sharedOrigins: [] };
}

async function look(
  address: Address,
  options: Partial<DiscoveryOptions> = {},
  signal = never,
): Promise<readonly Finding[]> {
  return await discover(address, { network, log: new KeptLog(), ...options }, signal);
}

const closed = 'https://127.0.0.1:1';

test('finds Veeam Backup for Microsoft 365 with the newest version that both speak', async () => {
  const server = await forThisTest(startVb365());
  expect(await look(at(server.url), { accepted: [server.fingerprint] })).toEqual([
    {
      kind: 'found',
      origin: server.url,
      product: 'vb365',
      name: 'Veeam Backup for Microsoft 365',
      apiVersions: ['v8'],
      olderApiVersions: ['v7', 'v6', 'v5', 'v4', 'v3'],
      trustedFingerprint: server.fingerprint,
    },
  ]);
});

test('takes a certificate that was accepted for that of the server, without asking for it once more', async () => {
  const server = await forThisTest(startVb365());
  const log = new KeptLog();
  const other = await forThisTest(startEnterpriseManager());
  await look(at(server.url), { accepted: [other.fingerprint, server.fingerprint], log });
  expect(log.lines.filter(line => line.includes('certificate'))).toEqual([]);
});

test('finds Enterprise Manager with all versions that both speak', async () => {
  const server = await forThisTest(startEnterpriseManager());
  const [finding] = await look(at(server.url), { accepted: [server.fingerprint] });
  expect(finding).toMatchObject({ kind: 'found', product: 'enterprise-manager' });
  expect(finding?.kind === 'found' && finding.apiVersions[0]).toBe('v1_7');
});

test.each([
  [json(200, { serverTime: '2026-03-02T09:15:00.7300443+01:00' }), ['1.3-rev2']],
  [
    json(400, {
      errorCode: 'BadRequest',
      message: 'Unsupported RESTAPI version. The following versions are supported: v1.0-rev1, v1.1-rev0, v1.1-rev1',
    }),
    ['1.1-rev1', '1.1-rev0'],
  ],
])('finds Backup & Replication with the versions that both speak', async (answer, apiVersions) => {
  const server = await lookalike({ '/api/v1/serverTime': answer });
  expect(await look(at(server.url), { accepted: [server.fingerprint] })).toMatchObject([
    { kind: 'found', product: 'backup-replication', apiVersions },
  ]);
});

test('looks at shared ports where no usual one answers, and tells only of what is found there', async () => {
  const time = json(200, { serverTime: '2026-03-02T09:15:00.7300443+01:00' });
  const shared = await lookalike({ '/api/v1/serverTime': time });
  const website = await lookalike({ '/': json(200, {}) });
  const usual = await forThisTest(startVb365());
  const accepted = [shared, website, usual].map(({ fingerprint }) => fingerprint);
  const findings = async (at: string, ...sharedOrigins: string[]) =>
    (await look({ hostName: '127.0.0.1', origin: undefined, usualOrigins: [at], sharedOrigins }, { accepted })).map(
      ({ kind, origin }) => [kind, origin],
    );
  expect(await findings(closed, shared.url, website.url)).toEqual([
    ['failed', closed],
    ['found', shared.url],
  ]);
  expect(await findings(usual.url, shared.url)).toEqual([['found', usual.url]]);
});

const unauthorized = json(401, { errors: [{ message: 'Unauthorized', type: 'security' }] });
const wantsGrant = json(400, { error: 'invalid_request', error_description: 'The grant type is missing.' });

test.each([
  ['says so in its own errors', { '/api/v3/about': unauthorized }],
  ['says nothing, and gives tokens', { '/api/v3/about': json(401, {}), '/api/v3/token': wantsGrant }],
  ['is signed in to already', { '/api/v3/about': json(200, { data: { serverVersion: '9.1.0.1' } }) }],
])('finds Service Provider Console where it %s', async (_what, answers) => {
  const server = await lookalike(answers);
  expect(await look(at(server.url), { accepted: [server.fingerprint] })).toMatchObject([
    { kind: 'found', product: 'service-provider-console', apiVersions: ['v3'] },
  ]);
});

test.each([
  ['guards all of its paths', { '/api/v3/about': json(401, {}), '/api/v3/token': json(401, {}) }],
  ['has a page there', { '/api/v3/about': json(200, { version: '1' }) }],
])('takes nothing for Service Provider Console that %s', async (_what, answers) => {
  const server = await lookalike(answers);
  expect(await look(at(server.url), { accepted: [server.fingerprint] })).toEqual([
    { kind: 'stranger', origin: server.url },
  ]);
});

test.each([
  [408, {}, 'serverFailed', /answered with status 408/],
  [409, {}, 'serverFailed', /answered with status 409/],
  [421, {}, 'serverFailed', /answered with status 421/],
  [429, { 'Retry-After': '9' }, 'throttled', /Try again in 9 seconds\.$/],
  [500, {}, 'serverFailed', /answered with status 500/],
  [503, {}, 'serverFailed', /answered with status 503/],
  [520, {}, 'serverFailed', /answered with status 520/],
  [302, { Location: 'https://login.example.com/?to=/' }, 'redirected', /redirects to login\.example\.com/],
])('tells of status %d, which says nothing of the product', async (status, headers, kind, sentence) => {
  const server = await forThisTest(startVb365());
  server.intercept = (_request, response) => {
    response.writeHead(status, headers).end();
    return true;
  };
  const [finding, ...others] = await look(at(server.url), { accepted: [server.fingerprint] });
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ kind: 'failed', failure: { kind, message: expect.stringMatching(sentence) } });
});

test('looks elsewhere, too, where the named port sends browsers away', async () => {
  const console = await lookalike({ '/api/': response => response.writeHead(302, { Location: `${away}/ui` }).end() });
  const away = console.url;
  const server = await forThisTest(startEnterpriseManager());
  const accepted = [console.fingerprint, server.fingerprint];
  expect(await look(at(console.url, server.url), { accepted })).toMatchObject([{ kind: 'found', origin: server.url }]);
  expect(await look(at(console.url, closed), { accepted })).toMatchObject([
    { kind: 'failed', origin: console.url, failure: { kind: 'redirected' } },
  ]);
});

test('is stopped by no answer, whatever it is made of', async () => {
  const server = await forThisTest(startVb365());
  server.intercept = (_request, response) => {
    response.writeHead(401).end('<!---->'.repeat(40));
    return true;
  };
  await look(at(server.url), { accepted: [server.fingerprint] });
});

test('asks for all products at the same time', async () => {
  const server = await forThisTest(startVb365());
  const waiting: ServerResponse[] = [];
  const asked: string[] = [];
  server.intercept = (request, response) => {
    asked.push(request.url ?? '');
    waiting.push(response);
    // Nobody is answered until all products have been asked for.
    if (asked.length >= products.length) {
      for (const each of waiting.splice(0)) {
        each.writeHead(404).end();
      }
    }
    return true;
  };
  expect(await look(at(server.url), { accepted: [server.fingerprint], limits: { headersMs: 3_000 } })).toEqual([
    { kind: 'stranger', origin: server.url },
  ]);
  expect(asked.slice(0, products.length).sort()).toEqual([
    '/api/',
    '/api/v1/serverTime',
    '/api/v3/about',
    '/v8/ServiceInstance',
  ]);
});

test('asks for all products on all ports at the same time, so that the slowest question alone decides', async () => {
  const servers = await Promise.all(Array.from({ length: 5 }, () => forThisTest(startVb365())));
  const waiting: ServerResponse[] = [];
  const first = new Map(servers.map(({ url }) => [url, 0]));
  let asked = 0;
  for (const server of servers) {
    server.intercept = (_request, response) => {
      waiting.push(response);
      asked++;
      if (asked <= servers.length * products.length) {
        first.set(server.url, (first.get(server.url) ?? 0) + 1);
      }
      // Nobody is answered until all products have been asked for on all ports.
      if (asked >= servers.length * products.length) {
        for (const each of waiting.splice(0)) {
          each.writeHead(404).end();
        }
      }
      return true;
    };
  }
  const findings = await look(at(undefined, ...servers.map(({ url }) => url)), {
    accepted: servers.map(({ fingerprint }) => fingerprint),
  });
  expect(findings.map(({ kind }) => kind)).toEqual(servers.map(() => 'stranger'));
  expect([...first.values()]).toEqual(servers.map(() => products.length));
});

test('waits for no other product once the likeliest one is found, whichever answers first', async () => {
  const server = await forThisTest(startVb365());
  const waiting = new Map<string, ServerResponse>();
  server.intercept = (request, response) => {
    waiting.set(request.url ?? '', response);
    const likeliest = waiting.get('/v8/ServiceInstance');
    const other = waiting.get('/api/v3/about');
    if (likeliest && other && !other.headersSent) {
      other.once('close', () => json(401, { message: 'Unauthorized' })(likeliest));
      json(200, { data: { serverVersion: '9.1.0.1' } })(other);
    }
    return true; // the others are never answered
  };
  const [finding] = await look(at(server.url), { accepted: [server.fingerprint] });
  expect(finding).toMatchObject({ kind: 'found', product: 'vb365' });
});

test.each([
  ['an error', json(500, { message: 'Internal error' })],
  ['silence', () => undefined],
])('finds a product where the question for another one meets %s', async (_what, answer) => {
  const server = await lookalike({
    '/v8/ServiceInstance': answer,
    '/api/v3/about': unauthorized,
  });
  expect(await look(at(server.url), { accepted: [server.fingerprint], limits: { headersMs: 500 } })).toMatchObject([
    { kind: 'found', product: 'service-provider-console' },
  ]);
});

test('names a product whose version is not supported', async () => {
  const server = await forThisTest(startEnterpriseManager());
  server.intercept = (_request, response) => {
    response
      .writeHead(200, { 'Content-Type': 'application/xml' })
      .end(
        '<EnterpriseManager><SupportedVersions><SupportedVersion Name="v9_9"/></SupportedVersions></EnterpriseManager>',
      );
    return true;
  };
  expect(await look(at(server.url), { accepted: [server.fingerprint] })).toMatchObject([
    { kind: 'unsupported', name: 'Veeam Backup Enterprise Manager', speaks: ['v9_9'] },
  ]);
});

test('sends nothing where the certificate is not trusted', async () => {
  const server = await forThisTest(startVb365());
  expect(await look(at(server.url))).toMatchObject([
    { kind: 'untrusted', failure: { kind: 'certificate', certificate: { fingerprint: server.fingerprint } } },
  ]);
  expect(server.requests).toEqual([]);
});

test('tells a certificate that has changed from one that was never trusted, and sends nothing', async () => {
  const server = await forThisTest(startVb365());
  const { fingerprint } = await createCertificate();
  expect(await look(at(server.url), { pinned: { origin: server.url, fingerprint } })).toMatchObject([
    { kind: 'untrusted', failure: { kind: 'certificateChanged', pinned: fingerprint } },
  ]);
  expect(server.requests).toEqual([]);
});

test('takes a fingerprint that was pinned for another address as none', async () => {
  const server = await forThisTest(startVb365());
  const pinned = { origin: 'https://backup.example.com:4443', fingerprint: server.fingerprint };
  expect(await look(at(server.url), { pinned })).toMatchObject([
    { kind: 'untrusted', failure: { kind: 'certificate' } },
  ]);
});

test('looks at the usual ports if none is named, and gives all that answer', async () => {
  const vb365 = await forThisTest(startVb365());
  const enterpriseManager = await forThisTest(startEnterpriseManager());
  const findings = await look(at(undefined, vb365.url, closed, enterpriseManager.url), {
    accepted: [vb365.fingerprint, enterpriseManager.fingerprint],
  });
  expect(findings).toMatchObject([
    { kind: 'found', product: 'vb365' },
    { kind: 'failed', origin: closed, failure: { kind: 'unreachable' } },
    { kind: 'found', product: 'enterprise-manager' },
  ]);
});

test('looks at the usual ports, too, if something else answers at the named one', async () => {
  const console = await lookalike({ '/': json(200, {}) });
  const server = await forThisTest(startEnterpriseManager());
  const accepted = [console.fingerprint, server.fingerprint];
  expect(await look(at(console.url, closed, server.url), { accepted })).toMatchObject([
    { kind: 'found', origin: server.url, product: 'enterprise-manager' },
  ]);
  expect(await look(at(console.url, closed), { accepted })).toEqual([{ kind: 'stranger', origin: console.url }]);
});

test('does not look elsewhere if nobody answers at the named port', async () => {
  const server = await forThisTest(startVb365());
  expect(await look(at(closed, server.url), { accepted: [server.fingerprint] })).toMatchObject([
    { kind: 'failed', origin: closed },
  ]);
  expect(server.requests).toEqual([]);
});

test('waits only briefly for silent ports once another one has answered', async () => {
  const silent = await forThisTest(startVb365());
  silent.intercept = () => true;
  const server = await forThisTest(startVb365());
  const started = performance.now();
  const findings = await look(at(undefined, silent.url, server.url), {
    accepted: [silent.fingerprint, server.fingerprint],
  });
  expect(findings).toMatchObject([{ kind: 'failed' }, { kind: 'found', origin: server.url }]);
  expect(performance.now() - started).toBeLessThan(8_000);
});

test('gives up a silent server by itself, and at once when the user does', async () => {
  const server = await forThisTest(startVb365());
  server.intercept = () => true;
  const accepted = [server.fingerprint];
  expect(await look(at(server.url), { accepted, limits: { headersMs: 500 } })).toMatchObject([
    { kind: 'failed', failure: { kind: 'timedOut' } },
  ]);
  const leaving = new AbortController();
  server.intercept = () => {
    leaving.abort();
    return true;
  };
  await expect(look(at(server.url), { accepted }, leaving.signal)).rejects.toMatchObject({ kind: 'cancelled' });
});

test('carries no credentials', async () => {
  const server = await forThisTest(startVb365());
  await look(at(server.url), { accepted: [server.fingerprint] });
  expect(server.requests.length).toBeGreaterThan(0);
  for (const { method, headers, body } of server.requests) {
    expect({ method, authorization: headers.authorization, body }).toEqual({
      method: 'GET',
      authorization: undefined,
      body: '',
    });
  }
});
