import type { Rows } from '../rows';
import type { Reply } from '../server';
import { type Body, filtered, sorted } from './filter';
import { badParameter, json } from './replies';

/** What a client may ask of every list: which page of it, which rows, in what order, which members. */

export interface QueryOptions {
  /** A provider may have configured smaller pages than the 500 that the API admits. */
  maxPageSize: number;
  /** Parameters that are answered with 400, as a server does that does not know their grammar. */
  refuses: readonly string[];
  /** Whether a list that is filtered and expanded begins at its first row always. */
  filterWithExpandIgnoresOffset: boolean;
}

const DEFAULT_LIMIT = 100;
const LARGEST_LIMIT = 500;

/** @throws Refusal for parameters that are not understood. */
export function page(rows: Rows<Body>, query: URLSearchParams, options: QueryOptions): Reply {
  refuse(query, options);
  const filter = query.get('filter');
  const sort = query.get('sort');
  const stuck = options.filterWithExpandIgnoresOffset && filter !== null && query.has('expand');
  const limit = Math.min(wholeNumber(query, 'limit', DEFAULT_LIMIT, 1, LARGEST_LIMIT), options.maxPageSize);
  const offset = stuck ? 0 : wholeNumber(query, 'offset', 0, 0, Number.MAX_SAFE_INTEGER);
  let wanted: { readonly length: number; slice(start: number, end: number): Body[] } = rows;
  if (filter !== null || sort !== null) {
    let whole = rows.slice();
    whole = filter === null ? whole : filtered(whole, filter);
    wanted = sort === null ? whole : sorted(whole, sort);
  }
  const data = selected(wanted.slice(offset, offset + limit), query);
  return json(200, {
    meta: { pagingInfo: { total: wanted.length, count: data.length, offset } },
    data,
    errors: null,
  });
}

/** @throws Refusal for parameters that are not understood. */
export function single(item: unknown, query: URLSearchParams, options: QueryOptions): Reply {
  refuse(query, options);
  const [data] = typeof item === 'object' && !Array.isArray(item) ? selected([item as Body], query) : [item];
  return json(200, { meta: null, data, errors: null });
}

function refuse(query: URLSearchParams, { refuses }: QueryOptions): void {
  const refused = refuses.find(name => query.has(name));
  if (refused !== undefined) {
    throw badParameter(refused, `The parameter ${refused} has a wrong value.`);
  }
}

function wholeNumber(query: URLSearchParams, name: string, fallback: number, low: number, high: number): number {
  const text = query.get(name);
  if (text === null) {
    return fallback;
  }
  const value = /^\d{1,15}$/.test(text) ? Number(text) : -1;
  if (value < low || value > high) {
    throw badParameter(name, `The value of ${name} must be between ${low} and ${high}.`);
  }
  return value;
}

/** The grammar is not documented well enough to rely on, so its likely forms are all taken. */
function selected(rows: readonly Body[], query: URLSearchParams): Body[] {
  const text = query.get('select');
  if (text === null) {
    return [...rows];
  }
  let names: unknown[];
  try {
    names = (JSON.parse(text) as (string | { propertyPath?: string; property?: string })[]).map(entry =>
      typeof entry === 'string' ? entry : (entry.propertyPath ?? entry.property),
    );
  } catch {
    throw badParameter('select', 'The parameter select is not an array of properties.');
  }
  return rows.map(row => Object.fromEntries(Object.entries(row).filter(([name]) => names.includes(name))));
}
