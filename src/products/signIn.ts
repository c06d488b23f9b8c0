import type { Transport } from '../http/request';

// What a product says of its ways to be let in: data that the wizard, the session keeper and the saved list follow.

/** The id of each product's first kind of account. Servers are saved without it. */
export const usualAccountKind = 'administrator';

/**
 * Whose account signs in: one of the administrators of the backup infrastructure, one that a service provider gave a tenant,
 * or whoever holds a key.
 */
export interface AccountKind {
  /** Stored with each server, so it never changes. */
  readonly id: string;
  /** Absent for accounts that have no name, as a key says by itself whose it is. */
  readonly userName?: UserNameField;
  /** A codicon for the button that changes to this kind. */
  readonly icon: string;
  /** What that button does, in the user's words: "Sign in as a Tenant". */
  readonly offer: () => string;
  /** The usual one first. */
  readonly ways: readonly SignInWay[];
}

/** How an account's name is asked for. */
export interface UserNameField {
  /** Which name is asked for, as a whole sentence. */
  readonly question: () => string;
  /** How one looks: `DOMAIN\user`. */
  readonly example: () => string;
}

/** With a secret that the person enters here, or in a browser with a code that is shown here. */
export type SignInWay = SecretWay | BrowserWay;

interface Way {
  /** Stored, so it never changes. */
  readonly id: string;
  readonly name: () => string;
  /** Says in a sentence what the person does, and what the server gets. */
  readonly detail: (host: string) => string;
  /** Whether an account of that name can sign in like this; any can without it. */
  readonly fits?: (userName: string) => boolean;
}

/** Signing in with a secret that the person enters here. */
export interface SecretWay extends Way {
  readonly secret: SecretField;
}

/** The one secret that the person enters. Only it may be kept, and only it signs in again without the person. */
export interface SecretField {
  /** A word or two: "Password". */
  readonly label: () => string;
  readonly prompt: (asked: SecretAsked) => string;
  /** What is said where nothing was entered. */
  readonly missing: () => string;
  /** Says that the server has just refused this value, so that it is not sent again. */
  readonly refusedBefore: (host: string) => string;
  /** What is wrong with a value, found without sending it. */
  readonly problem?: (value: string) => string | undefined;
  /** Each request carries the secret itself. To keep the session is to keep the secret, so nobody is asked whether to. */
  readonly isKey?: boolean;
}

/** Values are fit to be shown. */
export interface SecretAsked {
  readonly host: string;
  readonly userName: string;
  /** Named where no step before has named it. */
  readonly product?: string;
}

/** Signing in with a browser, where the person enters a code that is shown here. */
export interface BrowserWay extends Way {
  readonly browser: BrowserSignIn;
}

/** The person enters a code at a service in a browser; what that service answers opens the session. */
export interface BrowserSignIn {
  /** Asked for one after another. They are saved with the server under the way's id, see {@link SavedSignIn}. */
  readonly fields: readonly SettingField[];
  /** The origin of the service: `https://host`. */
  readonly authorityOf: (settings: SignInSettings) => string;
  /** Says where the secret of another way is asked for that it can be left empty to sign in like this once the server is saved. */
  readonly invitation: () => string;
  /** Says of the last question that the server is saved then, and where the person signs in after that. */
  readonly announcement: () => string;
  /** Says what to do with the code, and who gets what by that. Values are fit to be shown. */
  readonly instruction: (shown: {
    readonly server: string;
    readonly host: string;
    readonly code: string;
    readonly settings: SignInSettings;
  }) => string;
  /**
   * Has a code shown, and waits until the person has entered it.
   * @param authority requests to the service, not to the backup server
   * @returns what goes to the backup server in place of a password
   * @throws {Failure} if the person declines or the code runs out
   */
  requestProof(
    authority: Transport,
    settings: SignInSettings,
    show: (code: DeviceCode) => void,
    signal: AbortSignal,
  ): Promise<string>;
}

/** What is saved beside the account, by the names of its fields. No secrets. */
export type SignInSettings = Readonly<Record<string, string | undefined>>;

/** A setting of a way to sign in, which is asked for before it begins. */
export interface SettingField {
  readonly id: string;
  readonly prompt: (host: string) => string;
  readonly example: string;
}

/** What is saved of a way besides the account, and stands in exported files. Known without a request. */
export interface SavedSignIn {
  /** The name of what is saved. Stored, so it never changes. */
  readonly way: string;
  readonly name: () => string;
  /** By name. Those with choices may be missing, and have no other value. */
  readonly fields: Readonly<Record<string, { readonly choices?: readonly string[] }>>;
}

/** What the person enters where. */
export interface DeviceCode {
  readonly userCode: string;
  /** An https address. */
  readonly verificationUrl: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/** What a product signs in with. */
export interface Credentials {
  /** Empty for an account without a name. */
  readonly userName: string;
  /** The way's secret, such as a password or an API key, or what {@link BrowserSignIn.requestProof} has given. */
  readonly password: string;
  /** The {@link usualAccountKind} unless it says otherwise. */
  readonly accountKind?: string | undefined;
  /** The id of the way; the usual one with a secret unless it says otherwise. */
  readonly way?: string | undefined;
  /** What was entered for a {@link BrowserWay}. */
  readonly settings?: SignInSettings | undefined;
}

/** A signed-in session as it is kept in the secret store. */
export interface Session {
  /** Goes with each request: access token, session id or API key. */
  readonly token: string;
  /** Buys a new session once: refresh token. */
  readonly renewal?: string;
  /** From then on it is worth renewing: milliseconds since 1970 by this computer's clock, some time ahead of the expiry. */
  readonly renewAt?: number;
  /** Names the session on the server, to end it there. */
  readonly reference?: string;
  /** The token is the key that the person gave: there is nothing on the server to be ended. */
  readonly isKey?: boolean;
  /** What the server offers to this account. */
  readonly features?: readonly string[];
}

/** The server wants one more answer before it opens a session, such as a one-time code. Never stored. */
export interface SecondQuestion {
  /** A word or two: "Code". */
  readonly label: string;
  /** A sentence that says where the person finds the answer. */
  readonly prompt: string;
  /** Why it is asked again: what was wrong with the last answer. */
  readonly problem?: string | undefined;
  /** Goes on with this sign-in; only the product that made it understands it. A secret. */
  readonly continuation: string;
}

/** What comes of a step of signing in. */
export type SignInAnswer = Session | SecondQuestion;

/** Whether the server wants one more answer. */
export function isQuestion(answer: SignInAnswer): answer is SecondQuestion {
  return 'continuation' in answer;
}

/** The kind of a saved account; the usual one for kinds that the product does not have in this version. */
export function accountKindIn(kinds: readonly AccountKind[], id: string | undefined): AccountKind | undefined {
  return kinds.find(kind => kind.id === (id ?? usualAccountKind)) ?? kinds[0];
}

/** The way in which that kind of account signs in with a secret. */
export function secretWayOf(kind: AccountKind | undefined): SecretWay | undefined {
  return kind?.ways.find(way => 'secret' in way);
}

/** The way in which an account of that name can sign in with a browser, if there is one. */
export function browserWayFor(kind: AccountKind | undefined, userName: string): BrowserWay | undefined {
  return kind?.ways.find((way): way is BrowserWay => 'browser' in way && (way.fits?.(userName) ?? true));
}
