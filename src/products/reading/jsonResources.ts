import { createHash } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import type * as v from 'valibot';
import { nextSlice } from '../../base/timeSlices';
import type { HttpResponse } from '../../http/request';
import type { Item } from '../../items/item';
import { NotFound, UnfinishedList } from '../failures';
import type { Api, GetOptions, Page } from '../product';
import { JsonParser, parseArriving, parseJson, textOf } from './bodyParser';
import { expectList, expectShape } from './decode';
import { newElements, pagesOf } from './pages';
import { rawElements } from './rawElements';
import type { ReadList } from './readList';
import { type Explanation, failureOf } from './statusFailures';

/** What was asked for. A server may give fewer. */
export interface Asked {
  readonly offset: number;
  readonly limit: number;
}

/** One answer of a list. */
export interface ListBody<Element> extends ReadList<Element> {
  /** Where the next page begins; undefined behind the last one. */
  readonly nextOffset: number | undefined;
  readonly total: number | undefined;
  /** It is the list alone, which says nothing of pages. */
  readonly isBare?: boolean;
}

/** How a JSON API has its lists, and what it says of errors. */
export interface JsonForm {
  /** How many elements of a list are asked for at once. */
  readonly pageSize: number;
  /** The query that asks for one page. */
  pageQuery(asked: Asked): string;
  /** The member that holds the elements of a list. */
  readonly elements: string;
  /**
   * A list with its elements as they came.
   * @throws {UnexpectedShape}
   */
  envelope(host: string, expected: string, body: unknown, asked: Asked): ListBody<unknown>;
  /**
   * One page of a list, for which it may ask more than once.
   * @throws {UnfinishedList} if nothing comes although there should be more
   */
  onePage<Element>(offset: number, ask: (asked: Asked) => Promise<ListBody<Element>>): Promise<ListBody<Element>>;
  /** What an error body says. */
  explanation(host: string, response: HttpResponse): Promise<Explanation>;
}

/** Reads the resources of a JSON API. All methods throw {@link Failure}. */
export class JsonResources {
  readonly #api: Api;
  readonly #base: string;
  readonly #form: JsonForm;

  /** @param base stands in front of each path, and ends with `/` */
  constructor(api: Api, base: string, form: JsonForm) {
    this.#api = api;
    this.#base = base;
    this.#form = form;
  }

  async one<Schema extends v.GenericSchema>(
    path: string,
    expected: string,
    schema: Schema,
    signal: AbortSignal,
  ): Promise<v.InferOutput<Schema>> {
    return expectShape(this.#api.host, expected, schema, await this.#get(path, signal));
  }

  /** @param patienceMs where the server is known to take long */
  list<Element>(
    path: string,
    expected: string,
    schema: v.GenericSchema<unknown, Element>,
    offset: number,
    signal: AbortSignal,
    patienceMs?: number,
  ): Promise<ListBody<Element>> {
    return this.#form.onePage(offset, asked =>
      this.#elements(pagePath(this.#form, path, asked), expected, schema, asked, signal, patienceMs),
    );
  }

  /** The first element of a list; undefined if it has none. */
  async first<Element>(
    path: string,
    expected: string,
    schema: v.GenericSchema<unknown, Element>,
    signal: AbortSignal,
  ): Promise<Element | undefined> {
    const asked = { offset: 0, limit: 1 };
    return (await this.#elements(`${path}&limit=1`, expected, schema, asked, signal)).elements[0];
  }

  /** The body of any resource, as it came. */
  async text(path: string, signal: AbortSignal): Promise<string> {
    const { body } = await this.#answer(path, signal);
    await parseJson(this.#api.host, body); // a page for people is no answer
    return textOf(body) ?? '';
  }

  /**
   * An element of a list to the letter, as numbers may have more digits than a parser keeps.
   * @param is whether a parsed element is the one that is looked for
   * @throws {NotFound} if there is none
   */
  async textOfElement(path: string, is: (element: unknown) => boolean, signal: AbortSignal): Promise<string> {
    const pages = pagesOf(0, {
      ask: offset => this.#texts(path, offset, signal),
      next: page => page.nextOffset,
      take: newElements(element => createHash('sha1').update(element).digest('base64')),
      total: page => page.total,
    });
    for await (const { elements } of pages) {
      const element = elements.find(each => is(JSON.parse(each)));
      if (element !== undefined) {
        return element;
      }
      await nextSlice();
    }
    throw new NotFound(this.#api.host);
  }

  /** One page of any list, its elements to the letter. */
  #texts(path: string, offset: number, signal: AbortSignal): Promise<ListBody<string>> {
    const { host } = this.#api;
    const form = this.#form;
    return form.onePage(offset, async asked => {
      const { body } = await this.#answer(pagePath(form, path, asked), signal);
      const list = form.envelope(host, l10n.t('a list'), await parseJson(host, body), asked);
      return { ...list, elements: rawElements(textOf(body) ?? '', form.elements) };
    });
  }

  async #elements<Element>(
    path: string,
    expected: string,
    schema: v.GenericSchema<unknown, Element>,
    asked: Asked,
    signal: AbortSignal,
    patienceMs?: number,
  ): Promise<ListBody<Element>> {
    const { host } = this.#api;
    const body = await this.#get(path, signal, patienceMs);
    const { elements, ...paging } = this.#form.envelope(host, expected, body, asked);
    return { ...paging, ...(await expectList(host, expected, schema, elements, asked.offset)) };
  }

  async #get(path: string, signal: AbortSignal, patienceMs?: number): Promise<unknown> {
    return await parseArriving(
      this.#api.host,
      () => new JsonParser(),
      reader => this.#answer(path, signal, { patienceMs, reader }),
    );
  }

  async #answer(path: string, signal: AbortSignal, options?: GetOptions): Promise<HttpResponse> {
    const { host } = this.#api;
    const response = await this.#api.get(`${this.#base}${path}`, 'application/json', signal, options);
    if (response.status !== 200) {
      throw failureOf(host, response, await this.#form.explanation(host, response));
    }
    return response;
  }
}

/** The path of one page of a list. */
export function pagePath(form: JsonForm, path: string, asked: Asked): string {
  return `${path}${path.includes('?') ? '&' : '?'}${form.pageQuery(asked)}`;
}

/** A page of the tree. */
export function pageWith<Element>(list: ListBody<Element>, toItem: (element: Element) => Item): Page {
  return { ...wholePage(list, toItem), next: list.nextOffset?.toString(), total: list.total };
}

/** A list that has no further pages. */
export function wholePage<Element>(
  { elements, unreadable }: ReadList<Element>,
  toItem: (element: Element) => Item,
): Page {
  return { items: elements.map(toItem), total: elements.length + (unreadable?.count ?? 0), unreadable };
}

/**
 * One page of a list whose answers say how many rows there are.
 * @throws {UnfinishedList} if nothing comes although there should be more
 */
export async function pageOrUnfinished<Element>(
  asked: Asked,
  ask: (asked: Asked) => Promise<ListBody<Element>>,
): Promise<ListBody<Element>> {
  const page = await ask(asked);
  if (page.nextOffset === asked.offset) {
    throw new UnfinishedList();
  }
  return page;
}
