import * as vscode from 'vscode';
import type { Inventory } from '../../inventory/inventory';
import { type CrawlProgress, crawl } from '../../inventory/loading/loadAllBelow';
import { EarlyHits } from '../../inventory/search/earlyHits';
import type { Entry } from '../../inventory/search/matcher';
import { parseQuery } from '../../inventory/search/query';
import { entriesOf, Search, type SearchResult } from '../../inventory/search/search';
import { lineageOf, type Node } from '../../inventory/tree/node';
import { nodesAt } from '../../inventory/tree/nodesAt';
import type { ItemKind } from '../../items/item';
import { kindOf } from '../../items/kinds';
import {
  copyAsButton,
  copyButton,
  detailsButton,
  everywhereButton,
  type FindItem,
  insertButton,
  prefixItems,
  retryButton,
  shownAtMost,
  signInButton,
  trustButton,
} from '../shared/nodeItems';
import { showInput } from '../shared/showInput';
import type { AtHand } from './atHand';
import { findLines, onDemandAtMost } from './findLines';
import { titleOf } from './findTitle';

/** How often what has come meanwhile is shown, in milliseconds. */
const newsEvery = 250;

const stopButton = { iconPath: new vscode.ThemeIcon('debug-stop'), tooltip: vscode.l10n.t('Stop') };
const goOnButton = { iconPath: new vscode.ThemeIcon('debug-continue'), tooltip: vscode.l10n.t('Continue') };
const helpButton = { iconPath: new vscode.ThemeIcon('question'), tooltip: vscode.l10n.t('Search One Kind') };

/** What the user has decided for. */
export interface Choice {
  /** Signing in and trust are for a server that could not be gone through. */
  readonly what: 'item' | 'details' | 'insert' | 'copyAs' | 'everywhere' | 'signIn' | 'trust';
  readonly node: Node;
}

/** What somebody looks for; without any of this, for whatever there is. */
export interface Purpose {
  /** Says what the item is for, which is then all that can be done with it here. */
  readonly title?: string;
  /** What stands first as long as nothing is typed. */
  readonly atHand?: (() => AtHand) | undefined;
  /** See {@link entriesOf}. */
  readonly wanted?: ((node: Node) => boolean) | undefined;
}

/**
 * A list of everything on all servers that matches what is typed, best first. What is loaded is there at once; the rest is
 * loaded meanwhile, for as long as the list is open.
 */
export class FindPicker {
  readonly #inventory: Inventory;
  readonly #purpose: Purpose;
  readonly #input = vscode.window.createQuickPick<FindItem>();
  readonly #search = new Search(shownAtMost);
  #early: EarlyHits | undefined;
  #entries: readonly Entry[] = [];
  /** The search that is under way; the text changes faster than some end. */
  #searching: AbortController | undefined;
  #searched: Promise<void> = Promise.resolve();
  /** What the list was made for. */
  #shown: { readonly text: string; readonly found: SearchResult; readonly lines: string } | undefined;
  /** Ends with Stop and when the list is left. */
  #loading = new AbortController();
  #stopped = false;
  #crawls: CrawlProgress[] = [];
  /** Kinds that are looked for by their prefix, so that what is loaded on demand is loaded, too. */
  readonly #demanded = new Set<ItemKind>();
  #news: NodeJS.Timeout | undefined;
  #left = false;

  constructor(inventory: Inventory, purpose: Purpose) {
    this.#inventory = inventory;
    this.#purpose = purpose;
  }

  /** What was typed last. */
  get text(): string {
    return this.#input.value;
  }

  /**
   * Resolves with undefined if the user leaves.
   * @param text stands there at first, selected
   */
  async ask(text: string): Promise<Choice | undefined> {
    const input = this.#input;
    input.placeholder = vscode.l10n.t(
      'Name or ID on any server. Use t:, o:, r: or s: to search one kind; ? lists all prefixes',
    );
    input.value = text;
    input.matchOnDescription = false;
    input.matchOnDetail = false;
    // Known to VS Code, though not to its types: without them our order would be lost, and the old text in the way.
    Object.assign(input, { sortByLabel: false, valueSelection: [0, text.length] });
    const disposables: vscode.Disposable[] = [];
    try {
      return await new Promise<Choice | undefined>((resolve, reject) => {
        const run = (work: Promise<void>): void => {
          work.catch(reject);
        };
        const early = new EarlyHits(this.#inventory, () => this.#hearNews(run));
        this.#early = early;
        disposables.push(
          { dispose: () => early.end() },
          { dispose: this.#inventory.onDidChange.listen(() => this.#hearNews(run)) },
          input.onDidChangeValue(() => run(this.#find())),
          input.onDidAccept(() => run(this.#accept(resolve))),
          input.onDidTriggerButton(button => run(this.#press(button))),
          input.onDidTriggerItemButton(({ button, item }) => run(this.#pressOn(item, button, resolve))),
          showInput(input, () => resolve(undefined)),
        );
        run(this.#begin());
      });
    } finally {
      this.#left = true;
      clearTimeout(this.#news);
      this.#searching?.abort();
      this.#loading.abort();
      vscode.Disposable.from(...disposables, input).dispose();
    }
  }

  async #begin(): Promise<void> {
    const loading = this.#crawl(this.#inventory.servers);
    await this.#collect();
    await loading;
  }

  /** Loads what is not there yet. */
  async #crawl(from: readonly Node[], demanded?: ReadonlySet<ItemKind>): Promise<void> {
    const { signal } = this.#loading;
    const before = { items: 0, failed: [], incomplete: [], servers: from.length, cut: false };
    let mine: CrawlProgress = before;
    const tell = (progress: CrawlProgress) => {
      this.#crawls = [...this.#crawls.filter(each => each !== mine), progress];
      mine = progress;
      this.#tell();
    };
    tell(before);
    const end = await crawl(this.#inventory, from, {
      signal,
      progress: tell,
      onDemand: demanded,
      atMost: onDemandAtMost,
    });
    tell({ ...end, servers: 0 });
    if (!this.#left) {
      await this.#collect();
    }
  }

  /** Of many servers, news come all the time, and everything is gone through for them. */
  #hearNews(run: (work: Promise<void>) => void): void {
    this.#news ??= setTimeout(() => {
      this.#news = undefined;
      run(this.#collect());
    }, newsEvery);
  }

  async #collect(): Promise<void> {
    const { wanted } = this.#purpose;
    const loaded = await entriesOf(this.#inventory.loaded(), wanted);
    const early = await entriesOf(this.#early?.nodes ?? [], wanted);
    if (!this.#left) {
      this.#entries = [...loaded, ...early];
      this.#tell();
      await this.#find();
    }
  }

  async #find(): Promise<void> {
    this.#searching?.abort();
    const searching = new AbortController();
    this.#searching = searching;
    const text = this.#input.value;
    const query = parseQuery(text);
    if (this.#isLoading) {
      this.#early?.look(query);
    }
    const work = this.#search.find(query, this.#entries, searching.signal);
    this.#searched = work.then(found => {
      if (found && !searching.signal.aborted) {
        this.#show(text, found);
      }
    });
    await this.#searched;
    const more = [...(query.kinds ?? [])].filter(kind => kindOf(kind).findsOnDemand && !this.#demanded.has(kind));
    if (more.length > 0 && !this.#loading.signal.aborted) {
      for (const kind of more) {
        this.#demanded.add(kind);
      }
      await this.#crawl(this.#inventory.servers, new Set(more));
    }
  }

  #show(text: string, found: SearchResult): void {
    const input = this.#input;
    const sameText = this.#shown?.text === text;
    const active = sameText ? input.activeItems[0] : undefined;
    const items = text.trim() === '?' ? prefixItems() : this.#linesOf(text, found, active?.node);
    const lines = items.map(({ node, label, description }) => `${node?.key} ${label} ${description}`).join('\n');
    const isNew = !sameText || lines !== this.#shown?.lines;
    this.#shown = { text, found, lines };
    if (!isNew) {
      return; // setting the same lines would still make them flicker
    }
    input.keepScrollPosition = sameText;
    input.items = items;
    const again = active && items.find(item => isSameLine(item, active));
    if (again) {
      input.activeItems = [again];
    }
  }

  #linesOf(text: string, found: SearchResult, active: Node | undefined): FindItem[] {
    return findLines({
      found,
      atHand: text.trim() === '' ? this.#purpose.atHand?.() : undefined,
      active,
      crawls: this.#crawls,
      isLoading: this.#isLoading,
      items: this.#entries.length,
      withButtons: this.#purpose.title === undefined,
    });
  }

  get #isLoading(): boolean {
    return this.#crawls.some(({ servers }) => servers > 0);
  }

  #tell(): void {
    if (this.#left) {
      return;
    }
    const input = this.#input;
    const servers = Math.max(0, ...this.#crawls.map(each => each.servers));
    input.busy = servers > 0;
    input.buttons = [helpButton, ...(servers > 0 ? [stopButton] : this.#stopped ? [goOnButton] : [])];
    input.title = titleOf({
      purpose: this.#purpose.title,
      servers,
      items: this.#entries.length,
      stopped: this.#stopped,
    });
  }

  async #accept(resolve: (choice: Choice) => void): Promise<void> {
    let [item] = this.#input.selectedItems;
    if (this.#shown?.text !== this.#input.value) {
      // Typed and entered at once: what is marked belongs to an earlier text. What has come meanwhile may begin the search anew.
      for (let searched: Promise<void> | undefined; searched !== this.#searched; ) {
        searched = this.#searched;
        await searched;
      }
      [item] = this.#input.items;
    }
    if (item?.node) {
      resolve({ what: 'item', node: this.#known(item.node) });
    } else if (item?.text !== undefined) {
      await this.#type(item.text);
    } else if (item?.failed) {
      await this.#pressOn(item, item.buttons?.[0], resolve);
    }
  }

  /** The node, known by its key from now on although its list may not be loaded yet. */
  #known(node: Node): Node {
    const place = { server: node.root.item.id, path: lineageOf(node).slice(1) };
    return nodesAt(this.#inventory, [place])[0] ?? node;
  }

  async #press(button: vscode.QuickInputButton): Promise<void> {
    if (button === helpButton) {
      await this.#type('?');
    } else if (button === stopButton) {
      this.#stopped = true;
      this.#loading.abort();
    } else if (button === goOnButton) {
      this.#stopped = false;
      this.#loading = new AbortController();
      await Promise.all([this.#crawl(this.#inventory.servers, this.#demanded), this.#find()]);
    }
  }

  async #pressOn(
    item: FindItem,
    button: vscode.QuickInputButton | undefined,
    resolve: (choice: Choice) => void,
  ): Promise<void> {
    const { failed: [first] = [] } = item;
    const node = item.node && this.#known(item.node);
    if (node && button === copyButton) {
      await vscode.commands.executeCommand('backupTenancy.copyId', node.key);
    } else if (node && button === detailsButton) {
      resolve({ what: 'details', node });
    } else if (node && button === insertButton) {
      resolve({ what: 'insert', node });
    } else if (node && button === copyAsButton) {
      resolve({ what: 'copyAs', node });
    } else if (node && button === everywhereButton) {
      resolve({ what: 'everywhere', node });
    } else if (first && button === signInButton) {
      resolve({ what: 'signIn', node: first.root });
    } else if (first && button === trustButton) {
      resolve({ what: 'trust', node: first.root });
    } else if (item.failed && button === retryButton) {
      await this.#retry(item.failed);
    }
  }

  async #retry(failed: readonly Node[]): Promise<void> {
    const [first] = failed;
    if (first) {
      await Promise.all([
        ...failed.map(node => this.#inventory.refresh(node)),
        this.#crawl([first.root], this.#demanded),
      ]);
    }
  }

  async #type(text: string): Promise<void> {
    this.#input.value = text;
    await this.#find();
  }
}

function isSameLine(one: FindItem, other: FindItem): boolean {
  return one.node ? one.node.key === other.node?.key : one.failed !== undefined && one.label === other.label;
}
