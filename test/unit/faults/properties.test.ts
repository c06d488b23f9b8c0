import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isFailure } from '../../../src/base/failure';
import type { Transport } from '../../../src/http/request';
import { Node } from '../../../src/inventory/tree/node';
import type { Item } from '../../../src/items/item';
import { product as backupReplication } from '../../../src/products/backup-replication';
import { product as enterpriseManager } from '../../../src/products/enterprise-manager';
import type { Api } from '../../../src/products/product';
import { product as serviceProviderConsole } from '../../../src/products/service-provider-console';
import { product as vb365 } from '../../../src/products/vb365';
import { never } from '../never';
import { answering, type List, lists } from './recordedLists';

/** Raise it for a long search: `PROPERTY_RUNS=100000`. */
const numRuns = Number(process.env.PROPERTY_RUNS ?? 400);
const longestMs = 2000;

/** The property: good items, or a failure that says something, before long. */
async function check(list: List, body: Buffer, status?: number, headers?: Record<string, string>): Promise<void> {
  const server = answering(list, body, status, headers);
  const started = performance.now();
  try {
    const page = await list.product.children(server, list.parent, undefined, never);
    for (const item of page.items) {
      expectGood(item, list.parent);
    }
  } catch (error) {
    expectTold(error);
  }
  expect(performance.now() - started).toBeLessThan(longestMs);
}

function expectGood(item: Item, parent: Item): void {
  expect(item.name.isWellFormed() && item.id.isWellFormed()).toBe(true);
  expect(item.id || item.name).not.toBe('');
  expect(new Node(new Node(undefined, parent), item).key).toMatch(/^[^/]+\/\w+:./);
  if (item.hasChildren) {
    expect(item.id).not.toBe('');
  }
  for (const [fact, value] of Object.entries(item)) {
    if (fact.endsWith('Bytes') && value !== undefined) {
      expect(value).toSatisfy((bytes: unknown) => Number.isFinite(bytes) && Number(bytes) >= 0);
    }
  }
}

function expectTold(error: unknown): void {
  if (!isFailure(error)) {
    throw error;
  }
  expect(error.kind).not.toBe('defect');
  expect(error.message).toMatch(/\.$|\?$/);
  expect(error.message.length).toBeLessThan(1000);
  expect((error.detail ?? '').length).toBeLessThan(310);
  // Control characters and those that turn text around.
  expect(`${error.message}${error.detail ?? ''}`).not.toMatch(/[\p{Cc}\p{Cf}]/u);
}

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

interface Change {
  readonly what: 'delete' | 'replace' | 'duplicate' | 'retype' | 'rename' | 'wrap' | 'fill';
  readonly where: number;
  readonly value: Json;
}

const change: fc.Arbitrary<Change> = fc.record({
  what: fc.constantFrom('delete', 'replace', 'duplicate', 'retype', 'rename', 'wrap', 'fill'),
  where: fc.nat(),
  value: fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>,
});

/** Changes one place somewhere in the tree. */
function changed(tree: Json, { what, where, value: given }: Change): Json {
  // Later changes may be inside of it, and the next run gets it again.
  const value = structuredClone(given);
  const places: { readonly holder: Json[] | { [name: string]: Json }; readonly key: string }[] = [];
  const walk = (node: Json): void => {
    if (typeof node === 'object' && node !== null) {
      for (const key of Object.keys(node)) {
        places.push({ holder: node, key });
        walk((node as { [name: string]: Json })[key] ?? null);
      }
    }
  };
  walk(tree);
  const place = places[where % Math.max(1, places.length)];
  if (!place) {
    return value;
  }
  const holder = place.holder as { [name: string]: Json };
  const old = holder[place.key] ?? null;
  switch (what) {
    case 'delete':
      if (Array.isArray(place.holder)) {
        place.holder.splice(Number(place.key), 1);
      } else {
        delete holder[place.key];
      }
      break;
    case 'replace':
      holder[place.key] = value;
      break;
    case 'duplicate':
      if (Array.isArray(place.holder)) {
        place.holder.push(structuredClone(old));
      } else {
        holder[`${place.key}2`] = structuredClone(old);
      }
      break;
    case 'retype':
      holder[place.key] =
        typeof old === 'string' ? Number(old) : typeof old === 'object' ? JSON.stringify(old) : String(old);
      break;
    case 'rename':
      delete holder[place.key];
      if (Array.isArray(place.holder)) {
        break; // its elements have no names
      }
      // Defined, as assigning to __proto__ would do something else.
      Object.defineProperty(holder, typeof value === 'string' ? value : '__proto__', {
        value: old,
        enumerable: true,
        writable: true,
        configurable: true,
      });
      break;
    case 'wrap':
      holder[place.key] = [old];
      break;
    case 'fill':
      holder[place.key] = Array.from({ length: 200 }, () => structuredClone(value));
      break;
  }
  return tree;
}

const anyList = fc.constantFrom(...lists);
const listAndBody = anyList.chain(list => fc.tuple(fc.constant(list), fc.constantFrom(...list.bodies)));

test('the lists of all products were recorded', () => {
  const vb365Lists = [
    ...['group repository', 'repository', 'group protectedUser', 'group protectedGroup', 'group protectedSite'],
    ...['group organization', 'group usedRepository', 'group job', 'group proxy'],
  ];
  const enterpriseManagerLists = [
    ...['group tenant', 'tenant', 'group backupServer', 'backupServer', 'repository', 'group gateway'],
    'group hardwarePlan',
  ];
  const backupReplicationLists = [
    ...['group repository', 'repository', 'group scaleOutRepository', 'group job', 'group managedServer'],
    ...['group proxy', 'group entraTenant'],
  ];
  const serviceProviderConsoleLists = [
    ...['group company', 'group tenant', 'tenant', 'group organization', 'group hostedResource', 'group location'],
    ...['group user', 'group reseller', 'group site', 'group gateway', 'group gatewayPool', 'gatewayPool'],
    ...['group hardwarePlan', 'group backupServer', 'backupServer', 'group repository', 'group proxy', 'group job'],
  ];
  expect(lists.map(({ name }) => name.trim()).sort()).toEqual(
    [
      ...[...vb365Lists, ...vb365Lists, 'group protectedTeam'].map(name => `vb365 ${name}`),
      ...[...enterpriseManagerLists, ...enterpriseManagerLists].map(name => `enterprise-manager ${name}`),
      ...[...backupReplicationLists, ...backupReplicationLists].map(name => `backup-replication ${name}`),
      ...[...serviceProviderConsoleLists, ...serviceProviderConsoleLists].map(
        name => `service-provider-console ${name}`,
      ),
    ].sort(),
  );
  for (const { bodies } of lists) {
    expect(bodies.length).toBeGreaterThanOrEqual(2);
  }
});

describe('a list ends as items or as a failure', () => {
  test('for any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(anyList, fc.uint8Array({ maxLength: 500 }), (list, bytes) => check(list, Buffer.from(bytes))),
      { numRuns },
    );
  });

  test('for any text, with any status and headers', async () => {
    const headers = fc.record({
      'retry-after': fc.oneof(fc.string(), fc.nat().map(String)),
      location: fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl()),
      'www-authenticate': fc.string(),
      'content-type': fc.string(),
    });
    await fc.assert(
      fc.asyncProperty(
        anyList,
        fc.string({ unit: 'binary' }),
        fc.integer({ min: 200, max: 599 }),
        headers,
        (list, text, status, all) => check(list, Buffer.from(text), status, all),
      ),
      { numRuns },
    );
  });

  test('for any JSON', async () => {
    await fc.assert(
      fc.asyncProperty(anyList, fc.json({ maxDepth: 6 }), (list, text) => check(list, Buffer.from(text))),
      { numRuns },
    );
  });

  test('for a documented body of which some bytes are lost, changed or doubled', async () => {
    const damage = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      gone: fc.nat({ max: 40 }),
      put: fc.oneof(
        fc.uint8Array({ maxLength: 20 }),
        fc
          .constantFrom('<', '>', '"', '&', '{', ']', '\uFEFF', '<![CDATA[', '<!--', '&#0;', '\\ud800', '\0')
          .map(text => Buffer.from(text)),
      ),
    });
    await fc.assert(
      fc.asyncProperty(listAndBody, fc.array(damage, { minLength: 1, maxLength: 4 }), ([list, body], damages) => {
        let bytes = body;
        for (const { at, gone, put } of damages) {
          const start = Math.floor(at * bytes.length);
          bytes = Buffer.concat([bytes.subarray(0, start), put, bytes.subarray(start + gone)]);
        }
        return check(list, bytes);
      }),
      { numRuns },
    );
  });

  test('for a documented body that is cut off', async () => {
    await fc.assert(
      fc.asyncProperty(listAndBody, fc.double({ min: 0, max: 1, noNaN: true }), ([list, body], at) =>
        check(list, body.subarray(0, Math.floor(at * body.length))),
      ),
      { numRuns },
    );
  });

  test('for a documented JSON body with parts deleted, replaced, doubled, of another type or name', async () => {
    const jsonBodies = lists.flatMap(list =>
      list.bodies
        .filter(body => !body.toString().includes('<'))
        .slice(0, 1)
        .map(body => [list, body] as const),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...jsonBodies),
        fc.array(change, { minLength: 1, maxLength: 5 }),
        ([list, body], changes) => {
          const text = body.toString().replace(/^\uFEFF/, '');
          const tree = changes.reduce(changed, JSON.parse(text) as Json);
          return check(list, Buffer.from(JSON.stringify(tree)));
        },
      ),
      { numRuns },
    );
  });
});

describe.each([vb365, enterpriseManager, backupReplication, serviceProviderConsole])('$info.name', product => {
  const list = lists.find(each => each.product === product) as List;

  test.each<[string, (server: Api & Transport) => Promise<unknown>]>([
    ['probing', server => product.probe(server, never)],
    ['signing in', server => product.signIn(server, list.apiVersion, { userName: 'u', password: 'p' }, never)],
    ['renewing', async server => product.renew?.(server, list.apiVersion, { token: 't', renewal: 'r' }, never)],
    ['asking for its version', server => product.describeServer(server, never)],
  ])('%s ends with a result or a failure, for any answer', async (_name, ask) => {
    const body = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map(bytes => Buffer.from(bytes)),
      fc.json().map(text => Buffer.from(text)),
      fc
        .record({
          access_token: fc.anything(),
          expires_in: fc.anything(),
          SessionId: fc.string(),
          Links: fc.anything(),
        })
        .map(value => Buffer.from(json(value))),
      fc.constantFrom('<EnterpriseManager/>', '<LogonSession><Links/></LogonSession>').map(text => Buffer.from(text)),
    );
    const headers = fc.record({ 'x-restsvcsessionid': fc.string({ unit: 'binary' }) }, { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(
        body,
        fc.constantFrom(200, 201, 204, 302, 400, 401, 403, 404, 429, 500, 520),
        headers,
        async (bytes, status, all) => {
          try {
            await ask(answering(list, bytes, status, all as Record<string, string>));
          } catch (error) {
            expectTold(error);
          }
        },
      ),
      { numRuns: Math.ceil(numRuns / 2) },
    );
  });
});

/** As far as a value has a JSON form. */
function json(value: unknown): string {
  try {
    return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? Number(part) : part)) ?? 'null';
  } catch {
    return '{}';
  }
}
