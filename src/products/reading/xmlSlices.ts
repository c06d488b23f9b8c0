import { Bounds } from './bounds';

/** A document type declaration: no backup server sends one, and every attack on parsers of XML needs one. */
export class DocumentType extends Error {}

/** A part of a document as a document of its own: the elements that the part stands in are around it. */
export interface XmlSlice {
  readonly text: string;
  /** Its tags without the values of their attributes: all that is left to be checked. */
  readonly tags: string;
  /** How many elements an earlier slice began and this one goes on with, from the root. */
  readonly goesOn: number;
  /** How many elements a later slice goes on with, from the root. */
  readonly staysOpen: number;
}

/** Characters that are looked through at once. Waiting for them keeps a body in tiny pieces from being looked through often. */
const usualPiece = 16 * 1024;

const instruction = /^<\?([A-Za-z_:][\w:.-]*)(?:\s|\?>$)/;

/** Outside of what XML has characters for. */
const noCharacter = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** To a character by its number, or by one of the five names that XML has without a document type. */
const reference = /&(?:#x[\dA-Fa-f]+|#\d+|amp|apos|gt|lt|quot);/g;

/**
 * Cuts XML between elements while it arrives, so that each slice can be parsed on its own and nothing has to wait for the
 * whole.
 *
 * The slices are well-formed exactly if the whole is: a slice begins with the names of the elements that are open there, and
 * ends by closing those that are open at its end. Texts and values are checked here, and all that the validator of
 * fast-xml-parser lets pass; names and the form of tags are left to it.
 */
export class XmlSlices {
  readonly #bounds = new Bounds();
  #arrived = '';
  /** Begins where the last slice ended. */
  #text = '';
  /** The tags, comments and the like before this place in `#text` have been looked at. */
  #seen = 0;
  /** Of the text before `#seen`. */
  #tags = '';
  /** Names of the elements that are open at `#seen`. */
  readonly #open: string[] = [];
  #hasRoot = false;
  /** Names of the elements that are open where `#text` begins. */
  #openBefore: readonly string[] = [];
  /** The last place in `#text` where it can be cut, how many elements are open there, and the place in `#tags`. 0 if there is none or the root is closed. */
  #cut = { at: 0, depth: 0, tags: 0 };

  /**
   * Undefined while there is too little for a slice.
   * @throws {DocumentType | TooMuch}
   * @throws {Error} for what is not well-formed and a parser might not notice
   */
  add(piece: string): XmlSlice | undefined {
    this.#arrived += piece;
    if (this.#arrived.length < usualPiece) {
      return undefined;
    }
    this.#look();
    const { at, depth, tags } = this.#cut;
    return at > 0 ? this.#take(at, depth, tags) : undefined;
  }

  /** The rest, whatever it is. Throws what `add` throws. */
  end(): XmlSlice {
    this.#look();
    if (this.#text.includes('<', this.#seen)) {
      throw new Error('the end within a tag');
    }
    this.#checkOutside(this.#text.slice(this.#seen));
    return this.#take(this.#text.length, 0, this.#tags.length);
  }

  #take(end: number, depth: number, endOfTags: number): XmlSlice {
    const before = this.#openBefore;
    // No element was closed behind the place of the cut, so these are the ones that were open there.
    const after = this.#open.slice(0, depth);
    const starts = before.map(name => `<${name}>`).join('');
    const ends = after
      .map(name => `</${name}>`)
      .reverse()
      .join('');
    const text = [starts, this.#text.slice(0, end), ends].join('');
    const tags = [starts, this.#tags.slice(0, endOfTags), ends].join('');
    this.#text = this.#text.slice(end);
    this.#tags = this.#tags.slice(endOfTags);
    this.#seen -= end;
    this.#openBefore = after;
    this.#cut = { at: 0, depth: 0, tags: 0 };
    return { text, tags, goesOn: before.length, staysOpen: depth };
  }

  #look(): void {
    if (!isXmlText(this.#arrived)) {
      throw new Error('a character that XML does not have');
    }
    this.#text += this.#arrived;
    this.#arrived = '';
    const text = this.#text;
    for (let start = text.indexOf('<', this.#seen); start >= 0; start = text.indexOf('<', this.#seen)) {
      if (start > this.#seen) {
        this.#checkText(text.slice(this.#seen, start));
      }
      const end = this.#behind(text, start);
      if (end === undefined) {
        break;
      }
      this.#seen = end;
    }
    this.#bounds.checkText(text.length - this.#seen);
  }

  /** Text between tags. */
  #checkText(text: string): void {
    this.#checkOutside(text);
    checkReferences(text);
    if (text.includes(']]>')) {
      throw new Error('the end of CDATA');
    }
  }

  #checkOutside(text: string): void {
    if (this.#open.length === 0 && text.trim() !== '') {
      throw new Error('text outside of the root');
    }
  }

  /** Where the tag, comment or the like ends that begins at `start`; undefined if it has not all come. */
  #behind(text: string, start: number): number | undefined {
    switch (text[start + 1]) {
      case undefined:
        return undefined;
      case '?':
        return this.#behindInstruction(text, start);
      case '!':
        return this.#behindDeclaration(text, start);
    }
    const tag = tagAt(text, start);
    if (tag) {
      this.#tags += tag.bare;
      this.#passTag(text, start, tag.end);
    }
    return tag?.end;
  }

  #behindInstruction(text: string, start: number): number | undefined {
    const end = behind(text, '?>', start + '<?'.length);
    if (end !== undefined) {
      const [, target] = instruction.exec(text.slice(start, end)) ?? [];
      const isXml = target?.toLowerCase() === 'xml';
      if (target === undefined || (isXml && (start > 0 || this.#hasRoot || !text.startsWith('<?xml version', start)))) {
        throw new Error('an instruction');
      }
    }
    return end;
  }

  #behindDeclaration(text: string, start: number): number | undefined {
    if (text.startsWith('<!--', start)) {
      const end = behind(text, '--', start + '<!--'.length);
      if (end !== undefined && end < text.length && text[end] !== '>') {
        throw new Error('two hyphens in a comment');
      }
      return end !== undefined && end < text.length ? end + 1 : undefined;
    }
    if (text.startsWith('<![CDATA[', start)) {
      this.#checkOutside('CDATA');
      return behind(text, ']]>', start + '<![CDATA['.length);
    }
    if (text.startsWith('<!DOCTYPE', start)) {
      throw new DocumentType('a document type declaration');
    }
    if (text.length - start >= '<!DOCTYPE'.length) {
      throw new Error('a declaration');
    }
    return undefined;
  }

  #passTag(text: string, start: number, end: number): void {
    if (text[start + 1] === '/') {
      if (this.#open.pop() === undefined) {
        throw new Error('an end without a start');
      }
    } else {
      if (this.#open.length === 0 && this.#hasRoot) {
        throw new Error('two roots');
      }
      this.#hasRoot = true;
      this.#bounds.checkDepth(this.#open.length + 1);
      if (text[end - 2] !== '/') {
        this.#open.push(nameIn(text.slice(start + 1, end - 1)));
        return;
      }
    }
    const depth = this.#open.length;
    this.#cut = { at: depth > 0 ? end : 0, depth, tags: this.#tags.length };
  }
}

const doubleQuote = 0x22;
const singleQuote = 0x27;
const startOfTag = 0x3c;
const equalsSign = 0x3d;
const endOfTag = 0x3e;

/** Whether XML has all the characters of a text. */
export function isXmlText(text: string): boolean {
  return !noCharacter.test(text);
}

function behind(text: string, end: string, from: number): number | undefined {
  const at = text.indexOf(end, from);
  return at < 0 ? undefined : at + end.length;
}

/**
 * Where a tag ends, and the tag without the values of its attributes; undefined if it has not all come.
 * @throws {Error} for a tag within a tag, `=` without a value, and a reference that means nothing
 */
function tagAt(text: string, start: number): { readonly end: number; readonly bare: string } | undefined {
  let bare = '';
  let from = start;
  let equalsSigns = 0;
  let values = 0;
  for (let at = start + 1; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case doubleQuote:
      case singleQuote: {
        const value = at + 1;
        at = text.indexOf(text.charAt(at), value);
        if (at < 0) {
          return undefined;
        }
        checkValue(text.slice(value, at));
        bare += text.slice(from, value);
        from = at;
        values++;
        break;
      }
      case equalsSign:
        equalsSigns++;
        break;
      case endOfTag:
        if (equalsSigns !== values) {
          throw new Error('an attribute without a value');
        }
        return { end: at + 1, bare: bare + text.slice(from, at + 1) };
      case startOfTag:
        throw new Error('a tag in a tag');
    }
  }
  return undefined;
}

function checkValue(text: string): void {
  if (text.includes('<')) {
    throw new Error('a tag in an attribute');
  }
  checkReferences(text);
}

function checkReferences(text: string): void {
  if (text.includes('&') && text.replace(reference, '').includes('&')) {
    throw new Error('a reference');
  }
}

function nameIn(tag: string): string {
  const end = tag.search(/\s/);
  return end < 0 ? tag : tag.slice(0, end);
}
