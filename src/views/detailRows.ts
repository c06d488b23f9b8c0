import * as vscode from 'vscode';
import type { Failure } from '../http/failure';
import { oneLine } from '../http/text';
import type { Node } from '../inventory/node';
import { levelOf, shareOf } from '../inventory/report';
import type { Item, ItemKind, TenantResource } from '../products/item';
import type { Detail } from '../products/product';
import { type Fact, factOf, factsOf, idFact } from './facts';
import { clock, count, dateTime, size } from './format';
import { iconOf, kindName } from './kinds';
import { pathOf } from './records';
import { barText, leftText, percentText, spokenUsage, type Usage, usage, usageOf } from './usage';

/** A row of the details view. */
export interface DetailRow {
  readonly type: 'detail';
  /** Unique in the view; the same for the same fact of another item, so that the selection stays on it. */
  readonly id: string;
  readonly label: string;
  readonly description?: string | undefined;
  /** What a screen reader says instead of the description. */
  readonly spoken?: string | undefined;
  readonly tooltip?: string | undefined;
  readonly icon?: vscode.ThemeIcon | undefined;
  readonly facets?: readonly string[] | undefined;
  /** What is copied; absent where there is nothing to copy. */
  readonly value?: string | undefined;
  /** What is copied as the server's own spelling, where that is another. */
  readonly raw?: string | undefined;
  readonly rows?: readonly DetailRow[] | undefined;
  /** Of a row with others below it, whether these are out of sight at first. */
  readonly folded?: boolean | undefined;
}

/** What more there is to know of an item, asked for by itself. */
export type Further =
  | { readonly state: 'unasked' | 'loading' }
  | { readonly state: 'failed'; readonly failure: Failure }
  | { readonly state: 'ready'; readonly details: readonly Detail[] };

/** The rows for one item, or the sums over several. */
export function detailRows(nodes: readonly Node[], further: Further): readonly DetailRow[] {
  const [node] = nodes;
  return node && nodes.length === 1 ? [itemRow(node), ...resourcesRow(node.item), ...furtherRow(further)] : sums(nodes);
}

/** How a row of the view looks. */
export function renderDetail(row: DetailRow): vscode.TreeItem {
  const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
  const treeItem = new vscode.TreeItem(row.label, row.rows ? (row.folded ? Collapsed : Expanded) : None);
  treeItem.id = row.id;
  treeItem.description = row.description ?? '';
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
  const kind = kindName(item.kind);
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
      ...factRows('item', [...factsOf(item), { label: vscode.l10n.t('Path'), value: pathText(node) }]),
      ...problemRow(node.openedBranch?.failure),
    ],
  };
}

function pathText(node: Node): string {
  return pathOf(node)
    .map(name => oneLine(name, 60))
    .join(' › ');
}

function usageRow(id: string, label: string, taken: Usage): DetailRow {
  const left = leftText(taken);
  return {
    type: 'detail',
    id,
    label,
    description: `${barText(taken)} · ${left}`,
    spoken: `${spokenUsage(taken)}, ${left}`,
    tooltip: `${label}: ${percentText(taken)}, ${left}`,
    icon: usageIcon(taken),
    value: `${percentText(taken)}, ${left}`,
  };
}

/** A colour beside the number, for what is nearly full. */
function usageIcon(taken: Usage): vscode.ThemeIcon | undefined {
  switch (levelOf(shareOf(taken))) {
    case 'high':
      return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
    case 'critical':
    case 'over':
      return new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
    default:
      return undefined;
  }
}

function factRows(section: string, facts: readonly Fact[]): readonly DetailRow[] {
  const seen = new Map<string, number>();
  return facts.map(({ label, value, raw }) => {
    const times = (seen.get(label) ?? 0) + 1;
    seen.set(label, times);
    return {
      type: 'detail',
      id: `${section}/${label}${times > 1 ? `#${times}` : ''}`,
      label,
      description: value,
      tooltip: [`${label}: ${value}`, raw && oneLine(raw)].filter(Boolean).join('\n'),
      value,
      raw,
    };
  });
}

function problemRow(failure: Failure | undefined): readonly DetailRow[] {
  return failure ? [failureRow('item/failure', failure)] : [];
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

/** Of a tenant, the shares of repositories that its quota consists of. */
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
  const facts: Fact[] = [
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

/** One section for each kind: a tenant's numbers are the sums of its subtenants', so that one must not be added to the other. */
function sums(nodes: readonly Node[]): readonly DetailRow[] {
  const kinds = new Map<ItemKind, Item[]>();
  for (const { item } of nodes) {
    const alike = kinds.get(item.kind);
    if (alike) {
      alike.push(item);
    } else {
      kinds.set(item.kind, [item]);
    }
  }
  return [...kinds].map(([kind, items]) => sumOf(kind, items));
}

function sumOf(kind: ItemKind, items: readonly Item[]): DetailRow {
  const limited = items.map(usageOf).filter(each => each !== undefined);
  const taken = usage(sum(limited.map(({ usedBytes }) => usedBytes)), sum(limited.map(({ limitBytes }) => limitBytes)));
  const unlimited = items.filter(item => item.kind === 'subtenant' && item.unlimited).length;
  const [first] = items;
  return {
    type: 'detail',
    id: `sum/${kind}`,
    label: kindName(kind),
    description: items.length === 1 ? oneLine(first?.name ?? '') : vscode.l10n.t('{0} selected', count(items.length)),
    icon: new vscode.ThemeIcon('layers'),
    rows: [
      ...(taken ? [usageRow(`sum/${kind}/usage`, vscode.l10n.t('Usage'), taken)] : []),
      ...factRows(`sum/${kind}`, [
        ...sumFact(vscode.l10n.t('Quota'), items, item => ('quotaBytes' in item ? item.quotaBytes : undefined)),
        ...sumFact(vscode.l10n.t('Capacity'), items, item =>
          'capacityBytes' in item ? item.capacityBytes : undefined,
        ),
        ...sumFact(vscode.l10n.t('Used'), items, item => ('usedBytes' in item ? item.usedBytes : undefined)),
        ...sumFact(vscode.l10n.t('Free'), items, item => ('freeBytes' in item ? item.freeBytes : undefined)),
        ...(unlimited > 0 ? [{ label: vscode.l10n.t('Without a quota'), value: count(unlimited) }] : []),
      ]),
    ],
  };
}

function sumFact(label: string, items: readonly Item[], bytesOf: (item: Item) => number | undefined): readonly Fact[] {
  const known = items.map(bytesOf).filter(bytes => bytes !== undefined);
  const [fact] = sizeFact(label, sum(known));
  if (!fact) {
    return [];
  }
  return known.length === items.length
    ? [fact]
    : [{ ...fact, value: vscode.l10n.t('{0} (known of {1})', fact.value, count(known.length)) }];
}

function sizeFact(label: string, bytes: number | undefined): readonly Fact[] {
  return bytes === undefined ? [] : [{ label, value: size(bytes), raw: String(bytes) }];
}

function sum(numbers: readonly number[]): number | undefined {
  return numbers.length === 0 ? undefined : numbers.reduce((total, each) => total + each, 0);
}
