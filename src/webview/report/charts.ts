import * as l10n from '@vscode/l10n';
import type { Numbers } from '../../base/numbers';
import { type Outline, type ReportRow, shareOf, type Trend } from '../../report/report';
import { button, element } from '../shared/dom';
import { distribution } from './distribution';
import { trendChart } from './trendChart';

export interface ChartsOptions {
  readonly tables: Outline['tables'];
  readonly numbers: Numbers;
  /** The person wants the numbers of earlier reports deleted. */
  readonly onDelete: () => void;
}

/** How full things are, and how that has grown. */
export class Charts {
  readonly element: HTMLElement;
  readonly #options: ChartsOptions;
  readonly #levels = element('div', { class: 'levels' });
  readonly #trend = element('div', { class: 'growth' });

  constructor(options: ChartsOptions) {
    this.#options = options;
    // Above what appears with the second report, so that it stays where it is.
    const deleteHistory = button(l10n.t('Delete History'), options.onDelete, { class: 'quiet' });
    this.element = element(
      'div',
      { class: 'charts' },
      panel('levels-heading', [l10n.t('Fill Levels')], this.#levels),
      panel(
        'growth-heading',
        [l10n.t('Growth'), deleteHistory],
        element('p', { class: 'note' }, l10n.t('Used by backups, in % of the limit')),
        this.#trend,
      ),
    );
  }

  show(rows: readonly ReportRow[], trend: Trend | undefined): void {
    const { numbers } = this.#options;
    const tables = this.#options.tables.filter(({ limit }) => limit !== undefined);
    this.#levels.replaceChildren(
      ...tables.flatMap(({ title, kinds }) => {
        const shares = rows
          .filter(row => kinds.some(({ kind }) => kind === row.kind))
          .map(shareOf)
          .filter(share => share !== undefined);
        return shares.length === 0 ? [] : [distribution(title, shares, numbers)];
      }),
    );
    this.#trend.replaceChildren(
      ...(trend
        ? trendChart(trend, numbers)
        : [
            element(
              'p',
              { class: 'note' },
              l10n.t('Each report adds a point. From the second one on, lines appear here.'),
            ),
          ]),
    );
  }
}

function panel(
  id: string,
  [text, ...beside]: readonly (string | HTMLElement)[],
  ...parts: readonly HTMLElement[]
): HTMLElement {
  const heading = element('div', { class: 'title' }, element('h2', { id }, text), ...beside);
  return element('section', { class: 'panel', 'aria-labelledby': id }, heading, ...parts);
}
