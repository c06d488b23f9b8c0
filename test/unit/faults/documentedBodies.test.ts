// Bodies that the documents allow, however strange: each row stays a row, and no text says NaN or undefined.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isObject } from '../../../src/base/isObject';
import { factsOfKind } from '../../../src/items/facts';
import type { Item } from '../../../src/items/item';
import type { Words } from '../../../src/items/kind';
import { kindOf, spaceOf } from '../../../src/items/kinds';
import type { Api } from '../../../src/products/product';
import { never } from '../never';
import { reference } from '../sample-servers/references';
import { answering, type List, lists } from './recordedLists';

/** Raise it for a long search: `PROPERTY_RUNS=100000`. */
const numRuns = Number(process.env.PROPERTY_RUNS ?? 300);

const words: Words = {
  ...{ size: String, count: String, percent: String, dateTime: String, line: String },
  expiry: () => undefined,
  timeLeft: () => undefined,
  product: () => undefined,
};

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Row = { [name: string]: Json };

/** As a person, a file and a program get an item. */
function textsOf(item: Item): readonly string[] {
  const { facts } = factsOfKind(item.kind);
  const shown = Object.values(facts).flatMap(({ instead, list }) => [
    instead?.(item, words),
    ...(list?.(item) ?? []).flatMap(({ label, text }) => [label, text]),
  ]);
  const kind = kindOf(item.kind);
  const all = [item.name, kind.nameOf?.(item), ...kind.beside(item, words, undefined), ...shown];
  return all.filter(text => typeof text === 'string');
}

function expectTold(item: Item): void {
  for (const text of textsOf(item)) {
    expect(text).not.toMatch(/NaN|Infinity|undefined|null|\[object/);
  }
  for (const [name, value] of [...Object.entries(item), ...Object.entries(spaceOf(item) ?? {})]) {
    if (typeof value === 'number') {
      expect(Number.isFinite(value), name).toBe(true);
    }
  }
  for (const each of 'extents' in item ? item.extents : []) {
    expectTold(each);
  }
}

/** The items that rows of a list make, those that stand inside others among them. What goes with the list is as recorded. */
async function itemsIn(list: List, rows: readonly Row[]): Promise<readonly Item[]> {
  const paging = { total: rows.length, count: rows.length };
  const made = { meta: { pagingInfo: { ...paging, offset: 0 } }, data: rows, pagination: paging, errors: null };
  const bodies = [Buffer.from(JSON.stringify(made)), ...list.bodies.slice(1)];
  const nothing = Buffer.from(JSON.stringify({ meta: null, data: [], pagination: { total: 0, count: 0 } }));
  const server: Api = {
    ...answering(list, nothing),
    features: async () => list.features,
    get: async (asked, accept, signal, options) => {
      const body = bodies[list.paths.indexOf(asked.replace(/\?.*/, ''))] ?? nothing;
      return await answering(list, body).get(asked, accept, signal, options);
    },
  };
  const { items } = await list.product.children(server, list.parent, undefined, never);
  return items.flatMap(item => [item, ...(item.kind === 'scaleOutRepository' ? item.extents : [])]);
}

function rowsIn(list: List): readonly Row[] {
  const body: unknown = JSON.parse(list.bodies[0]?.toString() ?? 'null');
  return isObject(body) && Array.isArray(body.data) ? (body.data as Row[]) : [];
}

const ofJson = lists.filter(
  list => ['backup-replication', 'service-provider-console'].includes(list.product.info.id) && rowsIn(list).length > 0,
);

/** What tells a row from others, and what says where it stands. */
const places = /(?:uid|id|ids|name)$|^(?:scaleOutRepositoryDetails|\w+Tier|assignedForCompany|extentType)$/i;

/** Numbers at the ends of what a member can hold. */
const extremes = [0, -1, 1, 0.1, 2 ** 31, 2 ** 53, 2 ** 63 - 1024, 1e-7, -(2 ** 63)];
const anyWord = fc.constantFrom('Unknown', 'unknown', 'Rebalancing', '', 'Ω', 'a'.repeat(300), '0001-01-01T00:00:00Z');

/** The same member as a server may send it, too. Undefined stands for one that is missing. */
function variantsOf(value: Json): fc.Arbitrary<Json | undefined> {
  const others: Record<string, fc.Arbitrary<Json>> = {
    string: anyWord,
    number: fc.constantFrom(...extremes),
    boolean: fc.boolean(),
  };
  const gone = fc.constantFrom<Json | undefined>(null, undefined);
  const other = others[typeof value];
  if (isObject(value)) {
    return fc.oneof({ arbitrary: rowLike(value as Row), weight: 4 }, gone);
  }
  return fc.oneof(fc.constant(value), gone, ...(other ? [other] : []));
}

function rowLike(row: Row): fc.Arbitrary<Row> {
  const members = Object.entries(row).map(([name, value]) =>
    places.test(name) || Array.isArray(value) ? fc.constant([name, value] as const) : variantOf(name, value),
  );
  return fc.tuple(...members).map(all => Object.fromEntries(all.filter(([, value]) => value !== undefined)) as Row);
}

function variantOf(name: string, value: Json): fc.Arbitrary<readonly [string, Json | undefined]> {
  return variantsOf(value).map(each => [name, each] as const);
}

describe.each(ofJson.map((list, index) => ({ name: `${list.name.trim()} (${index + 1})`, list })))(
  '$name',
  ({ list }) => {
    test('keeps each row whose members are missing, null, extreme or said in unknown words', async () => {
      const rows = rowsIn(list).slice(0, 8);
      const usual = await itemsIn(list, rows);
      await fc.assert(
        fc.asyncProperty(fc.tuple(...rows.map(rowLike)), async changed => {
          const items = await itemsIn(list, changed);
          expect(items).toHaveLength(usual.length);
          items.forEach(expectTold);
        }),
        { numRuns: Math.ceil(numRuns / 10) },
      );
    });
  },
);

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly Json[];
  readonly nullable?: boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

interface Documented {
  readonly paths: Readonly<
    Record<string, { readonly get?: { readonly responses: Readonly<Record<string, unknown>> } }>
  >;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** Makes values of a document's schemas. */
class Maker {
  readonly #document: Documented;

  constructor(document: Documented) {
    this.#document = document;
  }

  /** The rows of the list at a path; undefined if the document has no such list. */
  rowsAt(place: string): fc.Arbitrary<Row> | undefined {
    const wanted = place.replace(/^\/api\/v\d\//, '/');
    const isIt = (name: string) =>
      new RegExp(`^${name.replace(/^\/api\/v\d/, '').replace(/\{\w+\}/g, '[^/]+')}$`).test(wanted);
    // A path that is written out counts before one with a parameter in its place.
    const [found] = Object.entries(this.#document.paths)
      .filter(([name]) => isIt(name))
      .sort(([one], [other]) => one.split('{').length - other.split('{').length);
    const ok = found?.[1].get?.responses['200'] as { content?: Record<string, { schema: Schema }> } | undefined;
    const [answer] = Object.values(ok?.content ?? {});
    const data = answer && this.#membersOf(answer.schema).data;
    const element = data && this.#resolved(data).items;
    return element && (this.#valueOf(element, 0) as fc.Arbitrary<Row>);
  }

  #resolved(schema: Schema): Schema {
    const name = schema.$ref?.replace('#/components/schemas/', '');
    return name === undefined ? schema : this.#resolved(this.#document.components.schemas[name] ?? {});
  }

  #membersOf(schema: Schema): Readonly<Record<string, Schema>> {
    const { properties, allOf = [] } = this.#resolved(schema);
    return Object.assign({}, ...allOf.map(each => this.#membersOf(each)), properties);
  }

  #valueOf(given: Schema, depth: number): fc.Arbitrary<Json> {
    const schema = this.#resolved(given);
    const choices = schema.anyOf ?? schema.oneOf;
    const members = this.#membersOf(schema);
    if (choices && choices.length > 0) {
      return fc.oneof(...choices.slice(0, 4).map(each => this.#valueOf(each, depth)));
    }
    if (schema.enum) {
      return fc.oneof(fc.constantFrom(...schema.enum), fc.constant('Unknown'), anyWord);
    }
    if (Object.keys(members).length > 0) {
      return depth > 3 ? fc.constant(null) : this.#objectOf(members, depth);
    }
    switch (schema.type) {
      case 'array':
        return depth > 2 ? fc.constant([]) : fc.array(this.#valueOf(schema.items ?? {}, depth + 1), { maxLength: 2 });
      case 'integer':
      case 'number':
        return fc.constantFrom(...extremes);
      case 'boolean':
        return fc.boolean();
      default:
        return anyWord;
    }
  }

  #objectOf(members: Readonly<Record<string, Schema>>, depth: number): fc.Arbitrary<Row> {
    const all = Object.entries(members).map(([name, member]) =>
      fc
        .oneof({ arbitrary: this.#valueOf(member, depth + 1), weight: 4 }, fc.constantFrom(null, undefined))
        .map(value => [name, value] as const),
    );
    return fc.tuple(...all).map(each => Object.fromEntries(each.filter(([, value]) => value !== undefined)) as Row);
  }
}

const documents = [
  { product: 'service-provider-console', variable: 'VSPC_SPECS', apiVersion: '3.6.1', isOlder: false },
  { product: 'service-provider-console', variable: 'VSPC_SPECS', apiVersion: '3.5.1', isOlder: true },
  { product: 'backup-replication', variable: 'VBR_SPECS', apiVersion: '1.3-rev2', isOlder: false },
  { product: 'backup-replication', variable: 'VBR_SPECS', apiVersion: '1.2-rev1', isOlder: true },
] as const;

/** For each list whose rows are items one by one: what tells the row from others, and what says whose it is. */
function identified(row: Row, list: List, index: number): Row {
  const scope = 'scope' in list.parent ? (list.parent.scope ?? {}) : {};
  const owner = scope.companyId === undefined ? {} : ownedBy(scope.companyId);
  const id = `10000000-0000-4000-8000-00000000000${index}`;
  const named = { name: `Row ${index}`, userName: `Row ${index}`, siteName: `Row ${index}`, hostName: `Row ${index}` };
  const { scaleOutRepositoryDetails: _, ...rest } = row;
  if (rest.type === 'ExtendableRepository') {
    rest.type = 'WinLocal'; // the former has a list of its own
  }
  return { ...rest, ...named, ...owner, instanceUid: id, siteUid: id, id };
}

const ownedBy = (id: string): Row => ({ organizationUid: id, mappedOrganizationUid: id, assignedForCompany: id });

/** Rows that are items one by one. Others are made of several lists. */
const oneByOne = new Set([
  ...['company', 'reseller', 'site', 'gateway', 'gatewayPool', 'hardwarePlan', 'backupServer', 'organization'],
  ...['location', 'user', 'job', 'proxy', 'managedServer', 'entraTenant', 'repository'],
]);

describe.each(documents)('bodies made from the document of $product $apiVersion', document => {
  test('are read whole, with good texts', async context => {
    const folder = reference(context, document.variable);
    const prefix = document.variable === 'VSPC_SPECS' ? 'vspc_rest_v3_' : 'vbr_rest_';
    const file = path.join(folder, `${prefix}${document.apiVersion}.json`);
    expect(existsSync(file)).toBe(true);
    const maker = new Maker(JSON.parse(readFileSync(file, 'utf8')) as Documented);
    const own = lists.filter(
      ({ product, apiVersion, features, parent }) =>
        product.info.id === document.product &&
        parent.kind === 'group' &&
        oneByOne.has(parent.contains) &&
        (document.product === 'backup-replication'
          ? apiVersion === document.apiVersion
          : features.includes('api3.5') === document.isOlder),
    );
    const made = own.flatMap(list => {
      const rows = maker.rowsAt(list.paths[0] ?? '');
      return rows ? [{ list, rows }] : [];
    });
    expect(made.length).toBeGreaterThanOrEqual(5);
    for (const { list, rows } of made) {
      await fc.assert(
        fc.asyncProperty(fc.array(rows, { minLength: 1, maxLength: 4 }), async all => {
          const given = all.map((row, index) => identified(row, list, index));
          const items = await itemsIn(list, given);
          expect(items.length, list.name).toBe(given.length);
          items.forEach(expectTold);
        }),
        { numRuns: Math.ceil(numRuns / 10) },
      );
    }
  });
});
