import * as vscode from 'vscode';
import { isFailure } from '../../base/failure';
import type { Inventory } from '../../inventory/inventory';
import type { Node } from '../../inventory/tree/node';
import type { DocumentFormat } from '../../products/product';
import type { Services } from '../../services';
import { chooseItem } from '../find/chooseItem';
import { documentFormats } from '../shared/documentFormats';
import { type Remedying, remediesOf, sentenceOf, showFailure } from '../shared/failureMessages';
import { count } from '../shared/format';
import { nameIn, plain } from '../shared/harmless';
import { pickNode } from '../shared/pickNode';
import { reachNode } from '../shared/reachNode';
import { withSlowProgress } from '../shared/slowProgress';
import type { Targets } from '../shared/targets';
import { documentScheme } from './documentAddress';
import { type Documents, FormatNotOffered } from './documents';

/** So many documents are opened without a question. */
const fewEnoughToOpen = 10;

/** Items as documents, and two of them side by side. */
export class DocumentCommands {
  readonly #inventory: Inventory;
  readonly #targets: Targets;
  readonly #documents: Documents;

  constructor({ inventory, targets }: Services, documents: Documents) {
    this.#inventory = inventory;
    this.#targets = targets;
    this.#documents = documents;
  }

  /** `openAsJson(itemKey)`, or the rows of the menu, or the selection; otherwise asks. Answers with the first one's URI. */
  readonly openAsJson = (argument?: unknown, selected?: unknown): Promise<vscode.Uri | undefined> =>
    this.#openAs('json', argument, selected);

  /** The same as XML, where the API has it. */
  readonly openAsXml = (argument?: unknown, selected?: unknown): Promise<vscode.Uri | undefined> =>
    this.#openAs('xml', argument, selected);

  /** Two rows, or one and another one that is asked for, or `compareWith(itemKey, itemKey)`. */
  readonly compareWith = async (argument?: unknown, selected?: unknown): Promise<void> => {
    const given = await this.#chosen(vscode.l10n.t('Compare With'), hasDocument, argument, selected);
    if (given.length > 2) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Select one or two rows to compare.'));
      return;
    }
    const [left] = given;
    const right = left && (given[1] ?? (await this.#pickOther(left)));
    if (left && right) {
      await this.#compare(left, right);
    }
  };

  /** The document in front, or that of the editor whose button it is; both of a comparison. */
  readonly refreshDocument = async (argument?: unknown): Promise<void> => {
    const uris = documentsInFront(argument);
    if (uris.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('No document of a backup server is open.'));
      return;
    }
    try {
      await withSlowProgress(vscode.l10n.t('Refreshing…'), signal =>
        Promise.all(uris.map(uri => this.#documents.refresh(uri, signal))),
      );
    } catch (error) {
      await showFailure(error, [retrying(() => this.refreshDocument(argument))]);
    }
  };

  async #openAs(format: DocumentFormat, argument: unknown, selected: unknown): Promise<vscode.Uri | undefined> {
    const command = vscode.l10n.t('Open as {0}', format.toUpperCase());
    const formatFits = (node: Node) => documentFormats(node).includes(format);
    const nodes = await this.#chosen(command, formatFits, argument, selected);
    return nodes.length > fewEnoughToOpen && !(await confirmMany(nodes.length))
      ? undefined
      : await this.#open(nodes, format);
  }

  /** Each in its tab; what cannot be fetched is told once, after those that can. */
  async #open(nodes: readonly Node[], format: DocumentFormat): Promise<vscode.Uri | undefined> {
    const [only] = nodes;
    if (!only) {
      return undefined;
    }
    const title =
      nodes.length === 1
        ? vscode.l10n.t('Opening {0}…', nameIn(only.item.name))
        : vscode.l10n.t('Opening {0} items…', count(nodes.length));
    const loads = await withSlowProgress(title, signal =>
      Promise.allSettled(nodes.map(node => this.#documents.load(node, format, signal))),
    );
    const uris = loads.filter(load => load.status === 'fulfilled').map(({ value }) => value);
    for (const uri of uris) {
      await vscode.window.showTextDocument(uri, { preview: false, preserveFocus: uri !== uris.at(-1) });
    }
    const failed = nodes.filter((_, index) => loads[index]?.status === 'rejected');
    const first = loads.find(load => load.status === 'rejected');
    if (first) {
      await this.#tell(first.reason, failed, nodes.length, format);
    }
    return uris[0];
  }

  /** @param asked how many items were to be opened, these among them */
  async #tell(reason: unknown, failed: readonly Node[], asked: number, format: DocumentFormat): Promise<void> {
    const failure = isFailure(reason) ? reason : undefined;
    const open = (as: DocumentFormat) => async () => void (await this.#open(failed, as));
    const offered = failure?.kind === 'formatNotOffered' ? (failure as FormatNotOffered).offered : [];
    const server = failed[0]?.root;
    await showFailure(
      asked === 1 || failure?.kind === 'cancelled'
        ? reason
        : new Error(
            vscode.l10n.t(
              '{0} of {1} items could not be opened: {2}',
              count(failed.length),
              count(asked),
              sentenceOf(reason),
            ),
          ),
      [
        ...offered.map(each => ({ title: vscode.l10n.t('Open as {0}', each.toUpperCase()), run: open(each) })),
        ...(failure?.remedies.includes('retry') ? [retrying(open(format))] : []),
        ...(server ? remediesOf(reason, server) : []),
      ],
    );
  }

  async #compare(left: Node, right: Node): Promise<void> {
    try {
      const [one, other] = await withSlowProgress(vscode.l10n.t('Comparing…'), async signal => {
        const [formats, others] = await Promise.all([left, right].map(node => this.#documents.formatsOf(node, signal)));
        const format = formats?.find(each => others?.includes(each));
        if (!format) {
          throw new FormatNotOffered(right, others ?? []);
        }
        return await this.#documents.loadAll([left, right], format, signal);
      });
      await vscode.commands.executeCommand('vscode.diff', one, other, titleOf(left, right), { preview: false });
    } catch (error) {
      await showFailure(error, [retrying(() => this.#compare(left, right))]);
    }
  }

  /** Those of the same kind first, as they have most in common. */
  async #pickOther(left: Node): Promise<Node | undefined> {
    const others = [...this.#inventory.loaded()].filter(node => node !== left && hasDocument(node));
    const isAlike = (node: Node) => node.item.kind === left.item.kind;
    return await pickNode(
      [...others.filter(isAlike), ...others.filter(node => !isAlike(node))],
      vscode.l10n.t('Compare {0} with…', plain(nameIn(left.item.name, 60))),
    );
  }

  /** What is meant, by key or by rows; asks for one if nothing is. */
  async #chosen(
    command: string,
    offered: (node: Node) => boolean,
    argument: unknown,
    selected: unknown,
  ): Promise<readonly Node[]> {
    if (typeof argument === 'string') {
      const keys = [argument, ...(typeof selected === 'string' ? [selected] : [])];
      const nodes = await Promise.all(keys.map(key => reachNode(this.#inventory, key)));
      return nodes.filter(node => node !== undefined);
    }
    const rows = this.#targets.nodes(argument, selected).filter(hasDocument);
    if (rows.length > 0) {
      return rows;
    }
    const picked = await chooseItem(this.#inventory, command, offered);
    return picked ? [picked] : [];
  }
}

function hasDocument(node: Node): boolean {
  return documentFormats(node).length > 0;
}

/** `A ↔ B`; with what they belong to where the names are the same. */
function titleOf(left: Node, right: Node): string {
  const nameOf = ({ item, parent }: Node) =>
    left.item.name !== right.item.name
      ? nameIn(item.name, 60)
      : `${nameIn(item.name, 60)} (${nameIn((parent?.item.kind === 'group' ? parent.root : parent)?.item.name ?? '', 60)})`;
  return `${plain(nameOf(left))} ↔ ${plain(nameOf(right))}`;
}

function documentsInFront(argument: unknown): vscode.Uri[] {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const inFront =
    input instanceof vscode.TabInputTextDiff
      ? [input.original, input.modified]
      : input instanceof vscode.TabInputText
        ? [input.uri]
        : [];
  const given = argument instanceof vscode.Uri ? [argument] : [];
  const isInFront = given.every(uri => inFront.some(each => each.toString() === uri.toString()));
  return (isInFront ? inFront : given).filter(({ scheme }) => scheme === documentScheme);
}

async function confirmMany(number: number): Promise<boolean> {
  const open = vscode.l10n.t('Open All');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Open {0} documents?', count(number)),
    { modal: true, detail: vscode.l10n.t('Each needs a request to its server and opens in its own tab.') },
    open,
  );
  return answer === open;
}

function retrying(again: () => Promise<void>): Remedying {
  return { title: vscode.l10n.t('Retry'), run: again };
}
