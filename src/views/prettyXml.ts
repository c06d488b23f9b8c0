import { deepestNesting, lineAt } from './prettyText';

/**
 * XML on lines of its own, two blanks a level. Only whitespace between elements changes, and only where it means nothing:
 * in an element that holds elements and no text. Values keep their blanks, references their spelling. Text that is not
 * well-formed, or nested beyond reason, stays as it is.
 */
export function prettyXml(text: string): string {
  const root = parse(text);
  if (!root) {
    return text;
  }
  const pieces: string[] = [];
  const lines = (element: Element, depth: number): void => {
    for (const child of element.children) {
      pieces.push(lineAt(depth));
      if (typeof child === 'string') {
        pieces.push(child);
      } else if (child.onlyElements) {
        pieces.push(text.slice(child.start, child.contentStart));
        lines(child, depth + 1);
        pieces.push(lineAt(depth), text.slice(child.contentEnd, child.end));
      } else {
        pieces.push(text.slice(child.start, child.end));
      }
    }
  };
  lines(root, 0);
  return pieces.join('').trimStart();
}

interface Element {
  readonly name: string;
  /** Of the begin tag, what is between the tags, and the end of the end tag, in the text. */
  readonly start: number;
  readonly contentStart: number;
  contentEnd: number;
  end: number;
  /** Whether whitespace in it means nothing. */
  onlyElements: boolean;
  /** Elements; comments and instructions as they are written. Whitespace is left out, text is not looked for here. */
  readonly children: (Element | string)[];
}

/** What holds the document's element and what stands around it; undefined if the text is not well-formed. */
function parse(text: string): Element | undefined {
  const root = elementAt('', 0, 0);
  const open = [root];
  for (let at = 0; at < text.length; ) {
    const parent = open.at(-1) ?? root;
    const end = endOfToken(text, at);
    if (end === undefined) {
      return undefined;
    }
    const token = text.slice(at, end);
    if (token.startsWith('</')) {
      if (open.length === 1 || token.slice(2, -1).trimEnd() !== parent.name) {
        return undefined;
      }
      parent.contentEnd = at;
      parent.end = end;
      parent.onlyElements &&= parent.children.length > 0;
      open.pop();
    } else if (token.startsWith('<!--') || token.startsWith('<?')) {
      parent.children.push(token);
    } else if (token.startsWith('<') && !token.startsWith('<![CDATA[')) {
      const name = /^<([^\s/>!]+)/.exec(token)?.[1];
      if (name === undefined || open.length > deepestNesting) {
        return undefined;
      }
      const element = elementAt(name, at, end);
      parent.children.push(element);
      if (token.endsWith('/>')) {
        element.onlyElements = false;
      } else {
        element.onlyElements = !/\sxml:space\s*=/.test(token);
        open.push(element);
      }
    } else if (/[^ \t\r\n]/.test(token)) {
      if (parent === root) {
        return undefined;
      }
      parent.onlyElements = false;
    }
    at = end;
  }
  return open.length === 1 && root.children.some(child => typeof child !== 'string') ? root : undefined;
}

function elementAt(name: string, start: number, contentStart: number): Element {
  return { name, start, contentStart, contentEnd: contentStart, end: contentStart, onlyElements: true, children: [] };
}

/** Where the tag, comment, section, instruction or text that begins at `at` ends. */
function endOfToken(text: string, at: number): number | undefined {
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
