import { SignInWayUnknown } from '../../products/failures';
import { accountKindIn, type Credentials, type DeviceCode, type SignInSettings } from '../../products/signIn';
import type { SavedServer } from '../list/savedServer';
import type { SessionKeeper } from '../session/sessionKeeper';
import type { LearnedFacts } from './connection';
import type { ServerAccess, ServerAccessServices } from './serverAccess';

export interface BrowserSignInServices extends Pick<ServerAccessServices, 'network' | 'log'> {
  readonly access: ServerAccess;
  readonly keeper: SessionKeeper;
  readonly learned: (facts: LearnedFacts) => Promise<void>;
}

/** A sign-in in which a service in the browser proves to the server who the person is. */
export interface BrowserProof {
  /** The id of one of the account's ways. */
  readonly way: string;
  readonly settings: SignInSettings;
  /** Gets the code that the person enters in the browser. */
  readonly show: (code: DeviceCode) => void;
}

/**
 * Signs in with a browser, and saves with which settings.
 * @throws {Failure}
 */
export async function proveWithBrowser(
  { userName, accountKind }: SavedServer,
  { way: id, settings, show }: BrowserProof,
  { access, keeper, learned, network, log }: BrowserSignInServices,
  signal: AbortSignal,
): Promise<void> {
  const { product, http } = await access.open();
  const apiVersion = await access.servedVersion(signal);
  const kind = accountKindIn(product.accountKinds(apiVersion), accountKind);
  const way = kind?.ways.find(each => each.id === id);
  if (!way || !('browser' in way)) {
    throw new SignInWayUnknown(http.host, apiVersion);
  }
  const { createTransport } = await network();
  const authority = createTransport({ origin: way.browser.authorityOf(settings), log });
  try {
    const password = await way.browser.requestProof(authority, settings, show, signal);
    const credentials: Credentials = { userName, password, accountKind, way: id, settings };
    await keeper.signIn(
      ({ product, http, apiVersion }, abort) => product.signIn(http, apiVersion, credentials, abort),
      undefined,
      signal,
    );
    await learned({ [id]: settings });
  } finally {
    await authority.close();
  }
}
