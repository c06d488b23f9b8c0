import * as l10n from '@vscode/l10n';
import type { ExportFormat } from '../../base/exportFormats';
import { Numbers } from '../../base/numbers';
import {
  criticalShare,
  highShare,
  type Outline,
  type Report,
  type ReportRow,
  type ServerSummary,
  shareOf,
  type TableTexts,
  totalsOf,
} from '../../report/report';
import { DataTable, type RowKind } from '../shared/dataTable';
import { button, element } from '../shared/dom';
import { type Either, either } from '../shared/either';
import { itemActions } from '../shared/itemActions';
import { menu } from '../shared/menu';
import { problemLine } from '../shared/problemLine';
import type { TableState } from '../shared/tableState';
import { Cards } from './cards';
import { Charts } from './charts';
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
  /** What the report is about, or how far the load is. */
  readonly #state = element('p', { class: 'state' });
  readonly #refresh: HTMLElement;
  readonly #cancel: HTMLElement;
  readonly #refreshOrCancel: Either;
  readonly #compare = element('select');
  readonly #comparing: HTMLElement;
  readonly #unchanged = element('span', { class: 'note' }, l10n.t('Nothing has changed since.'));
  readonly #said = element('p', { class: 'unseen', role: 'status' });
  readonly #cards: Cards;
  readonly #charts: Charts;
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
    this.#refreshOrCancel = either(this.#refresh, this.#cancel);
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
    this.#cards = new Cards({ outline, numbers: this.#numbers, onClick: kind => this.#showUrgent(kind) });
    this.#charts = new Charts({
      tables: outline.tables,
      numbers: this.#numbers,
      onDelete: () => send({ type: 'forgetHistory' }),
    });
    this.#pressCards();
    document
      .querySelector('main')
      ?.append(
        element('h1', {}, l10n.t('Capacity Report')),
        this.#state,
        this.#toolbar(),
        this.#said,
        this.#cards.element,
        this.#problems,
        this.#charts.element,
        this.#servers.element,
        ...this.#rowTables.map(({ table }) => table.element),
      );
  }

  show(
    report: Report,
    {
      isLoading,
      earlier,
      until,
      trend,
    }: Pick<ToPage & { type: 'report' }, 'isLoading' | 'earlier' | 'until' | 'trend'>,
  ): void {
    const { rows, servers } = report;
    const compared = [...new Set(servers.map(({ comparedWith }) => comparedWith).filter(time => time !== undefined))];
    const shown: Shown = { server: servers.length > 1, growth: compared.length > 0 };
    if (!isLoading) {
      this.#state.textContent = this.#stateText(report);
    }
    this.#refreshOrCancel.show(isLoading ? this.#cancel : this.#refresh);
    const changes = rows.flatMap(({ growth }) => (growth ? [growth.bytes, growth.limitBytes] : []));
    this.#unchanged.hidden = changes.length === 0 || changes.some(Boolean);
    this.#showComparisons(earlier, until ?? compared[0]);
    const totals = totalsOf(rows, this.#options.outline.sums);
    this.#cards.show(rows, totals);
    this.#charts.show(rows, trend);
    this.#showProblems(servers);
    this.#servers.show(
      this.#columns.servers(totals, report),
      servers,
      servers.length > 1 ? this.#columns.totalCells(totals, report) : undefined,
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
    this.#state.textContent = text;
    this.#refreshOrCancel.show(this.#cancel);
  }

  /** Announces to screen readers. */
  say(text: string): void {
    this.#said.textContent = text;
  }

  #toolbar(): HTMLElement {
    const { send } = this.#options;
    const exporter = (format: ExportFormat, label: string) => ({
      label,
      run: () => send({ type: 'export', format }),
    });
    return element(
      'div',
      { class: 'toolbar', role: 'group', 'aria-label': l10n.t('Report') },
      this.#refreshOrCancel.element,
      menu(l10n.t('Export'), [
        exporter('csv', l10n.t('Export as CSV')),
        exporter('json', l10n.t('Export as JSON')),
        exporter('markdown', l10n.t('Export as Markdown')),
      ]).element,
      this.#comparing,
      this.#unchanged,
    );
  }

  /** Shows the rows of the kind that are close to their limit alone, or all again. */
  #showUrgent(kind: ReportRow['kind']): void {
    const found = this.#tableOf(kind);
    if (found) {
      found.table.choose(urgentId(found.texts, kind));
      found.table.element.scrollIntoView({ block: 'start' });
    }
  }

  #pressCards(): void {
    this.#cards.press(kind => {
      const found = this.#tableOf(kind);
      return found !== undefined && found.table.chosen === urgentId(found.texts, kind);
    });
  }

  #tableOf(kind: ReportRow['kind']): RowTable | undefined {
    return this.#rowTables.find(
      ({ texts }) => texts.limit !== undefined && texts.kinds.some(each => each.kind === kind),
    );
  }

  #common(id: string) {
    return {
      id,
      numbers: this.#numbers,
      collator: this.#collator,
      state: this.#options.tables[id],
      onChange: (state: TableState) => {
        this.#options.onChange(id, state);
        this.#pressCards();
      },
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
      ...(limit === undefined || kinds.length === 1
        ? []
        : kinds.map(({ kind, plural }) => ({
            id: urgentId(texts, kind),
            label: l10n.t('{0} at 95 % or above', plural),
            includes: (row: ReportRow) => row.kind === kind && (shareOf(row) ?? 0) >= criticalShare,
          }))),
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
              texts: { ...texts, limit: undefined, place: undefined, isCapacity: false },
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
      actions: itemActions({ send: this.#options.send }),
    });
  }

  #showComparisons(earlier: readonly number[], chosen: number | undefined): void {
    this.#comparing.hidden = earlier.length === 0;
    this.#compare.replaceChildren(
      ...earlier.map(time => element('option', { value: String(time) }, this.#numbers.dateTime(time))),
    );
    this.#compare.value = String(earlier.find(time => chosen === undefined || time <= chosen) ?? '');
  }

  #stateText({ at, servers }: Report): string {
    if (servers.length === 0) {
      return l10n.t('The servers of this report are no longer in the list.');
    }
    const names =
      servers.length === 1 ? (servers[0]?.name ?? '') : l10n.t('{0} servers', this.#numbers.count(servers.length));
    const isThere = servers.some(({ asOf }) => asOf !== undefined);
    return isThere ? l10n.t('{0}, as of {1}', names, this.#numbers.dateTime(at)) : names;
  }

  #showProblems(servers: readonly ServerSummary[]): void {
    const lines = servers.flatMap(({ name, problems, moreProblems }) => [
      ...problems.map(({ where, why }) => problemLine([name, where].filter(Boolean), why)),
      ...(moreProblems > 0 ? [problemLine([name], l10n.t('and {0} more', this.#numbers.count(moreProblems)))] : []),
    ]);
    this.#problems.hidden = lines.length === 0;
    this.#problemList.replaceChildren(...lines);
  }
}

/** A table of rows, and which rows stand in it. */
interface RowTable {
  readonly table: DataTable<ReportRow>;
  readonly texts: TableTexts;
  readonly includes: (row: ReportRow) => boolean;
}

/** The choice of a table that leaves the rows of a kind which are close to their limit. */
function urgentId({ kinds }: TableTexts, kind: ReportRow['kind']): string {
  return kinds.length > 1 ? `${kind}:critical` : 'critical';
}

function urgencies(): readonly RowKind<ReportRow>[] {
  return [
    { id: 'urgent', label: l10n.t('80 % or above'), includes: row => (shareOf(row) ?? 0) >= highShare },
    { id: 'critical', label: l10n.t('95 % or above'), includes: row => (shareOf(row) ?? 0) >= criticalShare },
  ];
}
