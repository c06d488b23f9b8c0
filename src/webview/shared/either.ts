import { element } from './dom';

export interface Either {
  readonly element: HTMLElement;
  /** Shows one of both, which takes the focus over from the other one. */
  show(which: HTMLElement): void;
}

/** Two buttons in one place, as wide as the wider one: nothing moves when one takes the place of the other. */
export function either(one: HTMLElement, other: HTMLElement): Either {
  return {
    element: element('span', { class: 'either' }, one, other),
    show(which) {
      const before = which === one ? other : one;
      const hadFocus = document.activeElement === before;
      which.classList.remove('absent');
      before.classList.add('absent');
      if (hadFocus) {
        which.focus();
      }
    },
  };
}
