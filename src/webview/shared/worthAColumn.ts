/** Whether what rows tell is worth a column: what is the same in all rows is not, but all that is known of a single row is. */
export function isWorthAColumn(told: readonly unknown[]): boolean {
  const [only, ...others] = new Set(told);
  return others.length > 0 || (told.length === 1 && only !== undefined);
}
