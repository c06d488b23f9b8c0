// What each table of the report shows.

import * as l10n from '@vscode/l10n';
import type { Numbers } from '../../base/numbers';
import {
  type Filled,
  filledBy,
  type Outline,
  type Report,
  type ReportRow,
  type ServerSummary,
  shareOf,
  type TableTexts,
  type Totals,
} from '../../report/report';
import type { Column } from '../shared/dataTable';
import { type Child, line } from '../shared/dom';
import { isWorthAColumn } from '../shared/worthAColumn';
import { bar } from './bar';

/** What is left out where it has nothing to tell. */
export interface Shown {
  readonly server: boolean;
  readonly growth: boolean;
}

export class Columns {
  readonly #numbers: Numbers;
  readonly #outline: Outline;

  constructor(numbers: Numbers, outline: Outline) {
    this.#numbers = numbers;
    this.#outline = outline;
  }

  servers(totals: Totals, report: Report): readonly Column<ServerSummary>[] {
    return [
      { id: 'name', title: l10n.t('Server'), cell: each => line(each.name), sortBy: each => each.name },
      ...this.#fill().map(({ title, spaceOf }) => ({
        id: 'fill',
        title,
        cell: (each: ServerSummary) => this.#bar(spaceOf(each.totals)),
        sortBy: (each: ServerSummary) => shareOf(spaceOf(each.totals)),
        largestFirst: true,
      })),
      ...this.#totals(totals).map(({ cell, sortBy, ...column }) => ({
        ...column,
        cell: (each: ServerSummary) => cell(each.totals),
        sortBy: (each: ServerSummary) => sortBy(each.totals),
      })),
      {
        id: 'asOf',
        title: l10n.t('As of'),
        cell: each => this.#asOf(each),
        sortBy: each => each.asOf,
        isNumber: true,
        largestFirst: true,
        isShown: this.#isAsOfTold(report),
      },
    ];
  }

  /** In the order of {@link servers}. */
  totalCells(totals: Totals, report: Report): readonly Child[] {
    return [
      l10n.t('Total'),
      ...this.#fill().map(({ spaceOf }) => this.#bar(spaceOf(totals))),
      ...this.#totals(totals)
        .filter(({ isShown = true }) => isShown)
        .map(({ cell }) => cell(totals)),
      ...(this.#isAsOfTold(report) ? [''] : []),
    ];
  }

  /** Not if it only repeats for each server what the line below the page's heading says. */
  #isAsOfTold({ at, servers }: Report): boolean {
    return servers.some(each => this.#asOf(each) !== this.#numbers.dateTime(at));
  }

  /** One column at most: that of the first kind that has one. */
  #fill() {
    return this.#outline.fills.slice(0, 1).map(fill => ({
      title: fill.title,
      spaceOf: (totals: Totals) => filledBy(totals, fill),
    }));
  }

  /** Without columns that are empty in all rows. */
  #totals(all: Totals): readonly Column<Totals>[] {
    return this.#outline.sums.map(({ id, title, of }) => ({
      id,
      title,
      cell: each => (of === 'rows' ? this.#numbers.count(each[id] ?? 0) : this.#size(each[id])),
      sortBy: each => each[id],
      isNumber: true,
      largestFirst: true,
      isShown: Boolean(all[id]),
    }));
  }

  /** @param rows of the table, which tell what is worth a column */
  rows(
    { kinds, limit, place, isCapacity }: TableTexts,
    rows: readonly ReportRow[],
    shown: Shown,
  ): readonly Column<ReportRow>[] {
    const names = new Map(kinds.map(({ kind, name }) => [kind, name]));
    const isTold = (of: (row: ReportRow) => unknown) => isWorthAColumn(rows.map(of));
    return [
      this.#name(),
      {
        id: 'kind',
        title: l10n.t('Kind'),
        cell: row => names.get(row.kind),
        sortBy: row => names.get(row.kind),
        isShown: isTold(row => row.kind),
      },
      ...(place === undefined ? [] : [{ ...this.#place(place), isShown: isTold(row => row.place) }]),
      { ...this.#server(), isShown: shown.server && isTold(row => row.server) },
      ...(limit === undefined ? [this.#used()] : this.#limited(limit, isCapacity)),
      ...(isCapacity
        ? [{ ...this.#amount('free', l10n.t('Free'), row => row.freeBytes), isShown: isTold(row => row.freeBytes) }]
        : []),
      {
        id: 'repositories',
        title: l10n.t('Repositories'),
        cell: row => this.#numbers.count(row.repositories ?? 0),
        sortBy: row => row.repositories,
        isNumber: true,
        largestFirst: true,
        isShown: isTold(row => row.repositories),
      },
      ...(shown.growth ? this.#growth(rows, isTold) : []),
    ];
  }

  #name(): Column<ReportRow> {
    return {
      id: 'name',
      title: l10n.t('Name'),
      cell: row => line(row.name || l10n.t('(no name)')),
      sortBy: row => row.name,
    };
  }

  #place(title: string): Column<ReportRow> {
    return { id: 'place', title, cell: row => row.place && line(row.place), sortBy: row => row.place };
  }

  #server(): Column<ReportRow> {
    return {
      id: 'server',
      title: l10n.t('Server'),
      cell: row => line(row.server),
      sortBy: row => row.server,
    };
  }

  #limited(limit: string, isCapacity: boolean): readonly Column<ReportRow>[] {
    const unknown = isCapacity ? l10n.t('unknown') : undefined;
    return [
      {
        id: 'fill',
        title: l10n.t('Fill level'),
        cell: row => this.#bar(row) ?? (row.unlimited ? l10n.t('no limit') : undefined),
        sortBy: shareOf,
        largestFirst: true,
      },
      this.#used(),
      {
        id: 'limit',
        title: limit,
        cell: row => (row.unlimited ? l10n.t('unlimited') : (this.#size(row.limitBytes) ?? unknown)),
        sortBy: row => (row.unlimited ? Number.POSITIVE_INFINITY : row.limitBytes),
        isNumber: true,
        largestFirst: true,
      },
    ];
  }

  #used(): Column<ReportRow> {
    return this.#amount('used', l10n.t('Used'), row => row.usedBytes);
  }

  #growth(
    rows: readonly ReportRow[],
    isTold: (of: (row: ReportRow) => unknown) => boolean,
  ): readonly Column<ReportRow>[] {
    return [
      {
        id: 'growth',
        title: l10n.t('Growth'),
        cell: row => this.#growthText(row),
        sortBy: row => row.growth?.bytes,
        isNumber: true,
        largestFirst: true,
        isShown: rows.some(({ growth }) => growth?.bytes || growth?.limitBytes),
      },
      {
        id: 'perDay',
        title: l10n.t('Per day'),
        cell: row => this.#signed(row.growth?.bytesPerDay),
        sortBy: row => row.growth?.bytesPerDay,
        isNumber: true,
        largestFirst: true,
        isShown: isTold(row => row.growth?.bytesPerDay),
      },
      {
        id: 'full',
        title: l10n.t('Days until full'),
        cell: row => this.#days(row.growth?.fullInDays),
        sortBy: row => row.growth?.fullInDays,
        isNumber: true,
        largestFirst: true,
        isShown: isTold(row => row.growth?.fullInDays),
      },
    ];
  }

  #amount(id: string, title: string, of: (row: ReportRow) => number | undefined): Column<ReportRow> {
    return { id, title, cell: row => this.#size(of(row)), sortBy: of, isNumber: true, largestFirst: true };
  }

  #growthText({ growth }: ReportRow): Child {
    const bytes = this.#signed(growth?.bytes);
    const limit = this.#signed(growth?.limitBytes);
    return limit === undefined ? bytes : l10n.t('{0}, limit {1}', bytes ?? '–', limit);
  }

  #signed(bytes: number | undefined): string | undefined {
    return bytes === undefined ? undefined : `${bytes > 0 ? '+' : ''}${this.#numbers.size(bytes)}`;
  }

  #days(days: number | undefined): string | undefined {
    if (days === undefined) {
      return undefined;
    }
    const whole = Math.max(1, Math.round(days));
    return whole === 1 ? l10n.t('1 day') : l10n.t('{0} days', this.#numbers.count(whole));
  }

  #bar(row: Filled): Child {
    const share = shareOf(row);
    return share === undefined ? undefined : bar(share, this.#numbers);
  }

  #size(bytes: number | undefined): string | undefined {
    return bytes === undefined ? undefined : this.#numbers.size(bytes);
  }

  #asOf({ asOf, isLoading }: ServerSummary): string | undefined {
    const time = asOf === undefined ? undefined : this.#numbers.dateTime(asOf);
    return isLoading ? l10n.t('loading…') : time;
  }
}
