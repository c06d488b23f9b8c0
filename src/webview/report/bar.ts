import * as l10n from '@vscode/l10n';
import { type Numbers, wholePercent } from '../../base/numbers';
import { type Level, levelOf } from '../../report/report';
import { element } from '../shared/dom';

/**
 * How much of a limit is taken, as a bar with its percentage. What is urgent is told by a sign, a word and a pattern, not
 * by colour alone.
 */
export function bar(share: number, numbers: Numbers): HTMLElement {
  const level = levelOf(share) ?? 'ok';
  const filled = element('span', { class: 'filled' });
  filled.style.width = `${Math.min(100, share * 100)}%`;
  const word = levelName(level);
  return element(
    'span',
    { class: `usage ${level}` },
    element('span', { class: 'bar', 'aria-hidden': 'true' }, filled),
    element('span', { class: 'percent' }, l10n.t('{0} %', numbers.count(wholePercent(share)))),
    word === ''
      ? undefined
      : element(
          'span',
          { class: 'level', title: word },
          element('span', { 'aria-hidden': 'true' }, signs[level]),
          element('span', { class: 'word' }, ` ${word}`),
        ),
  );
}

const signs: Readonly<Record<Level, string>> = { ok: '', high: '△', critical: '▲', over: '◆' };

function levelName(level: Level): string {
  switch (level) {
    case 'ok':
      return '';
    case 'high':
      return l10n.t('high');
    case 'critical':
      return l10n.t('critical');
    case 'over':
      return l10n.t('exceeded');
  }
}
