import { Rows } from '../rows';
import { type Account, type Admitted, type ApiKey, sees } from './accounts';
import type { Organization, ServiceProviderConsoleData, User } from './data';
import type { Body } from './filter';
import type { ApiVersion } from './version';

/** What the paths of the API are made of: collections, of which a caller sees its own part. */

export interface World {
  readonly data: ServiceProviderConsoleData;
  readonly accounts: readonly Account[];
  readonly keys: readonly ApiKey[];
  readonly users: readonly User[];
}

/** One request of somebody who may make it. */
export interface Call {
  readonly version: ApiVersion;
  readonly account: Account;
  readonly ids: readonly string[];
  readonly query: URLSearchParams;
  /** In lower case. */
  readonly expand: ReadonlySet<string>;
}

export type Outcome =
  | { readonly rows: Rows<Body> }
  /** A list that comes whole, or a single object. */
  | { readonly item: unknown }
  /** There is none with such a uid that the caller may see. */
  | undefined;

export interface Route {
  readonly pattern: string;
  readonly admitted: Admitted;
  /** "before3.6" and "since3.6" where only one of them has the path. */
  readonly only?: 'before3.6' | 'since3.6' | undefined;
  /** The words that `expand` takes here. */
  readonly expands?: readonly string[] | undefined;
  handle(call: Call): Outcome;
}

export interface CollectionOptions<T> {
  readonly rows: readonly T[];
  readonly admitted: Admitted;
  readonly only?: Route['only'];
  readonly expands?: readonly string[];
  id(row: T): string;
  /** Whose it is; the provider alone sees what is nobody's. */
  owner(row: T): Organization | undefined;
  body(row: T, call: Call): object;
  /** Where ownership does not say it all. */
  isShown?(row: T, account: Account): boolean;
}

export class Collection<T> {
  constructor(private readonly options: CollectionOptions<T>) {}

  get(call: Call, id: string | undefined): T | undefined {
    const wanted = id?.toLowerCase();
    return this.options.rows.find(row => this.options.id(row) === wanted && this.shows(row, call.account));
  }

  list(
    pattern: string,
    where: (row: T, call: Call) => boolean = () => true,
    ...parents: readonly Pick<Collection<unknown>, 'has'>[]
  ): Route {
    return this.route(pattern, call => {
      if (!parents.every((parent, index) => parent.has(call, call.ids[index]))) {
        return undefined;
      }
      const rows = this.options.rows.filter(row => this.shows(row, call.account) && where(row, call));
      return { rows: new Rows(rows.length, index => this.options.body(rows[index] as T, call) as Body) };
    });
  }

  /** The last id of the path is the row's own. */
  item(pattern: string, where: (row: T, call: Call) => boolean = () => true): Route {
    return this.route(pattern, call => {
      const wanted = call.ids.at(-1)?.toLowerCase();
      const row = this.options.rows.find(
        each => this.options.id(each) === wanted && this.shows(each, call.account) && where(each, call),
      );
      return row === undefined ? undefined : { item: this.options.body(row, call) };
    });
  }

  /** The one row that belongs to the path, whose last id is not the row's own. */
  single(pattern: string, where: (row: T, call: Call) => boolean): Route {
    return this.route(pattern, call => {
      const row = this.options.rows.find(each => this.shows(each, call.account) && where(each, call));
      return row === undefined ? undefined : { item: this.options.body(row, call) };
    });
  }

  has(call: Call, id: string | undefined): boolean {
    return this.get(call, id) !== undefined;
  }

  private shows(row: T, account: Account): boolean {
    return this.options.isShown?.(row, account) ?? sees(account, this.options.owner(row));
  }

  private route(pattern: string, handle: Route['handle']): Route {
    const { admitted, only, expands } = this.options;
    return { pattern, admitted, only, expands, handle };
  }
}

/** Compares a row's uid with the id at a place of the path. */
export function isAt(call: Call, place: number, id: string | undefined): boolean {
  return call.ids[place]?.toLowerCase() === id;
}
