import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type McpCaller, McpMessages, type McpSource, mcpVersions, rpcError, rpcErrors } from './mcpMessages';

/** Only this computer reaches it. A name, such as localhost, could be made to lead elsewhere. */
const host = '127.0.0.1';

const mcpPath = '/mcp';

/** A call of a tool takes a few hundred bytes. */
const mostBytes = 64 * 1024;

const mostCalls = 8;

/**
 * The tools for other programs on this computer, by the Model Context Protocol over HTTP, each request by itself. Whoever
 * has the token may call them; pages in a browser may not even with it.
 */
export class McpServer {
  /** 256 bits, made for this server and kept in memory alone. */
  readonly token = randomBytes(32).toString('base64url');
  readonly #messages: McpMessages;
  readonly #server: Server;
  #calls = 0;

  private constructor(source: McpSource) {
    this.#messages = new McpMessages(source);
    this.#server = createServer(
      {
        headersTimeout: 5_000,
        requestTimeout: 10_000,
        // How often Node.js looks for requests that have taken that long; every 30 seconds otherwise.
        connectionsCheckingInterval: 1_000,
        keepAliveTimeout: 5_000,
        maxHeaderSize: 8 * 1024,
      },
      (request, response) => {
        this.#answer(request, response).catch((error: unknown) => {
          // Whoever has closed the connection hears no answer.
          if (!response.destroyed) {
            source.onError(error);
            response.destroy();
          }
        });
      },
    );
    this.#server.maxConnections = 32;
  }

  /** @throws Error if no port can be had */
  static async start(source: McpSource): Promise<McpServer> {
    const made = new McpServer(source);
    await new Promise<void>((resolve, reject) => {
      made.#server.once('error', reject);
      made.#server.listen(0, host, resolve);
    });
    made.#server.on('error', error => source.onError(error));
    return made;
  }

  get url(): string {
    return `http://${this.#authority}${mcpPath}`;
  }

  /** Ends calls that are going on, too. */
  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  get #authority(): string {
    return `${host}:${(this.#server.address() as AddressInfo | null)?.port}`;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = this.#refusalOf(request);
    if (refusal !== undefined) {
      refuse(response, refusal);
      return;
    }
    const body = await bodyOf(request);
    if (body === undefined) {
      refuse(response, 413);
      return;
    }
    if (this.#calls >= mostCalls) {
      refuse(response, 503);
      return;
    }
    this.#calls++;
    try {
      const gone = new AbortController();
      response.once('close', () => gone.abort());
      await this.#reply(body, response, callerOf(request, gone.signal));
    } finally {
      this.#calls--;
    }
  }

  async #reply(body: string, response: ServerResponse, caller: McpCaller): Promise<void> {
    let message: unknown;
    try {
      message = JSON.parse(body);
    } catch {
      send(response, 400, rpcError(rpcErrors.unreadable, 'The body is no JSON.'));
      return;
    }
    const answer = await this.#messages.answer(message, caller);
    if (answer) {
      response.setHeader(sessionHeader, caller.session);
      send(response, 200, answer);
    } else {
      response.writeHead(202).end();
    }
  }

  /** The status that says why this is not answered. */
  #refusalOf({ headers, method, url }: IncomingMessage): number | undefined {
    // A page whose name leads to this computer sends its own name; every page says where it comes from.
    if (headers.host !== this.#authority || headers.origin !== undefined) {
      return 403;
    }
    if (!isSame(headers.authorization ?? '', `Bearer ${this.token}`)) {
      return 401;
    }
    if (url !== mcpPath) {
      return 404;
    }
    if (method !== 'POST') {
      return 405;
    }
    if (!/^application\/json(?:;|$)/i.test(headers['content-type'] ?? '')) {
      return 415;
    }
    const version = headers['mcp-protocol-version'];
    return version === undefined || mcpVersions.includes(String(version)) ? undefined : 400;
  }
}

/** Nothing is kept of a session: its name tells callers from each other, so that each can cancel calls of its own alone. */
const sessionHeader = 'mcp-session-id';

function callerOf({ headers }: IncomingMessage, signal: AbortSignal): McpCaller {
  const [session = randomUUID(), version] = [headers[sessionHeader], headers['mcp-protocol-version']].map(each =>
    each === undefined ? undefined : String(each),
  );
  return { session, version, signal };
}

/** Takes the same time however much of the text is right. */
function isSame(given: string, expected: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(expected));
}

/** Undefined if it is too long. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) {
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, {
    connection: 'close',
    'content-length': 0,
    ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    ...(status === 405 ? { allow: 'POST' } : {}),
  });
  response.end();
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
