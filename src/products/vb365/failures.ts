import * as l10n from '@vscode/l10n';
import { Failure, type Remedy } from '../../base/failure';
import { oneLine } from '../../base/text';

/** Microsoft has let the user in, the backup server does not: the account has no business there. */
export class Microsoft365AccountRefused extends Failure {
  readonly kind = 'credentialsRefused';
  readonly short = l10n.t('account refused');
  override readonly remedies: readonly Remedy[] = ['signIn', 'edit', 'showLog'];
  constructor(host: string, said?: string) {
    const sentence = l10n.t(
      '{0} does not accept this Microsoft 365 account. It must be the account that the organization was added with, and tenant authentication must be enabled there.',
      host,
    );
    super(said ? `${sentence} (${oneLine(said)})` : sentence);
  }
}

/** Sign-in with a Microsoft 365 account did not come to an end in the browser. */
export class DeviceCodeFailed extends Failure {
  readonly kind = 'deviceCode';
  override readonly remedies: readonly Remedy[] = ['signIn', 'showLog'];
  constructor(
    readonly reason: 'expired' | 'declined' | 'refused',
    said?: string,
  ) {
    super(
      reason === 'expired'
        ? l10n.t('The code was not entered in time. Sign in again to get a new one.')
        : reason === 'declined'
          ? l10n.t('The sign-in was declined in the browser.')
          : l10n.t('Microsoft does not let this application sign in. Are its ID and the organization right?'),
      said,
    );
  }
  get short(): string {
    return this.reason === 'expired' ? l10n.t('code expired') : l10n.t('sign-in failed');
  }
}
