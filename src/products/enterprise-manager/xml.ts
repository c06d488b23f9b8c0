import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { textOf } from '../decode';
import { MalformedBody } from '../failures';

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

const parser = new XMLParser({
  ignoreAttributes: false,
  // Attributes stand beside elements, as in the JSON form of the same resources.
  attributeNamePrefix: '',
  removeNSPrefix: true,
  // Ids such as 0012 and numbers beyond 2^53 keep their digits.
  parseTagValue: false,
  parseAttributeValue: false,
  // Names may begin or end with blanks; what stands between elements is of no interest to anybody.
  trimValues: false,
  // Also switches on references to characters by number, which are plain XML.
  htmlEntities: true,
  maxNestedTags: 100,
  isArray: (name, _path, _isLeaf, isAttribute) => !isAttribute && repeated.has(name),
});

/**
 * An XML body as plain objects, in nearly the shape of its JSON twin: what remains different is that a list has one more
 * level (`{ Links: { Link: [...] } }` for `{ Links: [...] }`) and that all values are text.
 * @throws {MalformedBody} also for a document type declaration, which no backup server sends and every attack needs
 */
export function parseXml(host: string, body: Buffer): unknown {
  const text = textOf(body);
  if (text === undefined) {
    throw new MalformedBody(host, 'XML', 'not UTF-8');
  }
  if (/<!DOCTYPE/i.test(text)) {
    throw new MalformedBody(host, 'XML', 'a document type declaration');
  }
  // Parsed first: that gives up on depth, which the validator would follow to the end.
  try {
    const tree: unknown = parser.parse(text);
    if (XMLValidator.validate(text) === true) {
      return tree;
    }
  } catch {
    // said below
  }
  throw new MalformedBody(host, 'XML', `${body.length} bytes`);
}

/** Whether a body is XML, by its first character: old servers send it whatever was asked for. */
export function looksLikeXml(body: Buffer): boolean {
  return textOf(body.subarray(0, 1024), 'lenient')?.trimStart().startsWith('<') ?? false;
}

/** Text as the content of an element. */
export function escapeXml(text: string): string {
  return text.toWellFormed().replace(/[&<>"'\p{Cc}]/gu, character => `&#${character.charCodeAt(0)};`);
}
