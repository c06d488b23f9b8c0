// One table of all IDs of the same thing, by product and server: what a ticket or a variables file needs.
import { groupsOf } from '../../base/groupsOf';
import { idLine, wholeLine } from '../../base/text';
import type { Sighting } from '../../everywhere/sameThings';
import type { Node } from '../../inventory/tree/node';
import { hasId } from '../../items/item';
import { jsonOf } from '../shared/itemRecords';
import { toMarkdown } from '../shared/tables';
import { hclQuoted } from './quoting';
import { nameOfIds, uniqueNames } from './snippets';

export const everywhereForms = ['everywhereMarkdown', 'everywhereJson', 'everywhereTerraform'] as const;

export type EverywhereForm = (typeof everywhereForms)[number];

export function isEverywhereForm(form: string): form is EverywhereForm {
  return everywhereForms.some(each => each === form);
}

/** The names in JSON are documented and never change. */
interface IdRecord {
  readonly product: string;
  readonly server: string;
  readonly kind: string;
  readonly name: string;
  readonly id: string;
  readonly found: 'certain' | 'byName';
  /** The item's place, as commands take it. */
  readonly key: string;
}

/** The IDs of one thing, the one that was asked about among them; one text for each such thing. */
export function everywhereText(form: EverywhereForm, things: readonly (readonly Sighting[])[]): string {
  const all = things.map(sightings => sightings.filter(({ node }) => hasId(node.item)).map(recordOf));
  switch (form) {
    case 'everywhereMarkdown':
      return all.map(markdown).join('\n');
    case 'everywhereJson':
      return jsonOf(all.flat());
    case 'everywhereTerraform':
      return terraformMaps(things.map(subjectOf), all);
  }
}

function recordOf({ node, certainty }: Sighting): IdRecord {
  const { item, root } = node;
  return {
    product: root.item.kind === 'server' ? root.item.product : '',
    server: root.item.name,
    kind: item.kind,
    name: item.name,
    id: item.id,
    found: certainty,
    key: node.key,
  };
}

function markdown(records: readonly IdRecord[]): string {
  const column = (name: 'product' | 'server' | 'kind' | 'name' | 'found') => ({
    title: name,
    value: (record: IdRecord) => wholeLine(record[name]),
  });
  return toMarkdown(
    [
      ...(['product', 'server', 'kind', 'name'] as const).map(column),
      { title: 'id', value: ({ id }) => idLine(id) },
      column('found'),
    ],
    records,
  );
}

/** The item that was asked about. */
function subjectOf(sightings: readonly Sighting[]): Node | undefined {
  return (sightings.find(({ evidence }) => evidence.via === 'itself') ?? sightings[0])?.node;
}

/** A map for each thing, as no name may stand twice in a file. */
function terraformMaps(subjects: readonly (Node | undefined)[], all: readonly (readonly IdRecord[])[]): string {
  const names = uniqueNames(subjects.map(subject => (subject ? nameOfIds(subject) : 'ids')));
  return all.map((records, index) => terraformMap(names[index] ?? 'ids', records)).join('\n\n');
}

/** `tenant_northwind_ids = { "product" = { "server" = { tenant = "…" } } }`, for a file of variables or `locals`. */
function terraformMap(name: string, records: readonly IdRecord[]): string {
  const lines = [...groupsOf(records, ({ product }) => product)].flatMap(([product, ofProduct]) => [
    `  ${hclQuoted(product)} = {`,
    ...serverGroups(ofProduct).flatMap(([server, ofServer]) => [
      `    ${hclQuoted(server)} = {`,
      ...numbered(ofServer).map(({ name, id }) => `      ${name} = ${hclQuoted(id)}`),
      '    }',
    ]),
    '  }',
  ]);
  return [`${name} = {`, ...lines, '}'].join('\n');
}

/** By the names of the servers; several of one name are numbered. */
function serverGroups(
  records: readonly IdRecord[],
): readonly (readonly [name: string, records: readonly IdRecord[]])[] {
  const servers = [...groupsOf(records, ({ key }) => key.split('/', 1).join()).values()];
  const names = uniqueNames(servers.map(([first]) => first?.server ?? ''));
  return servers.map((ofServer, index) => [names[index] as string, ofServer]);
}

/** `tenant`, `tenant_2`: the kinds of a server's items as keys. */
function numbered(records: readonly IdRecord[]): readonly { readonly name: string; readonly id: string }[] {
  const taken = new Map<string, number>();
  return records.map(({ kind, id }) => {
    const word = kind.replace(/[A-Z]/g, '_$&').toLowerCase();
    const number = (taken.get(word) ?? 0) + 1;
    taken.set(word, number);
    return { name: number === 1 ? word : `${word}_${number}`, id };
  });
}
