/** Products of the family that this extension names when it meets them, and does not read. */
export const relatives = [{ name: 'Veeam Service Provider Console', defaultPort: 1280, probe: 'about' }] as const;
