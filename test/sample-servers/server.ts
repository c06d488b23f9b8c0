import type * as http from 'node:http';
import * as https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Certificate, createCertificate } from './certificates';

export interface RecordedRequest {
  readonly method: string;
  /** With the query, as it came. */
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  /** Missing as long as, or because, nothing was answered. */
  status?: number;
}

export type Intercept = (request: http.IncomingMessage, response: http.ServerResponse) => boolean | Promise<boolean>;

export interface SampleServer<Data> {
  /** "https://127.0.0.1:<port>" */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** SHA-256 of the certificate, "AA:BB:..." */
  readonly fingerprint: string;
  /** PEM of the certificate, for a client that trusts it as a CA. */
  readonly certificate: string;
  readonly username: string;
  readonly password: string;
  /** The synthetic data set, for assertions. */
  readonly data: Data;
  /** Every request in order. */
  readonly requests: RecordedRequest[];
  /** A hook in front of everything: returns true when it has dealt with the request itself. */
  intercept: Intercept | undefined;
  /** Every access token or session id becomes invalid at once; refresh tokens stay valid. */
  expireSessions(): void;
  /** Destroys open sockets too. */
  close(): Promise<void>;
}

export interface ServerOptions {
  /** 0 takes any free port. */
  port: number;
  host: string;
  /** A fresh self-signed one by default. */
  certificate: Certificate;
  username: string;
  password: string;
  /** Holds every answer back for so long. */
  delayMs: number;
  /** What the server takes for the time, in milliseconds. */
  clock: () => number;
}

/** The options with their defaults; a server's own options lie over them. */
export async function commonOptions(options: Partial<ServerOptions>): Promise<ServerOptions> {
  return {
    port: options.port ?? 0,
    host: options.host ?? '127.0.0.1',
    certificate: options.certificate ?? (await createCertificate()),
    username: options.username ?? 'EXAMPLE\\svc-browse',
    password: options.password ?? 'p@ss+w%rd&"ü',
    delayMs: options.delayMs ?? 0,
    clock: options.clock ?? Date.now,
  };
}

/** A request that has been read to its end. */
export interface Request {
  readonly method: string;
  readonly url: URL;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  readonly clientAddress: string;
}

export interface Reply {
  readonly status: number;
  readonly headers?: http.OutgoingHttpHeaders;
  readonly body?: string;
}

export interface Application<Data> {
  readonly data: Data;
  answer(request: Request): Reply;
  expireSessions(): void;
}

const BODY_LIMIT = 1024 * 1024;

export async function serve<Data>(
  options: ServerOptions,
  build: (origin: string) => Application<Data>,
): Promise<SampleServer<Data>> {
  const { certificate } = options;
  const requests: RecordedRequest[] = [];
  const sockets = new Set<Socket>();
  const closing = new AbortController();
  let application: Application<Data> | undefined;

  const server = https.createServer({ cert: certificate.cert, key: certificate.key }, (message, response) => {
    handle(message, response).catch((error: unknown) => {
      if (closing.signal.aborted || response.destroyed) {
        return;
      }
      if (response.headersSent) {
        response.destroy();
        return;
      }
      response.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' });
      response.end(error instanceof Error ? error.stack : String(error));
    });
  });

  async function handle(message: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const record = recordOf(message, response);
    requests.push(record);
    record.body = await readBody(message);
    if (await sampleServer.intercept?.(message, response)) {
      return;
    }
    if (options.delayMs > 0) {
      await sleep(options.delayMs, undefined, { signal: closing.signal });
    }
    if (!application) {
      throw new Error('A request arrived before the server was ready');
    }
    const reply = application.answer({
      method: record.method,
      url: new URL(record.path, sampleServer.url),
      headers: message.headers,
      body: record.body,
      clientAddress: message.socket.remoteAddress ?? '',
    });
    const body = Buffer.from(reply.body ?? '');
    const length = reply.status === 204 ? {} : { 'Content-Length': body.length };
    response.writeHead(reply.status, { Server: 'Microsoft-HTTPAPI/2.0', ...length, ...reply.headers });
    response.end(body);
  }

  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('clientError', (_error, socket) => socket.destroy());

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const url = `https://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`;

  const sampleServer: SampleServer<Data> = {
    url,
    host: options.host,
    port,
    fingerprint: certificate.fingerprint,
    certificate: certificate.cert,
    username: options.username,
    password: options.password,
    data: undefined as never,
    requests,
    intercept: undefined,
    expireSessions: () => application?.expireSessions(),
    close() {
      closing.abort();
      const closed = new Promise<void>(resolve => server.close(() => resolve()));
      for (const socket of sockets) {
        socket.destroy();
      }
      return closed;
    },
  };
  application = build(url);
  return Object.assign(sampleServer, { data: application.data });
}

function recordOf(message: http.IncomingMessage, response: http.ServerResponse) {
  const record: RecordedRequest & { body: string } = {
    method: message.method ?? '',
    path: message.url ?? '',
    headers: message.headers,
    body: '',
  };
  // Even an implicit header passes through writeHead, so this sees the status of every answer, a hook's included,
  // before the client can.
  const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => http.ServerResponse;
  response.writeHead = ((...args: unknown[]) => {
    record.status = Number(args[0]);
    return writeHead(...args);
  }) as typeof response.writeHead;
  return record;
}

async function readBody(message: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) {
      throw new Error('The request body is too large');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
