const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const openList = 0x5b;
const backslash = 0x5c;
const closeList = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;

/**
 * The elements of a list to the letter: of the text itself, or of its member of that name.
 * @param text JSON that a parser has accepted
 */
export function rawElements(text: string, member: string): string[] {
  let elements: string[] = [];
  /** How many lists and objects are open. */
  let depth = 0;
  /** The depth within the list; undefined outside of it. */
  let listDepth: number | undefined;
  /** Where the element begins. */
  let start = 0;
  /** The last text of an object's first level, which is a name if a colon follows. */
  let name = '';
  /** Whether the value of that member follows; the next colon tells of the next one. */
  let isMember = false;
  const take = (end: number) => {
    const element = text.slice(start, end).trim();
    if (element !== '') {
      elements.push(element);
    }
    start = end + 1;
  };
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case quote: {
        const end = endOfText(text, at);
        name = depth === 1 && listDepth === undefined ? text.slice(at, end + 1) : name;
        at = end;
        break;
      }
      case colon:
        isMember = depth === 1 && JSON.parse(name) === member;
        break;
      case openList:
        depth++;
        if (depth === 1 || (depth === 2 && isMember)) {
          elements = []; // of two members of one name, parsers take the last one
          listDepth = depth;
          start = at + 1;
        }
        break;
      case openObject:
        depth++;
        break;
      case comma:
        if (depth === listDepth) {
          take(at);
        }
        break;
      case closeList:
        if (depth === listDepth) {
          take(at);
          listDepth = undefined;
        }
        depth--;
        break;
      case closeObject:
        depth--;
        break;
    }
  }
  return elements;
}

/** Where the text that begins there has its closing quotation mark. */
function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === backslash) {
      at++;
    } else if (code === quote) {
      return at;
    }
  }
  return text.length;
}
