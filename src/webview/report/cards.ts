import * as l10n from '@vscode/l10n';
import type { Numbers } from '../../base/numbers';
import {
  type Filled,
  filledBy,
  levelOf,
  type Outline,
  type ReportRow,
  shareOf,
  type Totals,
} from '../../report/report';
import { button, element, setEnabled } from '../shared/dom';
import { bar } from './bar';

export interface CardsOptions {
  readonly outline: Outline;
  readonly numbers: Numbers;
  /** A card was clicked: shows what is close to its limit alone, or all again. */
  readonly onClick: (kind: ReportRow['kind']) => void;
}

/** One card for each kind with a limit: how many are about to reach it, and how full all together are. A filter, too. */
export class Cards {
  readonly element = element('div', { class: 'cards', role: 'group', 'aria-label': l10n.t('Close to the limit') });
  readonly #outline: Outline;
  readonly #numbers: Numbers;
  readonly #cards: readonly Card[];

  constructor({ outline, numbers, onClick }: CardsOptions) {
    this.#outline = outline;
    this.#numbers = numbers;
    this.#cards = outline.tables
      .filter(({ limit }) => limit !== undefined)
      .flatMap(({ kinds }) => kinds)
      .map(({ kind, plural }) => {
        const urgent = element('span');
        const all = element('span', { class: 'all' });
        const value = element('span', { class: 'value' }, urgent, all);
        const more = element('span', { class: 'more' });
        const space = element('span', { class: 'space' });
        const label = element('span', { class: 'label' }, ...unbroken(l10n.t('{0} at 95 % or above', plural)));
        const card = button([value, label, more, space], () => onClick(kind), { class: 'card' });
        return { kind, button: card, urgent, all, more, space };
      });
    this.element.append(...this.#cards.map(each => each.button));
  }

  /** @param isPressed whether rows of the kind that are close to their limit are shown alone */
  press(isPressed: (kind: ReportRow['kind']) => boolean): void {
    for (const { kind, button: card } of this.#cards) {
      card.setAttribute('aria-pressed', String(isPressed(kind)));
    }
  }

  /** @param totals the sums over these rows */
  show(rows: readonly ReportRow[], totals: Totals): void {
    for (const { kind, button: card, urgent, all, more, space } of this.#cards) {
      const levels = rows.flatMap(row => (row.kind === kind ? [levelOf(shareOf(row))] : []));
      const [critical, high] = [levels.filter(isUrgent).length, levels.filter(each => each === 'high').length];
      card.hidden = levels.every(each => each === undefined);
      card.classList.toggle('urgent', critical > 0);
      setEnabled(card, critical > 0 || card.getAttribute('aria-pressed') === 'true');
      urgent.textContent = this.#numbers.count(critical);
      all.textContent = l10n.t('of {0}', this.#numbers.count(levels.length));
      more.replaceChildren(...unbroken(l10n.t('{0} more at 80 % or above', this.#numbers.count(high))));
      const fill = this.#outline.fills.find(({ limit }) => this.#kindOfSum(limit) === kind);
      space.replaceChildren(...(fill ? this.#spaceOf(filledBy(totals, fill)) : []));
    }
  }

  #kindOfSum(id: string): ReportRow['kind'] | undefined {
    return this.#outline.sums.find(each => each.id === id)?.kind;
  }

  #spaceOf(filled: Filled): readonly HTMLElement[] {
    const share = shareOf(filled);
    const { usedBytes, takenBytes = usedBytes, limitBytes } = filled;
    return share === undefined || takenBytes === undefined || limitBytes === undefined
      ? []
      : [
          bar(share, this.#numbers),
          element('span', {}, l10n.t('{0} of {1}', this.#numbers.size(takenBytes), this.#numbers.size(limitBytes))),
        ];
  }
}

interface Card {
  readonly kind: ReportRow['kind'];
  readonly button: HTMLElement;
  readonly urgent: HTMLElement;
  readonly all: HTMLElement;
  readonly more: HTMLElement;
  readonly space: HTMLElement;
}

function isUrgent(level: ReturnType<typeof levelOf>): boolean {
  return level === 'critical' || level === 'over';
}

/** A number stays on one line with its sign. */
function unbroken(text: string): readonly (string | HTMLElement)[] {
  return text
    .split(/(\d{1,3} %)/)
    .map((part, index) => (index % 2 === 1 ? element('span', { class: 'unbroken' }, part) : part));
}
