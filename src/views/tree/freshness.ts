import * as vscode from 'vscode';
import type { Inventory } from '../../inventory/inventory';
import type { Node, TreeRow } from '../../inventory/tree/node';
import type { Section } from '../../inventory/tree/section';
import { clock } from '../shared/format';
import type { FoldedFolders } from './foldedFolders';
import type { ServersTree } from './serversTree';

const setting = 'backupTenancy.autoRefreshMinutes';

const minuteMs = 60_000;

/** The time, and how to wait; tests have their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** @returns what calls it off */
  after(milliseconds: number, then: () => void): () => void;
}

const realClock: Clock = {
  now: Date.now,
  after: (milliseconds, then) => {
    const timer = setTimeout(then, milliseconds);
    return () => clearTimeout(timer);
  },
};

/**
 * Says over the tree how old the oldest list in it is that is open. If the user wants it, loads open lists anew when they are
 * that old: while somebody can see them, and never where that takes a sign-in, a question, or a server that has failed.
 */
export class Freshness implements vscode.Disposable {
  readonly #view: vscode.TreeView<TreeRow>;
  readonly #inventory: Inventory;
  readonly #folded: Pick<FoldedFolders, 'has'>;
  readonly #run: (work: Promise<void>) => void;
  readonly #clock: Clock;
  readonly #open = new Set<Node>();
  readonly #closedSections = new Set<Section>();
  readonly #disposables: vscode.Disposable[];
  #callOff: (() => void) | undefined;
  /** When each list was last tried, so that one that cannot be loaded is not tried again at once. */
  readonly #tried = new WeakMap<Node, number>();

  /** @param run runs work in the background; failures go to the log */
  constructor(
    { view, onDidOpen }: Pick<ServersTree, 'view' | 'onDidOpen'>,
    inventory: Inventory,
    folded: Pick<FoldedFolders, 'has'>,
    run: (work: Promise<void>) => void,
    time = realClock,
  ) {
    this.#view = view;
    this.#inventory = inventory;
    this.#folded = folded;
    this.#run = run;
    this.#clock = time;
    const follow = () => this.#follow();
    this.#disposables = [
      onDidOpen(element => {
        if (element.type === 'node') {
          this.#open.add(element);
        } else if (element.type === 'section') {
          this.#closedSections.delete(element);
        }
        follow();
      }),
      view.onDidCollapseElement(({ element }) => {
        if (element.type === 'node') {
          this.#open.delete(element);
        } else if (element.type === 'section') {
          this.#closedSections.add(element);
        }
        follow();
      }),
      view.onDidChangeVisibility(follow),
      vscode.window.onDidChangeWindowState(follow),
      vscode.workspace.onDidChangeConfiguration(change => change.affectsConfiguration(setting) && follow()),
      // Others change far more often, as while everything is loaded.
      { dispose: inventory.onDidChange.listen(node => (!node || this.#open.has(node)) && follow()) },
      { dispose: () => this.#callOff?.() },
    ];
    follow();
  }

  dispose(): void {
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  /** The time over the tree, and when to look again: there is no timer while nothing can become due. */
  #follow(): void {
    const shown = this.#shown();
    const oldest = Math.min(...shown.map(({ openedBranch }) => openedBranch?.loadedAt ?? Number.POSITIVE_INFINITY));
    const text = Number.isFinite(oldest) ? vscode.l10n.t('as of {0}', clock(oldest, this.#clock.now())) : '';
    if ((this.#view.description ?? '') !== text) {
      this.#view.description = text;
    }
    this.#callOff?.();
    this.#callOff = undefined;
    const every = intervalMs();
    const due = Math.min(...shown.filter(isUpdatable).map(node => this.#lastTry(node) + every));
    if (every > 0 && Number.isFinite(due) && this.#isSeen) {
      this.#callOff = this.#clock.after(Math.max(0, due - this.#clock.now()), () => this.#run(this.#update(every)));
    }
  }

  get #isSeen(): boolean {
    return this.#view.visible && vscode.window.state.focused;
  }

  async #update(every: number): Promise<void> {
    const now = this.#clock.now();
    const due = this.#shown().filter(node => isUpdatable(node) && this.#lastTry(node) + every <= now);
    for (const node of due) {
      this.#tried.set(node, now);
    }
    await Promise.all(due.map(node => this.#inventory.update(node)));
    this.#follow();
  }

  #lastTry(node: Node): number {
    return Math.max(node.openedBranch?.loadedAt ?? 0, this.#tried.get(node) ?? 0);
  }

  /** What is loaded and open, with all that it stands in. */
  #shown(): Node[] {
    for (const node of this.#open) {
      if (node.gone) {
        this.#open.delete(node);
      }
    }
    return [...this.#open].filter(node => node.openedBranch?.loadedAt && this.#isShown(node));
  }

  #isShown(node: Node): boolean {
    for (let folder = node.root.folder; folder; folder = folder.parent) {
      if (this.#folded.has(folder)) {
        return false;
      }
    }
    for (let each: Node | undefined = node; each; each = each.parent) {
      const row = each;
      if (!this.#open.has(row) || [...this.#closedSections].some(({ nodes }) => nodes.includes(row))) {
        return false;
      }
    }
    return true;
  }
}

/** Whether loading it wakes nobody up: neither it nor its server has failed, and nothing is on its way. */
function isUpdatable({ root, openedBranch }: Node): boolean {
  return openedBranch?.state === 'ready' && root.openedBranch?.failure === undefined;
}

/** 0 if the user does not want it. Settings files can hold anything. */
function intervalMs(): number {
  const minutes = vscode.workspace.getConfiguration().get<unknown>(setting);
  return typeof minutes === 'number' && minutes > 0 ? Math.min(Math.max(minutes, 1), 1440) * minuteMs : 0;
}
