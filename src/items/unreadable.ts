import * as l10n from '@vscode/l10n';

/** Unreadable elements that are told of by themselves; more of them would tell nothing more. */
export const mostTold = 5;

/** What is missing in a list: elements that are not what they should be, and facts of those that are. */
export interface Unreadable {
  /** Elements that are missing. */
  readonly count: number;
  /** Where the first few stand, and which form they have: names of members, never their values. One line each. */
  readonly came: readonly string[];
  /** What the elements that are there do not tell, as another list that tells it could not be read. */
  readonly lacking?: Lacking;
}

/** Facts that are not known of any element. */
export interface Lacking {
  /** A sentence that says which facts, and why. */
  readonly message: string;
  /** A few words for a row. */
  readonly short: string;
}

/** What could not be read in two parts of one list. */
export function together(one: Unreadable | undefined, other: Unreadable | undefined): Unreadable | undefined {
  return one && other
    ? {
        ...one,
        ...other,
        count: one.count + other.count,
        came: [...one.came, ...other.came].slice(0, mostTold),
      }
    : (one ?? other);
}

/** A few words for a row, a report or a file; a sentence where facts are missing. */
export function unreadableText({ count, lacking }: Unreadable): string {
  const items = count === 1 ? l10n.t('1 item could not be read') : l10n.t('{0} items could not be read', count);
  return lacking ? [lacking.message, ...(count > 0 ? [items] : [])].join(' ') : items;
}
