/** The names that XML itself has for characters. */
const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * The text with characters for references: `&amp;`, `&#38;`, `&#x26;`. Names are known in either case, as not all servers keep
 * to XML. What stands for no character, or for one that is not taken, stays as it is written.
 * @param isTaken all characters are without it
 */
export function resolvedReferences(text: string, isTaken: (character: string) => boolean = () => true): string {
  return text.includes('&')
    ? text.replace(
        /&(?:#x([\da-f]+)|#(\d+)|(amp|lt|gt|quot|apos));/gi,
        (reference, hexadecimal: string | undefined, decimal: string | undefined, name: string | undefined) => {
          if (name !== undefined) {
            return named[name.toLowerCase()] ?? reference;
          }
          const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
          const character = code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
          return character !== undefined && isTaken(character) ? character : reference;
        },
      )
    : text;
}

/** The text as content or attribute of XML and HTML. */
export function withReferences(text: string): string {
  return text.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`);
}
