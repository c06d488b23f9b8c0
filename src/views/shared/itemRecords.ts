// Items as plain data, for scripts and spreadsheets: the names in here are documented and never change.

import { plainItem } from '../../inventory/plainItem';
import { lineageOf, type Node } from '../../inventory/tree/node';
import type { FactForms } from '../../items/fact';
import { factsOfKind } from '../../items/facts';
import type { ItemKind } from '../../items/item';
import { allKinds } from '../../items/kinds';

/** An item as plain data: ids as they are, sizes in bytes, moments as ISO dates; what is not known is missing. */
export interface ItemRecord {
  /** The name of the server. */
  readonly server: string;
  readonly product: string;
  readonly kind: ItemKind;
  /** The names from the server down to the item. */
  readonly path: readonly string[];
  readonly name: string;
  readonly id?: string;
  readonly [fact: string]: unknown;
  /** The item's place, as commands take it. */
  readonly key: string;
}

/** What stands before the facts of a kind. */
export const commonColumns = ['server', 'product', 'kind', 'path', 'name', 'id', 'urn', 'description'] as const;

export interface FactColumn {
  readonly name: string;
  readonly isNumber: boolean;
}

/** The columns of the facts that items of these kinds can have; the same for the same kinds, whatever is known of each. */
export function factColumns(present: ReadonlySet<ItemKind>): readonly FactColumn[] {
  const columns = new Map<string, FactColumn>();
  for (const kind of allKinds().filter(each => present.has(each))) {
    for (const [name, { column = name, form }] of Object.entries<FactForms>(factsOfKind(kind).facts)) {
      if (form !== 'shown') {
        columns.set(name, { name: column, isNumber: form === 'number' || form === 'count' || form === 'bytes' });
      }
    }
  }
  return [...columns.values()];
}

export function recordOf(node: Node): ItemRecord {
  const forms = new Map<string, FactForms>(Object.entries(factsOfKind(node.item.kind).facts));
  const server = node.root.item;
  const { key, kind, path, name, id, facts: known } = plainItem(node);
  return {
    server: server.name,
    product: server.kind === 'server' ? server.product : '',
    ...{ kind, path, name },
    ...(id === undefined ? {} : { id }),
    ...Object.fromEntries(Object.entries(known).map(([fact, value]) => [forms.get(fact)?.column ?? fact, value])),
    key,
  };
}

/** The names from the server down to the item, headings included. */
export function pathNames(node: Node): string[] {
  return lineageOf(node).map(({ item }) => item.name);
}

// Characters that reorder or hide text stand in no editor as what they are.
const invisible = /[\u007f-\u009f\u2028\u2029\p{Cf}]/gu;

/** Data as JSON on lines of its own, to the letter, in characters that can be seen. */
export function jsonOf(value: unknown, indent = '  '): string {
  return JSON.stringify(value, undefined, indent).replace(invisible, characters =>
    Array.from({ length: characters.length }, (_, at) => `\\u${hex(characters.charCodeAt(at))}`).join(''),
  );
}

function hex(code: number): string {
  return code.toString(16).padStart(4, '0');
}
