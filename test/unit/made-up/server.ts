import { Cancelled } from '../../../src/base/failure';
import type { HttpRequest, HttpResponse, Transport } from '../../../src/http/request';

/** A server of the made-up product: knows one password, one key and, if wanted, a code after the password. */
export class MadeUpServer {
  readonly host = 'made-up.example.com:7777';
  readonly origin = `https://${this.host}`;
  readonly requests: { readonly path: string; readonly body: string; readonly token: string }[] = [];
  password = 'right';
  key = 'key-1';
  code: string | undefined;
  versions = ['v1'];
  /** So many of the next requests get a 401, as if their session had ended. */
  refusals = 0;
  /** What happens before a request is answered. */
  before: ((path: string) => Promise<void>) | undefined;
  readonly #tokens = new Set<string>();
  #issued = 0;

  get transport(): Transport {
    return {
      origin: this.origin,
      host: this.host,
      certificate: undefined,
      request: request => this.#answer(request),
      close: async () => undefined,
    };
  }

  expire(): void {
    this.#tokens.clear();
  }

  sent(path: string): number {
    return this.requests.filter(request => request.path.endsWith(path)).length;
  }

  async #answer({ path, headers = {}, body = '', signal }: HttpRequest): Promise<HttpResponse> {
    const token = headers.Authorization ?? '';
    this.requests.push({ path, body, token });
    await this.before?.(path);
    if (signal?.aborted) {
      throw new Cancelled();
    }
    const [, version = '', call = ''] = path.split('/');
    if (!this.versions.includes(version)) {
      return answer(path.startsWith('/v') ? 422 : 404, {});
    }
    switch (call) {
      case 'probe':
        return answer(200, { madeUp: true });
      case 'token':
        return body !== this.password ? answer(401, {}) : this.code ? answer(200, { question: 'q1' }) : this.#issue();
      case 'code':
        return body === `q1 ${this.code}` ? this.#issue() : answer(400, {});
      default:
        if (call === 'items' && this.refusals > 0) {
          this.refusals--;
          return answer(401, {});
        }
        return answer(token === this.key || this.#tokens.has(token) ? 200 : 401, {});
    }
  }

  #issue(): HttpResponse {
    const token = `token-${++this.#issued}`;
    this.#tokens.add(token);
    return answer(200, { token });
  }
}

function answer(status: number, body: unknown): HttpResponse {
  return { status, headers: {}, body: Buffer.from(JSON.stringify(body)), clean: words => words };
}
