import type { Reply, Request } from '../server';
import { type Document, inCamelCase, isCollection, type Resource, toJson, toXml } from './representations';
import type { Release } from './resources';
import type { Session } from './sessions';

/** An answer that is an error. */
export class Failure extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export interface ReplyOptions {
  /** false: a server so old that it answers XML whatever the client accepts. */
  json: boolean;
  /** The product's version. Since 13, JSON has its members in camelCase. */
  release: Release;
  /** Whether JSON starts with a byte order mark. */
  bom: boolean;
  /** Whether XML starts with its declaration. */
  xmlDeclaration: boolean;
}

/** Writes resources in the form that a request wants, as far as the server knows it. */
export class Replies {
  /** @param newestVersion of the API, in which a request without a session is answered */
  constructor(
    private readonly options: ReplyOptions,
    private readonly newestVersion: number,
  ) {}

  wantsJson(request: Request, session?: Session): boolean {
    const accepts = (request.headers.accept ?? '').toLowerCase().includes('application/json');
    // JSON came with v1_4.
    return accepts && this.options.json && (session?.version ?? this.newestVersion) >= 4;
  }

  write(
    request: Request,
    document: Document,
    { session, status = 200, headers = {} }: { session?: Session; status?: number; headers?: Reply['headers'] } = {},
  ): Reply {
    if (this.wantsJson(request, session)) {
      const list = isCollection(document) && document.element === 'EntityReferences' ? { list: 'Refs' } : {};
      return this.jsonReply(status, toJson({ ...document, ...list }), headers);
    }
    return {
      status,
      headers: { 'Content-Type': 'application/xml; charset=utf-8', ...headers },
      body: `${this.options.xmlDeclaration ? '<?xml version="1.0" encoding="utf-8"?>' : ''}${toXml(document)}`,
    };
  }

  jsonReply(status: number, body: unknown, headers: Reply['headers'] = {}): Reply {
    return {
      status,
      headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
      body: `${this.options.bom ? '\uFEFF' : ''}${JSON.stringify(this.options.release >= 13 ? inCamelCase(body) : body)}`,
    };
  }

  error(request: Request, status: number, message: string, headers: Reply['headers'] = {}): Reply {
    const error: Resource = {
      element: 'Error',
      attributes: { Message: message, StatusCode: status },
      members: { FirstChanceExceptionMessage: null, StackTrace: null, Status: null },
    };
    return this.write(request, error, { status, headers });
  }
}
