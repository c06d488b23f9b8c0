import type { Folder } from './folder';
import type { Node } from './node';

/** The servers of a folder that show a warning, or the headings of a server that could not be loaded. */
export function failingIn(row: Folder | Node): readonly Node[] {
  return row.type === 'folder'
    ? row.servers.filter(({ openedBranch }) => openedBranch?.failure)
    : (row.openedBranch?.nodes.filter(isFailingHeading) ?? []);
}

/** A load that the user has cancelled does not count. */
function isFailingHeading({ item, openedBranch }: Node): boolean {
  return item.kind === 'group' && openedBranch?.failure !== undefined && openedBranch.failure.kind !== 'cancelled';
}
