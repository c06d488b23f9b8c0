import type * as vscode from 'vscode';

/**
 * Tells VS Code of changed rows of a tree so that none is missed. When a row's children and the news that they have changed
 * arrive there at the same time, VS Code forgets the children that it had, then takes the answer for the latest state, and
 * the change is lost: seen as rows that say "Loading…" for ever, and rows whose menu acts on nothing. So nothing is told of
 * a row whose children are on their way, and told again if VS Code does not ask for the children then.
 *
 * Changes that come together are told of once: VS Code takes the second one 200 ms later, and a row below that the user opens
 * just then is closed again. Of many rows those around them are told: VS Code compares each row that it is told with all others.
 */
export class Announcer<Row> implements vscode.Disposable {
  readonly #fire: (row: Row) => void;
  readonly #isOpen: (row: Row) => boolean;
  readonly #around: (row: Row) => Row;
  /** For each row that VS Code asks about, how often, and whether it has changed meanwhile. */
  readonly #asked = new Map<Row, { times: number; changed: boolean }>();
  /** Rows that VS Code has been told of and has not asked about since. */
  readonly #told = new Map<Row, NodeJS.Timeout>();
  readonly #timers = new Set<NodeJS.Timeout>();
  /** What has changed since the last turn of the event loop. */
  readonly #changed = new Set<Row>();
  #flush: NodeJS.Immediate | undefined;

  /**
   * @param isOpen whether the row's children are shown, so that VS Code asks for them when it is told
   * @param around the row that it is one of the children of; for the tree itself, the tree
   */
  constructor(fire: (row: Row) => void, isOpen: (row: Row) => boolean, around: (row: Row) => Row) {
    this.#fire = fire;
    this.#isOpen = isOpen;
    this.#around = around;
  }

  announce(row: Row): void {
    this.#changed.add(row);
    this.#flush ??= setImmediate(() => {
      this.#flush = undefined;
      const rows = [...this.#changed];
      this.#changed.clear();
      for (const changed of rows.length > mostAtOnce ? new Set(rows.map(this.#around)) : rows) {
        this.#announceNow(changed);
      }
    });
  }

  /** VS Code asks for a row's children; the returned function is to be called with the number of rows of the answer. */
  asked(row: Row): (rows: number) => void {
    this.#forget(row);
    const asked = this.#asked.get(row) ?? { times: 0, changed: false };
    asked.times++;
    this.#asked.set(row, asked);
    return rows => {
      const timer = setTimeout(
        () => {
          this.#timers.delete(timer);
          asked.times--;
          if (asked.times === 0) {
            this.#asked.delete(row);
            if (asked.changed) {
              this.#tell(row, reminders);
            }
          }
        },
        onTheWayMs + rows * onTheWayMsOfRow,
      );
      this.#timers.add(timer);
    };
  }

  dispose(): void {
    clearImmediate(this.#flush);
    for (const timer of [...this.#timers, ...this.#told.values()]) {
      clearTimeout(timer);
    }
  }

  #announceNow(row: Row): void {
    const asked = this.#asked.get(row);
    if (asked) {
      asked.changed = true;
    } else {
      this.#tell(row, reminders);
    }
  }

  #tell(row: Row, remindersLeft: number): void {
    this.#forget(row);
    this.#fire(row);
    if (remindersLeft > 0 && this.#isOpen(row)) {
      const remind = () => {
        this.#told.delete(row);
        if (this.#isOpen(row)) {
          this.#tell(row, remindersLeft - 1);
        }
      };
      this.#told.set(row, setTimeout(remind, remindAfterMs));
    }
  }

  #forget(row: Row): void {
    clearTimeout(this.#told.get(row));
    this.#told.delete(row);
  }
}

/** Rows that are told of one by one; they take VS Code some milliseconds. */
const mostAtOnce = 200;

/** Long enough for an answer to have left in a message of its own, if nobody is busy. */
const onTheWayMs = 30;

/** As much longer for each row: 10,000 rows keep VS Code busy for half a second, and are shown sooner if nothing comes in between. */
const onTheWayMsOfRow = 0.05;

/** In which VS Code asks for the children of a row it was told of, unless that was lost or the row is out of sight. */
const remindAfterMs = 1_000;

/** As often it is told again. */
const reminders = 3;
