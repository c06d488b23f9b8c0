/** The longest piece of a server's text that is shown in a row, a sentence or the log. */
const maxLineLength = 300;

// Control and formatting characters: line ends, terminal escapes, and the marks that reorder text. What a server sends
// must not be able to forge a line of the log or turn a name around.
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** One printable line, however long: where text is taken along, it may be pasted into a shell. */
export function wholeLine(text: string): string {
  return oneLine(text, Number.POSITIVE_INFINITY);
}

// What is pasted must neither run half of it, nor look like another text than it is.
const lineEnds = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
const directionMarks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** An ID to the letter, on one line: only line ends, terminal escapes and direction marks do not go along. */
export function idLine(id: string): string {
  return id.replace(lineEnds, ' ').replace(directionMarks, '');
}

/** One printable line of at most `limit` characters, whatever the input. */
export function oneLine(text: string, limit = maxLineLength): string {
  const line = text
    .slice(0, limit * 4)
    .replace(unprintable, ' ')
    .trim();
  return line.length > limit ? `${line.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : line;
}
