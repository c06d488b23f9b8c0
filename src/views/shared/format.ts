import * as vscode from 'vscode';
import { Numbers, wholePercent } from '../../base/numbers';

let made: Numbers | undefined;

function numbers(): Numbers {
  made ??= new Numbers(locale());
  return made;
}

const timeOfDay = lazy(() => new Intl.DateTimeFormat(locale(), { timeStyle: 'short' }));
const collator = lazy(() => new Intl.Collator(locale(), { numeric: true }));

/** As people sort names: "Repo 2" before "Repo 10". */
export function compareNames(one: string, other: string): number {
  return collator().compare(one, other);
}

/** A size in the units of the vendor's consoles, three digits long: `12.5 GB`, where 1 GB is 1024³ bytes. */
export function size(bytes: number): string {
  return numbers().size(bytes);
}

export function count(number: number): string {
  return numbers().count(number);
}

/** A share in whole percent: `97 %` for 0.97. */
export function percent(share: number): string {
  return vscode.l10n.t('{0} %', count(wholePercent(share)));
}

/** A moment of the server's in local time; the raw text if it is none. */
export function dateTime(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : numbers().dateTime(time);
}

/** A moment of today as its time, another one with its date; milliseconds since 1970. */
export function clock(time: number, now = Date.now()): string {
  const isToday = new Date(time).toDateString() === new Date(now).toDateString();
  return isToday ? timeOfDay().format(time) : numbers().dateTime(time);
}

function lazy<T>(make: () => T): () => T {
  let value: T | undefined;
  return () => {
    value ??= make();
    return value;
  };
}

/** VS Code's language; undefined (the system's) if Intl does not know it. */
export function locale(): string | undefined {
  try {
    return Intl.getCanonicalLocales(vscode.env.language)[0];
  } catch {
    return undefined;
  }
}
