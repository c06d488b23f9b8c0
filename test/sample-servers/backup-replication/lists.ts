import { atLeast, type Revision } from './revisions';

export type Body = Record<string, unknown>;

/** How a filter compares its value with the member of a body. */
type Comparison = 'pattern' | 'word' | 'id' | 'flag' | 'number' | 'after' | 'before' | 'absent' | 'anything';

export interface Filter {
  /** A member of the body, "a.b" for one inside another. */
  readonly member: string;
  readonly by: Comparison;
  readonly since?: Revision;
  /** Since when the parameter may be repeated, so that one of several values suffices. */
  readonly severalSince?: Revision;
}

export interface OrderColumn {
  readonly member: string;
  readonly since?: Revision;
}

/** What the query of a list may say. */
export interface ListQuery {
  readonly filters: Readonly<Record<string, Filter>>;
  readonly order: Readonly<Record<string, OrderColumn>>;
}

export interface ListOptions {
  /** A page holds no more rows, whatever is asked for. */
  maxLimit: number;
  /** What becomes of query parameters that the revision does not know. */
  unknownQuery: 'ignored' | 'refused';
}

/** The query is not one that the list takes: 400. */
export class BadQuery extends Error {}

const DEFAULT_LIMIT = 200;
const PAGING = ['skip', 'limit', 'orderColumn', 'orderAsc', 'nameFilter'];

export interface Page {
  readonly data: Body[];
  readonly total: number;
  readonly skip: number;
  readonly limit: number;
}

/** The lists of one server, whose rows stay as they are. */
export class Lists {
  /** What was found last. Paging through a long list does not sort it again for every page. */
  private latest: { readonly key: string; readonly allowed: ListQuery; readonly found: Body[] } | undefined;

  constructor(private readonly options: ListOptions) {}

  /**
   * One page of a list. The names of parameters mind the case, as the vendor documents.
   * @throws BadQuery
   */
  page<Row>(
    rows: readonly Row[],
    bodyOf: (row: Row) => Body,
    allowed: ListQuery,
    query: URLSearchParams,
    revision: Revision,
  ): Page {
    const isKnown = (name: string) =>
      PAGING.includes(name) || (Object.hasOwn(allowed.filters, name) && isIn(allowed.filters[name], revision));
    const stranger = [...query.keys()].find(name => !isKnown(name));
    if (stranger !== undefined && this.options.unknownQuery === 'refused') {
      throw new BadQuery(`The parameter ${stranger} is unknown.`);
    }
    const skip = numberOf(query, 'skip', 0, 0);
    const limit = Math.min(numberOf(query, 'limit', DEFAULT_LIMIT, 1), this.options.maxLimit);
    const tests = testsOf(allowed.filters, query, revision);
    const order = orderOf(allowed.order, query, revision);
    if (tests.length === 0 && !order) {
      return { data: rows.slice(skip, skip + limit).map(bodyOf), total: rows.length, skip, limit };
    }
    const key = keyOf(query, revision);
    if (this.latest?.key !== key || this.latest.allowed !== allowed) {
      const found = rows.map(bodyOf).filter(body => tests.every(test => test(body)));
      this.latest = { key, allowed, found: order ? order(found) : found };
    }
    const { found } = this.latest;
    return { data: found.slice(skip, skip + limit), total: found.length, skip, limit };
  }
}

function keyOf(query: URLSearchParams, revision: Revision): string {
  const rest = new URLSearchParams(query);
  rest.delete('skip');
  rest.delete('limit');
  return `${revision}?${rest}`;
}

function isIn(item: { since?: Revision } | undefined, revision: Revision): boolean {
  return item !== undefined && (item.since === undefined || atLeast(revision, item.since));
}

function numberOf(query: URLSearchParams, name: string, otherwise: number, least: number): number {
  const text = query.get(name);
  if (text === null) {
    return otherwise;
  }
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value >= 2 ** 31) {
    throw new BadQuery(`The value of ${name} is not valid.`);
  }
  return value;
}

type Test = (body: Body) => boolean;

function testsOf(filters: ListQuery['filters'], query: URLSearchParams, revision: Revision): Test[] {
  const tests: Test[] = [];
  const pattern = query.get('nameFilter');
  if (pattern !== null) {
    // As documented, the pattern may match any of the texts of a row.
    const matches = patternOf(pattern);
    tests.push(body => Object.values(body).some(value => typeof value === 'string' && matches(value)));
  }
  for (const [name, filter] of Object.entries(filters)) {
    const values = query.getAll(name);
    if (values.length === 0 || !isIn(filter, revision)) {
      continue;
    }
    const isSeveral = filter.severalSince !== undefined && atLeast(revision, filter.severalSince);
    const anyOf = (isSeveral ? values : values.slice(0, 1)).map(value => testOf(name, filter, value));
    tests.push(body => anyOf.some(test => test(memberOf(body, filter.member))));
  }
  return tests;
}

function testOf(name: string, { by }: Filter, text: string): (value: unknown) => boolean {
  const valid = <T>(isValid: boolean, value: T): T => {
    if (!isValid) {
      throw new BadQuery(`The value of ${name} is not valid.`);
    }
    return value;
  };
  const lower = text.toLowerCase();
  switch (by) {
    case 'pattern': {
      const matches = patternOf(text);
      return value => typeof value === 'string' && matches(value);
    }
    case 'anything':
      return () => true;
    case 'word':
      // EManagedServerState has a word for both states.
      return value => lower === 'any' || String(value).toLowerCase() === lower;
    case 'id':
      valid(isId(text), text);
      return value => value === lower;
    case 'flag': {
      const wanted = valid(/^(true|false)$/.test(lower), lower === 'true');
      return value => value === wanted;
    }
    case 'absent': {
      const wanted = valid(/^(true|false)$/.test(lower), lower === 'true');
      return value => !wanted || value === undefined;
    }
    case 'number': {
      const wanted = valid(text !== '' && Number.isFinite(Number(text)), Number(text));
      return value => value === wanted;
    }
    default: {
      const time = valid(Number.isFinite(Date.parse(text)), Date.parse(text));
      return value =>
        typeof value === 'string' && (by === 'after' ? Date.parse(value) > time : Date.parse(value) < time);
    }
  }
}

export function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

/** The whole text, or a part of it where asterisks stand in front, behind or on both sides. Case does not matter. */
function patternOf(pattern: string): (text: string) => boolean {
  const start = pattern.startsWith('*') ? 1 : 0;
  const end = pattern.length > start && pattern.endsWith('*') ? 1 : 0;
  const wanted = pattern.slice(start, pattern.length - end).toLowerCase();
  return text => {
    const lower = text.toLowerCase();
    if (start && end) {
      return lower.includes(wanted);
    }
    if (start) {
      return lower.endsWith(wanted);
    }
    return end ? lower.startsWith(wanted) : lower === wanted;
  };
}

/** Rows without the member come first in ascending order, as a database has it. */
function orderOf(order: ListQuery['order'], query: URLSearchParams, revision: Revision) {
  const name = query.get('orderColumn');
  if (name === null) {
    return undefined;
  }
  const column = Object.entries(order).find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1];
  if (!column || !isIn(column, revision)) {
    throw new BadQuery('The value of orderColumn is not valid.');
  }
  const direction = query.get('orderAsc')?.toLowerCase() === 'false' ? -1 : 1;
  const sortable = (body: Body) => {
    const value = memberOf(body, column.member) ?? '';
    return typeof value === 'number' ? value : String(value).toLowerCase();
  };
  return (found: Body[]): Body[] =>
    found
      .map(body => ({ body, key: sortable(body) }))
      .sort((left, right) => (left.key === right.key ? 0 : (left.key < right.key ? -1 : 1) * direction))
      .map(({ body }) => body);
}

function memberOf(body: Body, member: string): unknown {
  return member.split('.').reduce<unknown>((value, name) => (value as Body | undefined | null)?.[name], body);
}
