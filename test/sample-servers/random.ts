/**
 * Synthetic values that depend on nothing but their own name and index: any row of a data set of any size can be
 * made on demand, in any order, always the same.
 */

/** FNV-1a with a final mix, so that neighbouring indexes end far apart. */
export function hash(...parts: readonly (string | number)[]): number {
  let value = 0x811c9dc5;
  for (const character of parts.join('/')) {
    value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/** A whole number from `low` to `high`, both included. */
export function between(low: number, high: number, ...parts: readonly (string | number)[]): number {
  return low + Math.floor((hash(...parts) / 2 ** 32) * (high - low + 1));
}

export function pick<T>(values: readonly T[], ...parts: readonly (string | number)[]): T {
  return values[hash(...parts) % values.length] as T;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0').slice(-digits);
}

/** The last group of the GUID carries the index, which makes a look-up by id as cheap as one by index. */
export function guid(kind: string, index: number): string {
  const groups = [
    hex(hash(kind, index), 8),
    hex(hash(kind), 4),
    `4${hex(hash(kind, index, 'b'), 3)}`,
    `8${hex(hash(kind, index, 'c'), 3)}`,
    hex(index, 12),
  ];
  return groups.join('-');
}

export function indexOfGuid(kind: string, id: string): number | undefined {
  const index = Number.parseInt(id.slice(24), 16);
  return Number.isSafeInteger(index) && guid(kind, index) === id.toLowerCase() ? index : undefined;
}
