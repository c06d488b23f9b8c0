import * as vscode from 'vscode';
import { endsWithin } from '../../base/abort';
import { Defect, isFailure } from '../../base/failure';
import type { Inventory } from '../../inventory/inventory';
import type { Node } from '../../inventory/tree/node';
import type { Item } from '../../items/item';
import type { Connections } from '../../servers/connection/connections';
import { Announcer } from '../shared/treeAnnouncer';
import type { DetailRow } from './detailRow';
import { detailRows, type Further, renderDetail, type Subject } from './detailRows';

/** The view as VS Code knows it from the start; its rows come from {@link DetailsView}, which is loaded when it is opened. */
export interface DetailsPane {
  readonly view: vscode.TreeView<DetailRow>;
  readonly changed: vscode.EventEmitter<DetailRow | undefined>;
}

/** What is selected in the main tree: events of its view, and what the selected rows are about. */
export interface Selection {
  readonly onDidChange: vscode.Event<unknown>;
  subjects(): readonly Subject[];
}

/** Selecting may go on, as with the arrow keys: only what is rested upon is shown, and asked about at its server. */
const restMs = 120;

/** How long more facts may take before a row says that they are on their way. */
const loadingRowAfterMs = 400;

/** All that is known of what is selected in the main tree. */
export class DetailsView implements vscode.Disposable {
  readonly #pane: DetailsPane;
  readonly #selection: Selection;
  readonly #inventory: Inventory;
  readonly #connections: Pick<Connections, 'details'>;
  readonly #announcer: Announcer<undefined>;
  readonly #disposables: vscode.Disposable[];
  #subjects: readonly Subject[];
  #selectionChanged = false;
  #further: FurtherFacts | undefined;
  #rows: readonly DetailRow[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(
    pane: DetailsPane,
    selection: Selection,
    inventory: Inventory,
    connections: Pick<Connections, 'details'>,
  ) {
    this.#pane = pane;
    this.#selection = selection;
    this.#inventory = inventory;
    this.#connections = connections;
    this.#subjects = selection.subjects();
    this.#announcer = new Announcer(
      () => pane.changed.fire(undefined),
      () => pane.view.visible,
      () => undefined,
    );
    this.#disposables = [
      this.#announcer,
      selection.onDidChange(() => {
        this.#selectionChanged = true;
        this.#soon();
      }),
      pane.view.onDidChangeVisibility(() => this.#update()),
      { dispose: inventory.onDidChange.listen(() => this.#soon('as it is')) },
    ];
    this.#update();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#further?.dispose();
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  /**
   * Opens the view with the keyboard on its first row; shows `subjects` until something else is selected. A folded view gets
   * its rows before it opens: keys never reach one that opens without rows.
   */
  async show(subjects: readonly Subject[]): Promise<void> {
    this.#selectionChanged = false;
    this.#subjects = subjects;
    this.#update('out of sight, too');
    const reveal = async () => {
      const [first] = this.#rows;
      if (first) {
        await this.#pane.view.reveal(first, { select: false, focus: true });
      }
    };
    // VS Code loses its way when the rows change meanwhile.
    await reveal().catch(reveal);
  }

  /** Has everything that is shown asked for again. */
  async refresh(): Promise<void> {
    this.#further?.dispose();
    this.#further = undefined;
    const lists = new Set(this.#subjects.flatMap(listsOf));
    await Promise.all([...lists].map(node => this.#inventory.refresh(node)));
    this.#update();
  }

  getChildren(row?: DetailRow): readonly DetailRow[] {
    if (row) {
      return row.rows ?? [];
    }
    const answered = this.#announcer.asked(undefined);
    try {
      return this.#rows;
    } finally {
      answered(this.#rows.length);
    }
  }

  getTreeItem(row: DetailRow): vscode.TreeItem {
    return renderDetail(row);
  }

  /** Waits until nothing happens any more; for what happens all the time, as while everything is loaded, only once. */
  #soon(rest: 'anew' | 'as it is' = 'anew'): void {
    if (!this.#timer || rest === 'anew') {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#update(), restMs);
    }
  }

  #update(where: 'in sight' | 'out of sight, too' = 'in sight'): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (where === 'in sight' && !this.#pane.view.visible) {
      return; // done when somebody looks
    }
    if (this.#selectionChanged) {
      this.#selectionChanged = false;
      this.#subjects = this.#selection.subjects();
    }
    this.#subjects = this.#subjects.filter(subject => this.#isThere(subject));
    this.#askForMore();
    const rows = detailRows(this.#subjects, this.#further?.facts ?? { state: 'unasked' });
    if (JSON.stringify(rows) !== JSON.stringify(this.#rows)) {
      this.#rows = rows;
      this.#announcer.announce(undefined);
    }
  }

  #isThere(subject: Subject): boolean {
    switch (subject.type) {
      case 'node':
        return !subject.gone;
      case 'folder':
        return this.#inventory.folders.find(subject.id) === subject;
      case 'section':
        return !subject.parent.gone;
    }
  }

  /** Asks the server for what only it can tell, as long as somebody looks. */
  #askForMore(): void {
    const [subject] = this.#subjects.length === 1 ? this.#subjects : [];
    const node = subject?.type === 'node' ? subject : undefined;
    if (this.#further?.node === node && this.#further?.item === node?.item) {
      return;
    }
    this.#further?.dispose();
    const server = node?.root.openedBranch;
    // Looking at a server's row is no reason to sign in to it, nor to try again what has failed.
    this.#further =
      node && server?.loadedAt !== undefined && !server.failure
        ? new FurtherFacts(node, this.#connections, () => this.#update())
        : undefined;
  }
}

/** The nodes whose lists tell of a subject. */
function listsOf(subject: Subject): readonly Node[] {
  switch (subject.type) {
    case 'node':
      return [subject.item.kind === 'group' ? subject : (subject.parent ?? subject)];
    case 'folder':
      return subject.servers;
    case 'section':
      return [subject.parent];
  }
}

/** What more there is to know of one item, from asking until somebody asks about another one. */
class FurtherFacts implements vscode.Disposable {
  readonly node: Node;
  readonly item: Item;
  facts: Further = { state: 'unasked' };
  readonly #leaving = new AbortController();
  readonly #changed: () => void;

  constructor(node: Node, connections: Pick<Connections, 'details'>, changed: () => void) {
    this.node = node;
    this.item = node.item;
    this.#changed = changed;
    const { signal } = this.#leaving;
    const asking = connections.details(node.root.item.id, node.item, signal);
    this.#follow(asking, signal).catch((error: unknown) =>
      this.#become({ state: 'failed', failure: isFailure(error) ? error : new Defect(error) }, signal),
    );
  }

  dispose(): void {
    this.#leaving.abort();
  }

  async #follow(asking: ReturnType<Connections['details']>, signal: AbortSignal): Promise<void> {
    if (!(await endsWithin(loadingRowAfterMs, asking))) {
      this.#become({ state: 'loading' }, signal);
    }
    this.#become({ state: 'ready', details: await asking }, signal);
  }

  #become(facts: Further, signal: AbortSignal): void {
    if (!signal.aborted) {
      this.facts = facts;
      this.#changed();
    }
  }
}
