// What each table of the report shows.

import * as l10n from '@vscode/l10n';
import type { Numbers } from '../../base/numbers';
import { type ReportRow, type ServerSummary, shareOf, type Totals } from '../../report/report';
import { bar } from './bar';
import type { Column } from './dataTable';
import { type Child, element } from './dom';

/** What is left out where it has nothing to tell. */
export interface Shown {
  readonly server: boolean;
  readonly growth: boolean;
}

export class Columns {
  readonly #numbers: Numbers;

  constructor(numbers: Numbers) {
    this.#numbers = numbers;
  }

  servers(totals: Totals): readonly Column<ServerSummary>[] {
    return [
      { id: 'name', title: l10n.t('Server'), cell: each => each.name, sortBy: each => each.name },
      {
        id: 'fill',
        title: l10n.t('Repository space'),
        cell: each => this.#bar({ usedBytes: each.usedBytes, limitBytes: each.capacityBytes }),
        sortBy: each => shareOf({ usedBytes: each.usedBytes, limitBytes: each.capacityBytes }),
        largestFirst: true,
      },
      ...this.#totals(totals),
      {
        id: 'asOf',
        title: l10n.t('As of'),
        cell: each => this.#asOf(each),
        sortBy: each => each.asOf,
        isNumber: true,
        largestFirst: true,
      },
    ];
  }

  /** In the order of {@link servers}. */
  totalCells(totals: Totals): readonly Child[] {
    return [
      l10n.t('Total'),
      this.#bar({ usedBytes: totals.usedBytes, limitBytes: totals.capacityBytes }),
      ...this.#totals(totals)
        .filter(({ isShown = true }) => isShown)
        .map(({ cell }) => cell(totals)),
      '',
    ];
  }

  /** Without columns that are empty in all rows. */
  #totals(of: Totals): readonly Column<Totals>[] {
    const amount = (id: string, title: string, from: (each: Totals) => number | undefined): Column<Totals> => ({
      id,
      title,
      cell: each => this.#size(from(each)),
      sortBy: from,
      isNumber: true,
      largestFirst: true,
      isShown: Boolean(from(of)),
    });
    const number = (id: string, title: string, from: (each: Totals) => number): Column<Totals> => ({
      ...amount(id, title, from),
      cell: each => this.#numbers.count(from(each)),
    });
    return [
      number('repositories', l10n.t('Repositories'), each => each.repositories),
      amount('capacity', l10n.t('Capacity'), each => each.capacityBytes),
      amount('used', l10n.t('Used'), each => each.usedBytes),
      amount('free', l10n.t('Free'), each => each.freeBytes),
      amount('unlimited', l10n.t('Without a capacity'), each => each.unlimitedBytes),
      number('tenants', l10n.t('Tenants'), each => each.tenants),
      number('subtenants', l10n.t('Subtenants'), each => each.subtenants),
      amount('quota', l10n.t('Quota'), each => each.quotaBytes),
      amount('quotaUsed', l10n.t('Quota used'), each => each.quotaUsedBytes),
      number('organizations', l10n.t('Organizations'), each => each.organizations),
    ];
  }

  quotas(shown: Shown): readonly Column<ReportRow>[] {
    return [
      this.#name(),
      {
        id: 'kind',
        title: l10n.t('Kind'),
        cell: row => (row.kind === 'tenant' ? l10n.t('Tenant') : l10n.t('Subtenant')),
        sortBy: row => row.kind,
      },
      this.#place(l10n.t('Parent')),
      this.#server(shown),
      ...this.#limited(l10n.t('Quota')),
      ...this.#growth(shown),
    ];
  }

  repositories(shown: Shown): readonly Column<ReportRow>[] {
    return [
      this.#name(),
      this.#place(l10n.t('Backup server')),
      this.#server(shown),
      ...this.#limited(l10n.t('Capacity')),
      this.#amount('free', l10n.t('Free'), row => row.freeBytes),
      ...this.#growth(shown),
    ];
  }

  objectStorage(shown: Shown): readonly Column<ReportRow>[] {
    return [this.#name(), this.#server(shown), this.#used(), ...this.#growth(shown, false)];
  }

  organizations(shown: Shown): readonly Column<ReportRow>[] {
    return [
      this.#name(),
      this.#server(shown),
      this.#used(),
      {
        id: 'repositories',
        title: l10n.t('Repositories'),
        cell: row => this.#numbers.count(row.repositories ?? 0),
        sortBy: row => row.repositories,
        isNumber: true,
        largestFirst: true,
      },
      ...this.#growth(shown, false),
    ];
  }

  #name(): Column<ReportRow> {
    return {
      id: 'name',
      title: l10n.t('Name'),
      cell: row => element('bdi', {}, row.name || l10n.t('(no name)')),
      sortBy: row => row.name,
    };
  }

  #place(title: string): Column<ReportRow> {
    return { id: 'place', title, cell: row => row.place && element('bdi', {}, row.place), sortBy: row => row.place };
  }

  #server({ server }: Shown): Column<ReportRow> {
    return {
      id: 'server',
      title: l10n.t('Server'),
      cell: row => element('bdi', {}, row.server),
      sortBy: row => row.server,
      isShown: server,
    };
  }

  #limited(limit: string): readonly Column<ReportRow>[] {
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
        cell: row => (row.unlimited ? l10n.t('unlimited') : this.#size(row.limitBytes)),
        sortBy: row => (row.unlimited ? Number.POSITIVE_INFINITY : row.limitBytes),
        isNumber: true,
        largestFirst: true,
      },
    ];
  }

  #used(): Column<ReportRow> {
    return this.#amount('used', l10n.t('Used'), row => row.usedBytes);
  }

  #growth({ growth }: Shown, isLimited = true): readonly Column<ReportRow>[] {
    return [
      {
        id: 'growth',
        title: l10n.t('Growth'),
        cell: row => this.#growthText(row),
        sortBy: row => row.growth?.bytes,
        isNumber: true,
        largestFirst: true,
        isShown: growth,
      },
      {
        id: 'perDay',
        title: l10n.t('Per day'),
        cell: row => this.#signed(row.growth?.bytesPerDay),
        sortBy: row => row.growth?.bytesPerDay,
        isNumber: true,
        largestFirst: true,
        isShown: growth,
      },
      {
        id: 'full',
        title: l10n.t('Days until full'),
        cell: row => this.#days(row.growth?.fullInDays),
        sortBy: row => row.growth?.fullInDays,
        isNumber: true,
        largestFirst: true,
        isShown: growth && isLimited,
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

  #bar(row: Pick<ReportRow, 'usedBytes' | 'limitBytes'>): Child {
    const share = shareOf(row);
    return share === undefined ? undefined : bar(share, this.#numbers);
  }

  #size(bytes: number | undefined): string | undefined {
    return bytes === undefined ? undefined : this.#numbers.size(bytes);
  }

  #asOf({ asOf, isLoading }: ServerSummary): Child {
    const time = asOf === undefined ? undefined : this.#numbers.dateTime(asOf);
    return isLoading ? l10n.t('loading…') : time;
  }
}
