import { button, element } from './dom';

export interface MenuItem {
  readonly label: string;
  readonly run: () => void;
}

export interface Menu {
  readonly element: HTMLElement;
  /** The button; while it is not enabled, the choices stay closed. */
  readonly opener: HTMLElement;
}

/** A button that opens a few choices below it. Escape, a choice or a click elsewhere closes them. */
export function menu(label: string, items: readonly MenuItem[]): Menu {
  const id = `menu-${label}`;
  const list = element('div', { class: 'menu', role: 'menu', popover: 'auto', id, 'aria-label': label });
  const choices = items.map(item =>
    button(
      item.label,
      () => {
        list.hidePopover();
        item.run();
      },
      { role: 'menuitem', tabindex: '-1' },
    ),
  );
  list.append(...choices);
  const opener = button(
    [element('span', {}, label), element('span', { class: 'opens', 'aria-hidden': 'true' }, '▾')],
    () => undefined,
    { class: 'secondary', 'aria-haspopup': 'menu', 'aria-expanded': 'false', popovertarget: id },
  );
  list.addEventListener('beforetoggle', event => {
    if ((event as ToggleEvent).newState === 'open' && opener.getAttribute('aria-disabled') === 'true') {
      event.preventDefault();
    }
  });
  list.addEventListener('toggle', event => {
    const isOpen = (event as ToggleEvent).newState === 'open';
    opener.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) {
      const { left, bottom } = opener.getBoundingClientRect();
      list.style.left = `${Math.max(0, Math.min(left, innerWidth - list.offsetWidth - 4))}px`;
      list.style.top = `${bottom + 2}px`;
      choices[0]?.focus();
    }
  });
  opener.addEventListener('keydown', event => {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      list.showPopover();
    }
  });
  list.addEventListener('keydown', event => {
    const last = choices.length - 1;
    const at = choices.indexOf(document.activeElement as HTMLButtonElement);
    const to = { ArrowDown: at < last ? at + 1 : 0, ArrowUp: at > 0 ? at - 1 : last, Home: 0, End: last }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      choices[to]?.focus();
    } else if (event.key === 'Tab') {
      list.hidePopover();
    }
  });
  return { element: element('span', { class: 'opener' }, opener, list), opener };
}
