/** Whether the beginning of a text looks like a list that was exported as JSON, whatever its file is called. */
export function looksLikeSavedList(beginning: string): boolean {
  return (
    /^\uFEFF?\s*\[\s*\{/.test(beginning) && ['"server"', '"kind"', '"path"'].every(member => beginning.includes(member))
  );
}
