import { setImmediate } from 'node:timers/promises';
import { Agent } from 'undici';
import { unlessAborted } from '../base/abort';
import { Cancelled, type Failure } from '../base/failure';
import type { Log } from '../base/log';
import { oneLine } from '../base/text';
import type { ClientCertificate } from './authorities';
import { acceptedEncoding, unpacked } from './body';
import type { CertificateFacts } from './certificateFacts';
import { createConnector } from './connector';
import { cleanerOf } from './echoedSecrets';
import { connectionDied, failureFrom } from './errorCauses';
import type { HttpProxy } from './proxy';
import { redactHeaders } from './redactedHeaders';
import type { HttpRequest, HttpResponse, ResponseLimits, Transport } from './request';

export interface TransportOptions {
  /** `https://host:port`; plain HTTP is not spoken. */
  readonly origin: string;
  /** The SHA-256 fingerprint the user accepted (`AA:BB:…`): exactly this certificate is good then, and no other. */
  readonly pinnedFingerprint?: string | undefined;
  /** PEM texts of authorities that are good beside those of Node and the operating system. */
  readonly authorities?: readonly string[] | undefined;
  /** The way to the server, if it is not reached directly. */
  readonly proxy?: HttpProxy | undefined;
  readonly clientCertificate?: ClientCertificate | undefined;
  readonly log: Log;
  readonly limits?: Partial<ResponseLimits> | undefined;
}

/** Longer than a person looks at one row before opening the next; no server closes earlier without saying so. */
const keepAliveMs = 60_000;

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
  readonly #newAgent: () => Agent;
  /** Those whose requests are not all answered yet; the last one takes the next request. */
  readonly #agents = new Set<Agent>();
  #agent: Agent | undefined;
  /** Requests that have a connection or wait for one. */
  #underWay = 0;
  /** By the clock on the wall, as the others stand still while the computer sleeps. */
  #lastUsed = 0;
  #certificate: CertificateFacts | undefined;
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
    const connect = createConnector({
      host: this.host,
      pinnedFingerprint: options.pinnedFingerprint,
      authorities: options.authorities ?? [],
      clientCertificate: options.clientCertificate,
      proxy: options.proxy,
      connectMs: this.#limits.connectMs,
      accepted: certificate => {
        this.#certificate = certificate;
      },
    });
    this.#newAgent = () =>
      new Agent({
        connect,
        connections: this.#limits.connections,
        pipelining: 1,
        bodyTimeout: this.#limits.bodyMs,
        keepAliveTimeout: keepAliveMs,
        keepAliveMaxTimeout: keepAliveMs,
      });
  }

  get certificate(): CertificateFacts | undefined {
    return this.#certificate;
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
    this.#closed = true;
    this.#agent = undefined;
    await Promise.all([...this.#agents].map(agent => agent.destroy()));
  }

  /** A kept connection may have died unnoticed, which shows at its next use: reading is tried once more on a new one. */
  async #sendOnLivingConnection(request: HttpRequest): Promise<Received> {
    const total = AbortSignal.timeout(this.#limitsOf(request).totalMs);
    const signal = request.signal ? AbortSignal.any([request.signal, total]) : total;
    if (request.urgent && this.#underWay >= this.#limits.connections) {
      return await this.#sendApart(request, signal);
    }
    const agent = this.#agentOfNow();
    try {
      return await this.#send(agent, request, signal);
    } catch (error) {
      const died = connectionDied(error);
      if (died || this.#explain(error, request).kind === 'timedOut') {
        this.#retire(agent);
      }
      if (died && request.method === 'GET' && !this.#closed && !signal.aborted) {
        return await this.#send(this.#agentOfNow(), request, signal);
      }
      throw error;
    } finally {
      this.#lastUsed = Date.now();
    }
  }

  async #sendApart(request: HttpRequest, signal: AbortSignal): Promise<Received> {
    if (this.#closed) {
      throw new Cancelled();
    }
    const agent = this.#newAgent();
    this.#agents.add(agent);
    try {
      return await this.#send(agent, request, signal);
    } finally {
      this.#agents.delete(agent);
      await agent.destroy();
    }
  }

  async #send(agent: Agent, request: HttpRequest, signal: AbortSignal): Promise<Received> {
    this.#underWay++;
    try {
      return await this.#exchange(agent, request, signal);
    } finally {
      this.#underWay--;
    }
  }

  async #exchange(agent: Agent, request: HttpRequest, signal: AbortSignal): Promise<Received> {
    const answered = agent.request({
      origin: this.origin,
      method: request.method,
      path: request.path,
      headers: { 'Accept-Encoding': acceptedEncoding, ...request.headers },
      body: request.body ?? null,
      headersTimeout: this.#limitsOf(request).headersMs,
      signal,
    });
    // The agent looks at the signal when it has a connection for the request, which may take until others are done.
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
      // What nobody reads on would keep its connection for as long as a request may take.
      answer.body.on('error', () => undefined).destroy();
      throw error;
    }
    // The agent takes a connection for busy until the next turn of the event loop, and would open another one for who asks now.
    await setImmediate();
    return { response: { status, headers, body: Buffer.concat(chunks), clean: cleanerOf(request) }, bytes };
  }

  /** Connections that have been idle for longer than they are kept, as after sleep, are most likely dead. */
  #agentOfNow(): Agent {
    if (this.#closed) {
      throw new Cancelled();
    }
    if (this.#agent && Math.abs(Date.now() - this.#lastUsed) > keepAliveMs) {
      this.#retire(this.#agent);
    }
    if (!this.#agent) {
      this.#agent = this.#newAgent();
      this.#agents.add(this.#agent);
    }
    this.#lastUsed = Date.now();
    return this.#agent;
  }

  /** Uses the agent's connections for nothing more; what is under way on them ends by itself. */
  #retire(agent: Agent): void {
    if (this.#agent === agent) {
      this.#agent = undefined;
      agent.close().then(
        () => this.#agents.delete(agent),
        () => undefined, // destroyed meanwhile
      );
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
