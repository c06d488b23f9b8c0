import * as l10n from '@vscode/l10n';
import type { ExportFormat } from '../../base/exportFormats';
import { Numbers } from '../../base/numbers';
import {
  criticalShare,
  type Filled,
  filledBy,
  highShare,
  levelOf,
  type Outline,
  type Report,
  type ReportRow,
  type ServerSummary,
  shareOf,
  type TableTexts,
  totalsOf,
} from '../../report/report';
import { type Action, DataTable, type RowKind } from '../shared/dataTable';
import { button, element } from '../shared/dom';
import type { TableState } from '../shared/tableState';
import { bar } from './bar';
import { Columns, type Shown } from './columns';
import type { ToExtension, ToPage } from './messages';

export interface ViewOptions {
  readonly locale: string | undefined;
  readonly outline: Outline;
  /** How each table was shown, by its id. */
  readonly tables: Readonly<Record<string, TableState>>;
  readonly send: (message: ToExtension) => void;
  readonly onChange: (table: string, state: TableState) => void;
}

/** All that is on the page. */
export class ReportView {
  readonly #options: ViewOptions;
  readonly #numbers: Numbers;
  readonly #columns: Columns;
  readonly #collator: Intl.Collator;
  readonly #asOf = element('p', { class: 'note' });
  readonly #refresh: HTMLElement;
  readonly #cancel: HTMLElement;
  readonly #compare = element('select');
  readonly #comparing: HTMLElement;
  readonly #progress = element('p', { class: 'progress' });
  readonly #said = element('p', { class: 'unseen', role: 'status' });
  readonly #figures = element('dl', { class: 'figures' });
  readonly #problemList = element('ul');
  readonly #problems = element(
    'section',
    { 'aria-labelledby': 'problems-heading', class: 'problems' },
    element('h2', { id: 'problems-heading' }, l10n.t('Could Not Be Read')),
    this.#problemList,
  );
  readonly #servers: DataTable<ServerSummary>;
  readonly #rowTables: readonly RowTable[];

  constructor(options: ViewOptions) {
    const { send, locale, outline } = options;
    this.#options = options;
    this.#numbers = new Numbers(locale);
    this.#columns = new Columns(this.#numbers, outline);
    this.#collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
    this.#refresh = button(l10n.t('Refresh'), () => send({ type: 'refresh' }), { class: 'primary' });
    this.#cancel = button(l10n.t('Cancel'), () => send({ type: 'cancel' }), { class: 'secondary' });
    this.#comparing = element('label', { class: 'compare' }, l10n.t('Growth since'), this.#compare);
    this.#compare.addEventListener('change', () => {
      const until = Number(this.#compare.value);
      send({ type: 'compare', ...(until > 0 ? { until } : {}) });
    });
    this.#servers = new DataTable({
      ...this.#common('servers'),
      title: l10n.t('Servers'),
      sort: 'fill',
      keyOf: ({ key }) => key,
      textOf: ({ name }) => [name],
    });
    this.#rowTables = outline.tables.flatMap(table => this.#tablesOf(table));
    document
      .querySelector('main')
      ?.append(
        element('h1', {}, l10n.t('Capacity Report')),
        this.#asOf,
        this.#toolbar(),
        this.#progress,
        this.#said,
        this.#figures,
        this.#problems,
        this.#servers.element,
        ...this.#rowTables.map(({ table }) => table.element),
      );
  }

  show(
    report: Report,
    { isLoading, earlier, until }: Pick<ToPage & { type: 'report' }, 'isLoading' | 'earlier' | 'until'>,
  ): void {
    const { rows, servers } = report;
    const compared = [...new Set(servers.map(({ comparedWith }) => comparedWith).filter(time => time !== undefined))];
    const shown: Shown = { server: servers.length > 1, growth: compared.length > 0 };
    this.#asOf.textContent = this.#asOfText(report, isLoading);
    this.#refresh.hidden = isLoading;
    this.#cancel.hidden = !isLoading;
    if (!isLoading) {
      this.#progress.textContent = '';
    }
    this.#showComparisons(earlier, until ?? compared[0]);
    this.#figures.replaceChildren(...this.#figuresOf(rows));
    this.#showProblems(servers);
    const totals = totalsOf(rows, this.#options.outline.sums);
    this.#servers.show(
      this.#columns.servers(totals),
      servers,
      servers.length > 1 ? this.#columns.totalCells(totals) : undefined,
    );
    for (const { table, texts, includes } of this.#rowTables) {
      const its = rows.filter(includes);
      table.show(this.#columns.rows(texts, its, shown), its);
    }
  }

  showProgress({ items, servers, left }: ToPage & { type: 'progress' }): void {
    const text = l10n.t(
      'Loading: {0} items so far, {1} of {2} servers done',
      this.#numbers.count(items),
      this.#numbers.count(servers - left),
      this.#numbers.count(servers),
    );
    this.#progress.textContent = text;
    this.#refresh.hidden = true;
    this.#cancel.hidden = false;
  }

  /** Announces to screen readers. */
  say(text: string): void {
    this.#said.textContent = text;
  }

  #toolbar(): HTMLElement {
    const { send } = this.#options;
    const exporter = (format: ExportFormat, label: string, name: string) =>
      button(label, () => send({ type: 'export', format }), { class: 'secondary', 'aria-label': name, title: name });
    return element(
      'div',
      { class: 'toolbar', role: 'group', 'aria-label': l10n.t('Report') },
      this.#refresh,
      this.#cancel,
      exporter('csv', 'CSV', l10n.t('Export as CSV')),
      exporter('json', 'JSON', l10n.t('Export as JSON')),
      exporter('markdown', 'Markdown', l10n.t('Export as Markdown')),
      button(l10n.t('Delete History'), () => send({ type: 'forgetHistory' }), { class: 'secondary' }),
      this.#comparing,
    );
  }

  #common(id: string) {
    return {
      id,
      numbers: this.#numbers,
      collator: this.#collator,
      state: this.#options.tables[id],
      onChange: (state: TableState) => this.#options.onChange(id, state),
      say: (text: string) => this.say(text),
    };
  }

  /** One table, and one for rows without a limit where those stand apart. */
  #tablesOf(texts: TableTexts): readonly RowTable[] {
    const { id, title, limit, kinds, unlimited } = texts;
    const isOf = ({ kind }: ReportRow) => kinds.some(each => each.kind === kind);
    const choices = [
      ...(kinds.length > 1
        ? kinds.map(({ kind, plural }) => ({
            id: kind,
            label: plural,
            includes: (row: ReportRow) => row.kind === kind,
          }))
        : []),
      ...(limit === undefined ? [] : urgencies()),
    ];
    return [
      {
        table: this.#rowTable(id, title, limit === undefined ? 'used' : 'fill', choices),
        texts,
        includes: row => isOf(row) && !(unlimited && row.unlimited),
      },
      ...(unlimited
        ? [
            {
              table: this.#rowTable(unlimited.id, unlimited.title, 'used', []),
              texts: { ...texts, limit: undefined, place: undefined, showsFree: false },
              includes: (row: ReportRow) => isOf(row) && row.unlimited,
            },
          ]
        : []),
    ];
  }

  #rowTable(id: string, title: string, sort: string, kinds: readonly RowKind<ReportRow>[]): DataTable<ReportRow> {
    return new DataTable<ReportRow>({
      ...this.#common(id),
      kinds,
      title,
      sort,
      keyOf: ({ key }) => key,
      textOf: row => [row.name, row.id, row.place, row.server],
      actions: this.#actions(),
    });
  }

  #actions(): readonly Action<ReportRow>[] {
    const { send } = this.#options;
    return [
      {
        label: l10n.t('Copy ID'),
        name: ({ name }) => l10n.t('Copy ID of {0}', name),
        run: ({ key }) => send({ type: 'copyId', key }),
      },
      {
        label: l10n.t('Reveal'),
        name: ({ name }) => l10n.t('Reveal {0} in the tree', name),
        run: ({ key }) => send({ type: 'reveal', key }),
      },
    ];
  }

  #showComparisons(earlier: readonly number[], chosen: number | undefined): void {
    this.#comparing.hidden = earlier.length === 0;
    this.#compare.replaceChildren(
      ...earlier.map(time => element('option', { value: String(time) }, this.#numbers.dateTime(time))),
    );
    this.#compare.value = String(earlier.find(time => chosen === undefined || time <= chosen) ?? '');
  }

  #asOfText({ at, servers }: Report, isLoading: boolean): string {
    if (servers.length === 0) {
      return l10n.t('The servers of this report are no longer in the list.');
    }
    const names =
      servers.length === 1 ? (servers[0]?.name ?? '') : l10n.t('{0} servers', this.#numbers.count(servers.length));
    const isThere = servers.some(({ asOf }) => asOf !== undefined);
    return isThere && !isLoading ? l10n.t('{0}, as of {1}', names, this.#numbers.dateTime(at)) : names;
  }

  #showProblems(servers: readonly ServerSummary[]): void {
    const lines = servers.flatMap(({ name, problems, moreProblems }) => [
      ...problems.map(({ where, why }) => [name, where, why].filter(Boolean).join(': ')),
      ...(moreProblems > 0 ? [l10n.t('{0}: {1} more', name, this.#numbers.count(moreProblems))] : []),
    ]);
    this.#problems.hidden = lines.length === 0;
    this.#problemList.replaceChildren(...lines.map(line => element('li', {}, element('bdi', {}, line))));
  }

  #figuresOf(rows: readonly ReportRow[]): readonly HTMLElement[] {
    const totals = totalsOf(rows, this.#options.outline.sums);
    const urgent = rows.filter(row => ['critical', 'over'].includes(levelOf(shareOf(row)) ?? '')).length;
    const high = rows.filter(row => levelOf(shareOf(row)) === 'high').length;
    return [
      ...this.#options.outline.fills.flatMap(fill => this.#space(fill.title, filledBy(totals, fill))),
      figure(l10n.t('At 95 % or above'), this.#numbers.count(urgent)),
      figure(l10n.t('80 % to 95 %'), this.#numbers.count(high)),
    ];
  }

  #space(title: string, space: Filled): readonly HTMLElement[] {
    const share = shareOf(space);
    const { usedBytes, takenBytes = usedBytes, limitBytes } = space;
    return share === undefined || takenBytes === undefined || limitBytes === undefined
      ? []
      : [
          figure(
            title,
            l10n.t('{0} of {1}', this.#numbers.size(takenBytes), this.#numbers.size(limitBytes)),
            bar(share, this.#numbers),
          ),
        ];
  }
}

/** A table of rows, and which rows stand in it. */
interface RowTable {
  readonly table: DataTable<ReportRow>;
  readonly texts: TableTexts;
  readonly includes: (row: ReportRow) => boolean;
}

function figure(title: string, value: string, more?: HTMLElement): HTMLElement {
  return element(
    'div',
    { class: 'figure' },
    element('dt', {}, title),
    element('dd', {}, element('span', { class: 'value' }, value), more),
  );
}

function urgencies(): readonly RowKind<ReportRow>[] {
  return [
    { id: 'urgent', label: l10n.t('80 % or above'), includes: row => (shareOf(row) ?? 0) >= highShare },
    { id: 'critical', label: l10n.t('95 % or above'), includes: row => (shareOf(row) ?? 0) >= criticalShare },
  ];
}
