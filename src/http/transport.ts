import { setImmediate } from 'node:timers/promises';
import type { Pool } from 'undici';
import { unlessAborted } from '../base/abort';
import { Cancelled, type Failure } from '../base/failure';
import type { Log } from '../base/log';
import { oneLine } from '../base/text';
import { acceptedEncoding, unpacked } from './body';
import type { CertificateFacts } from './certificateFacts';
import { cleanerOf } from './echoedSecrets';
import { connectionDied, failureFrom } from './errorCauses';
import { redactHeaders } from './redactedHeaders';
import type { HttpRequest, HttpResponse, ResponseLimits, Transport } from './request';
import { Sockets, type Way } from './sockets';

export interface TransportOptions extends Way {
  readonly log: Log;
  readonly limits?: Partial<ResponseLimits> | undefined;
  /**
   * A transport that is needed no more. Its sockets, whose certificate has been judged, are used on if they lead the same way;
   * it is closed then. Otherwise it stays as it is.
   */
  readonly continues?: Transport | undefined;
}

const defaultLimits: ResponseLimits = {
  connectMs: 10_000,
  headersMs: 60_000,
  bodyMs: 30_000,
  totalMs: 180_000,
  bodyBytes: 64 * 1024 * 1024,
  connections: 4,
};

interface Received {
  readonly response: HttpResponse;
  /** Of the body, unpacked, whoever has it. */
  readonly bytes: number;
}

/** Opens nothing yet: the first request does. */
export function createTransport(options: TransportOptions): Transport {
  return new UndiciTransport(options);
}

let lastRequest = 0;

class UndiciTransport implements Transport {
  readonly origin: string;
  readonly host: string;
  readonly #limits: ResponseLimits;
  readonly #log: Log;
  readonly #sockets: Sockets;
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
    const { continues } = options;
    const sockets = continues instanceof UndiciTransport ? continues.#giveSockets(options, this.#limits) : undefined;
    this.#sockets = sockets ?? new Sockets(this.host, options, this.#limits);
  }

  get certificate(): CertificateFacts | undefined {
    return this.#sockets.certificate;
  }

  async request(request: HttpRequest): Promise<HttpResponse> {
    const number = ++lastRequest;
    const started = performance.now();
    this.#log.info(`-> ${number} ${this.host} ${request.method} ${oneLine(request.loggedPath ?? request.path)}`);
    this.#log.trace(`-> ${number} ${this.host} ${redactHeaders(request.headers ?? {})}`);
    try {
      const { response, bytes } = await this.#sendOnLivingConnection(request);
      const milliseconds = Math.round(performance.now() - started);
      this.#log.info(`<- ${number} ${this.host} ${response.status} ${bytes} B ${milliseconds} ms`);
      const told = redactHeaders(response.headers);
      this.#log.trace(`<- ${number} ${this.host} ${response.status < 400 ? told : response.clean(told)}`);
      return response;
    } catch (error) {
      const failure = this.#explain(error, request);
      const milliseconds = Math.round(performance.now() - started);
      const told = `<- ${number} ${this.host} ${failure.kind} ${milliseconds} ms: ${failure.message}`;
      if (failure.kind === 'cancelled') {
        this.#log.info(told);
      } else {
        this.#log.warn(failure.detail ? `${told} (${failure.detail})` : told);
      }
      throw failure;
    }
  }

  async close(): Promise<void> {
    if (!this.#closed) {
      this.#closed = true;
      await this.#sockets.close();
    }
  }

  /** Undefined if they do not lead that way, or there are none. */
  #giveSockets(way: Way, limits: ResponseLimits): Sockets | undefined {
    if (this.#closed || !this.#sockets.areLike(way, limits)) {
      return undefined;
    }
    this.#closed = true;
    this.#sockets.obey(limits);
    return this.#sockets;
  }

  /** A kept connection may have died unnoticed, which shows at its next use: reading is tried once more on a new one. */
  async #sendOnLivingConnection(request: HttpRequest): Promise<Received> {
    const total = AbortSignal.timeout(this.#limitsOf(request).totalMs);
    const signal = request.signal ? AbortSignal.any([request.signal, total]) : total;
    if (request.urgent && this.#sockets.underWay >= this.#limits.connections) {
      this.#failIfClosed();
      return await this.#sockets.apart(pool => this.#send(pool, request, signal));
    }
    const pool = this.#poolOfNow();
    try {
      return await this.#send(pool, request, signal);
    } catch (error) {
      const died = connectionDied(error);
      if (died || this.#explain(error, request).kind === 'timedOut') {
        this.#sockets.retire(pool);
      }
      if (died && request.method === 'GET' && !this.#closed && !signal.aborted) {
        return await this.#send(this.#poolOfNow(), request, signal);
      }
      throw error;
    }
  }

  async #send(pool: Pool, request: HttpRequest, signal: AbortSignal): Promise<Received> {
    return await this.#sockets.use(() => this.#exchange(pool, request, signal));
  }

  async #exchange(pool: Pool, request: HttpRequest, signal: AbortSignal): Promise<Received> {
    const answered = pool.request({
      origin: this.origin,
      method: request.method,
      path: request.path,
      headers: { 'Accept-Encoding': acceptedEncoding, ...request.headers },
      body: request.body ?? null,
      headersTimeout: this.#limitsOf(request).headersMs,
      bodyTimeout: this.#limits.bodyMs,
      signal,
    });
    // The pool looks at the signal when it has a connection for the request, which may take until others are done.
    const answer = await unlessAborted(answered, signal, () => signal.reason);
    const headers = flatten(answer.headers);
    const { statusCode: status } = answer;
    const reader = status === 200 ? request.reader?.() : undefined;
    const chunks: Buffer[] = [];
    let bytes = 0;
    const { bodyBytes } = this.#limits;
    try {
      for await (const chunk of unpacked(this.host, answer.body, headers['content-encoding'], bodyBytes)) {
        signal.throwIfAborted();
        bytes += chunk.length;
        await (reader ? reader.write(chunk) : chunks.push(chunk));
      }
    } catch (error) {
      // A body that is not read to its end would keep its connection for as long as a request may take.
      answer.body.on('error', () => undefined).destroy();
      throw error;
    }
    // Until the next turn of the event loop, the pool counts the connection as busy and would open another one for a request.
    await setImmediate();
    return { response: { status, headers, body: Buffer.concat(chunks), clean: cleanerOf(request) }, bytes };
  }

  #poolOfNow(): Pool {
    this.#failIfClosed();
    return this.#sockets.pool();
  }

  #failIfClosed(): void {
    if (this.#closed) {
      throw new Cancelled();
    }
  }

  #limitsOf({ patienceMs = 0 }: HttpRequest): ResponseLimits {
    const { headersMs, totalMs } = this.#limits;
    return {
      ...this.#limits,
      headersMs: Math.max(headersMs, patienceMs),
      totalMs: Math.max(totalMs, patienceMs),
    };
  }

  #explain(error: unknown, request: HttpRequest): Failure {
    return request.signal?.aborted || this.#closed
      ? new Cancelled()
      : failureFrom(error, this.host, this.#limitsOf(request));
  }
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}
