// What the extension host of VS Code 1.103 keeps of a tree, after its extHostTreeViews.ts: a row that is told to it while
// the answer for a row below is on its way leaves the rows of that answer registered for ever, and refuses them from then on.
import type { TreeItem } from './vscode';

interface Provider<Row> {
  getChildren(row?: Row): Promise<readonly Row[]>;
  getTreeItem(row: Row): Promise<{ readonly id?: string }>;
}

interface Entry<Row> {
  readonly row: Row;
  readonly id: string;
  readonly parent: Entry<Row> | undefined;
  children: Entry<Row>[] | undefined;
}

export class ExtensionHostTree<Row> {
  readonly #provider: Provider<Row>;
  readonly #rows = new Map<string, Row>();
  readonly #entries = new Map<Row, Entry<Row>>();
  #roots: Entry<Row>[] | undefined;

  constructor(provider: Provider<Row>) {
    this.#provider = provider;
  }

  /** The window asks for the rows below this one. */
  async ask(row?: Row): Promise<readonly Row[]> {
    const known = row === undefined ? this.#roots : this.#entries.get(row)?.children;
    return (known ?? (await this.#fetch(row))).map(each => each.row);
  }

  /** The row is told to have changed; the window asks anew afterwards. */
  async refresh(row: Row): Promise<void> {
    const entry = this.#entries.get(row);
    if (entry) {
      this.#forgetBelow(row);
      const next = this.#entry(row, await this.#provider.getTreeItem(row), entry.parent);
      this.#register(next);
      const siblings = entry.parent ? entry.parent.children : this.#roots;
      siblings?.splice(siblings.indexOf(entry), 1, next);
    }
  }

  async #fetch(row: Row | undefined): Promise<Entry<Row>[]> {
    this.#forgetBelow(row);
    const parent = row && this.#entries.get(row);
    const rows = await this.#provider.getChildren(row);
    const items = await Promise.all(rows.map(each => this.#provider.getTreeItem(each)));
    return rows.map((each, index) => {
      const entry = this.#entry(each, items[index] as TreeItem & { id: string }, parent);
      if (this.#rows.has(entry.id)) {
        throw new Error(`Element with id ${entry.id} is already registered`);
      }
      this.#register(entry);
      if (parent) {
        parent.children = [...(parent.children ?? []), entry];
      } else {
        this.#roots = [...(this.#roots ?? []), entry];
      }
      return entry;
    });
  }

  #entry(row: Row, { id = '' }: { readonly id?: string }, parent: Entry<Row> | undefined): Entry<Row> {
    return { row, id, parent, children: undefined };
  }

  #register(entry: Entry<Row>): void {
    this.#rows.set(entry.id, entry.row);
    this.#entries.set(entry.row, entry);
  }

  #forgetBelow(row: Row | undefined): void {
    if (row === undefined) {
      this.#roots = undefined;
      this.#rows.clear();
      this.#entries.clear();
      return;
    }
    const entry = this.#entries.get(row);
    for (const child of entry?.children ?? []) {
      this.#forgetBelow(child.row);
      this.#entries.delete(child.row);
      this.#rows.delete(child.id);
    }
    if (entry) {
      entry.children = undefined;
    }
  }
}
