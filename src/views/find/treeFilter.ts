import * as vscode from 'vscode';
import { oneLine } from '../../base/text';
import type { Inventory } from '../../inventory/inventory';
import { parseQuery } from '../../inventory/search/query';
import { Filter } from '../../inventory/search/treeFilter';
import type { Node, TreeRow } from '../../inventory/tree/node';
import { count } from '../shared/format';
import { setContext } from '../shared/setContext';
import { showInput } from '../shared/showInput';
import type { ServersTree } from '../tree/serversTree';

/** How often the tree takes over what was loaded meanwhile, in milliseconds. */
const newsEvery = 250;

/** How long the text rests before the first match is marked: what is marked shows its details. In milliseconds. */
const markAfter = 200;

/** The filter over the tree, and the box in which it is typed. */
export class TreeFilter implements vscode.Disposable {
  readonly #inventory: Inventory;
  readonly #tree: ServersTree;
  readonly #run: (work: Promise<void>) => void;
  #text = '';
  #filter: Filter | undefined;
  #working: AbortController | undefined;
  #unlisten: (() => void) | undefined;
  #news: NodeJS.Timeout | undefined;
  /** What was selected when the filter came. */
  #selected: TreeRow | undefined;
  /** The match that was selected for the user. */
  #marked: TreeRow | undefined;
  #marking: NodeJS.Timeout | undefined;

  /** @param run runs work in the background; failures go to the log */
  constructor(inventory: Inventory, tree: ServersTree, run: (work: Promise<void>) => void) {
    this.#inventory = inventory;
    this.#tree = tree;
    this.#run = run;
  }

  dispose(): void {
    this.#working?.abort();
    this.#stop();
  }

  /** Resolves when the box is closed; the filter stays. */
  async ask(): Promise<void> {
    const input = vscode.window.createInputBox();
    const clear = { iconPath: new vscode.ThemeIcon('clear-all'), tooltip: vscode.l10n.t('Clear Filter') };
    input.title = vscode.l10n.t('Filter');
    input.placeholder = vscode.l10n.t('Part of a name, or an ID');
    input.value = this.#text;
    input.buttons = [clear];
    const tell = () => {
      input.prompt = this.#text === '' ? hint() : this.#message;
    };
    tell();
    const disposables: vscode.Disposable[] = [];
    try {
      await new Promise<void>((resolve, reject) => {
        const apply = (text: string) => {
          clearTimeout(this.#marking);
          this.#marking = setTimeout(() => this.#run(this.#mark()), markAfter);
          return this.#apply(text).then(tell, reject);
        };
        disposables.push(
          input.onDidChangeValue(apply),
          input.onDidTriggerButton(() => {
            input.value = '';
            return apply('');
          }),
          input.onDidAccept(() => resolve()),
          showInput(input, resolve),
        );
      });
    } finally {
      vscode.Disposable.from(...disposables, input).dispose();
    }
  }

  async clear(): Promise<void> {
    await this.#apply('');
  }

  /** Takes the filter away if it hides the node. */
  async uncover(node: Node): Promise<void> {
    if (this.#filter && !this.#filter.shows(node)) {
      await this.clear();
    }
  }

  async #apply(text: string): Promise<void> {
    this.#text = text.trim();
    this.#working?.abort();
    if (this.#text === '') {
      await this.#end();
      return;
    }
    const working = new AbortController();
    this.#working = working;
    const filter = await Filter.of(this.#inventory, parseQuery(this.#text), working.signal);
    if (!filter || working.signal.aborted) {
      return;
    }
    const before = this.#filter;
    this.#filter = filter;
    // VS Code shows what is to be done about an empty view only where there is no message.
    this.#tree.tell(filter.matches === 0 ? '' : this.#message);
    if (!before) {
      this.#start();
    }
    if (!before?.equals(filter)) {
      this.#tree.filter(filter);
    }
    await setContext('filtered', true);
  }

  /** Brings the first match into sight and selects it, while the box keeps the focus. */
  async #mark(): Promise<void> {
    const first = this.#filter?.firstIn(this.#inventory.folders.top);
    if (!first || !this.#tree.view.visible) {
      return;
    }
    this.#marked = first;
    await this.#select(first);
  }

  async #select(row: TreeRow): Promise<void> {
    await this.#tree.view.reveal(row, { select: true, focus: false }).then(undefined, () => {
      // It may be gone meanwhile.
    });
  }

  #start(): void {
    [this.#selected] = this.#tree.view.selection;
    this.#unlisten = this.#inventory.onDidChange.listen(() => {
      this.#news ??= setTimeout(() => {
        this.#news = undefined;
        this.#run(this.#apply(this.#text));
      }, newsEvery);
    });
  }

  async #end(): Promise<void> {
    if (!this.#filter) {
      return;
    }
    this.#stop();
    const [now] = this.#tree.view.selection;
    // What the user has selected meanwhile stays selected.
    const selected = now === undefined || now === this.#marked ? (this.#selected ?? now) : now;
    this.#filter = undefined;
    this.#selected = undefined;
    this.#marked = undefined;
    this.#tree.tell(undefined);
    this.#tree.filter(undefined);
    await setContext('filtered', false);
    if (selected && this.#tree.view.visible) {
      await this.#select(selected);
    }
  }

  #stop(): void {
    this.#unlisten?.();
    clearTimeout(this.#news);
    clearTimeout(this.#marking);
    this.#news = undefined;
  }

  get #message(): string {
    const filter = this.#filter;
    if (!filter) {
      return '';
    }
    const text = oneLine(this.#text, 40);
    const items = count(filter.items);
    const found =
      filter.matches === 0
        ? vscode.l10n.t('Nothing matches “{0}” among the {1} loaded rows.', text, items)
        : vscode.l10n.t('{0} of {1} match “{2}”.', count(filter.matches), items, text);
    return [found, ...notLoaded(filter)].join(' ');
  }
}

function hint(): string {
  return vscode.l10n.t('Shows only matching rows among those loaded. Press Escape in the tree to show all rows again.');
}

/** What the filter cannot see. */
function notLoaded({ closed, waiting }: Filter): string[] {
  const rows = count(closed);
  return [
    closed === 1 && vscode.l10n.t('1 row has not been expanded yet.'),
    closed > 1 && vscode.l10n.t('{0} rows have not been expanded yet.', rows),
    waiting > 0 && vscode.l10n.t('{0} or more are behind “Load More”.', count(waiting)),
    closed + waiting > 0 && vscode.l10n.t('Find searches those as well.'),
  ].filter(sentence => sentence !== false);
}
