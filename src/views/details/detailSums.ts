import * as vscode from 'vscode';
import { groupsOf } from '../../base/groupsOf';
import { oneLine } from '../../base/text';
import { failingIn } from '../../inventory/tree/failing';
import type { Folder } from '../../inventory/tree/folder';
import type { Node } from '../../inventory/tree/node';
import type { Section } from '../../inventory/tree/section';
import type { Item, ItemKind } from '../../items/item';
import { kindName, spaceOf } from '../../items/kinds';
import { rowCount } from '../shared/descriptions';
import type { FactLine } from '../shared/facts';
import { count } from '../shared/format';
import { pathNames } from '../shared/itemRecords';
import { type DetailRow, factRows, sizeFact, usageRow } from './detailRow';
import { usage } from './usage';

/** The rows for a folder: what it is, and the sums over what is loaded of its servers. */
export function folderRows(folder: Folder): readonly DetailRow[] {
  const name = oneLine(folder.name);
  const problems = failingIn(folder).length;
  const headings = folder.servers.flatMap(server => server.openedBranch?.nodes ?? []);
  const isPart =
    folder.servers.some(({ openedBranch }) => openedBranch?.loadedAt === undefined) || headings.some(isUnknown);
  return [
    {
      type: 'detail',
      id: 'item',
      label: name || vscode.l10n.t('(no name)'),
      description: vscode.l10n.t('Folder'),
      icon: new vscode.ThemeIcon('folder-library'),
      facets: ['kind=item', 'can=refresh'],
      value: name,
      rows: factRows('item', [
        { label: vscode.l10n.t('Servers'), value: count(folder.servers.length) },
        ...(problems > 0 ? [{ label: vscode.l10n.t('Problems'), value: count(problems) }] : []),
        { label: vscode.l10n.t('Path'), value: namesOfFolder(folder) },
      ]),
    },
    ...sums(headings.flatMap(contentsOf), isPart ? 'some' : 'all'),
  ];
}

/** The rows for what is grouped under a heading. */
export function sectionRows(section: Section): readonly DetailRow[] {
  const { nodes, parent } = section;
  const name = section.name;
  const isPart = isUnknown(parent);
  return [
    {
      type: 'detail',
      id: 'item',
      label: name,
      description: vscode.l10n.t('Group'),
      icon: new vscode.ThemeIcon(section.grouping.icon),
      facets: ['kind=item', 'can=refresh'],
      value: name,
      rows: factRows('item', [
        { label: vscode.l10n.t('Items'), value: isPart ? `${count(nodes.length)}+` : count(nodes.length) },
        { label: vscode.l10n.t('Path'), value: `${pathText(parent)} › ${name}` },
      ]),
    },
    ...sums(nodes, isPart ? 'some' : 'all'),
  ];
}

/** How many items a heading has, if that is known. */
export function countFacts({ item, openedBranch }: Node): readonly FactLine[] {
  return item.kind === 'group' && openedBranch?.loadedAt !== undefined
    ? [{ label: vscode.l10n.t('Items'), value: rowCount(openedBranch) }]
    : [];
}

/** The sums over what is loaded below a heading. */
export function headingSums(node: Node): readonly DetailRow[] {
  return node.item.kind === 'group' ? sums(contentsOf(node), isUnknown(node) ? 'some' : 'all') : [];
}

/** The names of the folders from the top, this one included. */
export function namesOfFolder(folder: Folder): string {
  const name = oneLine(folder.name, 60);
  return folder.parent ? `${namesOfFolder(folder.parent)} › ${name}` : name;
}

export function pathText(node: Node): string {
  return pathNames(node)
    .map(name => oneLine(name, 60))
    .join(' › ');
}

function contentsOf({ openedBranch }: Node): readonly Node[] {
  return openedBranch?.nodes.filter(({ item }) => item.kind !== 'group') ?? [];
}

/** Whether not all that is below a heading is loaded. */
function isUnknown({ openedBranch }: Node): boolean {
  return openedBranch?.loadedAt === undefined || openedBranch.next !== undefined;
}

/** One section for each kind: a tenant's numbers are the sums of its subtenants', so that one must not be added to the other. */
export function sums(nodes: readonly Node[], are: 'selected' | 'all' | 'some'): readonly DetailRow[] {
  const kinds = groupsOf(
    nodes.map(({ item }) => item),
    ({ kind }) => kind,
  );
  return [...kinds].map(([kind, items]) => sumOf(kind, items, are));
}

function sumOf(kind: ItemKind, items: readonly Item[], are: 'selected' | 'all' | 'some'): DetailRow {
  let [usedBytes, limitBytes, unlimited] = [0, 0, 0];
  // Without lists in between: there may be a hundred thousand items, and this is done again while more are loaded.
  for (const item of items) {
    const space = spaceOf(item);
    const limited = space && usage(space.takenBytes, space.limitBytes);
    usedBytes += limited?.usedBytes ?? 0;
    limitBytes += limited?.limitBytes ?? 0;
    unlimited += space?.unlimited ? 1 : 0;
  }
  const taken = usage(usedBytes, limitBytes);
  const [first] = items;
  const rows = [
    ...(taken && are !== 'some' ? [usageRow(`sum/${kind}/usage`, vscode.l10n.t('Usage'), taken)] : []),
    ...factRows(`sum/${kind}`, [
      ...sumFact(vscode.l10n.t('Quota'), items, are, item => ('quotaBytes' in item ? item.quotaBytes : undefined)),
      ...sumFact(vscode.l10n.t('Capacity'), items, are, item =>
        'capacityBytes' in item ? item.capacityBytes : undefined,
      ),
      ...sumFact(vscode.l10n.t('Used'), items, are, item => ('usedBytes' in item ? item.usedBytes : undefined)),
      ...sumFact(vscode.l10n.t('Free'), items, are, item => ('freeBytes' in item ? item.freeBytes : undefined)),
      ...(unlimited > 0 ? [{ label: vscode.l10n.t('Without a quota'), value: count(unlimited) }] : []),
    ]),
  ];
  return {
    type: 'detail',
    id: `sum/${kind}`,
    label: kindName(kind),
    description:
      are !== 'selected'
        ? `${count(items.length)}${are === 'some' ? '+' : ''}`
        : items.length === 1
          ? oneLine(first?.name ?? '')
          : vscode.l10n.t('{0} selected', count(items.length)),
    icon: new vscode.ThemeIcon('layers'),
    rows: rows.length > 0 ? rows : undefined,
  };
}

function sumFact(
  label: string,
  items: readonly Item[],
  are: 'selected' | 'all' | 'some',
  bytesOf: (item: Item) => number | undefined,
): readonly FactLine[] {
  let [sum, known] = [0, 0];
  for (const item of items) {
    const bytes = bytesOf(item);
    if (bytes !== undefined) {
      sum += bytes;
      known++;
    }
  }
  const [fact] = sizeFact(label, known === 0 ? undefined : sum);
  if (!fact) {
    return [];
  }
  return known === items.length && are !== 'some'
    ? [fact]
    : [{ ...fact, value: vscode.l10n.t('{0} (known for {1})', fact.value, count(known)) }];
}
