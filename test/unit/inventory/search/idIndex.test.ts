import { expect, test } from 'vitest';
import { Inventory, type Source } from '../../../../src/inventory/inventory';
import { IdIndex } from '../../../../src/inventory/search/idIndex';
import { idsInText } from '../../../../src/inventory/search/idsInText';
import type { Node } from '../../../../src/inventory/tree/node';
import type { Item } from '../../../../src/items/item';
import { guid } from '../../../sample-servers/random';
import { serverOf, subtenant, tenant } from '../../items';
import { KeptLog } from '../../support';

/** Children by the parent's id; what is not there has none. */
class Answers implements Source {
  asked = 0;
  readonly #children: Record<string, Item[]>;

  constructor(children: Record<string, Item[]>) {
    this.#children = children;
  }

  async children(_serverId: string, item: Item) {
    this.asked++;
    return { items: this.#children[item.id] ?? [] };
  }
}

function scene(children: Record<string, Item[]>) {
  const answers = new Answers(children);
  const inventory = new Inventory(answers, new KeptLog());
  inventory.setServers([serverOf('one'), serverOf('two')]);
  const ids = new IdIndex(inventory);
  const keys = (id: string) => ids.find(id).map(({ key }) => key);
  const open = async (node: Node | undefined) => {
    if (node) {
      await inventory.refresh(node);
      inventory.childrenOf(node);
      await inventory.settled(node);
    }
  };
  return { answers, inventory, ids, keys, open };
}

test('finds nodes by ID and URN as soon as they are loaded, and without a request', async () => {
  const { answers, inventory, keys, open } = scene({
    one: [tenant('a', { urn: 'urn:veeam:Tenant:a' })],
    a: [subtenant('x')],
  });
  expect(keys('a')).toEqual([]);
  await open(inventory.servers[0]);
  expect(keys('a')).toEqual(['one/tenant:a']);
  expect(keys('urn:veeam:Tenant:a')).toEqual(['one/tenant:a']);
  expect(keys('x')).toEqual([]);
  const { asked } = answers;
  expect(asked).toBe(1);
  await open(inventory.find('one/tenant:a'));
  expect(keys('x')).toEqual(['one/tenant:a/subtenant:x']);
});

test('finds all places of an ID, in any case if it is a GUID', async () => {
  const id = guid('tenant', 7);
  const { inventory, keys, open } = scene({ one: [tenant(id), tenant('Opaque+Id=')], two: [tenant(id)] });
  for (const server of inventory.servers) {
    await open(server);
  }
  expect(keys(id.toUpperCase())).toEqual([`one/tenant:${id}`, `two/tenant:${id}`]);
  expect(keys('Opaque+Id=')).toHaveLength(1);
  expect(keys('opaque+id=')).toEqual([]);
});

test('names the first node of the tree, in whatever order they came', async () => {
  const { inventory, ids, open } = scene({ one: [tenant('a')], two: [tenant('a')], a: [subtenant('a')] });
  const [one, two] = inventory.servers;
  await open(two);
  expect(ids.named('a')?.key).toBe('two/tenant:a');
  await open(one);
  await open(inventory.find('one/tenant:a'));
  expect(ids.named('a')?.key).toBe('one/tenant:a');
  expect(ids.named('two/tenant:a')?.key).toBe('two/tenant:a');
  expect(ids.named('b')).toBeUndefined();
});

test('forgets what is gone with all below it, and takes a changed URN', async () => {
  const children = {
    one: [tenant('a', { urn: 'urn:veeam:Tenant:old' }), tenant('b')],
    a: [subtenant('x')],
    b: [subtenant('y')],
  };
  const { inventory, ids, keys, open } = scene(children);
  await open(inventory.servers[0]);
  await open(inventory.find('one/tenant:a'));
  await open(inventory.find('one/tenant:b'));
  expect([keys('x'), keys('y'), keys('urn:veeam:Tenant:old')].flat()).toHaveLength(3);
  children.one = [tenant('a', { urn: 'urn:veeam:Tenant:new' })];
  await open(inventory.servers[0]);
  expect([keys('b'), keys('y'), keys('urn:veeam:Tenant:old')]).toEqual([[], [], []]);
  expect([keys('a'), keys('x'), keys('urn:veeam:Tenant:new')].flat()).toHaveLength(3);
  inventory.setServers([serverOf('two')]);
  expect([keys('a'), keys('x')]).toEqual([[], []]);
  ids.dispose();
});

test('knows neither servers nor headings by their ids', async () => {
  const heading: Item = { kind: 'group', id: 'tenants', name: 'Tenants', contains: 'tenant', hasChildren: true };
  const { inventory, keys, open } = scene({ one: [heading] });
  await open(inventory.servers[0]);
  expect([keys('one'), keys('tenants')]).toEqual([[], []]);
});

test('looks at nothing again that has not changed, with 100,000 items', async () => {
  const many = (parent: string) => Array.from({ length: 1000 }, (_, index) => subtenant(`${parent}-${index}`));
  const tenants = Array.from({ length: 100 }, (_, index) => tenant(`t${index}`));
  let looks = 0;
  const counted = (item: Item): Item => ({
    ...item,
    get id() {
      looks++;
      return item.id;
    },
  });
  const { inventory, ids, open } = scene({
    one: tenants,
    ...Object.fromEntries(tenants.map(({ id }) => [id, many(id).map(counted)])),
  });
  await open(inventory.servers[0]);
  await Promise.all([...(inventory.servers[0]?.branch?.nodes ?? [])].map(open));
  looks = 0;
  expect(ids.find('t99-999')).toHaveLength(1);
  expect(looks).toBeGreaterThanOrEqual(100_000);
  looks = 0;
  for (let index = 0; index < 10_000; index++) {
    ids.find(`t${index % 100}-${index % 1000}`);
  }
  expect(looks).toBe(0);
  inventory.onDidChange.emit(inventory.find('one/tenant:t5'));
  ids.find('t5-5');
  expect(looks).toBeLessThanOrEqual(1000);
});

const id = guid('tenant', 1);
const other = guid('tenant', 2);
const composite = `contoso.onmicrosoft.com:${guid('a', 1)}:${guid('b', 1)}`;
const known = new Set([id, other, composite, 'AAMkAGI2TG93AAA=', `urn:veeam:Tenant:${other}`]);
const found = (text: string) =>
  [...idsInText(text, each => known.has(each) || known.has(each.toLowerCase()))].map(each => {
    expect(text.slice(each.start, each.end)).toBe(each.id);
    return each.id;
  });

test.each([
  ['alone', id, [id]],
  ['in JSON', `{"id":"${id}","n":1}`, [id]],
  ['in capitals', id.toUpperCase(), [id.toUpperCase()]],
  ['in an address', `https://em:9398/api/cloud/tenants/${id}/subtenants?format=Entity&x=${other}`, [id, other]],
  ['encoded in an address', `key=tenant%3A${id}%2F`, [id]],
  ['behind a sign', `$tenantId=${id}; --id=${other}.`, [id, other]],
  ['in braces', `{${id}}`, [id]],
  ['in Markdown', `| \`${id}\` | **${other}** |`, [id, other]],
  ['as a URN', `urn:veeam:Tenant:${other}`, [`urn:veeam:Tenant:${other}`]],
  ['as a URN of another type', `"urn:veeam:Other:${id}"`, [id]],
  ['made of several', `'${composite}'`, [composite]],
  ['that is no GUID', 'id: "AAMkAGI2TG93AAA="', ['AAMkAGI2TG93AAA=']],
  ['as part of more digits', `0${id} ${id}0 a${id}`, []],
  ['that nobody knows', guid('tenant', 3), []],
  ['in nothing', '', []],
])('finds an ID %s', (_, text, ids) => {
  expect(found(text)).toEqual(ids);
});

test('takes time in proportion to the text, whatever it is made of', () => {
  const size = 500_000;
  const looked = (text: string) => {
    let questions = 0;
    expect([...idsInText(text, () => questions++ < 0)]).toEqual([]);
    return questions;
  };
  for (const piece of ['urn:veeam:', 'a', '-', 'abcdef01-', `${id}-`, '%3A', ' ', 'urn:veeam:a', `urn:veeam:a:${id}`]) {
    expect(looked(piece.repeat(size / piece.length)), piece).toBeLessThan(size / 10);
  }
});
