import type { Node } from '../../inventory/tree/node';

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
