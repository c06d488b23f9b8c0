import * as vscode from 'vscode';
import { oneLine } from '../../base/text';
import { canBeElsewhere } from '../../everywhere/candidates';
import type { IdIndex } from '../../inventory/search/idIndex';
import { idsInText } from '../../inventory/search/idsInText';
import { lineageOf, type Node } from '../../inventory/tree/node';
import { factsOfKind } from '../../items/facts';
import { descriptionOf } from '../shared/descriptions';
import { headOf } from '../shared/facts';
import { count } from '../shared/format';
import { commandTarget, escaped, markdownText } from '../shared/markdown';

/** So much of a long line is looked at, on both sides of the pointer. */
const nearby = 1000;

/** Things that one hover tells of, and places of each. */
const mostPlaces = 3;

/** Longest name in an inlay hint. */
const longestHint = 60;

/** All that may be run from a hover. */
const hoverCommands = ['backupTenancy.reveal', 'backupTenancy.copyName', 'backupTenancy.showEverywhere'] as const;

/** Says of an ID in a document what it is. Answers from memory: nothing is ever asked of a server. */
export class IdHover implements vscode.HoverProvider {
  readonly #ids: IdIndex;

  constructor(ids: IdIndex) {
    this.#ids = ids;
  }

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const { line, character } = position;
    const first = Math.max(0, character - nearby);
    const text = document.getText(new vscode.Range(line, first, line, character + nearby));
    for (const { id, start, end } of idsInText(text, this.#isKnown)) {
      if (first + start <= character && character <= first + end) {
        return new vscode.Hover(
          this.#contents(this.#ids.find(id)),
          new vscode.Range(line, first + start, line, first + end),
        );
      }
    }
    return undefined;
  }

  readonly #isKnown = (id: string): boolean => this.#ids.find(id).length > 0;

  #contents(nodes: readonly Node[]): vscode.MarkdownString[] {
    const things = thingsAmong(nodes);
    const shown = things.slice(0, mostPlaces).map(contentsOf);
    const left = things.slice(mostPlaces).flat().length;
    return left > 0 ? [...shown, new vscode.MarkdownString(morePlaces(left))] : shown;
  }
}

/** The places of each thing: several servers may tell of the same one, whereas other things only happen to have one ID. */
function thingsAmong(nodes: readonly Node[]): (readonly [Node, ...Node[]])[] {
  const things = new Map<unknown, [Node, ...Node[]]>();
  for (const node of nodes) {
    const { kind } = node.item;
    const identity = factsOfKind(kind).report?.isOneById ? kind : node;
    const places = things.get(identity);
    if (places) {
      places.push(node);
    } else {
      things.set(identity, [node]);
    }
  }
  return [...things.values()];
}

function morePlaces(left: number): string {
  return vscode.l10n.t('… and {0} more places', count(left));
}

function pathOf(node: Node): string {
  return lineageOf(node)
    .map(({ item }) => markdownText(item.name, 60))
    .join(' › ');
}

/** One block, with all that is known at the first place, and where else the thing is. */
function contentsOf([node, ...elsewhere]: readonly [Node, ...Node[]]): vscode.MarkdownString {
  const left = elsewhere.length + 1 - mostPlaces;
  const [reveal, copyName, showEverywhere] = hoverCommands;
  const contents = new vscode.MarkdownString(
    [
      `**${escaped(headOf(node.item))}**`,
      escaped(descriptionOf(node)),
      pathOf(node),
      ...elsewhere.slice(0, mostPlaces - 1).map(each => vscode.l10n.t('Also at {0}', pathOf(each))),
      left > 0 ? morePlaces(left) : '',
      [
        `[${vscode.l10n.t('Reveal')}](${commandTarget(reveal, node.key)})`,
        `[${vscode.l10n.t('Copy Name')}](${commandTarget(copyName, node.key)})`,
        ...(canBeElsewhere(node.item)
          ? [`[${vscode.l10n.t('Show Everywhere')}](${commandTarget(showEverywhere, node.key)})`]
          : []),
      ].join(' | '),
    ]
      .filter(line => line !== '')
      .join('\n\n'),
  );
  contents.isTrusted = { enabledCommands: hoverCommands };
  return contents;
}

/** Names behind IDs. */
export class IdHints implements vscode.InlayHintsProvider {
  readonly #ids: IdIndex;

  constructor(ids: IdIndex) {
    this.#ids = ids;
  }

  provideInlayHints(document: vscode.TextDocument, range: vscode.Range): vscode.InlayHint[] {
    const first = document.offsetAt(range.start);
    return [...idsInText(document.getText(range), id => this.#ids.find(id).length > 0)].map(({ id, end }) => {
      const hint = new vscode.InlayHint(
        document.positionAt(first + end),
        namesOf(this.#ids.find(id)),
        vscode.InlayHintKind.Type,
      );
      hint.paddingLeft = true;
      return hint;
    });
  }
}

/** Places of one thing have the same name, as a rule. */
function namesOf(nodes: readonly Node[]): string {
  const names = new Set(nodes.slice(0, mostPlaces).map(({ item }) => oneLine(item.name)));
  return oneLine([...names].join(' / '), longestHint);
}
