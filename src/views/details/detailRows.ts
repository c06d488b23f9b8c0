import * as vscode from 'vscode';
import type { Failure } from '../../base/failure';
import { oneLine } from '../../base/text';
import type { Folder } from '../../inventory/tree/folder';
import type { Node } from '../../inventory/tree/node';
import type { Section } from '../../inventory/tree/section';
import type { Item, TenantResource } from '../../items/item';
import { kindNameOf } from '../../items/kinds';
import { type Unreadable, unreadableText } from '../../items/unreadable';
import type { Detail } from '../../products/product';
import { type FactLine, factLinesOf, factOf, idFact } from '../shared/facts';
import { clock, count, dateTime } from '../shared/format';
import { behind } from '../shared/harmless';
import { iconOf } from '../shared/kinds';
import { type DetailRow, factRows, sizeFact, usageRow } from './detailRow';
import { countFacts, folderRows, headingSums, namesOfFolder, pathText, sectionRows, sums } from './detailSums';
import { usage, usageOf } from './usage';

/** What more there is to know of an item, asked for by itself. */
export type Further =
  | { readonly state: 'unasked' | 'loading' }
  | { readonly state: 'failed'; readonly failure: Failure }
  | { readonly state: 'ready'; readonly details: readonly Detail[] };

/** What the view tells of. */
export type Subject = Node | Folder | Section;

/** The rows for one subject, or the sums over several. */
export function detailRows(subjects: readonly Subject[], further: Further): readonly DetailRow[] {
  const [subject] = subjects;
  if (!subject || subjects.length > 1) {
    return sums([...new Set(subjects.flatMap(itemsIn))], 'selected');
  }
  switch (subject.type) {
    case 'node':
      return [itemRow(subject), ...headingSums(subject), ...resourcesRow(subject.item), ...furtherRow(further)];
    case 'folder':
      return folderRows(subject);
    case 'section':
      return sectionRows(subject);
  }
}

function itemsIn(subject: Subject): readonly Node[] {
  switch (subject.type) {
    case 'node':
      return [subject];
    case 'folder':
      return subject.servers;
    case 'section':
      return subject.nodes;
  }
}

/** How a row of the view looks. */
export function renderDetail(row: DetailRow): vscode.TreeItem {
  const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
  const treeItem = new vscode.TreeItem(row.label, row.rows ? (row.folded ? Collapsed : Expanded) : None);
  treeItem.id = row.id;
  treeItem.description = behind(row.label, row.description ?? '');
  treeItem.tooltip = row.tooltip ?? '';
  treeItem.contextValue = [...(row.facets ?? []), row.value && 'has=value', row.raw && 'has=raw']
    .filter(Boolean)
    .join(';');
  treeItem.accessibilityInformation = {
    label: [row.label, row.spoken ?? row.description].filter(Boolean).join(', '),
  };
  if (row.icon) {
    treeItem.iconPath = row.icon;
  }
  return treeItem;
}

function itemRow(node: Node): DetailRow {
  const { item } = node;
  const name = oneLine(item.name);
  const loadedAt = (node.parent ?? node).openedBranch?.loadedAt;
  const taken = usageOf(item);
  const kind = kindNameOf(item);
  return {
    type: 'detail',
    id: 'item',
    label: name || vscode.l10n.t('(no name)'),
    description: loadedAt === undefined ? kind : vscode.l10n.t('{0} · as of {1}', kind, clock(loadedAt)),
    tooltip: loadedAt === undefined ? kind : dateTime(new Date(loadedAt).toISOString()),
    icon: iconOf(item),
    facets: ['kind=item', 'can=refresh'],
    value: name,
    rows: [
      ...(taken ? [usageRow('item/usage', vscode.l10n.t('Usage'), taken)] : []),
      ...factRows('item', [
        ...factLinesOf(item),
        ...countFacts(node),
        ...(node.folder ? [{ label: vscode.l10n.t('Folder'), value: namesOfFolder(node.folder) }] : []),
        { label: vscode.l10n.t('Path'), value: pathText(node) },
      ]),
      ...problemRow(node.openedBranch?.failure),
      ...unreadableRow(node.openedBranch?.unreadable),
    ],
  };
}

function problemRow(failure: Failure | undefined): readonly DetailRow[] {
  return failure ? [failureRow('item/failure', failure)] : [];
}

/** Below the row, what came of each. */
function unreadableRow(unreadable: Unreadable | undefined): readonly DetailRow[] {
  if (!unreadable) {
    return [];
  }
  const label = unreadableText(unreadable);
  const came = unreadable.came.map((each, index): DetailRow => {
    const value = oneLine(each);
    return { type: 'detail', id: `item/unreadable/${index}`, label: value, tooltip: value, value };
  });
  return [
    {
      type: 'detail',
      id: 'item/unreadable',
      label,
      icon: new vscode.ThemeIcon('info'),
      value: [label, ...unreadable.came.map(each => oneLine(each))].join('\n'),
      rows: came,
    },
  ];
}

function failureRow(id: string, failure: Failure): DetailRow {
  return {
    type: 'detail',
    id,
    label: failure.short,
    description: failure.message,
    spoken: vscode.l10n.t('Error: {0}', failure.message),
    tooltip: [failure.message, failure.detail].filter(Boolean).join('\n'),
    icon: new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground')),
    facets: ['kind=failure', 'can=refresh'],
    value: failure.message,
  };
}

/** For a tenant, the shares of repositories that its quota consists of. */
function resourcesRow(item: Item): readonly DetailRow[] {
  if (item.kind !== 'tenant' || item.resources.length === 0) {
    return [];
  }
  return [
    {
      type: 'detail',
      id: 'resources',
      label: vscode.l10n.t('Backup resources'),
      description: count(item.resources.length),
      icon: new vscode.ThemeIcon('archive'),
      rows: item.resources.map(resourceRow),
    },
  ];
}

function resourceRow(resource: TenantResource, index: number): DetailRow {
  const { id, name, repositoryUrn, quotaBytes, usedBytes } = resource;
  const taken = usage(usedBytes, quotaBytes);
  const facts: FactLine[] = [
    ...[idFact(vscode.l10n.t('ID'), id), idFact(vscode.l10n.t('Backup repository'), repositoryUrn)].flatMap(
      each => each ?? [],
    ),
    ...sizeFact(vscode.l10n.t('Quota'), quotaBytes),
    ...sizeFact(vscode.l10n.t('Used'), usedBytes),
  ];
  const rowId = `resources/${index}`;
  const label = oneLine(name) || vscode.l10n.t('(no name)');
  return {
    ...(taken ? usageRow(rowId, label, taken) : { type: 'detail', id: rowId, label, value: label }),
    rows: factRows(rowId, facts),
    folded: true,
  };
}

function furtherRow(further: Further): readonly DetailRow[] {
  const rows = furtherRows(further);
  return rows.length === 0
    ? []
    : [{ type: 'detail', id: 'further', label: vscode.l10n.t('More'), icon: new vscode.ThemeIcon('info'), rows }];
}

function furtherRows(further: Further): readonly DetailRow[] {
  switch (further.state) {
    case 'unasked':
      return [];
    case 'loading':
      return [
        {
          type: 'detail',
          id: 'further/#loading',
          label: vscode.l10n.t('Loading…'),
          icon: new vscode.ThemeIcon('loading~spin'),
        },
      ];
    case 'failed':
      return [failureRow('further/#failure', further.failure)];
    case 'ready':
      return factRows(
        'further',
        further.details.map(factOf).filter(fact => fact !== undefined),
      );
  }
}
