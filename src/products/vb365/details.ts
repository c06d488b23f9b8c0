import * as l10n from '@vscode/l10n';
import type { Item, Organization } from '../../items/item';
import type { Api, Detail } from '../product';
import { type DetailFact, detailsOf, detailsOfAll } from '../reading/detailFacts';
import { ifThere } from '../reading/whenMissing';
import { Vb365Client } from './client';

/** What only the details of an item tell. */
export async function details(api: Api, item: Item, signal: AbortSignal): Promise<readonly Detail[]> {
  const client = new Vb365Client(api);
  if (item.kind === 'server') {
    return await detailsOfAll({
      ...(client.version >= 8 ? { [l10n.t('Health')]: health(client, signal) } : {}),
      [l10n.t('License')]: license(client, signal),
    });
  }
  if (item.kind === 'organization' && item.id !== '' && item.repositoryId === undefined) {
    return await detailsOfAll({
      [l10n.t('Backup')]: backupState(client, item, signal),
      [l10n.t('Licensed users')]: licensedUsers(client, item, signal),
    });
  }
  return [];
}

async function health(client: Vb365Client, signal: AbortSignal): Promise<readonly Detail[]> {
  const report = await ifThere(client.health(signal));
  return detailsOf([
    [l10n.t('Health'), report?.status],
    ...Object.entries(report?.entries ?? {}).map(
      ([name, entry]): DetailFact => [
        l10n.t('Health of {0}', name),
        [entry?.status, entry?.description].filter(Boolean).join(': ') || undefined,
      ],
    ),
  ]);
}

async function license(client: Vb365Client, signal: AbortSignal): Promise<readonly Detail[]> {
  const body = await ifThere(client.license(signal));
  return detailsOf([
    [l10n.t('License'), body?.type],
    [l10n.t('State of the license'), body?.status],
    [l10n.t('Licensed to'), body?.licensedTo],
    [l10n.t('License expires'), body?.licenseExpires ?? body?.expirationDate, 'expiry'],
    [l10n.t('Support expires'), body?.supportExpirationDate, 'expiry'],
    [l10n.t('Licensed users'), body?.totalNumber, 'count'],
    [l10n.t('Licenses in use'), body?.usedNumber, 'count'],
    [l10n.t('New users'), body?.newNumber, 'count'],
    [l10n.t('Support ID'), body?.supportID],
  ]);
}

async function licensedUsers(
  client: Vb365Client,
  { id }: Organization,
  signal: AbortSignal,
): Promise<readonly Detail[]> {
  const body = await ifThere(client.licensedUsers(id, signal));
  return detailsOf([
    [l10n.t('Licensed users'), body?.licensedUsers, 'count'],
    [l10n.t('New users'), body?.newUsers, 'count'],
  ]);
}

async function backupState(
  client: Vb365Client,
  organization: Organization,
  signal: AbortSignal,
): Promise<readonly Detail[]> {
  const body = await client.backupState(organization, signal);
  const state =
    body.isBackedup === undefined ? undefined : body.isBackedup ? l10n.t('backed up') : l10n.t('not backed up');
  return detailsOf([
    [l10n.t('Backup'), state],
    [l10n.t('First backup'), body.firstBackuptime, 'moment'],
    // Up to v5 the list tells this one, and always the account's own organization.
    [l10n.t('Last backup'), organization.lastBackup === undefined ? body.lastBackuptime : undefined, 'moment'],
  ]);
}
