import { createScanner, SyntaxKind } from 'jsonc-parser';
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
  let afterOpening = false;
  for (let token = scanner.scan(); token !== SyntaxKind.EOF; token = scanner.scan()) {
    const closing = token === SyntaxKind.CloseBraceToken || token === SyntaxKind.CloseBracketToken;
    depth -= closing ? 1 : 0;
    // What is empty stays on its line.
    if (afterOpening !== closing) {
      pieces.push(lineAt(depth));
    }
    pieces.push(text.slice(scanner.getTokenOffset(), scanner.getTokenOffset() + scanner.getTokenLength()));
    afterOpening = token === SyntaxKind.OpenBraceToken || token === SyntaxKind.OpenBracketToken;
    if (afterOpening && ++depth > deepestNesting) {
      return text;
    }
    if (token === SyntaxKind.CommaToken) {
      pieces.push(lineAt(depth));
    } else if (token === SyntaxKind.ColonToken) {
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
