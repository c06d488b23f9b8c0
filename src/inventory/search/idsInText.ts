/** An ID that stands in a text. */
export interface IdInText {
  readonly id: string;
  /** Offsets of its first character and of the one behind it. */
  readonly start: number;
  readonly end: number;
}

// What stands between blanks, quotes and brackets. IDs of organizations and of what is protected may be any text.
const words = /[^\s"'`<>()[\]{},;|]{8,}/g;

// Inside of a word: in an address, behind an equals sign, encoded.
const guids =
  /(?<=^|[^0-9a-z]|%[0-9a-f]{2})(?:urn:veeam:\w+:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-z])/gi;

const guidLength = 36;

/** Longer words are data, not IDs. */
const longestId = 1000;

/** All IDs in a text that somebody knows, from left to right. Takes time in proportion to the text alone. */
export function* idsInText(text: string, isKnown: (id: string) => boolean): Generator<IdInText> {
  for (const { 0: word, index } of text.matchAll(words)) {
    if (word.length <= longestId && isKnown(word)) {
      yield { id: word, start: index, end: index + word.length };
      continue;
    }
    for (const { 0: match, index: at } of word.matchAll(guids)) {
      const end = index + at + match.length;
      const id = [match, match.slice(-guidLength)].find(isKnown);
      if (id !== undefined) {
        yield { id, start: end - id.length, end };
      }
    }
  }
}
