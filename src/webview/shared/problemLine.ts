import { element, line } from './dom';

/** Where something could not be read, and why. Names take one line, however long they are; the reason is told as a whole. */
export function problemLine(names: readonly string[], why: string, action?: HTMLElement): HTMLElement {
  return element(
    'li',
    {},
    ...names.flatMap(name => [line(name), ': ']),
    element('bdi', { class: 'why' }, why),
    ...(action ? [' ', action] : []),
  );
}
