/** The longest piece of a server's text that is shown in a row, a sentence or the log. */
const maxLineLength = 300;

// Control and formatting characters: line ends, terminal escapes, and the marks that reorder text. What a server sends
// must not be able to forge a line of the log or turn a name around.
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** One printable line, however long: where text is taken along, it may be pasted into a shell. */
export function wholeLine(text: string): string {
  return oneLine(text, Number.POSITIVE_INFINITY);
}

/** The form in which names are compared: case does not count, nor whether an accent is a character of its own. */
export function folded(name: string): string {
  return name.normalize('NFC').toLowerCase();
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

/** A server's name within a sentence: one line of at most `limit` characters. */
export function nameIn(name: string, limit = 60): string {
  return isolated(oneLine(name, limit));
}

/** Hebrew, Arabic and their relatives. */
export const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * A text that stands beside others. One that is read from the right would draw the number behind it to its other side, unless
 * it is isolated. Nothing that is copied is.
 */
export function isolated(text: string): string {
  return rightToLeft.test(text) ? isolate(text) : text;
}

/** Between the marks of Unicode within which a text has a direction of its own. */
export function isolate(text: string): string {
  return `\u2068${text}\u2069`;
}
