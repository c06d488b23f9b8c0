import type { IncomingMessage, ServerResponse } from 'node:http';
import * as https from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import * as tls from 'node:tls';
import { onTestFinished } from 'vitest';
import { isFailure } from '../../../src/base/failure';
import type { Transport } from '../../../src/http/request';
import { createTransport, type TransportOptions } from '../../../src/http/transport';
import { type Certificate, createCertificate } from '../../sample-servers';
import { KeptLog } from '../support';

export interface Listening {
  readonly origin: string;
  readonly port: number;
}

/** Lets a server listen on the loopback until the test ends. */
export async function listen(server: Server, scheme = 'https'): Promise<Listening> {
  const sockets = new Set<Socket>();
  server.on('connection', socket => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(async () => {
    const closed = new Promise(resolve => server.close(resolve));
    for (const socket of sockets) {
      socket.destroy();
    }
    await closed;
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `${scheme}://127.0.0.1:${port}`, port };
}

export interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface HttpsServer extends Listening {
  readonly requests: Recorded[];
  /** Connections on which a handshake was completed. */
  readonly connections: () => number;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** An HTTPS server that records what reaches it. */
export async function startHttps(
  options: https.ServerOptions,
  handler: Handler = (_request, response) => response.end('ok'),
): Promise<HttpsServer> {
  const requests: Recorded[] = [];
  let connections = 0;
  // Node's own five seconds are short on a busy machine, where sockets that a test still counts would be closed.
  const server = https.createServer({ keepAliveTimeout: 60_000, ...options }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      requests.push({ method, path, headers, body: Buffer.concat(chunks).toString() });
      handler(request, response);
    });
    request.on('error', () => undefined);
  });
  server.on('secureConnection', () => connections++);
  server.on('tlsClientError', () => undefined);
  return { ...(await listen(server)), requests, connections: () => connections };
}

/** A TLS server that counts the bytes it is sent inside, whatever they are, and says nothing. */
export async function startSilent(certificate: Certificate): Promise<Listening & { received: () => number }> {
  let received = 0;
  const server = tls.createServer({ cert: certificate.cert, key: certificate.key }, socket => {
    socket.on('data', chunk => {
      received += chunk.length;
    });
    socket.on('error', () => undefined);
  });
  server.on('tlsClientError', () => undefined);
  return { ...(await listen(server)), received: () => received };
}

export function transportTo(
  origin: string,
  options: Partial<TransportOptions> = {},
): { http: Transport; log: KeptLog } {
  const log = new KeptLog();
  const http = createTransport({ origin, log, ...options });
  onTestFinished(() => http.close());
  return { http, log };
}

/** The failure a promise is rejected with; anything else is the test's failure. */
export async function failureOf(promise: Promise<unknown>) {
  const outcome: unknown = await promise.then(
    () => 'no failure',
    (error: unknown) => error,
  );
  if (!isFailure(outcome)) {
    throw outcome;
  }
  return outcome;
}

/** Made once: keys cost time. */
export const selfSigned = await createCertificate();
export const authority = await createCertificate({ ca: true, commonName: 'Northwind Root CA' });
