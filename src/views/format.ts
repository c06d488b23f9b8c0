import * as vscode from 'vscode';
import { Numbers } from '../webview/numbers';

let made: Numbers | undefined;

function numbers(): Numbers {
  made ??= new Numbers(locale());
  return made;
}

/** A size in the units of the vendor's consoles, three digits long: `12.5 GB`, where 1 GB is 1024³ bytes. */
export function size(bytes: number): string {
  return numbers().size(bytes);
}

export function count(number: number): string {
  return numbers().count(number);
}

/** A moment of the server's in local time; the raw text if it is none. */
export function dateTime(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : numbers().dateTime(time);
}

/** VS Code's language, unless it is none that the formatters know: theirs is the system's then. */
export function locale(): string | undefined {
  try {
    return Intl.getCanonicalLocales(vscode.env.language)[0];
  } catch {
    return undefined;
  }
}
