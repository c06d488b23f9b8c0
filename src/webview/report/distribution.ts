import * as l10n from '@vscode/l10n';
import type { Numbers } from '../../base/numbers';
import { levelOf } from '../../report/report';
import { element } from '../shared/dom';
import { distributionOf, rangeStarts } from './shapes';

/** How many rows are how full: a chart that is a table, for those who see it and those who do not. */
export function distribution(title: string, shares: readonly number[], numbers: Numbers): HTMLElement {
  const counts = distributionOf(shares);
  const most = Math.max(1, ...counts);
  const percent = (share: number) => numbers.count(Math.round(share * 100));
  const rows = counts.map((count, index) => {
    const [start, end = 1] = [rangeStarts[index], rangeStarts[index + 1]];
    const filled = element('span', { class: 'filled' });
    filled.hidden = count === 0;
    filled.style.width = `${(count / most) * 100}%`;
    return element(
      'tr',
      { class: levelOf(start ?? Number.POSITIVE_INFINITY) },
      element(
        'th',
        { scope: 'row' },
        start === undefined ? l10n.t('over 100 %') : l10n.t('{0} to {1} %', percent(start), percent(end)),
      ),
      element(
        'td',
        {},
        element('span', { class: 'column', 'aria-hidden': 'true' }, filled),
        element('span', { class: 'count' }, numbers.count(count)),
      ),
    );
  });
  return element(
    'table',
    { class: 'distribution' },
    element('caption', {}, title),
    element(
      'thead',
      { class: 'unseen' },
      element(
        'tr',
        {},
        element('th', { scope: 'col' }, l10n.t('Fill level')),
        element('th', { scope: 'col' }, l10n.t('Number')),
      ),
    ),
    element('tbody', {}, ...rows),
  );
}
