import * as vscode from 'vscode';
import { count } from '../shared/format';

/** What stands over the list of what was found. */
export function titleOf(state: {
  /** What the item is for; absent where that is not decided. */
  readonly purpose: string | undefined;
  /** Servers that are still being looked through. */
  readonly servers: number;
  readonly items: number;
  readonly stopped: boolean;
}): string {
  return state.purpose === undefined ? findTitle(state) : askingTitle(state.purpose, state);
}

type State = Omit<Parameters<typeof titleOf>[0], 'purpose'>;

function findTitle({ servers, items, stopped }: State): string {
  if (servers > 0) {
    return servers === 1
      ? vscode.l10n.t('Find: searching 1 server… {0} items so far', count(items))
      : vscode.l10n.t('Find: searching {0} servers… {1} items so far', count(servers), count(items));
  }
  return stopped
    ? vscode.l10n.t('Find: stopped at {0} items', count(items))
    : items === 1
      ? vscode.l10n.t('Find in 1 item')
      : vscode.l10n.t('Find in {0} items', count(items));
}

function askingTitle(purpose: string, { servers, stopped }: State): string {
  if (servers > 0) {
    return servers === 1
      ? vscode.l10n.t('{0} (searching 1 server…)', purpose)
      : vscode.l10n.t('{0} (searching {1} servers…)', purpose, count(servers));
  }
  return stopped ? vscode.l10n.t('{0} (stopped)', purpose) : purpose;
}
