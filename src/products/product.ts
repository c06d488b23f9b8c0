import type { HttpRequest, HttpResponse, Transport } from '../http/request';
import type { Heading, Item } from '../items/item';
import type { Unreadable } from '../items/unreadable';
import type { Installation, Seeking, Sought, WantedInstallations } from './seek';
import type { AccountKind, Credentials, SavedSignIn, SecondQuestion, Session, SignInAnswer } from './signIn';

/** What is known of a product without asking a server. */
export interface ProductInfo {
  /** The folder's name. Stored with each server, so it never changes. */
  readonly id: string;
  readonly name: string;
  /** For a row's description. */
  readonly shortName: string;
  readonly defaultPort: number;
  /** Where older releases answered without encryption. They are looked at only to say so. */
  readonly obsoletePorts?: readonly number[];
  /** Where some releases answer, too, and much else does. They are looked at where no usual port answers. */
  readonly sharedPorts?: readonly number[];
  readonly apiVersionForm: ApiVersionForm;
  /** A codicon. */
  readonly icon: string;
  /** In which some version of its API gives an item, the usual one first. */
  readonly formats: readonly DocumentFormat[];
  /** Those of its {@link Product.accountKinds} that a server may be saved with, besides the usual one. */
  readonly savedAccountKinds?: readonly SavedAccountKind[];
  /** Ways to sign in of which something is saved besides the account. */
  readonly savedSignIns?: readonly SavedSignIn[];
}

/** What has to be known of a kind of accounts without a request, for lists of servers that are read. */
export interface SavedAccountKind {
  readonly id: string;
  /** Accounts of this kind have no user name. */
  readonly isUnnamed?: boolean;
}

/** How a product writes the versions of its API. */
export interface ApiVersionForm {
  /** Matches the whole text and nothing that a path or a header could be broken with: it becomes part of requests. */
  readonly pattern: RegExp;
  readonly example: string;
  /** Negative if the first one is newer. Without it numbers in the text decide, the first one that differs. */
  readonly newestFirst?: (one: string, other: string) => number;
  /**
   * How it is shown, if not as it is.
   * @param version of the product, once the server has told it
   */
  readonly nameOf?: (apiVersion: string, version: string | undefined) => string;
}

/** Sorts versions of a product's API. */
export function newestFirst({ apiVersionForm }: ProductInfo): (one: string, other: string) => number {
  return apiVersionForm.newestFirst ?? ((one, other) => other.localeCompare(one, 'en', { numeric: true }));
}

/** One product's REST API turned into items. Knows nothing of trees, storage or VS Code. */
export interface Product {
  readonly info: ProductInfo;
  /** Versions of the API that this extension reads, newest first. */
  readonly apiVersions: readonly string[];
  /**
   * Asks without credentials whether the server at the other end is this product, and which versions of the API it
   * speaks, in any order and as far as they can be found out. Undefined if it is something else.
   * @param expected the version that it spoke so far: among those in the answer if it still does
   * @throws {Failure} if the server cannot be reached or trusted
   */
  probe(http: Transport, signal: AbortSignal, expected?: string): Promise<Probe | undefined>;
  /**
   * Asks on where {@link probe} has found nothing, which takes a request for each version: also of a stranger only if no other
   * product has answered.
   * @throws {Failure} as there
   */
  probeOn?(http: Transport, signal: AbortSignal, expected?: string): Promise<Probe | undefined>;
  /**
   * Where people work with the server in a browser, as far as the vendor documents an address for it.
   * @param version of the product, once the server has told it
   */
  webConsole?(server: { readonly url: string; readonly version?: string | undefined }): string | undefined;
  /**
   * Headers that every request of a version carries, those without a session too: not secret, as copied commands show them.
   * The connection adds them; a probe sends its own, as it asks for several versions.
   */
  versionHeaders?(apiVersion: string): Readonly<Record<string, string>>;
  /**
   * Whether an answer says in the product's own way that the server does not serve the version of the request. Statuses that
   * any server gives for what it does not have, and pages for people, raise that question without it. Answers to sign-in and
   * renewal are looked at, too: a server that says so has not looked at the credentials.
   */
  refusesVersion?(response: HttpResponse): boolean;
  /** Kinds of accounts that a version of the API knows, each with its ways to sign in; the usual one first. */
  accountKinds(apiVersion: string): readonly AccountKind[];
  /**
   * Whether a session is of no use to the next start of VS Code, as it dies of idleness within minutes: it is ended when
   * VS Code closes instead of being left on the server.
   */
  readonly endsSessionOnExit: boolean;
  /**
   * Opens a session, or says what else the server wants to know; sends the secret exactly once.
   * @throws {Failure} `credentialsRefused` if the server does not accept them
   */
  signIn(http: Transport, apiVersion: string, credentials: Credentials, signal: AbortSignal): Promise<SignInAnswer>;
  /**
   * Goes on with a sign-in that asked a question; sends the answer exactly once. There if {@link signIn} ever asks one.
   * @returns the question again, with what was wrong, if the person may try once more
   * @throws {Failure} if the sign-in has to begin anew
   */
  answerQuestion?(
    http: Transport,
    apiVersion: string,
    question: SecondQuestion,
    answer: string,
    signal: AbortSignal,
  ): Promise<SignInAnswer>;
  /**
   * Exchanges a session for a fresh one without the password; undefined if that is not possible any more. Absent if no
   * session can be renewed.
   */
  renew?(http: Transport, apiVersion: string, session: Session, signal: AbortSignal): Promise<Session | undefined>;
  /** Ends the session on the server. Absent if no version of the API can. */
  signOut?(http: Transport, apiVersion: string, session: Session, signal: AbortSignal): Promise<void>;
  readonly tokenHeader: TokenHeader;
  /** Undefined for accounts that no command can sign in, absent if none can. */
  tokenCall?(apiVersion: string, accountKind: string | undefined): TokenCall | undefined;
  /**
   * Names, in any case, of members that hold secrets in what the API gives and do not sound like it: passwords, keys and
   * tokens are found by their names. No document that is shown, compared or copied holds their values.
   */
  readonly secretMembers?: readonly string[];
  /**
   * What the server tells of itself once signed in; also shows, by one small request, that the session is good. A courtesy: an
   * account that may not ask for it gets everything else all the same.
   */
  describeServer(api: Api, signal: AbortSignal): Promise<ServerDescription>;
  /**
   * The installations that the server tells of, by {@link Common.standsOn} of items on them. Absent if it tells of none by an
   * ID of their own.
   * @param wanted which of them: those with something of customers, or any
   */
  otherInstallations?(
    api: Api,
    wanted: WantedInstallations,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, Installation>>;
  /**
   * Looks for items with one filtered request for each list that they are made of. Undefined, without a request, if the
   * server has no such items.
   */
  seek?(api: Api, sought: Sought, signal: AbortSignal): Promise<Seeking | undefined>;
  /** One page of an item's children; `cursor` is the previous page's `next`. */
  children(api: Api, item: Item, cursor: Cursor | undefined, signal: AbortSignal): Promise<Page>;
  /**
   * The children of all of a heading's items at once, where the API has a call for that: a search through everything then
   * needs no request for each of them.
   * @param parents the heading's items
   * @returns all children of each parent by its id; a parent that is missing has to be asked for by itself. Undefined if the
   * API has no such call for this heading.
   */
  grandchildren?(
    api: Api,
    heading: Heading,
    parents: readonly Item[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, readonly Item[]> | undefined>;
  /**
   * The rows below one of the server's headings whose names contain a text, as far as one filtered request brings them. What
   * other lists know of them may be missing. Undefined, without a request, if the API does not narrow that list.
   */
  narrowed?(api: Api, heading: Heading, text: string, signal: AbortSignal): Promise<readonly Item[] | undefined>;
  /** What only the details of an item tell, as it takes requests of its own; empty if there is nothing more to know. */
  details?(api: Api, item: Item, signal: AbortSignal): Promise<readonly Detail[]>;
  /**
   * Where the API has the item: of a server what that tells of itself, of a heading what is below it. Undefined if it has no
   * call that tells of it.
   */
  resource(apiVersion: string, item: Item): Resource | undefined;
  /**
   * The item as the server gives it, asked for anew; out of a list, the item's part of it to the letter.
   * Whoever asks for it takes the {@link secretMembers} out.
   * @throws {Failure} also if the server knows the item no more, and for servers and headings
   */
  document(api: Api, item: Item, format: DocumentFormat, signal: AbortSignal): Promise<string>;
}

/** What a server tells of itself, as far as it does. */
export interface ServerDescription {
  readonly version?: string | undefined;
  readonly installation?: Installation | undefined;
}

/** The header that carries a session. */
export interface TokenHeader {
  readonly name: string;
  /** What stands in it before the token. */
  readonly prefix: string;
  /** The environment variable in which a command that a person runs finds the token. */
  readonly variable: string;
}

/** How a command that a person runs gets a token; it asks for name and password when it runs. */
export type TokenCall =
  /** The token is the key itself. */
  | { readonly by: 'key' }
  /** A form with these fields, `username` and `password`; the answer is JSON with an `access_token`. */
  | { readonly by: 'form'; readonly path: string; readonly fields: Readonly<Record<string, string>> }
  /** Basic authentication on an empty body; the token is in the answer's {@link TokenHeader}. */
  | { readonly by: 'basic'; readonly path: string };

/** The header with which a request shows the token of a session. */
export function headersOf({ name, prefix }: TokenHeader, { token }: Session): Readonly<Record<string, string>> {
  return { [name]: `${prefix}${token}` };
}

/** The formats in which APIs give items, and documents show them. */
export type DocumentFormat = 'json' | 'xml';

/** What a person or script would ask for. */
export interface Resource {
  /** Path and query, beginning with `/`. */
  readonly path: string;
  /** Whether that is the list in which the item stands, as the API has no call for it alone. */
  readonly isList: boolean;
  /** In which the API gives it, the usual one first. */
  readonly formats: readonly DocumentFormat[];
}

/** What a server that a product has recognized tells of itself without credentials. */
export interface Probe {
  /** The versions of its API, as far as it says, else those that are known to answer. */
  readonly apiVersions: readonly string[];
}

/** Requests with a session; whoever provides it signs in, renews and repeats as needed. */
export interface Api {
  readonly host: string;
  readonly apiVersion: string;
  /**
   * Stands for the account at the server: the same object in all its requests, and another one once somebody signs in or out.
   * What a product keeps for several of them, it keeps by this.
   */
  readonly account: object;
  /** Features of the {@link Session} in use. */
  features(signal: AbortSignal): Promise<readonly string[]>;
  /**
   * @param path path and query, beginning with `/`
   * @throws {Failure} without a connection or a session; a status other than 401 is the caller's to judge
   */
  get(path: string, accept: string, signal: AbortSignal, options?: GetOptions): Promise<HttpResponse>;
}

/** How long to wait for the answer, and what reads it while it arrives. */
export type GetOptions = Pick<HttpRequest, 'patienceMs' | 'reader'>;

/** Where the next page begins; only the product that made it understands it. */
export type Cursor = string;

/** A fact about an item with a name in the user's language. */
export interface Detail {
  readonly label: string;
  readonly value: string | number;
  /** What the value is, for it to be shown in the user's way; plain text otherwise. */
  readonly unit?: 'bytes' | 'count' | 'moment' | 'expiry' | undefined;
}

/** A part of a list of children. */
export interface Page {
  readonly items: readonly Item[];
  readonly next?: Cursor | undefined;
  /** How many items all pages have, if the server tells. */
  readonly total?: number | undefined;
  /** What is missing in {@link items}, as it is not what it should be. */
  readonly unreadable?: Unreadable | undefined;
  /** Why there are no items, in the user's words, where "none" alone would mislead. */
  readonly note?: string | undefined;
}
