import * as vscode from 'vscode';
import { idLine, oneLine, wholeLine } from '../../base/text';
import { hasId, type Item, type Server, type Tenant } from '../../items/item';
import type { Detail } from '../../products/product';
import { productOf } from '../../servers/list/savedServer';
import { expiryWarning } from './certificateExpiry';
import { addressText, proxyMaintenance, proxyState } from './descriptions';
import { count, dateTime, size } from './format';
import { isolated } from './harmless';
import { colorName, kindName } from './kinds';

/** One thing that is known of an item, as one line each. */
export interface Fact {
  readonly label: string;
  /** As people read it, of sane length: `12.5 GB`, local time. */
  readonly value: string;
  /** As the server told it, where that is something else: the number of bytes, the ISO date, all of a long text. */
  readonly raw?: string;
}

/** `Tenant: Northwind`. */
export function headOf(item: Item): string {
  const name = oneLine(item.name);
  return item.kind === 'group' ? name : `${kindName(item.kind)}: ${isolated(name)}`;
}

/** All that is known of an item, without what is not. */
export function factsOf(item: Item): readonly Fact[] {
  return [
    text(vscode.l10n.t('Description'), item.description),
    hasId(item) && idFact(vscode.l10n.t('ID'), item.id),
    'urn' in item && idFact('URN', item.urn),
    ...specificFactsOf(item),
  ].filter(fact => typeof fact === 'object');
}

/** What a product tells of an item beside that. */
export function factOf({ label, value, unit }: Detail): Fact | undefined {
  const name = oneLine(label);
  switch (unit) {
    case 'bytes':
      return Number.isFinite(Number(value)) ? bytes(name, Number(value)) : text(name, String(value));
    case 'count':
      return Number.isFinite(Number(value)) ? number(name, Number(value)) : text(name, String(value));
    case 'moment':
      return moment(name, String(value));
    case undefined:
      return text(name, String(value));
  }
}

type Maybe = Fact | false | undefined;

function specificFactsOf(item: Item): readonly Maybe[] {
  switch (item.kind) {
    case 'server':
      return serverFacts(item);
    case 'group':
      return [];
    case 'repository':
      return [
        text(vscode.l10n.t('Problem'), item.problem),
        bytes(vscode.l10n.t('Capacity'), item.capacityBytes),
        bytes(vscode.l10n.t('Used'), item.usedBytes),
        bytes(vscode.l10n.t('Free'), item.freeBytes),
        text(vscode.l10n.t('Type'), item.type),
        text(vscode.l10n.t('Path'), item.path),
        text(vscode.l10n.t('Backup server'), item.backupServer),
      ];
    case 'organization':
      return [
        bytes(vscode.l10n.t('Used'), item.usedBytes),
        bytes(vscode.l10n.t('In the local cache'), item.localCacheBytes),
        bytes(vscode.l10n.t('On object storage'), item.objectStorageBytes),
        text(vscode.l10n.t('Domain'), item.officeName),
        text(vscode.l10n.t('Type'), item.type),
        text(vscode.l10n.t('Region'), item.region),
        moment(vscode.l10n.t('Last backup'), item.lastBackup),
      ];
    case 'protectedUser':
    case 'protectedGroup':
    case 'protectedSite':
    case 'protectedTeam':
      return [
        text(vscode.l10n.t('E-mail'), item.email),
        text(vscode.l10n.t('Address'), item.url),
        text(vscode.l10n.t('Account type'), item.accountType),
        moment(vscode.l10n.t('Last backup'), item.lastBackup),
        ...(item.parts ?? []).map(
          part => moment(partName(part.what), part.lastBackup) ?? text(partName(part.what), '✓'),
        ),
      ];
    case 'usedRepository':
      return [
        bytes(vscode.l10n.t('Used'), item.usedBytes),
        bytes(vscode.l10n.t('In the local cache'), item.localCacheBytes),
        bytes(vscode.l10n.t('On object storage'), item.objectStorageBytes),
        number(vscode.l10n.t('Protected objects'), item.protectedObjects),
        item.available === false && text(vscode.l10n.t('State'), vscode.l10n.t('not available')),
      ];
    case 'job':
      return [
        text(vscode.l10n.t('State'), stateName(item.enabled)),
        text(vscode.l10n.t('Last result'), item.lastResult),
        moment(vscode.l10n.t('Last run'), item.lastRun),
        moment(vscode.l10n.t('Next run'), item.nextRun),
        moment(vscode.l10n.t('Last backup'), item.lastBackup),
        text(vscode.l10n.t('Type'), item.type),
      ];
    case 'proxy':
      return [
        text(vscode.l10n.t('State'), proxyState(item)),
        text(vscode.l10n.t('Maintenance'), proxyMaintenance(item)),
        text(vscode.l10n.t('Version'), item.version),
        text(vscode.l10n.t('Port'), item.port?.toString()),
        text(vscode.l10n.t('Operating system'), item.operatingSystem),
      ];
    case 'tenant':
      return tenantFacts(item);
    case 'subtenant':
      return [
        text(vscode.l10n.t('State'), stateName(item.enabled)),
        item.unlimited
          ? text(vscode.l10n.t('Quota'), vscode.l10n.t('unlimited'))
          : bytes(vscode.l10n.t('Quota'), item.quotaBytes),
        bytes(vscode.l10n.t('Used'), item.usedBytes),
        text(vscode.l10n.t('Quota name'), item.quotaName),
      ];
    case 'backupResource':
      return [
        text(vscode.l10n.t('Tenant'), item.tenantName),
        text(vscode.l10n.t('Backup repository'), item.repositoryName ?? item.repositoryUrn),
        bytes(vscode.l10n.t('Quota'), item.quotaBytes),
        bytes(vscode.l10n.t('Used'), item.usedBytes),
      ];
    case 'hardwarePlan':
      return [
        text(vscode.l10n.t('Platform'), item.platform),
        text(
          vscode.l10n.t('Processor limit'),
          item.processorMhz === undefined ? vscode.l10n.t('unlimited') : `${count(item.processorMhz)} MHz`,
        ),
        item.memoryBytes === undefined
          ? text(vscode.l10n.t('Memory limit'), vscode.l10n.t('unlimited'))
          : bytes(vscode.l10n.t('Memory limit'), item.memoryBytes),
        text(vscode.l10n.t('Backup server'), item.backupServer),
      ];
    case 'gateway':
      return [
        text(vscode.l10n.t('State'), stateName(item.enabled)),
        text(vscode.l10n.t('Address'), addressText(item)),
        text(vscode.l10n.t('Network mode'), item.networkMode),
        text(vscode.l10n.t('Backup server'), item.backupServer),
      ];
    case 'backupServer':
      return [text(vscode.l10n.t('Version'), item.version), text(vscode.l10n.t('Port'), item.port?.toString())];
  }
}

function serverFacts(item: Server): readonly Maybe[] {
  return [
    text(vscode.l10n.t('Label'), labelOf(item)),
    text(vscode.l10n.t('Product'), productOf(item)?.name ?? item.product),
    text(vscode.l10n.t('Address'), item.url),
    text(vscode.l10n.t('User'), item.userName),
    text(vscode.l10n.t('Version'), item.version),
    text(vscode.l10n.t('API version'), item.apiVersion),
    text(
      vscode.l10n.t('Certificate'),
      expiryWarning(item.certificateExpires) &&
        vscode.l10n.t('expires {0}; renew it', dateTime(item.certificateExpires ?? '')),
    ),
  ];
}

function tenantFacts(item: Tenant): readonly Maybe[] {
  return [
    text(vscode.l10n.t('State'), stateName(item.enabled)),
    text(vscode.l10n.t('Type'), item.type),
    bytes(vscode.l10n.t('Quota'), item.quotaBytes),
    bytes(vscode.l10n.t('Used'), item.usedBytes),
    text(vscode.l10n.t('Last result'), item.lastResult),
    moment(vscode.l10n.t('Last active'), item.lastActive),
    moment(vscode.l10n.t('Lease expires'), item.leaseExpires),
    text(vscode.l10n.t('Backup server'), item.backupServer),
  ];
}

function partName(what: 'mailbox' | 'archive' | 'oneDrive' | 'site'): string {
  switch (what) {
    case 'mailbox':
      return vscode.l10n.t('Mailbox');
    case 'archive':
      return vscode.l10n.t('Archive mailbox');
    case 'oneDrive':
      return 'OneDrive';
    case 'site':
      return vscode.l10n.t('Site');
  }
}

function labelOf({ label }: Server): string | undefined {
  const color = label?.color && colorName(label.color);
  return label?.text && color ? `${label.text} (${color})` : (label?.text ?? color);
}

function text(label: string, value: string | undefined): Fact | undefined {
  if (!value) {
    return undefined;
  }
  const shown = oneLine(value);
  const raw = wholeLine(value);
  return { label, value: shown, ...(raw === shown ? {} : { raw }) };
}

/** An ID, which is copied to the letter. */
export function idFact(label: string, id: string | undefined): Fact | undefined {
  if (!id) {
    return undefined;
  }
  const raw = idLine(id);
  return raw.length <= longestId ? { label, value: raw } : { label, value: oneLine(raw), raw };
}

/** A longer one is cut in its row. */
const longestId = 300;

function number(label: string, value: number | undefined): Fact | undefined {
  return value === undefined ? undefined : { label, value: count(value), raw: String(value) };
}

function bytes(label: string, value: number | undefined): Fact | undefined {
  return value === undefined ? undefined : { label, value: size(value), raw: String(value) };
}

function moment(label: string, iso: string | undefined): Fact | undefined {
  return iso ? { label, value: oneLine(dateTime(iso)), raw: oneLine(iso) } : undefined;
}

function stateName(enabled: boolean | undefined): string | undefined {
  return enabled === undefined ? undefined : enabled ? vscode.l10n.t('enabled') : vscode.l10n.t('disabled');
}
