/** Levels that are indented; beyond them the blanks alone would fill the memory. */
export const deepestNesting = 200;

/** The begin of a line, two blanks a level. */
export function lineAt(depth: number): string {
  return `\n${'  '.repeat(depth)}`;
}
