import { describe, expect, test } from 'vitest';
import type { Node } from '../../../src/inventory/tree/node';
import type { DocumentFormat } from '../../../src/products/product';
import { productOf } from '../../../src/servers/list/savedServer';
import { prettyJson } from '../../../src/views/documents/prettyJson';
import { prettyXml } from '../../../src/views/documents/prettyXml';
import { startEnterpriseManager, startVb365 } from '../../sample-servers';
import { never } from '../never';
import { named, World } from '../support';

async function vb365(versions: string[]) {
  return await World.with('vb365', startVb365({ versions }));
}

async function enterpriseManager(options = {}) {
  return await World.with('enterprise-manager', startEnterpriseManager(options));
}

async function documentOf(world: World, node: Node, format: DocumentFormat = 'json'): Promise<string> {
  return (await world.connections.document(node.root.item.id, node.item, format, never)) ?? '';
}

/** The items that can be read by themselves: the first of each list, and the first below each of those. */
async function itemsOf(world: World, server: Node): Promise<Node[]> {
  const firsts: Node[] = [];
  for (const group of await world.open(server)) {
    const [item] = group.type === 'node' ? await world.open(group) : [];
    if (item?.type === 'node') {
      firsts.push(item);
      const [below] = item.branch ? await world.open(item) : [];
      firsts.push(...(below?.type === 'node' ? [below] : []));
    }
  }
  return firsts;
}

describe.each(['v3', 'v5', 'v6', 'v7', 'v8'])('a document of VB365 %s', version => {
  test('is the item, asked for afresh, laid out without a change', async () => {
    const { server, world, node } = await vb365([version]);
    const items = (await itemsOf(world, node)).filter(({ item }) => item.kind !== 'group');
    expect(items.map(({ item }) => item.kind)).toEqual(expect.arrayContaining(['repository', 'organization']));
    for (const { item, root } of items.filter(each => /^(repository|organization)$/.test(each.item.kind))) {
      const before = server.requests.length;
      const text = (await world.connections.document(root.item.id, item, 'json', never)) ?? '';
      expect(server.requests.length).toBeGreaterThan(before);
      expect(JSON.parse(text)).toMatchObject({ id: item.id, name: item.name });
      expect(JSON.parse(await prettyJson(text))).toEqual(JSON.parse(text));
      const resource = await world.connections.resource(root.item.id, item, never);
      expect(resource?.formats).toEqual(productOf({ product: 'vb365' })?.formats);
    }
  });
});

describe('a document of VB365', () => {
  test('keeps the digits of a number out of a list', async () => {
    const { server, world, node } = await vb365(['v8']);
    const [contoso] = await world.openPath(node, 'Backup Repositories', 'Repo North');
    if (contoso?.type !== 'node') {
      throw new Error('no organization');
    }
    const body = `{"results":[{"id":"x"},{"id": ${JSON.stringify(contoso.item.id)},"usedSpaceBytes":12345678901234567890, "share":1.0}]}`;
    server.intercept = (_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(body);
      return true;
    };
    const pretty = await prettyJson(await documentOf(world, contoso));
    expect(pretty).toContain('"usedSpaceBytes": 12345678901234567890,\n  "share": 1.0\n}');
  });
});

describe.each([
  ['v1_7', ['json', 'xml']],
  ['v1_4', ['json', 'xml']],
] as const)('a document of Enterprise Manager %s', (version, formats) => {
  test.each(formats)('is the item, asked for afresh, laid out without a change, as %s', async format => {
    const { world, node } = await enterpriseManager({ versions: [version] });
    const groups = await world.open(node);
    const tenants = await world.open(named(groups, 'Cloud Tenants'));
    const northwind = named(tenants, 'Northwind');
    const subtenant = named(await world.open(northwind), 'nw-user-01');
    for (const each of [northwind, subtenant]) {
      const text = await documentOf(world, each, format);
      expect(text).toContain(each.item.id);
      if (format === 'json') {
        expect(JSON.parse(await prettyJson(text))).toEqual(JSON.parse(text));
      } else {
        const pretty = await prettyXml(text);
        expect(pretty).toMatch(/^<CloudS?[uT]/m);
        expect(pretty.split('\n').length).toBeGreaterThan(5);
        const blankless = (xml: string) => xml.replace(/>\s+</g, '><').trim();
        expect(blankless(pretty)).toBe(blankless(text));
      }
    }
    const resource = await world.connections.resource(node.item.id, northwind.item, never);
    expect(resource?.formats).toEqual(productOf({ product: 'enterprise-manager' })?.formats);
  });
});

test('an item that is gone is told as not found', async () => {
  const { world, node } = await enterpriseManager();
  const northwind = named(await world.openPath(node, 'Cloud Tenants'), 'Northwind');
  const gone = { ...northwind.item, id: '3b3b0000-0000-4000-8000-00000000ffff' };
  await expect(world.connections.document(node.item.id, gone, 'json', never)).rejects.toMatchObject({
    kind: 'notFound',
  });
});
