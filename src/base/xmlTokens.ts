/** Where the tag, comment, section, instruction or text that begins at `at` ends; undefined if it does not end. */
export function endOfToken(text: string, at: number): number | undefined {
  if (text[at] !== '<') {
    const next = text.indexOf('<', at);
    return next === -1 ? text.length : next;
  }
  for (const [begin, end] of bracketed) {
    if (text.startsWith(begin, at)) {
      return endAfter(text, end, at + begin.length);
    }
  }
  // A value may hold the sign that ends a tag.
  for (let position = at + 1; position < text.length; ) {
    const sign = text[position];
    if (sign === '>') {
      return position + 1;
    }
    const next: number | undefined =
      sign === '"' || sign === "'" ? endAfter(text, sign, position + 1) : sign === '<' ? undefined : position + 1;
    if (next === undefined) {
      return undefined;
    }
    position = next;
  }
  return undefined;
}

const bracketed = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;

function endAfter(text: string, end: string, from: number): number | undefined {
  const found = text.indexOf(end, from);
  return found === -1 ? undefined : found + end.length;
}
