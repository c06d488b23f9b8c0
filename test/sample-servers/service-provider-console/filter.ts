import { badParameter } from './replies';

/** The parameters `filter` and `sort`: JSON texts that name members of the rows. */

export type Body = Readonly<Record<string, unknown>>;

interface Expression {
  readonly property?: unknown;
  readonly operation?: unknown;
  readonly collation?: unknown;
  readonly value?: unknown;
  readonly items?: unknown;
}

const COLLATIONS = ['ordinal', 'ignorecase', 'lexicographic'];
const UID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @throws Refusal for what is not understood. */
export function filtered(rows: readonly Body[], text: string): Body[] {
  const expressions = expressionsOf(text, 'filter');
  return rows.filter(row => expressions.every(expression => holds(expression, row, rows)));
}

/** @throws Refusal for what is not understood. */
export function sorted(rows: readonly Body[], text: string): Body[] {
  const keys = expressionsOf(text, 'sort').map(key => {
    const { property, direction = 'ascending', collation } = key as Record<string, unknown>;
    if (direction !== 'ascending' && direction !== 'descending') {
      throw badParameter('sort', `The sort direction ${String(direction)} is unknown.`);
    }
    return { path: pathOf(property, rows, 'sort'), sign: direction === 'ascending' ? 1 : -1, collation };
  });
  return [...rows].sort((left, right) => {
    for (const { path, sign, collation } of keys) {
      const order = compare(valueAt(left, path), valueAt(right, path), collation);
      if (order !== 0) {
        return sign * order;
      }
    }
    return 0;
  });
}

function expressionsOf(text: string, parameter: 'filter' | 'sort'): Expression[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    parsed = singleQuoted(text, parameter);
  }
  return objectsIn(parsed, parameter);
}

/** The product's own reader of JSON takes apostrophes for quotation marks. */
function singleQuoted(text: string, parameter: string): unknown {
  try {
    return JSON.parse(text.replaceAll("'", '"'));
  } catch {
    throw badParameter(parameter, `The parameter ${parameter} is not valid JSON.`);
  }
}

function objectsIn(value: unknown, parameter: string): Expression[] {
  if (!Array.isArray(value) || value.some(item => typeof item !== 'object' || item === null)) {
    throw badParameter(parameter, `The parameter ${parameter} must be an array of expressions.`);
  }
  return value as Expression[];
}

function holds(expression: Expression, row: Body, rows: readonly Body[]): boolean {
  const { operation, collation = 'ordinal', value } = expression;
  const inner = () => objectsIn(expression.items, 'filter').map(item => holds(item, row, rows));
  switch (operation) {
    case 'and':
      return inner().every(Boolean);
    case 'or':
      return inner().some(Boolean);
    case 'not':
      return !inner().every(Boolean);
    case 'exclusiveOr':
      return inner().filter(Boolean).length === 1;
  }
  if (!COLLATIONS.includes(String(collation))) {
    throw badParameter('filter', `The collation ${String(collation)} is unknown.`);
  }
  const actual = valueAt(row, pathOf(expression.property, rows, 'filter'));
  if (
    /Uid$/.test(String(expression.property)) &&
    [value].flat().some(each => each !== null && !UID.test(String(each)))
  ) {
    throw badParameter('filter', `A value of ${String(expression.property)} is not a UUID.`);
  }
  const same = (one: unknown, other: unknown) => compare(one, other, collation) === 0;
  switch (operation) {
    case 'equals':
      return same(actual, value);
    case 'notEquals':
      return !same(actual, value);
    case 'contains':
      return contains(actual, value, collation, same);
    case 'in':
      return listOf(value).some(item => same(actual, item));
    case 'subset':
      return listOf(actual).every(item => listOf(value).some(other => same(item, other)));
    case 'superset':
      return listOf(value).every(item => listOf(actual).some(other => same(item, other)));
  }
  // Nothing is above or below a value that is not there.
  const order = actual === null ? Number.NaN : compare(actual, value, collation);
  switch (operation) {
    case 'greaterThan':
      return order > 0;
    case 'greaterThanOrEqual':
      return order >= 0;
    case 'lessThan':
      return order < 0;
    case 'lessThanOrEqual':
      return order <= 0;
  }
  throw badParameter('filter', `The operation ${String(operation)} is unknown.`);
}

function contains(
  actual: unknown,
  value: unknown,
  collation: unknown,
  same: (one: unknown, other: unknown) => boolean,
): boolean {
  if (Array.isArray(actual)) {
    return actual.some(item => same(item, value));
  }
  return typeof actual === 'string' && folded(actual, collation).includes(folded(String(value), collation));
}

function listOf(value: unknown): unknown[] {
  if (!Array.isArray(value)) {
    throw badParameter('filter', 'This operation takes an array.');
  }
  return value;
}

/** A member that no row has is a mistake of the client's; one that only some rows have is null in the others. */
function pathOf(property: unknown, rows: readonly Body[], parameter: string): string[] {
  const path = typeof property === 'string' && property !== '' ? property.split('.') : [];
  if (path.length === 0 || (rows.length > 0 && !rows.some(row => valueAt(row, path) !== undefined))) {
    throw badParameter(parameter, `The property ${String(property)} is unknown.`);
  }
  return path;
}

function valueAt(row: Body, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? (value as Record<string, unknown>)[name]
        : undefined,
    row,
  );
}

/** Null and missing values come before all others. */
function compare(one: unknown, other: unknown, collation: unknown): number {
  const left = one ?? null;
  const right = other ?? null;
  if (left === null || right === null) {
    return Number(left !== null) - Number(right !== null);
  }
  if (typeof left === 'number') {
    return Math.sign(left - Number(right));
  }
  const isUid = UID.test(String(left));
  const first = folded(String(left), isUid ? 'ignorecase' : collation);
  const second = folded(String(right), isUid ? 'ignorecase' : collation);
  if (collation === 'lexicographic') {
    return first.localeCompare(second, 'en');
  }
  return first < second ? -1 : Number(first > second);
}

function folded(text: string, collation: unknown): string {
  return collation === 'ignorecase' ? text.toLowerCase() : text;
}
