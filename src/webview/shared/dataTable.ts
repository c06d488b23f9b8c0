import * as l10n from '@vscode/l10n';
import type { Numbers } from '../../base/numbers';
import { button, type Child, drawing, element, setEnabled } from './dom';
import { filtered, pageOf, type SortValue, sorted } from './rows';
import type { TableState } from './tableState';
import { type Stop, stopAfter } from './walk';

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  readonly cell: (row: Row) => Child;
  /** What it is sorted by; a column without it cannot be sorted. */
  readonly sortBy: (row: Row) => SortValue;
  /** Stands at the right. */
  readonly isNumber?: boolean;
  /** A class of its cells. */
  readonly look?: string;
  /** Sorted from the largest to the smallest at first. */
  readonly largestFirst?: boolean;
  /** Left out if it has nothing to tell. */
  readonly isShown?: boolean;
}

export interface Action<Row> {
  readonly label: string;
  /** The outline of a shape of 16 by 16, which stands for the label where there is no room. */
  readonly icon?: string;
  /** With the row's name, for those who do not see where the button stands. */
  readonly name: (row: Row) => string;
  readonly run: (row: Row) => void;
  /** Whether the row has this button; each has it otherwise. */
  readonly isFor?: ((row: Row) => boolean) | undefined;
}

export interface RowKind<Row> {
  readonly id: string;
  readonly label: string;
  readonly includes: (row: Row) => boolean;
}

export interface TableOptions<Row> {
  readonly id: string;
  readonly title: string;
  readonly note?: string;
  readonly sort: string;
  readonly keyOf: (row: Row) => string;
  /** What rows have in common that stand together under a line with this text; each group is sorted by itself. */
  readonly groupOf?: (row: Row) => string;
  /** Text that the filter looks through. */
  readonly textOf: (row: Row) => readonly (string | undefined)[];
  readonly kinds?: readonly RowKind<Row>[];
  readonly actions?: readonly Action<Row>[];
  readonly numbers: Numbers;
  readonly collator: Intl.Collator;
  readonly state: TableState | undefined;
  readonly onChange: (state: TableState) => void;
  /** Reads a text out to those who do not see the table. */
  readonly say: (text: string) => void;
}

const rowsPerPage = 25;

/** With fewer rows there is nothing to be filtered. */
const worthFiltering = 6;

/** How long a person may pause between two letters of a filter before it is told what is left. */
const pauseMs = 600;

/** A table under a heading that sorts, filters and turns pages. The first column names the row. */
export class DataTable<Row> {
  readonly element: HTMLElement;
  readonly #options: TableOptions<Row>;
  #state: TableState;
  #columns: readonly Column<Row>[] = [];
  #rows: readonly Row[] = [];
  #footer: readonly Child[] | undefined;
  #shown: readonly Row[] = [];
  #texts = new Map<Row, string>();
  #pause: ReturnType<typeof setTimeout> | undefined;
  readonly #tools = element('div', { class: 'tools' });
  readonly #caption = element('caption', { class: 'unseen' });
  readonly #head = element('tr');
  readonly #body = element('tbody');
  readonly #foot = element('tfoot');
  readonly #pages = element('nav', { class: 'pages' });
  readonly #previous: HTMLElement;
  readonly #next: HTMLElement;
  readonly #where = element('span');
  readonly #choice = element('select');

  constructor(options: TableOptions<Row>) {
    this.#options = options;
    this.#state = options.state ?? { sort: options.sort, descending: true, filter: '', kind: '', page: 0 };
    this.#previous = button(l10n.t('Previous'), () => this.#turn(-1), { class: 'secondary' });
    this.#next = button(l10n.t('Next'), () => this.#turn(1), { class: 'secondary' });
    this.#pages.setAttribute('aria-label', l10n.t('Pages of {0}', options.title));
    this.#pages.append(this.#previous, this.#where, this.#next);
    this.#fillTools();
    const heading = `${options.id}-heading`;
    this.element = element(
      'section',
      { id: options.id, 'aria-labelledby': heading },
      element('h2', { id: heading }, options.title),
      options.note === undefined ? undefined : element('p', { class: 'note' }, options.note),
      this.#tools,
      element(
        'div',
        { class: 'wide' },
        element(
          'table',
          { class: options.actions ? undefined : 'without-actions' },
          this.#caption,
          element('thead', {}, this.#head),
          this.#body,
          this.#foot,
        ),
      ),
      this.#pages,
    );
    this.#body.addEventListener('keydown', event => this.#walk(event));
  }

  /** @param footer cells of a last row that is always there */
  show(columns: readonly Column<Row>[], rows: readonly Row[], footer?: readonly Child[]): void {
    this.#columns = columns.filter(({ isShown = true }) => isShown);
    this.#rows = rows;
    this.#footer = footer;
    this.#texts = new Map();
    this.element.hidden = rows.length === 0;
    this.#tools.hidden = rows.length < worthFiltering;
    this.#arrange();
  }

  /** Shows the rows of one kind alone, or all if it shows them already, from the first page on. */
  choose(kind: string): void {
    this.#choice.value = this.chosen === kind ? '' : kind;
    this.#change({ kind: this.#choice.value, page: 0 });
  }

  /** The kind of rows that is shown; empty for all. */
  get chosen(): string {
    return this.#choice.value;
  }

  #fillTools(): void {
    const { title, kinds = [] } = this.#options;
    const filter = element('input', {
      type: 'text',
      placeholder: l10n.t('Filter'),
      'aria-label': l10n.t('Filter {0}', title),
    });
    filter.value = this.#state.filter;
    filter.addEventListener('input', () => this.#change({ filter: filter.value.slice(0, 1000), page: 0 }));
    this.#tools.append(filter);
    if (kinds.length > 0) {
      const choice = this.#choice;
      choice.setAttribute('aria-label', l10n.t('Kinds of {0}', title));
      choice.append(
        element('option', { value: '' }, l10n.t('All')),
        ...kinds.map(({ id, label }) => element('option', { value: id }, label)),
      );
      choice.value = kinds.some(({ id }) => id === this.#state.kind) ? this.#state.kind : '';
      choice.addEventListener('change', () => this.#change({ kind: choice.value, page: 0 }));
      this.#tools.append(choice);
    }
  }

  #change(change: Partial<TableState>): void {
    this.#state = { ...this.#state, ...change };
    this.#options.onChange(this.#state);
    this.#arrange();
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#options.say(this.#caption.textContent ?? ''), pauseMs);
  }

  #arrange(): void {
    const { kinds = [], collator } = this.#options;
    const { sort, descending, filter, kind } = this.#state;
    const wanted = kinds.find(({ id }) => id === kind);
    const ofKind = wanted ? this.#rows.filter(wanted.includes) : this.#rows;
    const left = filtered(ofKind, filter, row => this.#textOf(row));
    const column = this.#columns.find(({ id }) => id === sort);
    const inOrder = column ? sorted(left, column.sortBy, descending, collator) : left;
    const { groupOf } = this.#options;
    this.#shown = groupOf ? sorted(inOrder, groupOf, false, collator) : inOrder;
    this.#draw();
  }

  #textOf(row: Row): string {
    let text = this.#texts.get(row);
    if (text === undefined) {
      text = this.#options.textOf(row).filter(Boolean).join('\n').toLowerCase();
      this.#texts.set(row, text);
    }
    return text;
  }

  #draw(): void {
    const focused = this.#focusedAction;
    const { rows, page, pages, start } = pageOf(this.#shown, this.#state.page, rowsPerPage);
    this.#drawHead();
    this.#body.replaceChildren(
      ...(rows.length > 0
        ? rows.flatMap((row, index) => [...this.#groupLine(row, rows[index - 1]), this.#row(row)])
        : [
            element('tr', {}, element('td', { colspan: String(this.#columns.length + 1) }, l10n.t('Nothing matches.'))),
          ]),
    );
    this.#foot.replaceChildren(
      ...(this.#footer ? [element('tr', {}, ...this.#footer.map((child, index) => this.#cell(index, child)))] : []),
    );
    const { numbers } = this.#options;
    this.#where.textContent = l10n.t(
      '{0} to {1} of {2}',
      numbers.count(rows.length === 0 ? 0 : start + 1),
      numbers.count(start + rows.length),
      numbers.count(this.#shown.length),
    );
    this.#pages.hidden = pages === 1;
    setEnabled(this.#previous, page > 0);
    setEnabled(this.#next, page < pages - 1);
    this.#caption.textContent = this.#captionText();
    this.#focus(focused);
  }

  #captionText(): string {
    const { title, numbers } = this.#options;
    const column = this.#columns.find(({ id }) => id === this.#state.sort);
    const counts = l10n.t('{0} of {1} rows', numbers.count(this.#shown.length), numbers.count(this.#rows.length));
    const order = this.#state.descending
      ? l10n.t('sorted by {0}, descending', column?.title ?? '')
      : l10n.t('sorted by {0}, ascending', column?.title ?? '');
    return [title, counts, ...(column ? [order] : [])].join(', ');
  }

  #drawHead(): void {
    const active = document.activeElement;
    const focused = [...this.#head.children].findIndex(cell => cell.contains(active) && active !== document.body);
    this.#head.replaceChildren(
      ...this.#columns.map(column => this.#headCell(column)),
      ...(this.#options.actions
        ? [element('th', { scope: 'col', class: 'actions' }, element('span', { class: 'unseen' }, l10n.t('Actions')))]
        : []),
    );
    this.#head.children[focused]?.querySelector('button')?.focus();
  }

  #headCell(column: Column<Row>): HTMLElement {
    const { sort, descending } = this.#state;
    const isSorted = sort === column.id;
    const arrow = isSorted ? (descending ? '▼' : '▲') : '';
    const sorter = button(
      [element('span', {}, column.title), element('span', { 'aria-hidden': 'true', class: 'arrow' }, arrow)],
      () =>
        this.#change({ sort: column.id, descending: isSorted ? !descending : column.largestFirst === true, page: 0 }),
      { class: 'sort' },
    );
    return element(
      'th',
      {
        scope: 'col',
        class: lookOf(column),
        'aria-sort': isSorted ? (descending ? 'descending' : 'ascending') : undefined,
      },
      sorter,
    );
  }

  /** Above the first row of a group, and of a page. */
  #groupLine(row: Row, before: Row | undefined): readonly HTMLElement[] {
    const { groupOf, actions } = this.#options;
    const group = groupOf?.(row);
    if (group === undefined || (before !== undefined && groupOf?.(before) === group)) {
      return [];
    }
    const colspan = String(this.#columns.length + (actions ? 1 : 0));
    return [
      element('tr', { class: 'group' }, element('th', { colspan, scope: 'rowgroup' }, element('bdi', {}, group))),
    ];
  }

  #row(row: Row): HTMLElement {
    const { actions, keyOf } = this.#options;
    const cells = this.#columns.map((column, index) => this.#cell(index, column.cell(row)));
    const made = element('tr', { 'data-key': keyOf(row) }, ...cells);
    if (actions) {
      made.append(element('td', { class: 'actions' }, ...buttonsOf(row, actions)));
    }
    return made;
  }

  #cell(index: number, child: Child): HTMLElement {
    const attributes = { class: lookOf(this.#columns[index]) };
    return index === 0
      ? element('th', { scope: 'row', ...attributes }, child)
      : element('td', attributes, child ?? element('span', { class: 'unknown' }, '–'));
  }

  #turn(by: number): void {
    this.#change({ page: pageOf(this.#shown, this.#state.page, rowsPerPage).page + by });
  }

  // The buttons of all rows are one stop of the Tab key; the arrow keys lead from one to the other.

  /** The focused button: its row's key and its place among the actions. */
  get #focusedAction(): { key: string; action: number } | undefined {
    const active = document.activeElement;
    const row = active?.closest<HTMLElement>('tr[data-key]');
    return row && active instanceof HTMLElement && this.#body.contains(row)
      ? { key: row.dataset.key ?? '', action: actionOf(active) }
      : undefined;
  }

  get #buttonRows(): readonly (readonly HTMLElement[])[] {
    return [...this.#body.querySelectorAll('tr[data-key]')].map(row => [...row.querySelectorAll('button')]);
  }

  #focus(focused: { key: string; action: number } | undefined): void {
    const withButtons = this.#buttonRows.filter(({ length }) => length > 0);
    const its = withButtons.find(([first]) => first?.closest<HTMLElement>('tr')?.dataset.key === focused?.key);
    const [first, ...others] = its ?? withButtons[0] ?? [];
    const stop = others.find(each => actionOf(each) === focused?.action) ?? first;
    if (stop) {
      stop.tabIndex = 0;
      if (focused) {
        stop.focus();
      }
    }
  }

  #walk(event: KeyboardEvent): void {
    const rows = this.#buttonRows;
    const row = rows.findIndex(buttons => buttons.some(each => each === document.activeElement));
    const from: Stop | undefined = rows[row] && { row, action: this.#focusedAction?.action ?? 0 };
    const to =
      from &&
      stopAfter(
        event.key,
        rows.map(buttons => buttons.map(actionOf)),
        from,
      );
    const stop = to && rows[to.row]?.find(each => actionOf(each) === to.action);
    if (stop) {
      event.preventDefault();
      for (const each of rows.flat()) {
        each.tabIndex = each === stop ? 0 : -1;
      }
      stop.focus();
    }
  }
}

function lookOf(column: Pick<Column<never>, 'isNumber' | 'look'> | undefined): string | undefined {
  return column?.isNumber ? 'number' : column?.look;
}

function actionOf({ dataset }: HTMLElement): number {
  return Number(dataset.action);
}

/** One for each action, or the room for it: what is the same stands below each other. */
function buttonsOf<Row>(row: Row, actions: readonly Action<Row>[]): readonly HTMLElement[] {
  return actions.map(({ label, icon, name, run, isFor }, index) => {
    const shape = icon === undefined ? [] : [drawing({ viewBox: '0 0 16 16', class: 'icon' }, ['path', { d: icon }])];
    const content = [...shape, element('span', { class: 'words' }, label)];
    return (isFor?.(row) ?? true)
      ? button(content, () => run(row), {
          ...{ class: 'action', tabindex: '-1', 'data-action': String(index), 'aria-label': name(row), title: label },
        })
      : element('span', { class: 'action absent', 'aria-hidden': 'true' }, ...content);
  });
}
