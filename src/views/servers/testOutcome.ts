import * as vscode from 'vscode';
import { oneLine } from '../../base/text';
import type { Count } from '../../servers/connection/count';
import { productOf, type SavedServer, versionName } from '../../servers/list/savedServer';
import { count } from '../shared/format';
import { nameIn } from '../shared/harmless';

/** What a test has found, in one message: product, version, account, and how much there is. */
export function testOutcome(server: SavedServer, counts: readonly Count[]): string {
  const product = [productOf(server)?.name ?? server.product, oneLine(server.version ?? '')].filter(Boolean).join(' ');
  const found = counts.map(({ name, number, more }) => `${name}: ${count(number)}${more ? '+' : ''}`).join(', ');
  if (server.userName === '') {
    return vscode.l10n.t(
      '{0}: connected to {1} (API {2}). {3}.',
      nameIn(server.name, 60),
      product,
      versionName(server) ?? '?',
      found,
    );
  }
  return vscode.l10n.t(
    '{0}: connected to {1} (API {2}) as {3}. {4}.',
    nameIn(server.name, 60),
    product,
    versionName(server) ?? '?',
    nameIn(server.userName, 60),
    found,
  );
}
