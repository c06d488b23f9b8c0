import type { BodyReader } from './body';
import type { CertificateFacts } from './certificateFacts';

// What is asked of a server, and what comes back.

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Path and query on this server, beginning with `/`. */
  readonly path: string;
  /** What the log says instead, for a path that holds a secret. */
  readonly loggedPath?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal | undefined;
  /** Goes over a connection of its own while all others are taken, instead of waiting for one of them. */
  readonly urgent?: boolean | undefined;
  /** How long the answer is waited for where the server is known to take longer for it than the {@link ResponseLimits} allow. */
  readonly patienceMs?: number | undefined;
  /** Makes what takes the body of a 200 while it arrives; asked anew each time the request is sent. */
  readonly reader?: (() => BodyReader) | undefined;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; of a repeated header the values joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty if a {@link HttpRequest.reader} has taken it. That of an error may quote the secrets of the request. */
  readonly body: Buffer;
  /** Words of the answer without the secrets of the request. Whatever is shown or logged of an error goes through it. */
  readonly clean: (words: string) => string;
}

export interface ResponseLimits {
  /** TCP connection and TLS handshake together; the way through a proxy has as long again. */
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

/** Requests to one server. */
export interface Transport {
  readonly origin: string;
  /** `host:port` for sentences. */
  readonly host: string;
  /** Of the connection that was last opened, once one was. */
  readonly certificate: CertificateFacts | undefined;
  /**
   * Sends one request; redirects are not followed and no status is an error.
   * @throws {Failure} if there is no connection, no trust in it, no complete answer in time, or `signal` was aborted
   */
  request(request: HttpRequest): Promise<HttpResponse>;
  /** Drops all connections; requests under way end as {@link Cancelled}. */
  close(): Promise<void>;
}
