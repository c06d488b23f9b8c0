import { isObject } from '../../base/isObject';

type Command = (...args: unknown[]) => unknown;

/** How long the clicks of a double click may be apart, in milliseconds: VS Code runs a row's command with each of them. */
const doubleClickMs = 500;

/** A command that a double click on a row runs once, and that is not begun again on a row where it is under way. */
export function oncePerClick(command: Command): Command {
  const busyUntil = new WeakMap<object, number>();
  return async (...args) => {
    const [row] = args;
    // Other rows have no command of their own.
    if (!isObject(row) || (row.type !== 'failure' && row.type !== 'more')) {
      return await command(...args);
    }
    const began = performance.now();
    if (began < (busyUntil.get(row) ?? 0)) {
      return undefined;
    }
    busyUntil.set(row, Number.POSITIVE_INFINITY);
    try {
      return await command(...args);
    } finally {
      busyUntil.set(row, began + doubleClickMs);
    }
  };
}
