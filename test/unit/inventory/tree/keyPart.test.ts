import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Inventory } from '../../../../src/inventory/inventory';
import { reach } from '../../../../src/inventory/loading/reach';
import { Folder } from '../../../../src/inventory/tree/folder';
import { keyPart, textOfKeyPart } from '../../../../src/inventory/tree/keyPart';
import { allGroupings, Section } from '../../../../src/inventory/tree/section';
import type { Item } from '../../../../src/items/item';
import { serverOf } from '../../items';
import { never } from '../../never';
import { KeptLog, labels } from '../../support';

/** Texts of which some are no Unicode: pairs of surrogates of which one is missing. */
const anyText = fc.string({
  unit: fc.constantFrom(
    'a',
    '%',
    'ED',
    'A0',
    '/',
    ':',
    '#',
    '?',
    '&',
    'é',
    '株',
    '😀',
    '\ud800',
    '\udbff',
    '\udc00',
    '\udfff',
  ),
});

test('any text is a piece of a key, reads back, and ends no piece', () => {
  fc.assert(
    fc.property(anyText, text => {
      expect(keyPart(text)).toMatch(/^[\w.!~*'()%-]*$/);
      expect(textOfKeyPart(keyPart(text))).toBe(text);
    }),
  );
});

test('what is well-formed is encoded as everywhere', () => {
  expect(keyPart('a b/é😀')).toBe(encodeURIComponent('a b/é😀'));
  expect(keyPart('a\ud800b')).toBe('a%ED%A0%80b');
  expect(() => textOfKeyPart('%')).toThrow(URIError);
});

test('servers, items, folders and sections whose ids are no Unicode have keys of their own', async () => {
  const ids = ['\ud800', '\ud801', '\ufffd', 'a\udfff', '%ED%A0%80'];
  const repository = (id: string): Item => ({
    kind: 'repository',
    id,
    name: id,
    hasChildren: false,
    objectStorage: false,
  });
  const source = { children: async () => ({ items: ids.map(repository) }) };
  const inventory = new Inventory(source, new KeptLog());
  inventory.setServers(ids.map(id => serverOf(id, { name: 'em' })));
  const servers = inventory.servers;
  for (const server of servers) {
    inventory.childrenOf(server);
    await inventory.settled(server);
    expect(labels(inventory.childrenOf(server))).toEqual(ids);
  }
  const nodes = [...inventory.loaded()];
  const groupings = [...allGroupings()].slice(0, 1);
  const keys = [
    ...nodes.map(({ key }) => key),
    ...ids.map(id => new Folder(id).key),
    ...servers
      .slice(0, 1)
      .flatMap(parent => groupings.flatMap(([by, how]) => ids.map(id => new Section(parent, by, how, id).key))),
  ];
  expect(new Set(keys).size).toBe(ids.length * (ids.length + 3));
  for (const node of nodes) {
    expect(await reach(inventory, node.key, never)).toBe(node);
  }
});
