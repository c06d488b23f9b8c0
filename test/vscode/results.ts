/** What the tests inside VS Code leave for the program that started it. */
export interface Results {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Tells the reporter's lines from everything else that is written to the extension host's console. */
export const linePrefix = '│ ';
