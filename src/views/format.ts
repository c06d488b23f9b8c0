import * as vscode from 'vscode';

const units = ['B', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'];

// Made when first needed: the first formatter of a process costs more time than the rest of the activation.
const decimal = lazy(() => new Intl.NumberFormat(locale(), { maximumSignificantDigits: 3 }));
const whole = lazy(() => new Intl.NumberFormat(locale(), { maximumFractionDigits: 0 }));
const local = lazy(() => new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }));

const timeOfDay = lazy(() => new Intl.DateTimeFormat(locale(), { timeStyle: 'short' }));
const collator = lazy(() => new Intl.Collator(locale(), { numeric: true }));

/** As people sort names: "Repo 2" before "Repo 10". */
export function compareNames(one: string, other: string): number {
  return collator().compare(one, other);
}

/** A size in the units of the vendor's consoles, three digits long: `12.5 GB`, where 1 GB is 1024³ bytes. */
export function size(bytes: number): string {
  let unit = 0;
  let value = bytes;
  // 1,000 GB and more but less than a TB would need a fourth digit.
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${decimal().format(value)} ${units[unit]}`;
}

export function count(number: number): string {
  return whole().format(number);
}

/** A moment of the server's in local time; the raw text if it is none. */
export function dateTime(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : local().format(time);
}

/** A moment of today as its time, another one with its date; milliseconds since 1970. */
export function clock(time: number, now = Date.now()): string {
  const isToday = new Date(time).toDateString() === new Date(now).toDateString();
  return (isToday ? timeOfDay() : local()).format(time);
}

function lazy<T>(make: () => T): () => T {
  let value: T | undefined;
  return () => {
    value ??= make();
    return value;
  };
}

/** VS Code's language, unless it is none that the formatters know: theirs is the system's then. */
function locale(): string | undefined {
  try {
    return Intl.getCanonicalLocales(vscode.env.language)[0];
  } catch {
    return undefined;
  }
}
