import * as l10n from '@vscode/l10n';
import { type Numbers, wholePercent } from '../../base/numbers';
import type { Trend, TrendLine } from '../../report/report';
import { drawing, element } from '../shared/dom';
import { height, pathOf, width } from './shapes';

/** How full everything together was over time: lines for those who see them, and a table for those who do not. */
export function trendChart({ times, lines }: Trend, numbers: Numbers): readonly HTMLElement[] {
  const highest = Math.max(1, ...lines.flatMap(({ shares }) => shares.filter(isKnown)));
  const top = Math.ceil(highest * 5) / 5;
  const percent = (share: number | null | undefined) =>
    isKnown(share) ? l10n.t('{0} %', numbers.count(wholePercent(share))) : '–';
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const grid = [0, 0.5, 1].map(share => height - (share / top) * height);
  const plot = drawing(
    { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', class: 'plot' },
    ...grid.map(y => ['line', { x1: '0', x2: String(width), y1: String(y), y2: String(y), class: 'grid' }] as const),
    ...lines.map(({ shares }, index) => ['path', { d: pathOf(times, shares, top), class: lineClass(index) }] as const),
  );
  const scale = [0, 0.5, 1].map(share => {
    const label = element('span', {}, percent(share));
    label.style.bottom = `${(share / top) * 100}%`;
    return label;
  });
  return [
    element(
      'div',
      { class: 'trend', 'aria-hidden': 'true' },
      element('div', { class: 'scale' }, ...scale),
      element('div', { class: 'area' }, plot),
      element(
        'div',
        { class: 'ends' },
        element('span', {}, numbers.dateTime(first)),
        element('span', {}, numbers.dateTime(last)),
      ),
    ),
    element(
      'ul',
      { class: 'legend', 'aria-hidden': 'true' },
      ...lines.map(({ title, shares }, index) =>
        element(
          'li',
          {},
          drawing({ viewBox: '0 0 32 8', class: 'sample' }, ['path', { d: 'M0 4L32 4', class: lineClass(index) }]),
          l10n.t('{0}: {1}, before {2}', title, percent(shares.at(-1)), percent(shares.find(isKnown))),
        ),
      ),
    ),
    // A table takes the width of its words, whatever it is told.
    element('div', { class: 'unseen' }, trendTable(times, lines, percent, numbers)),
  ];
}

function trendTable(
  times: readonly number[],
  lines: readonly TrendLine[],
  percent: (share: number | null | undefined) => string,
  numbers: Numbers,
): HTMLElement {
  return element(
    'table',
    {},
    element('caption', {}, l10n.t('Space used by backups over time')),
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        element('th', { scope: 'col' }, l10n.t('Time')),
        ...lines.map(({ title }) => element('th', { scope: 'col' }, title)),
      ),
    ),
    element(
      'tbody',
      {},
      ...times.map((time, index) =>
        element(
          'tr',
          {},
          element('th', { scope: 'row' }, numbers.dateTime(time)),
          ...lines.map(({ shares }) => element('td', {}, percent(shares[index]))),
        ),
      ),
    ),
  );
}

/** Lines differ by their dashes, too, not by their colours alone. */
function lineClass(index: number): string {
  return `line line-${index % 4}`;
}

function isKnown(share: number | null | undefined): share is number {
  return typeof share === 'number';
}
