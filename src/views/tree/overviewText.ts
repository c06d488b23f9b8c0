import * as vscode from 'vscode';
import type { Node } from '../../inventory/tree/node';
import { count } from '../shared/format';
import { overviewOf } from './overview';

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
