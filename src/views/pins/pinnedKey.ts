/** Where pinned rows are stored. */
export const pinnedKey = 'backupTenancy.pinnedRows';

/** So many can be overlooked in a sidebar. */
export const pinnedAtMost = 100;
