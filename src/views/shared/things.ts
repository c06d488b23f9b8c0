import type { TreeRow } from '../../inventory/tree/node';
import type { Things } from '../../servers/list/arrange';

/** The servers and folders among the rows; what is below a server cannot be moved. */
export function thingsOf(rows: readonly TreeRow[]): Things {
  return {
    folders: rows.flatMap(row => (row.type === 'folder' ? [row.id] : [])),
    servers: rows.flatMap(row => (row.type === 'node' && row.item.kind === 'server' ? [row.item.id] : [])),
  };
}
