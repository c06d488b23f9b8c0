import { createScanner } from 'jsonc-parser';
import { isTooDeep, isTooLong, Lines } from './prettyText';

/**
 * JSON on lines of its own, two blanks a level. Only the whitespace between tokens changes: numbers keep their digits, texts
 * their spelling, members their order and number. Text that is no JSON, or is long or nested beyond reason, stays as it is.
 */
export async function prettyJson(text: string): Promise<string> {
  if (isTooLong(text) || !isJson(text)) {
    return text;
  }
  const scanner = createScanner(text, true);
  const lines = new Lines();
  let depth = 0;
  let justOpened = false;
  for (let tokens = 0; ; tokens++) {
    if (tokens % tokensAtOnce === 0 && !(await lines.goesOn())) {
      return text;
    }
    scanner.scan();
    const token = text.slice(scanner.getTokenOffset(), scanner.getTokenOffset() + scanner.getTokenLength());
    if (token === '') {
      return lines.text;
    }
    const closes = token === '}' || token === ']';
    depth -= closes ? 1 : 0;
    // What is empty stays on its line.
    if (justOpened !== closes) {
      lines.begin(depth);
    }
    lines.add(token);
    justOpened = token === '{' || token === '[';
    if (justOpened && isTooDeep(++depth)) {
      return text;
    }
    if (token === ',') {
      lines.begin(depth);
    } else if (token === ':') {
      lines.add(' ');
    }
  }
}

/** Between two looks at the clock. */
const tokensAtOnce = 500;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
