import * as l10n from '@vscode/l10n';
import { headingOf } from '../../items/heading';
import type { Heading } from '../../items/item';

/** All backup repositories of a server. */
export function repositoriesHeading(): Heading {
  return headingOf('repositories', l10n.t('Backup Repositories'), 'repository');
}

/** All organizations that are configured on a server. */
export function organizationsHeading(): Heading {
  return headingOf('organizations', l10n.t('Organizations'), 'organization');
}
