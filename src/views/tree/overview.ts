import * as vscode from 'vscode';
import type { Node } from '../../inventory/tree/node';
import { count } from '../shared/format';

/** What all servers have in common. Of a single one its row says everything. */
export type Overview = 'various' | 'signedOut' | 'failing';

export function overviewOf(servers: readonly Node[]): Overview {
  const failures = servers.map(({ openedBranch }) => openedBranch?.failure);
  if (servers.length < 2 || failures.includes(undefined)) {
    return 'various';
  }
  // The button helps with both: it asks for the code that a session cannot be opened without.
  const isSignedOut = failures.every(failure => failure?.kind === 'signedOut' || failure?.kind === 'codeWanted');
  return isSignedOut ? 'signedOut' : 'failing';
}

/** The line over the tree that spares the user to read the same in each row; undefined if the rows differ. */
export function overviewText(servers: readonly Node[]): string | undefined {
  switch (overviewOf(servers)) {
    case 'signedOut':
      return vscode.l10n.t('All {0} servers are signed out. Use the Sign In button in a row.', count(servers.length));
    case 'failing':
      return vscode.l10n.t(
        'None of the {0} servers is reachable right now; each row shows why.',
        count(servers.length),
      );
    case 'various':
      return undefined;
  }
}
