import { createHash } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import type * as v from 'valibot';
import type { Failure } from '../../base/failure';
import { nextSlice } from '../../base/timeSlices';
import type { HttpResponse } from '../../http/request';
import type { Item } from '../../items/item';
import { together, type Unreadable } from '../../items/unreadable';
import { NotFound, UnfinishedList } from '../failures';
import type { Api, GetOptions, Page } from '../product';
import { JsonParser, parseArriving, parseJson, textOf } from './bodyParser';
import { expectList, expectShape } from './decode';
import { newElements, pagesOf } from './pages';
import { patiently } from './patience';
import { rawElements } from './rawElements';
import { mapped, type ReadList } from './readList';
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
  /** The thing in the body of a single one; the whole body without it. */
  single?(body: unknown): unknown;
  /**
   * The answer in the end, where the server may put it off.
   * @param again asks for another path
   */
  final?(host: string, first: HttpResponse, again: AskAgain, signal: AbortSignal): Promise<HttpResponse>;
  /** What an answer other than 200 means, where that is not what it means everywhere. */
  failure?(host: string, response: HttpResponse, why: Explanation): Failure | undefined;
}

/** @param reads whether it is answered with what was asked for at first, which is read while it arrives */
export type AskAgain = (path: string, reads?: boolean) => Promise<HttpResponse>;

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
    const body = await this.#get(path, signal);
    return expectShape(this.#api.host, expected, schema, this.#form.single ? this.#form.single(body) : body);
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

  /** A list with all of its pages. */
  all<Element>(
    path: string,
    expected: string,
    schema: v.GenericSchema<unknown, Element>,
    signal: AbortSignal,
  ): Promise<ReadList<Element>> {
    return allPages(offset => this.list(path, expected, schema, offset, signal));
  }

  /** A list that its API gives without pages. */
  async unpaged<Element>(
    path: string,
    expected: string,
    schema: v.GenericSchema<unknown, Element>,
    signal: AbortSignal,
  ): Promise<ReadList<Element>> {
    const { elements, unreadable } = await this.#elements(
      path,
      expected,
      schema,
      { offset: 0, limit: Infinity },
      signal,
    );
    return { elements, unreadable };
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

  /**
   * An item to the letter, as numbers may have more digits than a parser keeps.
   * @param path of the item, or of the list in which it stands; undefined where the API has neither
   * @param isItem tells by a parsed element of the list whether it is the item; undefined where the path is that of the item
   * @throws {NotFound} if there is no such item
   */
  async itemText(
    path: string | undefined,
    isItem: ((element: unknown) => boolean) | undefined,
    signal: AbortSignal,
  ): Promise<string> {
    if (path === undefined) {
      throw new NotFound(this.#api.host);
    }
    return isItem ? await this.#textOfElement(path, isItem, signal) : await this.#text(path, signal);
  }

  async #text(path: string, signal: AbortSignal): Promise<string> {
    const { body } = await this.#answer(path, signal);
    await parseJson(this.#api.host, body); // a page for people is no answer
    return textOf(body) ?? '';
  }

  async #textOfElement(path: string, is: (element: unknown) => boolean, signal: AbortSignal): Promise<string> {
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
    const form = this.#form;
    return await patiently(
      () => this.#ask(path, signal, options),
      async response => {
        const why = await form.explanation(host, response);
        return form.failure?.(host, response, why) ?? failureOf(host, response, why);
      },
      signal,
    );
  }

  async #ask(path: string, signal: AbortSignal, options?: GetOptions): Promise<HttpResponse> {
    const { final } = this.#form;
    const ask = (at: string, how?: GetOptions) => this.#api.get(`${this.#base}${at}`, 'application/json', signal, how);
    const first = await ask(path, options);
    return final
      ? await final(this.#api.host, first, (at, reads) => ask(at, reads ? options : undefined), signal)
      : first;
  }
}

/** The path of one page of a list. */
export function pagePath(form: JsonForm, path: string, asked: Asked): string {
  return `${path}${path.includes('?') ? '&' : '?'}${form.pageQuery(asked)}`;
}

/**
 * All pages of a list. An element that an earlier page had is taken once: some servers begin again and again, for instance
 * where a filter goes with an expansion.
 * @throws {EndlessList} as {@link pagesOf} does
 * @throws {UnfinishedList} if what came twice came in the place of others
 */
export async function allPages<Element>(
  ask: (offset: number) => Promise<ListBody<Element>>,
): Promise<ReadList<Element>> {
  const elements: Element[] = [];
  const known = new Set<string>();
  let unreadable: Unreadable | undefined;
  let total: number | undefined;
  let repeated = 0;
  const pages = pagesOf<number, ListBody<Element>>(0, {
    ask,
    next: page => page.nextOffset,
    take: page => {
      const came = page.elements.map(element => ({ element, key: JSON.stringify(element) }));
      const fresh = came.filter(({ key }) => !known.has(key));
      for (const { element, key } of fresh) {
        elements.push(element);
        known.add(key);
      }
      repeated += came.length - fresh.length;
      return fresh.length;
    },
    total: page => page.total,
  });
  for await (const page of pages) {
    unreadable = together(unreadable, page.unreadable);
    total = page.total ?? total;
  }
  if (repeated > 0 && elements.length + (unreadable?.count ?? 0) < (total ?? 0)) {
    throw new UnfinishedList();
  }
  return { elements, unreadable };
}

/** A page of the tree. */
export function pageWith<Element>(list: ListBody<Element>, toItem: (element: Element) => Item): Page {
  return { ...wholePage(mapped(list, toItem)), next: list.nextOffset?.toString(), total: list.total };
}

/** A list that has no further pages. */
export function wholePage({ elements: items, unreadable }: ReadList<Item>): Page {
  return { items, total: items.length + (unreadable?.count ?? 0), unreadable };
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
