import * as tls from 'node:tls';
import * as l10n from '@vscode/l10n';
import { Agent, buildConnector } from 'undici';
import { judge } from './certificate';
import { BadAnswer, Cancelled, type Failure, isFailure, TimedOut, TooLarge, Unreachable } from './failure';
import { type Log, redactHeaders } from './log';
import { oneLine } from './text';

export interface TransportOptions {
  /** `https://host:port`; plain HTTP is not spoken. */
  readonly origin: string;
  /** The SHA-256 fingerprint the user accepted (`AA:BB:…`): exactly this certificate is good then, and no other. */
  readonly pinnedFingerprint?: string | undefined;
  readonly log: Log;
  readonly limits?: Partial<Limits>;
}

export interface Limits {
  /** TCP connection and TLS handshake together. */
  readonly connectMs: number;
  /** From the request's last byte to the end of the answer's headers. */
  readonly headersMs: number;
  /** Silence within a body. */
  readonly bodyMs: number;
  /** A whole request, whatever keeps it alive. */
  readonly totalMs: number;
  readonly bodyBytes: number;
  /** Sockets to one server. Backup servers are not web farms: a few are enough and keep them calm. */
  readonly connections: number;
}

const defaultLimits: Limits = {
  connectMs: 10_000,
  headersMs: 60_000,
  bodyMs: 30_000,
  totalMs: 180_000,
  bodyBytes: 64 * 1024 * 1024,
  connections: 4,
};

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Path and query on this server, beginning with `/`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal | undefined;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; of a repeated header the values joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Requests to one server. */
export interface Transport {
  readonly origin: string;
  /** `host:port` for sentences. */
  readonly host: string;
  /**
   * Sends one request; redirects are not followed and no status is an error.
   * @throws {Failure} if there is no connection, no trust in it, no complete answer in time, or `signal` was aborted
   */
  request(request: HttpRequest): Promise<HttpResponse>;
  /** Drops all connections; requests under way end as {@link Cancelled}. */
  close(): Promise<void>;
}

/** Opens nothing yet: the first request does. */
export function createTransport(options: TransportOptions): Transport {
  return new UndiciTransport(options);
}

let lastRequest = 0;

class UndiciTransport implements Transport {
  readonly origin: string;
  readonly host: string;
  readonly #limits: Limits;
  readonly #agent: Agent;
  readonly #log: Log;
  #closed = false;

  constructor(options: TransportOptions) {
    const url = new URL(options.origin);
    if (url.protocol !== 'https:') {
      throw new TypeError(`not an https address: ${url.protocol}//${url.host}`);
    }
    this.origin = url.origin;
    this.host = url.port ? url.host : `${url.host}:443`;
    this.#log = options.log;
    this.#limits = { ...defaultLimits, ...options.limits };
    this.#agent = new Agent({
      connect: this.#connector(options.pinnedFingerprint),
      connections: this.#limits.connections,
      pipelining: 1,
      headersTimeout: this.#limits.headersMs,
      bodyTimeout: this.#limits.bodyMs,
      // Longer than a person looks at one row before opening the next.
      keepAliveTimeout: 60_000,
    });
  }

  async request(request: HttpRequest): Promise<HttpResponse> {
    const number = ++lastRequest;
    const started = performance.now();
    this.#log.info(`-> ${number} ${request.method} ${oneLine(request.path)}`);
    this.#log.trace(`-> ${number} ${redactHeaders(request.headers ?? {})}`);
    try {
      const response = await this.#sendOnLivingSocket(request);
      const milliseconds = Math.round(performance.now() - started);
      this.#log.info(`<- ${number} ${response.status} ${response.body.length} B ${milliseconds} ms`);
      this.#log.trace(`<- ${number} ${oneLine(redactHeaders(response.headers), 2000)}`);
      return response;
    } catch (error) {
      const failure = this.#explain(error, request.signal);
      const milliseconds = Math.round(performance.now() - started);
      const told = `<- ${number} ${failure.kind} ${milliseconds} ms: ${failure.message}`;
      if (failure.kind === 'cancelled') {
        this.#log.info(told);
      } else {
        this.#log.warn(failure.detail ? `${told} (${failure.detail})` : told);
      }
      throw failure;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#agent.destroy();
  }

  /** After sleep or a pause the kept connection may be dead, which shows at the next use: reading is tried once more. */
  async #sendOnLivingSocket(request: HttpRequest): Promise<HttpResponse> {
    try {
      return await this.#send(request);
    } catch (error) {
      if (request.method === 'GET' && !this.#closed && !request.signal?.aborted && connectionDied(error)) {
        return await this.#send(request);
      }
      throw error;
    }
  }

  async #send({ method, path, headers, body, signal }: HttpRequest): Promise<HttpResponse> {
    const total = AbortSignal.timeout(this.#limits.totalMs);
    const answer = await this.#agent.request({
      origin: this.origin,
      method,
      path,
      headers: { ...headers },
      body: body ?? null,
      signal: signal ? AbortSignal.any([signal, total]) : total,
    });
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > this.#limits.bodyBytes) {
        throw new TooLarge(this.host, this.#limits.bodyBytes);
      }
      chunks.push(chunk);
    }
    return { status: answer.statusCode, headers: flatten(answer.headers), body: Buffer.concat(chunks, size) };
  }

  #connector(pinned: string | undefined): buildConnector.connector {
    const host = this.host;
    const connect = buildConnector({
      timeout: this.#limits.connectMs,
      // Verification is not off: Node still verifies and reports the result on the socket, where `judge` reads it. That
      // way an untrusted certificate can be shown to the user, and a pinned one accepted.
      rejectUnauthorized: false,
      // A resumed TLS session is not verified again, so none is kept.
      maxCachedSessions: 0,
      ...(pinned === undefined ? { secureContext: verifyingContext() } : {}),
    });
    return (options, callback) => {
      connect(options, (...result) => {
        const [error, socket] = result;
        if (error) {
          callback(error, null);
          return;
        }
        const failure = judge(socket as tls.TLSSocket, host, pinned);
        if (failure) {
          socket.destroy();
          callback(failure, null);
        } else {
          callback(null, socket);
        }
      });
    };
  }

  #explain(error: unknown, signal: AbortSignal | undefined): Failure {
    if (signal?.aborted || this.#closed) {
      return new Cancelled();
    }
    if (isFailure(error)) {
      return error;
    }
    const seconds = (milliseconds: number) => Math.ceil(milliseconds / 1000);
    const code = codeOf(error);
    switch (code) {
      case 'TimeoutError':
        return new TimedOut(this.host, seconds(this.#limits.totalMs));
      case 'UND_ERR_CONNECT_TIMEOUT':
      case 'ETIMEDOUT':
        return new TimedOut(this.host, seconds(this.#limits.connectMs), error);
      case 'UND_ERR_HEADERS_TIMEOUT':
        return new TimedOut(this.host, seconds(this.#limits.headersMs), error);
      case 'UND_ERR_BODY_TIMEOUT':
        return new TimedOut(this.host, seconds(this.#limits.bodyMs), error);
      case 'ENOTFOUND':
      case 'EAI_AGAIN':
        return new Unreachable(
          l10n.t('The name of {0} could not be resolved.', this.host),
          l10n.t('name not found'),
          error,
        );
      case 'ECONNREFUSED':
        return new Unreachable(
          l10n.t('{0} refused the connection: nothing listens on that port, or a firewall is in between.', this.host),
          l10n.t('connection refused'),
          error,
        );
      case 'EHOSTUNREACH':
      case 'ENETUNREACH':
      case 'EADDRNOTAVAIL':
        return new Unreachable(
          l10n.t('There is no way to {0} from this network. Is a VPN needed?', this.host),
          l10n.t('no route'),
          error,
        );
      case 'EPROTO':
        return new Unreachable(
          l10n.t('{0} does not speak HTTPS. Is it the right port?', this.host),
          l10n.t('not an HTTPS port'),
          error,
        );
      default:
    }
    if (code.startsWith('HPE_') || code.startsWith('UND_ERR_HEADERS') || code.startsWith('UND_ERR_RES')) {
      return new BadAnswer(this.host, error);
    }
    if (code.startsWith('ERR_SSL_')) {
      return new Unreachable(
        l10n.t('{0} does not speak HTTPS in a way this computer accepts.', this.host),
        l10n.t('no secure connection'),
        error,
      );
    }
    return new Unreachable(l10n.t('The connection to {0} broke off.', this.host), l10n.t('connection lost'), error);
  }
}

/** Verifies against Node's and the operating system's authorities; made once, as reading them takes milliseconds. */
function verifyingContext(): tls.SecureContext {
  context ??= tls.createSecureContext({ ca: [...tls.rootCertificates, ...systemCertificates()] });
  return context;
}
let context: tls.SecureContext | undefined;

function systemCertificates(): readonly string[] {
  // Node has this since 22.15; VS Code 1.103 runs 22, the tests may run 20.
  const { getCACertificates } = tls as { getCACertificates?: (type: 'system') => string[] };
  try {
    return getCACertificates?.('system') ?? [];
  } catch {
    return []; // an unreadable store must not take the built-in authorities with it
  }
}

function connectionDied(error: unknown): boolean {
  return ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(codeOf(error));
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return '';
  }
  const code = (error as NodeJS.ErrnoException).code;
  return typeof code === 'string' ? code : error.name;
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}
