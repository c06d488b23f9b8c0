import { XMLParser } from 'fast-xml-parser';
import { textOf } from '../decode';
import { MalformedBody } from '../failures';

// Elements that repeat. Without this list, one child would become an object and two an array.
const repeated = new Set([
  'BackupServer',
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
  try {
    return parser.parse(text, true);
  } catch {
    throw new MalformedBody(host, 'XML', `${body.length} bytes`);
  }
}

/** Whether a body is XML, by its first character: old servers send it whatever was asked for. */
export function looksLikeXml(body: Buffer): boolean {
  return textOf(body.subarray(0, 64))?.trimStart().startsWith('<') ?? false;
}
