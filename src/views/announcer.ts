import type * as vscode from 'vscode';

/**
 * Tells VS Code of changed rows of a tree, but never of one whose children it has just been given: when the answer and the change
 * arrive there in one message, VS Code forgets the children that it had, then takes the answer for the latest state, and
 * the change is lost. Seen as rows that say "Loading…" for ever.
 */
export class Announcer<Row> implements vscode.Disposable {
  readonly #fire: (row: Row) => void;
  /** For each row that VS Code asks about, how often, and whether it has changed meanwhile. */
  readonly #asked = new Map<Row, { times: number; changed: boolean }>();
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(fire: (row: Row) => void) {
    this.#fire = fire;
  }

  announce(row: Row): void {
    const asked = this.#asked.get(row);
    if (asked) {
      asked.changed = true;
    } else {
      this.#fire(row);
    }
  }

  /** VS Code asks for a row's children; the returned function is to be called with the answer. */
  asked(row: Row): () => void {
    const asked = this.#asked.get(row) ?? { times: 0, changed: false };
    asked.times++;
    this.#asked.set(row, asked);
    return () => {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        asked.times--;
        if (asked.times === 0) {
          this.#asked.delete(row);
          if (asked.changed) {
            this.#fire(row);
          }
        }
      }, onTheWayMs);
      this.#timers.add(timer);
    };
  }

  dispose(): void {
    for (const timer of this.#timers) {
      clearTimeout(timer);
    }
  }
}

/** Long enough for an answer to have left in a message of its own. */
const onTheWayMs = 30;
