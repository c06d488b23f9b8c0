import * as vscode from 'vscode';
import type { Node } from '../../inventory/tree/node';
import type { Section } from '../../inventory/tree/section';
import { hasId } from '../../items/item';
import { spaceOf } from '../../items/kinds';
import { usageText } from '../../items/spaceText';
import { parts } from '../shared/descriptions';
import { count } from '../shared/format';
import { behind } from '../shared/harmless';
import { words } from '../shared/words';
import { collapsible, facets } from './rowRenderer';

/** How a section's row looks: how many rows, and what all of them use together. */
export function renderSection(section: Section, open: boolean): vscode.TreeItem {
  const { nodes, parent } = section;
  const name = section.name;
  const treeItem = new vscode.TreeItem(name, collapsible(open));
  treeItem.id = section.key;
  const isPart = parent.openedBranch?.next !== undefined;
  const description = parts(
    isPart ? `${count(nodes.length)}+` : count(nodes.length),
    !isPart && usageText(sumOf(nodes, 'usedBytes'), sumOf(nodes, 'limitBytes'), words),
  );
  treeItem.description = behind(name, description);
  treeItem.iconPath = new vscode.ThemeIcon(section.grouping.icon);
  treeItem.contextValue = facets(
    'kind=section',
    nodes.some(({ item }) => hasId(item)) && 'has=id',
    'has=name',
    'can=load',
  );
  treeItem.accessibilityInformation = { label: [vscode.l10n.t('Group'), name, description].join(', ') };
  return treeItem;
}

/** The sum of what is known; undefined if that is nothing. */
function sumOf(nodes: readonly Node[], number: 'usedBytes' | 'limitBytes'): number | undefined {
  const known = nodes.flatMap(({ item }) => spaceOf(item)?.[number] ?? []);
  return known.length === 0 ? undefined : known.reduce((sum, bytes) => sum + bytes, 0);
}
