/** Where pinned rows are stored. */
export const pinnedKey = 'backupTenancy.pinnedRows';
