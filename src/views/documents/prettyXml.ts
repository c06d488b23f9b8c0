import { nextSlice } from '../../base/timeSlices';
import { endOfToken } from '../../base/xmlTokens';
import { isTooDeep, isTooLong, Lines } from './prettyText';

/**
 * XML on lines of its own, two blanks a level. Only whitespace between elements changes, and only where it means nothing:
 * in an element that holds elements and no text. Values keep their blanks, references their spelling. Text that is not
 * well-formed, or is long or nested beyond reason, stays as it is.
 */
export async function prettyXml(text: string): Promise<string> {
  const root = isTooLong(text) ? undefined : await parse(text);
  if (!root) {
    return text;
  }
  const lines = new Lines();
  const write = async (element: Element, depth: number): Promise<boolean> => {
    for (const [index, child] of element.children.entries()) {
      if (index % tokensAtOnce === 0 && !(await lines.goesOn())) {
        return false;
      }
      lines.begin(depth);
      if (typeof child === 'string') {
        lines.add(child);
      } else if (child.onlyElements) {
        lines.add(text.slice(child.start, child.contentStart));
        if (!(await write(child, depth + 1))) {
          return false;
        }
        lines.begin(depth);
        lines.add(text.slice(child.contentEnd, child.end));
      } else {
        lines.add(text.slice(child.start, child.end));
      }
    }
    return true;
  };
  return (await write(root, 0)) ? lines.text.trimStart() : text;
}

/** Between two looks at the clock. */
const tokensAtOnce = 500;

interface Element {
  readonly name: string;
  /** Where in the text the begin tag begins, what is between the tags begins and ends, and the end tag ends. */
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
async function parse(text: string): Promise<Element | undefined> {
  const root = elementAt('', 0, 0);
  const open = [root];
  let tokens = 0;
  for (let at = 0; at < text.length; tokens++) {
    if (tokens % tokensAtOnce === 0) {
      await nextSlice();
    }
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
      if (name === undefined || isTooDeep(open.length)) {
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
