/** Elements within each other; no resource comes near it. */
const deepest = 100;

/** Objects and lists in one answer: about a hundred megabytes. The longest list that servers give in one answer has half. */
const mostContainers = 1_000_000;

/** Values in one answer, which take some ten bytes each and more if they are texts. */
const mostValues = 4_000_000;

/** Characters in one text; no resource comes near it. */
const longestText = 1024 * 1024;

/** An answer that would take too much memory, or too long, to be read; the message says why. */
export class TooMuch extends Error {}

/** How much may come of a small packed body: it is counted while the body arrives, before anything is made of it. */
export class Bounds {
  #containers = 0;
  #values = 0;

  /** @throws {TooMuch} */
  add(containers: number, values: number): void {
    this.#containers += containers;
    this.#values += values;
    if (this.#containers > mostContainers) {
      throw new TooMuch(`more than ${mostContainers} objects and lists`);
    }
    if (this.#values > mostValues) {
      throw new TooMuch(`more than ${mostValues} values`);
    }
  }

  /** @throws {TooMuch} */
  checkText(length: number): void {
    if (length > longestText) {
      throw new TooMuch(`a text of more than ${longestText} characters`);
    }
  }

  /** @throws {TooMuch} */
  checkDepth(depth: number): void {
    if (depth > deepest) {
      throw new TooMuch(`more than ${deepest} levels`);
    }
  }
}
