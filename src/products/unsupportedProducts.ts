/** Products of the family that this extension names when it meets them, and does not read. */
export const relatives = [
  { name: 'Veeam Backup & Replication', defaultPort: 9419, probe: 'serverInfo' },
  { name: 'Veeam Service Provider Console', defaultPort: 1280, probe: 'about' },
] as const;
