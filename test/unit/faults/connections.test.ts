import dns from 'node:dns';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createCertificate, startVb365 } from '../../sample-servers';
import { forThisTest } from '../forThisTest';
import { type Fault, run } from './fault';
import { overwhelm } from './line';
import { printReport } from './report';
import { type Scene, subjects } from './scene';

printReport();

const day = 24 * 60 * 60 * 1000;
/** Small, and still long for a handshake on a busy machine. */
const quick = { connectMs: 700, headersMs: 700, bodyMs: 700, totalMs: 1500 };

const authority = await createCertificate({ ca: true, commonName: 'Northwind Root CA' });
const good = await createCertificate({ issuer: authority });

/** A server that is verified instead of pinned. */
const verified = { verified: true, server: { certificate: good }, transport: { authorities: [authority.cert] } };

/** From now on another server answers, with another certificate. */
async function anotherServer(scene: Scene, options: Parameters<typeof createCertificate>[0]): Promise<void> {
  const server = await forThisTest(startVb365({ certificate: await createCertificate(options) }));
  scene.line.target = server.port;
  scene.line.cut();
  impostor = server;
}

function expectNothingSent(): void {
  expect(impostor?.requests).toEqual([]);
}

let impostor: { readonly requests: readonly unknown[] } | undefined;

let frees: (() => Promise<void>) | undefined;
let resolves = true;

const faults: readonly Fault[] = [
  {
    fault: 'the name does not resolve',
    hostname: 'backup.example.com',
    begin: scene => {
      resolves = false;
      scene.line.cut();
    },
    end: () => {
      resolves = true;
    },
    outcome: { kind: 'unreachable', says: /^The name of backup\.example\.com:\d+ could not be resolved\.$/ },
  },
  {
    fault: 'the connection is refused',
    begin: scene => scene.line.stop(),
    outcome: {
      kind: 'unreachable',
      says: /^127\.0\.0\.1:\d+ refused the connection: nothing listens on that port, or a firewall is in between\.$/,
      detail: /ECONNREFUSED/,
    },
  },
  {
    fault: 'no answer to SYN',
    limits: quick,
    begin: async scene => {
      await scene.line.stop();
      frees = await overwhelm(scene.line.port);
    },
    end: () => frees?.(),
    outcome: { kind: 'timedOut', says: /did not answer within 1 seconds\.$/ },
  },
  {
    fault: 'the TLS handshake never completes',
    limits: quick,
    begin: scene => {
      scene.line.instead = () => undefined;
      scene.line.cut();
    },
    end: scene => scene.line.cut(),
    outcome: { kind: 'timedOut', says: /did not answer within 1 seconds\.$/ },
  },
  {
    fault: 'plain HTTP on the port',
    begin: scene => {
      scene.line.instead = socket => {
        socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'));
      };
      scene.line.cut();
    },
    outcome: { kind: 'unreachable', says: /does not speak HTTPS\. Is it the right port\?$/ },
  },
  {
    fault: 'the connection is closed during the handshake',
    begin: scene => {
      scene.line.instead = socket => socket.once('data', () => socket.end());
      scene.line.cut();
    },
    outcome: { kind: 'unreachable', says: /^The connection to 127\.0\.0\.1:\d+ was lost\.$/ },
  },
  {
    fault: 'the pinned certificate was changed',
    begin: scene => anotherServer(scene, {}),
    check: expectNothingSent,
    end: scene => scene.line.cut(),
    outcome: {
      kind: 'certificateChanged',
      says: /shows a different certificate than the one you trusted.* Nothing was sent to the server\.$/,
      detail: /^trusted SHA-256 (?:[0-9A-F]{2}:){31}[0-9A-F]{2}, shown SHA-256 (?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/,
    },
  },
  {
    fault: 'the certificate has expired',
    ...verified,
    begin: scene =>
      anotherServer(scene, {
        issuer: authority,
        notBefore: new Date(Date.now() - 2 * day),
        notAfter: new Date(Date.now() - day),
      }),
    check: expectNothingSent,
    end: scene => scene.line.cut(),
    outcome: { kind: 'certificate', says: /is not trusted: it has expired\. Nothing was sent to the server\.$/ },
  },
  {
    fault: 'the certificate is for another name',
    ...verified,
    begin: scene => anotherServer(scene, { issuer: authority, altNames: ['em.example.com'] }),
    check: expectNothingSent,
    end: scene => scene.line.cut(),
    outcome: { kind: 'certificate', says: /is not trusted: it was issued for another name\. Nothing was sent/ },
  },
  {
    fault: 'the certificate is self-signed',
    ...verified,
    begin: scene => anotherServer(scene, {}),
    check: expectNothingSent,
    end: scene => scene.line.cut(),
    outcome: { kind: 'certificate', says: /is not trusted: it is self-signed\. Nothing was sent/ },
  },
  {
    fault: 'the connection is reset at each request',
    begin: scene => scene.answer(() => scene.line.reset()),
    outcome: { kind: 'unreachable', says: /^The connection to 127\.0\.0\.1:\d+ was lost\.$/ },
  },
  {
    fault: 'the connection was reset once',
    begin: scene => {
      scene.answer(() => {
        scene.server.intercept = undefined;
        scene.line.reset();
      });
    },
    outcome: { rows: 'same' },
  },
  {
    fault: 'the computer slept and its connections are dead',
    begin: scene => {
      scene.line.silence();
      vi.setSystemTime(Date.now() + 8 * 60 * 60 * 1000);
    },
    outcome: { rows: 'same' },
  },
  {
    fault: 'the connections died within a minute, and nobody told',
    limits: quick,
    begin: scene => scene.line.silence(),
    outcome: { kind: 'timedOut', says: /did not answer within 1 seconds\.$/ },
  },
  {
    fault: 'the clock was put a day back',
    begin: () => {
      vi.setSystemTime(Date.now() - day);
    },
    outcome: { rows: 'same' },
  },
];

describe.each(subjects)('$product', subject => {
  test.for(faults)('$fault', async (fault, ctx) => {
    ctx.skip(fault.fault === 'no answer to SYN' && process.platform !== 'linux', 'only Linux lets a full backlog wait');
    onTestFinished(() => {
      vi.useRealTimers();
      vi.restoreAllMocks();
    });
    if (fault.hostname) {
      knowName(fault.hostname);
    }
    await run(fault, subject);
  });
});

/** Stands in for the name service, which belongs to the machine. */
function knowName(known: string): void {
  const real = dns.lookup;
  const lookup = (name: string, ...rest: unknown[]): void => {
    const callback = rest.at(-1) as (error: Error | null, ...result: unknown[]) => void;
    if (name !== known) {
      Reflect.apply(real, dns, [name, ...rest]);
    } else if (!resolves) {
      callback(Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' }));
    } else if ((rest[0] as dns.LookupOptions).all) {
      callback(null, [{ address: '127.0.0.1', family: 4 }]);
    } else {
      callback(null, '127.0.0.1', 4);
    }
  };
  vi.spyOn(dns, 'lookup').mockImplementation(lookup as typeof dns.lookup);
}
