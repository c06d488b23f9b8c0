import { createScanner } from 'jsonc-parser';
import { deepestNesting, lineAt } from './prettyText';

/**
 * JSON on lines of its own, two blanks a level. Only the whitespace between tokens changes: numbers keep their digits, texts
 * their spelling, members their order and number. Text that is no JSON, or nested beyond reason, stays as it is.
 */
export function prettyJson(text: string): string {
  if (!isJson(text)) {
    return text;
  }
  const scanner = createScanner(text, true);
  const pieces: string[] = [];
  let depth = 0;
  let justOpened = false;
  for (;;) {
    scanner.scan();
    const token = text.slice(scanner.getTokenOffset(), scanner.getTokenOffset() + scanner.getTokenLength());
    if (token === '') {
      break;
    }
    const closes = token === '}' || token === ']';
    depth -= closes ? 1 : 0;
    // What is empty stays on its line.
    if (justOpened !== closes) {
      pieces.push(lineAt(depth));
    }
    pieces.push(token);
    justOpened = token === '{' || token === '[';
    if (justOpened && ++depth > deepestNesting) {
      return text;
    }
    if (token === ',') {
      pieces.push(lineAt(depth));
    } else if (token === ':') {
      pieces.push(' ');
    }
  }
  return pieces.join('');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
