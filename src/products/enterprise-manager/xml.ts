import { type X2jOptions, XMLParser, XMLValidator } from 'fast-xml-parser';
import { resolvedReferences } from '../../base/xmlReferences';
import type { TextParser } from '../reading/bodyParser';
import { Bounds } from '../reading/bounds';
import { DocumentType, isXmlText, type XmlSlice, XmlSlices } from '../reading/xmlSlices';
import { EnterpriseManagerJson } from './json';

// Elements that repeat. Without this list, one child would become an object and two an array.
const repeated = new Set([
  'BackupServer',
  'CloudGateway',
  'CloudHardwarePlan',
  'CloudSubtenant',
  'CloudTenant',
  'CloudTenantComputeResource',
  'CloudTenantResource',
  'Link',
  'Ref',
  'Repository',
  'StorageResourceStat',
  'SupportedVersion',
]);

interface Members {
  [name: string]: unknown;
}

/** An element that is not closed yet. */
interface Open {
  readonly name: string;
  readonly attributes: Members | undefined;
  /** The elements in it. */
  members: Members | undefined;
  text: string;
}

// Names are told from members that all objects have by this character, which no name of XML contains.
const tagPrefix = '<';
const attributePrefix = '@';
const textName = '#text';
const cdataName = '#cdata';
const attributesName = ':@';

/** @param unread names of elements whose content is not looked into */
function parserWithout(unread: readonly string[]): XMLParser {
  return new XMLParser({ ...options, stopNodes: unread.map(name => `..${tagPrefix}${name}`) });
}

const options: X2jOptions = {
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: attributePrefix,
  textNodeName: textName,
  cdataPropName: cdataName,
  ignorePiTags: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  // They are resolved below: the parser would leave those that nobody knows as they are.
  processEntities: false,
  // Making the path of each element as a text would take a good part of the time.
  jPath: false,
  // The parser asks twice for an element without content.
  transformTagName: name => (isTag(name) ? name : `${tagPrefix}${name}`),
};

/** What the parser makes of a text, of CDATA, or of an element, whose one member that begins with `<` has what is in it. */
interface Parsed {
  readonly [textName]?: string;
  readonly [cdataName]?: readonly [{ readonly [textName]: string }];
  readonly [attributesName]?: Readonly<Record<string, string>>;
  readonly [element: `<${string}`]: readonly Parsed[];
}

/**
 * Makes plain objects of XML, in nearly the shape of its JSON twin: what remains different is that a list has one more level
 * (`{ Links: { Link: [...] } }` for `{ Links: [...] }`) and that all values are text. Namespaces and comments are left out,
 * and text beside elements.
 */
export class XmlParser implements TextParser {
  readonly format = 'XML';
  readonly #unread: readonly string[];
  readonly #parser: XMLParser;
  readonly #slices = new XmlSlices();
  readonly #bounds = new Bounds();
  readonly #document: Open = { name: '', attributes: undefined, members: undefined, text: '' };
  readonly #open: Open[] = [this.#document];

  /** @param unread names of elements that are left out: nothing is made of them, which saves time. They must be well-formed like all others. */
  constructor(unread: readonly string[] = []) {
    this.#unread = unread;
    this.#parser = parserWithout(unread);
  }

  write(piece: string): void {
    const slice = this.#slices.add(piece);
    if (slice) {
      this.#read(slice);
    }
  }

  /** The root element as the one member of an object. */
  end(): Members {
    this.#read(this.#slices.end());
    return this.#document.members ?? {};
  }

  detailOf(error: unknown, bytes: number): string {
    // The parser's message quotes the body.
    return error instanceof DocumentType ? error.message : `${bytes} bytes`;
  }

  #read({ text, tags, goesOn, staysOpen }: XmlSlice): void {
    if (XMLValidator.validate(tags) !== true) {
      throw new Error('not well-formed');
    }
    this.#addAll(this.#parser.parse(text), goesOn, staysOpen);
  }

  /**
   * @param goesOn so many elements, each the first in the one before, were begun by an earlier slice
   * @param staysOpen so many elements, each the last in the one before, are closed by a later slice
   */
  #addAll(all: readonly Parsed[], goesOn: number, staysOpen: number): void {
    for (const [index, parsed] of all.entries()) {
      const isBegun = goesOn > 0 && index === 0;
      const isLeftOpen = staysOpen > 0 && index === all.length - 1;
      const text = parsed[textName];
      const cdata = parsed[cdataName];
      if (text !== undefined) {
        this.#add(resolved(text));
      } else if (cdata) {
        this.#add(cdata[0][textName]);
      } else {
        this.#addElement(parsed, isBegun ? goesOn : 0, isLeftOpen ? staysOpen : 0);
      }
    }
  }

  #addElement(parsed: Parsed, goesOn: number, staysOpen: number): void {
    const tag = Object.keys(parsed).find(isTag) ?? tagPrefix;
    const name = localName(tag.slice(tagPrefix.length));
    if (this.#unread.includes(name)) {
      return;
    }
    if (goesOn === 0) {
      this.#begin(name, parsed[attributesName]);
    }
    this.#addAll(parsed[tag] ?? [], Math.max(goesOn - 1, 0), Math.max(staysOpen - 1, 0));
    if (staysOpen === 0) {
      this.#close();
    }
  }

  #begin(name: string, written: Readonly<Record<string, string>> | undefined): void {
    let attributes: Members | undefined;
    for (const [key, value] of Object.entries(written ?? {})) {
      const attribute = key.slice(attributePrefix.length);
      if (attribute !== 'xmlns' && !attribute.startsWith('xmlns:')) {
        this.#bounds.add(attributes ? 0 : 1, 1);
        attributes ??= {};
        // Line ends and tabs in attributes mean blanks, as XML wants it.
        attributes[localName(attribute)] = ownCopy(resolved(value.replace(/[\t\n]/g, ' ')));
      }
    }
    this.#bounds.add(0, 1);
    this.#open.push({ name, attributes, members: undefined, text: '' });
  }

  #add(text: string): void {
    const element = this.#open.at(-1);
    // Text beside elements means nothing.
    if (element && !element.members) {
      element.text += text;
      this.#bounds.checkText(element.text.length);
    }
  }

  #close(): void {
    const element = this.#open.pop();
    const parent = this.#open.at(-1);
    if (element && parent) {
      this.#bounds.add(parent.members ? 0 : 1, 0);
      parent.members ??= {};
      put(parent.members, element.name, valueIn(element));
    }
  }
}

function isTag(name: string): name is `<${string}` {
  return name.startsWith(tagPrefix);
}

/** Attributes stand beside elements and last, as in the JSON form of the same resources. */
function valueIn({ attributes, members, text }: Open): unknown {
  if (members) {
    return attributes ? Object.assign(members, attributes) : members;
  }
  return attributes ?? ownCopy(text);
}

function put(members: Members, name: string, value: unknown): void {
  const before = Object.hasOwn(members, name) ? members[name] : undefined;
  if (Array.isArray(before)) {
    before.push(value);
  } else if (before !== undefined) {
    members[name] = [before, value];
  } else {
    members[name] = repeated.has(name) ? [value] : value;
  }
}

/** @throws {Error} for the one name that cannot be a member */
function localName(name: string): string {
  const local = name.slice(name.indexOf(':') + 1);
  if (local === '__proto__') {
    throw new Error('name');
  }
  return local;
}

/**
 * With characters for references, which `XmlSlices` has checked. .NET writes characters in this way that XML does not have, such
 * as those that come with text out of Office. They stay as they are written: a single one would otherwise cost the whole list.
 */
function resolved(written: string): string {
  return resolvedReferences(written, isXmlText);
}

/** V8 cuts a text out of another one by pointing into it: an item's name would keep all that came around it in memory. */
function ownCopy(text: string): string {
  return text.length < longestCopied ? text : Buffer.from(text).toString();
}

/** Shorter texts V8 copies. */
const longestCopied = 13;

/**
 * Old servers send XML whatever was asked for: its first character tells.
 * @param unread see {@link XmlParser}; JSON is read in whole
 */
export function xmlOrJson(start: string, unread?: readonly string[]): TextParser {
  return start.trimStart().startsWith('<') ? new XmlParser(unread) : new EnterpriseManagerJson();
}

/** Text as the content of an element. */
export function escapeXml(text: string): string {
  return text.toWellFormed().replace(/[&<>"'\p{Cc}]/gu, character => `&#${character.charCodeAt(0)};`);
}
