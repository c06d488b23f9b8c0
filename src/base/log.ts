/** The part of VS Code's log channel that is needed here. */
export interface Log {
  trace(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  /** With the stack, for defects of this extension. */
  error(error: Error): void;
}
