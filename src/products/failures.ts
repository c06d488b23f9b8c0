import * as l10n from '@vscode/l10n';
import { Failure, type Remedy } from '../base/failure';
import { oneLine } from '../base/text';

/** The server does not accept this user name and password. They are not sent again until the user changes them. */
export class CredentialsRefused extends Failure {
  readonly kind = 'credentialsRefused';
  readonly short = l10n.t('credentials refused');
  override readonly remedies: readonly Remedy[] = ['signIn', 'edit', 'showLog'];
  constructor(host: string, said?: string) {
    super(
      said
        ? l10n.t('{0} does not accept this user name and password: {1}', host, oneLine(said))
        : l10n.t('{0} does not accept this user name and password.', host),
    );
  }
}

/** The server does not accept this API key: it is wrong, has expired or was deleted. It is not sent again. */
export class KeyRefused extends Failure {
  readonly kind = 'credentialsRefused';
  readonly short = l10n.t('API key refused');
  override readonly remedies: readonly Remedy[] = ['signIn', 'edit', 'showLog'];
  constructor(host: string, said?: string) {
    super(
      said
        ? l10n.t('{0} does not accept this API key: {1}', host, oneLine(said))
        : l10n.t('{0} does not accept this API key.', host),
    );
  }
}

/** The server knows the account and does not let it in: it is locked, has not the role, or the API has no licence. */
export class SignInForbidden extends Failure {
  readonly kind = 'credentialsRefused';
  readonly short = l10n.t('sign-in refused');
  override readonly remedies: readonly Remedy[] = ['signIn', 'edit', 'showLog'];
  constructor(host: string, said?: string) {
    super(
      said
        ? l10n.t('{0} does not let this account sign in: {1}', host, oneLine(said))
        : l10n.t('{0} does not let this account sign in.', host),
    );
  }
}

/** The server's version of the API does not know the way to sign in. */
export class SignInWayUnknown extends Failure {
  readonly kind = 'signInMethod';
  readonly short = l10n.t('sign-in not possible');
  override readonly remedies: readonly Remedy[] = ['signIn', 'edit', 'showLog'];
  constructor(host: string, apiVersion: string) {
    super(l10n.t('{0} (API {1}) does not support this way to sign in.', host, apiVersion));
  }
}

/** The session has ended, and only a person can open the next one: the server asks for a code that is good for one use. */
export class CodeWanted extends Failure {
  readonly kind = 'codeWanted';
  readonly short = l10n.t('code wanted');
  override readonly remedies: readonly Remedy[] = ['signIn'];
  constructor(host: string) {
    super(l10n.t('Your session on {0} has ended. The next one takes a one-time code: sign in to enter it.', host));
  }
}

/** There is no session and nothing to open one with but the user. */
export class SignedOut extends Failure {
  readonly kind = 'signedOut';
  readonly short = l10n.t('signed out');
  override readonly remedies: readonly Remedy[] = ['signIn'];
  constructor(host: string) {
    super(l10n.t('Your session on {0} has ended. Sign in to continue.', host));
  }
}

/** The session is good, but this account may not see what was asked for. */
export class AccessDenied extends Failure {
  readonly kind = 'accessDenied';
  readonly short = l10n.t('access denied');
  override readonly remedies: readonly Remedy[] = ['edit', 'retry', 'showLog'];
  constructor(host: string, said?: string) {
    super(l10n.t('This account is not allowed to read this on {0}.', host), said);
  }
}

/** The server knows of nothing at that address: the item is gone, or the version has no such call. */
export class NotFound extends Failure {
  readonly kind = 'notFound';
  readonly short = l10n.t('not found');
  constructor(host: string, said?: string) {
    super(l10n.t('{0} no longer has this item. Refresh its parent.', host), said);
  }
}

/** The address answers, and has no call to sign in with: it leads elsewhere, or the version of the API is gone. */
export class NoSignInThere extends Failure {
  readonly kind = 'noSignIn';
  readonly short = l10n.t('no sign-in at this address');
  override readonly remedies: readonly Remedy[] = ['edit', 'retry', 'showLog'];
  constructor(host: string, said?: string) {
    super(
      l10n.t(
        '{0} answered the sign-in with status 404. Is the address right, and does the server still support this API version?',
        host,
      ),
      said,
    );
  }
}

/** The server asks for fewer requests. */
export class Throttled extends Failure {
  readonly kind = 'throttled';
  readonly short = l10n.t('too many requests');
  constructor(
    host: string,
    /** As the server asked, if it did. */
    readonly retryAfterSeconds: number | undefined,
    said?: string,
  ) {
    super(
      retryAfterSeconds === undefined
        ? l10n.t('{0} is limiting requests. Try again in a minute.', host)
        : retryAfterSeconds < 2
          ? l10n.t('{0} is limiting requests. Try again in a moment.', host)
          : l10n.t('{0} is limiting requests. Try again in {1} seconds.', host, retryAfterSeconds),
      said,
    );
  }
}

/** A session that was opened a moment ago is not accepted. */
export class SessionRefused extends Failure {
  readonly kind = 'sessionRefused';
  readonly short = l10n.t('session refused');
  override readonly remedies: readonly Remedy[] = ['retry', 'signIn', 'showLog'];
  constructor(host: string, said?: string) {
    super(l10n.t('{0} does not accept the session it has just opened.', host), said);
  }
}

/** The answer points to another address. It is not followed, as the session would go along. */
export class Redirected extends Failure {
  readonly kind = 'redirected';
  readonly short = l10n.t('redirected');
  override readonly remedies: readonly Remedy[] = ['edit', 'retry', 'showLog'];
  /** @param target another server, or `host` again; undefined if the answer does not say */
  constructor(host: string, target: string | undefined) {
    super(
      target === host
        ? l10n.t('{0} redirects to another page of its own. Is the address right?', host)
        : target
          ? l10n.t('{0} redirects to {1}. Is the address right?', host, oneLine(target, 100))
          : l10n.t('{0} redirects to another address. Is the address right?', host),
    );
  }
}

/** A page for people: a proxy, a login page or another service answers. */
export class WebPage extends Failure {
  readonly kind = 'webPage';
  readonly short = l10n.t('web page received');
  override readonly remedies: readonly Remedy[] = ['retry', 'edit', 'showLog'];
  constructor(host: string) {
    super(l10n.t('{0} sent a web page instead of data. Is the port right, or is a proxy in between?', host));
  }
}

/** Any other status that is not success. */
export class ServerFailed extends Failure {
  readonly kind = 'serverFailed';
  readonly short: string;
  constructor(
    host: string,
    readonly status: number,
    said?: string,
    /** As the server asked, if it did. */
    readonly retryAfterSeconds?: number,
  ) {
    const isLater = retryAfterSeconds !== undefined && retryAfterSeconds > 1;
    super(
      isLater
        ? l10n.t('{0} answered with status {1}. Try again in {2} seconds.', host, status, retryAfterSeconds)
        : said
          ? l10n.t('{0} answered with status {1}: {2}', host, status, oneLine(said))
          : l10n.t('{0} answered with status {1} and no explanation.', host, status),
      isLater ? said : undefined,
    );
    this.short = l10n.t('status {0}', status);
  }
}

/** The body is not the JSON or XML it should be. */
export class MalformedBody extends Failure {
  readonly kind = 'malformedBody';
  readonly short = l10n.t('unreadable answer');
  constructor(host: string, format: string, detail: string) {
    super(l10n.t('{0} sent an answer that is not valid {1}.', host, format), detail);
  }
}

/** The body is well-formed and something else than documented. */
export class UnexpectedShape extends Failure {
  readonly kind = 'unexpectedShape';
  readonly short = l10n.t('unexpected answer');
  constructor(host: string, expected: string, came: string) {
    super(l10n.t('{0} sent something other than {1}.', host, expected), came);
  }
}

/** The answer would take too much memory, or too long, to be read. */
export class AnswerTooLarge extends Failure {
  readonly kind = 'tooLarge';
  readonly short = l10n.t('answer too large');
  constructor(host: string, came: string) {
    super(l10n.t('{0} sent an answer that is too large or too deeply nested to be read.', host), came);
  }
}

/** Another product, or something else altogether, answers at the address. */
export class WrongProduct extends Failure {
  readonly kind = 'wrongProduct';
  readonly short = l10n.t('another product');
  override readonly remedies: readonly Remedy[] = ['edit', 'retry', 'showLog'];
  constructor(host: string, expected: string, found: string | undefined) {
    super(
      found && found !== expected
        ? l10n.t('{0} is {1}, not {2}. Is it the right port?', host, found, expected)
        : l10n.t('{0} does not look like {1}. Is it the right port?', host, expected),
    );
  }
}

/** The right product in a version whose API this extension cannot read. */
export class UnsupportedVersion extends Failure {
  readonly kind = 'unsupportedVersion';
  readonly short = l10n.t('unsupported version');
  constructor(host: string, speaks: readonly string[], reads: readonly string[]) {
    super(
      speaks.length > 0
        ? l10n.t('{0} uses API {1}; this extension supports {2}.', host, oneLine(speaks.join(', ')), reads.join(', '))
        : l10n.t('{0} does not report its API version; this extension supports {1}.', host, reads.join(', ')),
    );
  }
}

/** A list that is said to go on where nothing more comes. What came so far is shown. */
export class UnfinishedList extends Failure {
  readonly kind = 'endlessList';
  readonly short = l10n.t('list may be incomplete');
  constructor() {
    super(l10n.t('The server says that this list has more rows, but sends none. The list may be incomplete.'));
  }
}

/** A list whose pages never end. What came so far is shown. */
export class EndlessList extends Failure {
  readonly kind = 'endlessList';
  readonly short = l10n.t('list may be incomplete');
  /** @param rows after which it was given up; without them, a page has come again */
  constructor(rows?: number) {
    super(
      rows === undefined
        ? l10n.t('The server sent a page of this list twice. The list may be incomplete.')
        : l10n.t('The list continues after {0} rows, and the rest is not loaded. The list may be incomplete.', rows),
    );
  }
}
