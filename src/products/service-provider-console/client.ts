import * as l10n from '@vscode/l10n';
import type * as v from 'valibot';
import { isObject } from '../../base/isObject';
import type { HttpResponse } from '../../http/request';
import { together, type Unreadable } from '../../items/unreadable';
import { AccessDenied } from '../failures';
import type { Api, GetOptions } from '../product';
import { isWebPage, JsonParser, parseArriving, parseJson, textOf } from '../reading/bodyParser';
import { expectShape } from '../reading/decode';
import { type ListBody, pageOrUnfinished } from '../reading/jsonResources';
import { newElements, pagesOf } from '../reading/pages';
import { rawElements } from '../reading/rawElements';
import type { ReadList } from '../reading/readList';
import { type Explanation, explanationIn, failureOf } from '../reading/statusFailures';
import { putOff } from './asyncAnswers';
import { type ListOf, readEnvelope, readList } from './lists';
import { base, pageOf, pageSize } from './paths';
import { errorBody } from './wire';

/**
 * Requests to the Service Provider Console REST API. `X-Request-id` is never sent: with it the server may answer with a link
 * instead of the data. All methods throw {@link Failure}.
 */
export class ServiceProviderConsoleClient {
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  /** One page of a list. */
  page<Element>(path: string, list: ListOf<Element>, offset: number, signal: AbortSignal): Promise<ListBody<Element>> {
    return pageOrUnfinished({ offset, limit: pageSize }, async asked => {
      const body = await this.#get(pageOf(path, asked), signal);
      return await readList(this.#api.host, list, body, asked);
    });
  }

  /** A list with all of its pages. */
  async all<Element>(path: string, list: ListOf<Element>, signal: AbortSignal): Promise<ReadList<Element>> {
    const elements: Element[] = [];
    let unreadable: Unreadable | undefined;
    const pages = pagesOf(0, {
      ask: offset => this.page(path, list, offset, signal),
      next: page => page.nextOffset,
      // With some filters, servers were seen to begin again and again.
      take: newElements(element => JSON.stringify(element)),
      total: page => page.total,
    });
    for await (const page of pages) {
      elements.push(...page.elements);
      unreadable = together(unreadable, page.unreadable);
    }
    return { elements, unreadable };
  }

  /** A single thing. */
  async one<Schema extends v.GenericSchema>(
    path: string,
    expected: string,
    schema: Schema,
    signal: AbortSignal,
  ): Promise<v.InferOutput<Schema>> {
    const body = await this.#get(path, signal);
    return expectShape(this.#api.host, expected, schema, isObject(body) ? body.data : body);
  }

  /** The body of any resource, as it came. */
  async text(path: string, signal: AbortSignal): Promise<string> {
    const { body } = await this.#answer(path, signal);
    await parseJson(this.#api.host, body); // a page for people is no answer
    return textOf(body) ?? '';
  }

  /** One page of any list, its elements to the letter. */
  texts(path: string, offset: number, signal: AbortSignal): Promise<ListBody<string>> {
    return pageOrUnfinished({ offset, limit: pageSize }, async asked => {
      const { body } = await this.#answer(pageOf(path, asked), signal);
      const list = readEnvelope(this.#api.host, l10n.t('a list'), await parseJson(this.#api.host, body), asked);
      return { ...list, elements: rawElements(textOf(body) ?? '', 'data') };
    });
  }

  async #get(path: string, signal: AbortSignal): Promise<unknown> {
    return await parseArriving(
      this.#api.host,
      () => new JsonParser(),
      reader => this.#answer(path, signal, { reader }),
    );
  }

  async #answer(path: string, signal: AbortSignal, options?: GetOptions): Promise<HttpResponse> {
    const ask = (at: string, how?: GetOptions) => this.#api.get(`${base}${at}`, 'application/json', signal, how);
    const first = await ask(path, options);
    const response =
      first.status === 202 ? await putOff(this.#api.host, first, ask, at => ask(at, options), signal) : first;
    if (response.status === 200) {
      return response;
    }
    const why = await explanation(this.#api.host, response);
    throw response.status === 403 && !isWebPage(response.body)
      ? new DeniedByRole(this.#api.host, why.said)
      : failureOf(this.#api.host, response, why);
  }
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
