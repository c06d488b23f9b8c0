import type { Announcer } from '../shared/treeAnnouncer';

/** A question of VS Code's for the rows below a row. */
interface Question<Row> {
  readonly row: Row;
  /** The row and all rows above it. */
  readonly path: ReadonlySet<unknown>;
  /** VS Code has made its record of a row of the path anew meanwhile, and forgotten what was below. */
  outdated: boolean;
  /** The answer to the same question, asked once more meanwhile. */
  again: Promise<unknown> | undefined;
}

/**
 * Sees to it that VS Code takes each answer once, for the record of the row that it has then. VS Code 1.103 adds an answer
 * that comes late to a record that it has dropped already, never forgets the rows of it, and from then on refuses every
 * answer with the same rows ("Element with id … is already registered"): the list stays empty. So what comes late is empty,
 * and VS Code is told to ask again.
 */
export class Answers<Row> {
  readonly #announcer: Announcer<Row>;
  readonly #pathTo: (row: Row) => Iterable<Row>;
  readonly #open = new Set<Question<Row>>();

  constructor(announcer: Announcer<Row>, pathTo: (row: Row) => Iterable<Row>) {
    this.#announcer = announcer;
    this.#pathTo = pathTo;
  }

  /** @param make ends with a turn of the event loop that nobody else shares: VS Code may make a record anew until then */
  async to<Answer>(row: Row, make: () => Promise<Answer[]>): Promise<Answer[]> {
    const question: Question<Row> = { row, path: new Set(this.#pathTo(row)), outdated: false, again: undefined };
    const answer = this.#answer(question, make);
    for (const earlier of this.#open) {
      if (earlier.row === row) {
        earlier.again = answer;
      }
    }
    this.#open.add(question);
    return await answer;
  }

  /** VS Code asks how a row looks: it is about to make a record of it. */
  recordMade(row: unknown): void {
    for (const question of this.#open) {
      question.outdated ||= question.path.has(row);
    }
  }

  async #answer<Answer>(question: Question<Row>, make: () => Promise<Answer[]>): Promise<Answer[]> {
    const { row } = question;
    const answered = this.#announcer.asked(row);
    let rows: Answer[] = [];
    try {
      rows = await make();
      if (question.again || question.outdated) {
        rows = [];
        // Whoever has asked first may look for a row of the later answer, so VS Code has to have taken that.
        await question.again?.catch(() => undefined);
        await new Promise(setImmediate);
        this.#announcer.announce(row);
      }
      return rows;
    } finally {
      this.#open.delete(question);
      answered(rows.length);
    }
  }
}
