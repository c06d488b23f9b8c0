// Elements with text in them. Texts come from servers, so nothing here takes HTML.

export type Child = Node | string | undefined;

/** An element; attributes that are undefined are left out. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string | undefined>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== undefined) {
      made.setAttribute(attribute, value);
    }
  }
  made.append(...children.filter(child => child !== undefined));
  return made;
}

/** A text of a server's on one line; where there is no room for it, the tooltip has it all. */
export function line(text: string): HTMLElement {
  return element('bdi', { class: 'line', title: text }, text);
}

const svgNames = 'http://www.w3.org/2000/svg';

/** A shape; what it shows is told in words elsewhere, so that screen readers pass it by. */
export function drawing(
  attributes: Readonly<Record<string, string>>,
  ...shapes: readonly (readonly [name: 'path' | 'line', attributes: Readonly<Record<string, string>>])[]
): SVGElement {
  const shape = (name: string, given: Readonly<Record<string, string>>): SVGElement => {
    const made = document.createElementNS(svgNames, name);
    for (const [attribute, value] of Object.entries(given)) {
      made.setAttribute(attribute, value);
    }
    return made as SVGElement;
  };
  const made = shape('svg', { 'aria-hidden': 'true', ...attributes });
  made.append(...shapes.map(([name, given]) => shape(name, given)));
  return made;
}

export function button(
  label: Child | readonly Child[],
  run: () => void,
  attributes: Readonly<Record<string, string>>,
): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, ...[label].flat());
  made.addEventListener('click', () => {
    if (made.getAttribute('aria-disabled') !== 'true') {
      run();
    }
  });
  return made;
}

/** A button that keeps the focus and its name, but does nothing. */
export function setEnabled(each: HTMLElement, enabled: boolean): void {
  each.setAttribute('aria-disabled', String(!enabled));
}
