import * as l10n from '@vscode/l10n';
import { Failure, type Remedy } from '../../base/failure';
import { nameIn } from '../../base/text';
import type { SavedServer } from '../list/savedServer';
import { ownerText } from './serverSecrets';

/** The server is not any more what the user saw when giving a secret, so the secret was not sent. */
export class ServerChanged extends Failure {
  readonly kind = 'serverChanged';
  readonly short = l10n.t('server has changed');
  override readonly remedies: readonly Remedy[] = ['signIn'];
  constructor(name: string) {
    super(
      l10n.t(
        '{0} was changed or removed in the meantime, in another window or by Settings Sync. Your input was not used. Check the server and try again.',
        nameIn(name),
      ),
    );
  }
}

type Whereabouts = Parameters<typeof ownerText>[0];

/** Whether secrets of the one must not be sent to the other. */
export function isElsewhere(one: Whereabouts, other: Whereabouts): boolean {
  return ownerText(one) !== ownerText(other);
}

/** Whether the same account at the same address is reached behind the same trusted certificate. */
export function isAsTrusted(one: SavedServer, other: SavedServer): boolean {
  return !isElsewhere(one, other) && one.trustedFingerprint === other.trustedFingerprint;
}
