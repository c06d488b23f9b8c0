import type * as v from 'valibot';
import { isObject } from '../../base/isObject';
import type { HttpResponse } from '../../http/request';
import { AccessDenied } from '../failures';
import type { Api } from '../product';
import { isWebPage, parseJson } from '../reading/bodyParser';
import { expectShape } from '../reading/decode';
import { type JsonForm, JsonResources, type ListBody, pageOrUnfinished, pagePath } from '../reading/jsonResources';
import type { ReadList } from '../reading/readList';
import { type Explanation, explanationIn } from '../reading/statusFailures';
import { settled } from './asyncAnswers';
import { envelope, type ListOf } from './lists';
import { base } from './paths';
import { errorBody } from './wire';

/** The largest that the server gives. */
const pageSize = 500;

const form: JsonForm = {
  pageSize,
  pageQuery: ({ offset, limit }) => `limit=${limit}&offset=${offset}`,
  elements: 'data',
  envelope,
  onePage: (offset, ask) => pageOrUnfinished({ offset, limit: pageSize }, ask),
  explanation,
  single: body => (isObject(body) ? body.data : body),
  final: settled,
  failure: (host, { status, body }, { said }) =>
    status === 403 && !isWebPage(body) ? new DeniedByRole(host, said) : undefined,
};

/**
 * Requests to the Service Provider Console REST API. `X-Request-id` is never sent: with it the server may answer with a link
 * instead of the data. All methods throw {@link Failure}.
 */
export class ServiceProviderConsoleClient {
  /** Reads any path. */
  readonly resources: JsonResources;

  constructor(api: Api) {
    this.resources = new JsonResources(api, base, form);
  }

  /** One page of a list. */
  page<Element>(path: string, list: ListOf<Element>, offset: number, signal: AbortSignal): Promise<ListBody<Element>> {
    return this.resources.list(path, list.expected(), list.element, offset, signal);
  }

  /** A list with all of its pages. */
  all<Element>(path: string, list: ListOf<Element>, signal: AbortSignal): Promise<ReadList<Element>> {
    return this.resources.all(path, list.expected(), list.element, signal);
  }

  /** A list that has no pages, and whose call knows no words for them. */
  unpaged<Element>(path: string, list: ListOf<Element>, signal: AbortSignal): Promise<ReadList<Element>> {
    return this.resources.unpaged(path, list.expected(), list.element, signal);
  }

  /** A single thing. */
  one<Schema extends v.GenericSchema>(
    path: string,
    expected: string,
    schema: Schema,
    signal: AbortSignal,
  ): Promise<v.InferOutput<Schema>> {
    return this.resources.one(path, expected, schema, signal);
  }
}

/** Where a list begins. Without these words a server gives a hundred of it. */
export function firstPageOf(path: string): string {
  return pagePath(form, path, { offset: 0, limit: pageSize });
}

/** The product itself says that the role of the account may not read this. What stands in front of it answers with pages. */
export class DeniedByRole extends AccessDenied {}

/** What an error body says, in whichever of the forms. */
export async function explanation(host: string, response: HttpResponse): Promise<Explanation> {
  return await explanationIn(response, async () => {
    const body = expectShape(host, 'an error', errorBody, await parseJson(host, response.body));
    const [first] = body.errors;
    const other = typeof body.error === 'string' ? body.error : body.error.message;
    return {
      said: first?.message ?? body.error_description ?? (other || undefined),
      retryAfterSeconds: first?.retryAfter,
    };
  });
}
