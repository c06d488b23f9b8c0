/** The query service's filter language: `A==1;(B!="x y",C>=2)`. A semicolon means and, a comma or, and binds looser. */

export type Value = string | number | boolean;
export type Fields<T> = Readonly<Record<string, (row: T) => Value>>;
export type Predicate<T> = (row: T) => boolean;

export class FilterError extends Error {}

/** A value that compares by its place in this list, not by its letters. */
const ENUMERATIONS: Readonly<Record<string, readonly string[]>> = {
  type: ['Standalone', 'vCD', 'ActiveDirectory'],
};

export function parseFilter<T>(text: string, fields: Fields<T>): Predicate<T> {
  const parser = new Parser(text, fields);
  return parser.parse();
}

export function fieldOf<T>(name: string, fields: Fields<T>): (row: T) => Value {
  const key = Object.keys(fields).find(candidate => candidate.toLowerCase() === name.trim().toLowerCase());
  const field = key === undefined ? undefined : fields[key];
  if (!field) {
    throw new FilterError(`Unknown field: ${name}`);
  }
  return field;
}

export function compare(left: Value, right: Value): number {
  if (typeof left === 'string' && typeof right === 'string') {
    const [a, b] = [left.toLowerCase(), right.toLowerCase()];
    return a < b ? -1 : a > b ? 1 : 0;
  }
  return Number(left) - Number(right);
}

class Parser<T> {
  private position = 0;

  constructor(
    private readonly text: string,
    private readonly fields: Fields<T>,
  ) {}

  parse(): Predicate<T> {
    const predicate = this.any();
    if (this.position < this.text.length) {
      throw new FilterError(`Unexpected character at ${this.position}`);
    }
    return predicate;
  }

  private any(): Predicate<T> {
    const terms = [this.all()];
    while (this.take(',')) {
      terms.push(this.all());
    }
    return row => terms.some(term => term(row));
  }

  private all(): Predicate<T> {
    const terms = [this.one()];
    while (this.take(';')) {
      terms.push(this.one());
    }
    return row => terms.every(term => term(row));
  }

  private one(): Predicate<T> {
    if (!this.take('(')) {
      return this.comparison();
    }
    const inner = this.any();
    if (!this.take(')')) {
      throw new FilterError('A parenthesis is not closed');
    }
    return inner;
  }

  private comparison(): Predicate<T> {
    const match = /^\s*(\w+)\s*(==|!=|<=|>=|<|>)\s*/.exec(this.text.slice(this.position));
    const [whole = '', name = '', operator = ''] = match ?? [];
    if (!match) {
      throw new FilterError(`A comparison is expected at ${this.position}`);
    }
    this.position += whole.length;
    const field = fieldOf(name, this.fields);
    const wanted = this.value();
    const order = ENUMERATIONS[name.toLowerCase()];
    return row => {
      const difference = order
        ? rank(order, String(field(row))) - rank(order, wanted)
        : compare(...alike(field(row), wanted));
      return matches(operator, difference);
    };
  }

  private value(): string {
    const rest = this.text.slice(this.position);
    const quoted = /^"((?:[^"]|"")*)"\s*/.exec(rest);
    const bare = /^[^;,()"]+/.exec(rest);
    const match = quoted ?? bare;
    if (!match) {
      throw new FilterError(`A value is expected at ${this.position}`);
    }
    this.position += match[0].length;
    return quoted ? (quoted[1] ?? '').replaceAll('""', '"') : match[0].trim();
  }

  private take(character: string): boolean {
    const found = this.text[this.position] === character;
    this.position += found ? 1 : 0;
    return found;
  }
}

/** Both sides in the type of the field; ids compare with and without the "urn:veeam:<Type>:" in front. */
function alike(value: Value, wanted: string): [Value, Value] {
  if (typeof value === 'number') {
    if (wanted === '' || Number.isNaN(Number(wanted))) {
      throw new FilterError(`A number is expected instead of ${wanted}`);
    }
    return [value, Number(wanted)];
  }
  if (typeof value === 'boolean') {
    return [value, wanted.toLowerCase() === 'true'];
  }
  return [withoutUrn(value), withoutUrn(wanted)];
}

function withoutUrn(text: string): string {
  return text.replace(/^urn:veeam:\w+:/i, '');
}

function rank(order: readonly string[], value: string): number {
  const index = order.findIndex(candidate => candidate.toLowerCase() === value.toLowerCase());
  if (index < 0) {
    throw new FilterError(`Unknown value: ${value}`);
  }
  return index;
}

function matches(operator: string, difference: number): boolean {
  switch (operator) {
    case '==':
      return difference === 0;
    case '!=':
      return difference !== 0;
    case '<':
      return difference < 0;
    case '>':
      return difference > 0;
    case '<=':
      return difference <= 0;
    default:
      return difference >= 0;
  }
}
