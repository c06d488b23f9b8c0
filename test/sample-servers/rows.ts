/** A list whose members are made when they are asked for: a million rows cost nothing until somebody reads them. */
export class Rows<T> implements Iterable<T> {
  constructor(
    readonly length: number,
    private readonly make: (index: number) => T,
  ) {}

  at(index: number): T {
    if (!Number.isInteger(index) || index < 0 || index >= this.length) {
      throw new RangeError(`No row ${index} among ${this.length}`);
    }
    return this.make(index);
  }

  slice(start = 0, end = this.length): T[] {
    const rows: T[] = [];
    for (let index = Math.max(0, start); index < Math.min(end, this.length); index++) {
      rows.push(this.make(index));
    }
    return rows;
  }

  find(matches: (row: T) => boolean): T | undefined {
    for (const row of this) {
      if (matches(row)) {
        return row;
      }
    }
    return undefined;
  }

  map<U>(change: (row: T) => U): U[] {
    return Array.from(this, change);
  }

  *[Symbol.iterator](): Iterator<T> {
    for (let index = 0; index < this.length; index++) {
      yield this.make(index);
    }
  }
}
