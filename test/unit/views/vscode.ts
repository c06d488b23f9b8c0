// What views in plain Node need of VS Code: texts are not translated, and what VS Code would draw is plain data.

export class ThemeColor {
  constructor(readonly id: string) {}
}

export class ThemeIcon {
  constructor(
    readonly id: string,
    readonly color?: ThemeColor,
  ) {}
}

export class TreeItem {
  constructor(
    readonly label: string,
    readonly collapsibleState: number,
  ) {}
}

export class Range {
  constructor(
    readonly startLine: number,
    readonly startCharacter: number,
    readonly endLine: number,
    readonly endCharacter: number,
  ) {}
}

export class MarkdownString {
  isTrusted: unknown;

  constructor(readonly value: string) {}
}

export class Hover {
  constructor(
    readonly contents: unknown,
    readonly range: Range,
  ) {}
}

export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };

export const ProgressLocation = { SourceControl: 1, Window: 10, Notification: 15 };

export const InputBoxValidationSeverity = { Error: 3 };

export const QuickInputButtons = { Back: { tooltip: 'Back' } };

export const QuickPickItemKind = { Separator: -1 };

export const env = { language: 'en' };

export const l10n = {
  t: (text: string | { readonly message: string }, ...values: unknown[]) =>
    (typeof text === 'string' ? text : text.message).replace(/\{(\d+)\}/g, (_, index: string) =>
      String(values[Number(index)]),
    ),
};

export class EventEmitter<T> {
  readonly #listeners = new Set<(value: T) => void>();

  readonly event = (listener: (value: T) => void) => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  fire(value: T): void {
    for (const listener of this.#listeners) {
      listener(value);
    }
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

export class Disposable {
  static from(...all: { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const each of all) {
        each.dispose();
      }
    });
  }

  constructor(readonly dispose: () => void) {}
}

/** So much of an address as is needed to tell documents from each other. */
export class Uri {
  static from({ scheme, path, query }: { scheme: string; path: string; query: string }): Uri {
    return new Uri(scheme, path, query);
  }

  private constructor(
    readonly scheme: string,
    readonly path: string,
    readonly query: string,
  ) {}

  toString(): string {
    return `${this.scheme}:${this.path}?${this.query}`;
  }
}

const closed = new EventEmitter<unknown>();
const changed = new EventEmitter<unknown>();

/** Tests open and close its documents. */
export const workspace = {
  textDocuments: [] as { readonly uri: Uri; getText(): string }[],
  onDidCloseTextDocument: closed.event,
  onDidChangeTextDocument: changed.event,
  close(uri: Uri): void {
    const [document] = workspace.textDocuments.filter(each => each.uri.toString() === uri.toString());
    workspace.textDocuments = workspace.textDocuments.filter(each => each !== document);
    closed.fire(document);
  },
};

/** VS Code's list, without its looks. */
export class QuickPick {
  readonly changed = new EventEmitter<string>();
  readonly accepted = new EventEmitter<void>();
  readonly hidden = new EventEmitter<void>();
  readonly onDidChangeValue = this.changed.event;
  readonly onDidAccept = this.accepted.event;
  readonly onDidHide = this.hidden.event;
  readonly onDidTriggerButton = new EventEmitter<unknown>().event;
  readonly onDidTriggerItemButton = new EventEmitter<unknown>().event;
  value = '';
  title = '';
  placeholder = '';
  items: readonly { readonly label: string }[] = [];
  activeItems: readonly unknown[] = [];
  matchOnDescription = false;
  matchOnDetail = false;
  show = (): void => undefined;
  dispose = () => undefined;
  #selected: readonly unknown[] | undefined;
  /** What Enter takes. */
  get selectedItems() {
    return this.#selected ?? (this.activeItems.length > 0 ? this.activeItems : this.items.slice(0, 1));
  }
  set selectedItems(items) {
    this.#selected = items;
  }
  type(text: string): void {
    this.value = text;
    this.changed.fire(text);
  }
  /** What is closed at once is shown again; a second time it is left. */
  leave(): void {
    this.hidden.fire();
    this.hidden.fire();
  }
}

/** Answers each list with one of its items, or several, or leaves it. */
export function answerLists<Item>(answer: (items: readonly Item[], list: QuickPick) => unknown): void {
  window.createQuickPick = () => {
    const list = new QuickPick();
    list.show = () => {
      const chosen = answer(list.items as readonly unknown[] as readonly Item[], list);
      if (chosen === undefined) {
        list.show = () => undefined;
        list.leave();
      } else {
        list.selectedItems = [chosen].flat();
        list.accepted.fire();
      }
    };
    return list;
  };
}

/** Tests say what is shown. */
export const window = {
  activeTextEditor: undefined as object | undefined,
  createQuickPick: (): unknown => undefined,
  createTreeView: (): unknown => undefined,
  onDidChangeWindowState: () => ({ dispose: () => undefined }),
};
