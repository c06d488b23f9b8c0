import * as l10n from '@vscode/l10n';

/** Unreadable elements that are told of by themselves; more of them would tell nothing more. */
export const mostTold = 5;

/** Elements of a list that are not what they should be. */
export interface Unreadable {
  readonly count: number;
  /** Where the first few stand, and which form they have: names of members, never their values. One line each. */
  readonly came: readonly string[];
}

/** What could not be read in two parts of one list. */
export function together(one: Unreadable | undefined, other: Unreadable | undefined): Unreadable | undefined {
  return one && other
    ? { count: one.count + other.count, came: [...one.came, ...other.came].slice(0, mostTold) }
    : (one ?? other);
}

/** A few words for a row, a report or a file. */
export function unreadableText({ count }: Unreadable): string {
  return count === 1 ? l10n.t('1 item could not be read') : l10n.t('{0} items could not be read', count);
}
