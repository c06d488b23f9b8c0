import * as vscode from 'vscode';
import type { Failure } from '../../base/failure';
import type { CrawlProgress } from '../../inventory/loading/loadAllBelow';
import type { SearchResult } from '../../inventory/search/search';
import type { Node } from '../../inventory/tree/node';
import { together, unreadableText } from '../../items/unreadable';
import { count } from '../shared/format';
import { type FindItem, failedItems, foundItem, itemOf, note, noteOfMore, separator } from '../shared/nodeItems';
import { type AtHand, arranged } from './atHand';

/** Of what is loaded only because somebody looks for it by its kind. */
export const onDemandAtMost = 100_000;

/** What a list is made from. */
export interface Findings {
  readonly found: SearchResult;
  /** What stands first. */
  readonly atHand: AtHand | undefined;
  /** Stays although better ones have come and taken its place. */
  readonly active: Node | undefined;
  /** What was and is being loaded meanwhile. */
  readonly crawls: readonly CrawlProgress[];
  readonly isLoading: boolean;
  /** How many items were looked at. */
  readonly items: number;
  /** Whether a line has the buttons for what can be done with its item. */
  readonly withButtons: boolean;
}

/** The lines: what is at hand, what was found, what has to be said about it, and what could not be searched. */
export function findLines(findings: Findings): FindItem[] {
  const { found, active, atHand, withButtons } = findings;
  const nodes = found.best.map(({ node }) => node);
  if (active && !active.gone && found.total > nodes.length && !nodes.some(({ key }) => key === active.key)) {
    nodes.push(active);
  }
  const { pinned, recent, others } = arranged(nodes, atHand ?? { pinned: [], recent: [] });
  const toItem = withButtons ? foundItem : itemOf;
  const failed = failedItems(failedOf(findings.crawls));
  return [
    ...section(vscode.l10n.t('pinned'), pinned.map(toItem)),
    ...section(vscode.l10n.t('recent'), recent.map(toItem)),
    ...(pinned.length + recent.length > 0 ? [separator(vscode.l10n.t('everything'))] : []),
    ...others.map(toItem),
    ...noteOfMore(found, nodes.length),
    ...notesOf(findings),
    ...section(vscode.l10n.t('not searched'), failed),
  ];
}

function notesOf({ found, crawls, isLoading, items }: Findings): readonly FindItem[] {
  const notes: FindItem[] = [];
  if (found.total === 0) {
    notes.push(
      isLoading
        ? note('search', vscode.l10n.t('Nothing found so far'))
        : note('search', vscode.l10n.t('Nothing found among {0} items', count(items))),
    );
  }
  if (crawls.some(({ cut }) => cut)) {
    const number = count(onDemandAtMost);
    notes.push(
      note('info', vscode.l10n.t('Only the first {0} of these were loaded; expand their rows for more', number)),
    );
  }
  const odd = [...new Set(crawls.flatMap(({ incomplete }) => incomplete))].filter(({ gone }) => !gone);
  const unreadable = odd.map(({ openedBranch }) => openedBranch?.unreadable).reduce(together, undefined);
  if (unreadable) {
    notes.push(note('info', unreadableText(unreadable)));
  }
  return notes;
}

/** What has failed and was not mended since. */
function failedOf(crawls: readonly CrawlProgress[]): { readonly node: Node; readonly failure: Failure }[] {
  const byNode = new Map<Node, Failure>();
  for (const { node, failure } of crawls.flatMap(({ failed }) => failed)) {
    if (!node.gone && node.openedBranch?.failure === failure) {
      byNode.set(node, failure);
    }
  }
  return [...byNode].map(([node, failure]) => ({ node, failure }));
}

function section(title: string, items: readonly FindItem[]): readonly FindItem[] {
  return items.length > 0 ? [separator(title), ...items] : [];
}
