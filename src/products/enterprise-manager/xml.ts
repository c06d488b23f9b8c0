import { SaxesParser } from 'saxes';
import type { TextParser } from '../reading/bodyParser';
import { Bounds } from '../reading/bounds';
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

class DocumentType extends Error {}

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

/**
 * Makes plain objects of XML, in nearly the shape of its JSON twin: what remains different is that a list has one more level
 * (`{ Links: { Link: [...] } }` for `{ Links: [...] }`) and that all values are text. Namespaces and comments are left out,
 * and text beside elements. A document type declaration is refused: no backup server sends one and every attack needs it.
 */
export class XmlParser implements TextParser {
  readonly format = 'XML';
  readonly #parser = new SaxesParser({ position: false });
  readonly #bounds = new Bounds();
  readonly #document: Open = { name: '', attributes: undefined, members: undefined, text: '' };
  readonly #open: Open[] = [this.#document];
  /** Of the element that begins. */
  #attributes: Members | undefined;

  constructor() {
    this.#parser.on('error', error => {
      // .NET writes characters in this way that XML does not have, such as those that come with text out of Office. They
      // stay as they are written.
      if (!error.message.includes('malformed character entity')) {
        throw error;
      }
    });
    this.#parser.on('doctype', () => {
      throw new DocumentType('a document type declaration');
    });
    this.#parser.on('attribute', ({ name, value }) => {
      if (name !== 'xmlns' && !name.startsWith('xmlns:')) {
        this.#bounds.add(this.#attributes ? 0 : 1, 1);
        this.#attributes ??= {};
        this.#attributes[localName(name)] = ownCopy(value);
      }
    });
    this.#parser.on('opentag', ({ name }) => this.#begin(localName(name)));
    this.#parser.on('text', text => this.#add(text));
    this.#parser.on('cdata', text => this.#add(text));
    this.#parser.on('closetag', () => this.#close());
  }

  write(piece: string): void {
    this.#parser.write(piece);
  }

  /** The root element as the one member of an object. */
  end(): Members {
    this.#parser.close();
    return this.#document.members ?? {};
  }

  detailOf(error: unknown, bytes: number): string {
    // The parser's message quotes the body.
    return error instanceof DocumentType ? error.message : `${bytes} bytes`;
  }

  #begin(name: string): void {
    // The document itself is one of them.
    this.#bounds.checkDepth(this.#open.length);
    this.#bounds.add(0, 1);
    this.#open.push({ name, attributes: this.#attributes, members: undefined, text: '' });
    this.#attributes = undefined;
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

/** V8 cuts a text out of another one by pointing into it: an item's name would keep all that came around it in memory. */
function ownCopy(text: string): string {
  return text.length < longestCopied ? text : Buffer.from(text).toString();
}

/** Shorter texts V8 copies. */
const longestCopied = 13;

/** Old servers send XML whatever was asked for: its first character tells. */
export function xmlOrJson(start: string): TextParser {
  return start.trimStart().startsWith('<') ? new XmlParser() : new EnterpriseManagerJson();
}

/** Text as the content of an element. */
export function escapeXml(text: string): string {
  return text.toWellFormed().replace(/[&<>"'\p{Cc}]/gu, character => `&#${character.charCodeAt(0)};`);
}
