// Pieces of keys: any text, in characters that mean nothing there.

/** Percent-encoded; halves of surrogate pairs, too, as if each were a character of its own. Different for different texts. */
export function keyPart(text: string): string {
  if (text.isWellFormed()) {
    return encodeURIComponent(text);
  }
  return text
    .split(/([\uD800-\uDFFF])/u)
    .map((piece, index) => (index % 2 === 0 ? encodeURIComponent(piece) : encodedHalf(piece.charCodeAt(0))))
    .join('');
}

/**
 * The text of a piece.
 * @throws {URIError} if it is none
 */
export function textOfKeyPart(part: string): string {
  return part
    .split(/(%ED%[AB][\dA-F]%[89AB][\dA-F])/i)
    .map((piece, index) => (index % 2 === 0 ? decodeURIComponent(piece) : decodedHalf(piece)))
    .join('');
}

/** The three bytes that UTF-8 would have for it. */
function encodedHalf(code: number): string {
  return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)]
    .map(byte => `%${byte.toString(16).toUpperCase()}`)
    .join('');
}

function decodedHalf(piece: string): string {
  const [, middle = 0, last = 0] = piece
    .slice(1)
    .split('%')
    .map(byte => Number.parseInt(byte, 16));
  return String.fromCharCode(0xd000 | ((middle & 0x3f) << 6) | (last & 0x3f));
}
