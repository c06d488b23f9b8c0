import { oneLine } from '../../base/text';
import type { Node } from '../../inventory/tree/node';
import type { DocumentFormat } from '../../products/product';

export const documentScheme = 'backup-tenancy';

/** The parts of a document's URI. What tells it from others is its query; the path is what people read in its tab. */
export interface DocumentAddress {
  readonly path: string;
  readonly query: string;
}

/**
 * `backup-tenancy:/em-prod/Northwind/nw-user-01.api-json?<key>`. The ending makes it a document of a language of ours, with the
 * colours of JSON and without its language service: that would ask the address for a schema which a server's JSON names.
 */
export function documentAddress(node: Node, format: DocumentFormat): DocumentAddress {
  return { path: `/${segmentsTo(node).join('/')}.api-${format}`, query: node.key };
}

export function readAddress({ path, query }: DocumentAddress): { key: string; format: DocumentFormat } {
  return { key: query, format: path.endsWith('xml') ? 'xml' : 'json' };
}

/** Whether the document is in a language of ours; another ending would give a server's text to other language services. */
export function isInOurLanguage({ path }: DocumentAddress): boolean {
  return /\.api-(?:json|xml)$/.test(path);
}

function segmentsTo({ parent, item }: Node): string[] {
  const above = parent ? segmentsTo(parent) : [];
  return item.kind === 'group' ? above : [...above, segment(item.name)];
}

/** The longest piece of a path. */
const maxPieceLength = 60;

/** A name as one piece of a path, whatever it is: it never leads elsewhere, and no system or tab takes it for anything else. */
function segment(name: string): string {
  const piece = oneLine(name, maxPieceLength)
    .toWellFormed()
    .replace(/[\\/:*?"<>|%#&]|\$(?=\()/g, '_')
    .replace(/^[. ]|[. ]$/g, '_');
  return piece || '_';
}
