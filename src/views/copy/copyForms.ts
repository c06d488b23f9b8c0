import { idLine, wholeLine } from '../../base/text';
import { canBeElsewhere } from '../../everywhere/candidates';
import type { Node } from '../../inventory/tree/node';
import { hasId, type Item } from '../../items/item';
import { jsonOf, pathNames, recordOf } from '../shared/itemRecords';
import { escapeMarkdown } from '../shared/tables';
import { everywhereForms } from './everywhereTexts';
import { ansible, curl, powerShell, type SnippetRequest, terraform } from './snippets';

/** An item with all that its texts are made of. */
export interface Copied {
  readonly node: Node;
  /** Shows it in VS Code. */
  readonly link: string;
  /** Where the API has it, if it does. */
  readonly request: SnippetRequest | undefined;
}

/** What items can be copied as: the names in scripts. */
const itemForms = [
  'id',
  'urn',
  'name',
  'nameAndId',
  'path',
  'url',
  'json',
  'markdown',
  'curl',
  'powershell',
  'terraform',
  'ansible',
] as const;

/** Forms that need the item alone. */
export type ItemForm = (typeof itemForms)[number];

export const forms = [...itemForms, ...everywhereForms] as const;

export type Form = (typeof forms)[number];

/** The forms that have the ID in it, on its line. */
const withId: readonly Form[] = [
  ...(['id', 'urn', 'nameAndId', 'terraform', 'ansible'] as const),
  ...(['everywhereMarkdown', 'everywhereTerraform'] as const),
];

/** The items of which something is left out of the ID or URN, as it must not be pasted. */
export function alteredIn(form: Form, nodes: readonly Node[]): readonly Item[] {
  const isAltered = (id: string) => idLine(id) !== id;
  return withId.includes(form)
    ? nodes.map(({ item }) => item).filter(item => isAltered(form === 'urn' ? urnOf(item) : item.id))
    : [];
}

export function isForm(value: unknown): value is Form {
  return forms.some(form => form === value);
}

/** Whether there is such a text of the item. */
export function has(form: Form, { node: { item }, request }: Copied): boolean {
  switch (form) {
    case 'id':
    case 'nameAndId':
    case 'terraform':
    case 'ansible':
      return hasId(item);
    case 'urn':
      return urnOf(item) !== '';
    case 'curl':
    case 'powershell':
      return request !== undefined;
    case 'url':
      return request !== undefined || item.kind === 'server';
    case 'everywhereMarkdown':
    case 'everywhereJson':
    case 'everywhereTerraform':
      return canBeElsewhere(item) && hasId(item);
    default:
      return true;
  }
}

/** The text of items that have one, in their order: a line each, or one text of all. */
export function textAs(form: ItemForm, copied: readonly Copied[]): string {
  const nodes = copied.map(({ node }) => node);
  switch (form) {
    case 'id':
      return lines(nodes, ({ item }) => idLine(item.id));
    case 'urn':
      return lines(nodes, ({ item }) => idLine(urnOf(item)));
    case 'name':
      return lines(nodes, ({ item }) => wholeLine(item.name));
    case 'nameAndId':
      return lines(nodes, ({ item }) => `${wholeLine(item.name)} (${idLine(item.id)})`);
    case 'path':
      return lines(nodes, node =>
        pathNames(node)
          .map(each => wholeLine(each))
          .join(' / '),
      );
    case 'url':
      return lines(
        copied,
        // A server's own is its address, whatever a command asks it for.
        ({ node: { item }, request }) => wholeLine(item.kind === 'server' ? item.url : (request?.resource.url ?? '')),
      );
    case 'json': {
      const records = nodes.map(recordOf);
      return jsonOf(records.length === 1 ? records[0] : records);
    }
    case 'markdown':
      return copied
        .map(
          ({ node, link }) => `${copied.length > 1 ? '- ' : ''}[${escapeMarkdown(wholeLine(node.item.name))}](${link})`,
        )
        .join('\n');
    case 'curl':
      return curl(requests(copied));
    case 'powershell':
      return powerShell(requests(copied));
    case 'terraform':
      return terraform(nodes);
    case 'ansible':
      return ansible(nodes);
  }
}

function requests(copied: readonly Copied[]): SnippetRequest[] {
  return copied.flatMap(({ request }) => request ?? []);
}

function urnOf(item: Node['item']): string {
  return 'urn' in item ? (item.urn ?? '') : '';
}

/** `textOf` makes one line of each, also where a server's text holds line ends: it may be pasted into a shell. */
function lines<T>(all: readonly T[], textOf: (each: T) => string): string {
  return all.map(textOf).join('\n');
}
