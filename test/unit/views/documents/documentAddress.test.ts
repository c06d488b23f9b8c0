import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Node } from '../../../../src/inventory/tree/node';
import type { Item } from '../../../../src/items/item';
import { documentAddress, isInOurLanguage, readAddress } from '../../../../src/views/documents/documentAddress';
import { HOSTILE_NAMES, LONG_NAME } from '../../../sample-servers/names';
import { serverOf, subtenant, tenant } from '../../items';

const server = serverOf('0f0f', { name: 'em-prod' });

function below(parent: Node | undefined, item: Item): Node {
  return new Node(parent, item);
}

function tenantAt(name: string, id = '0012'): Node {
  const group: Item = { kind: 'group', id: 'tenants', name: 'Cloud Tenants', hasChildren: true, contains: 'tenant' };
  return below(below(below(undefined, server), group), tenant(id, { name }));
}

test('reads like the way to the item, and holds its key', () => {
  const address = documentAddress(below(tenantAt('Northwind'), subtenant('s1', { name: 'nw-01' })), 'xml');
  expect(address.path).toBe('/em-prod/Northwind/nw-01.api-xml');
  expect(readAddress(address)).toEqual({ key: '0f0f/group:tenants/tenant:0012/subtenant:s1', format: 'xml' });
});

test.each([
  ...HOSTILE_NAMES,
  LONG_NAME,
  '',
  '..',
  '.',
  ' ',
  '\ud800',
  'a/../b',
  'a\\b',
  '\0',
  '.xml',
  '\u202e'.repeat(99),
])('leads nowhere else for the name %j', name => {
  const { path } = documentAddress(tenantAt(name), 'json');
  const segments = path.slice(1).split('/');
  expect(segments).toHaveLength(2);
  for (const segment of segments) {
    expect(segment).not.toMatch(/^\.|^\s|^$|[\\:*?"<>|%#]|[\p{Cc}\p{Cf}]|\$\(/u);
    expect(segment.isWellFormed()).toBe(true);
    expect(segment.length).toBeLessThanOrEqual(70);
  }
  expect(path).toMatch(/\.api-json$/);
  expect(() => encodeURIComponent(path)).not.toThrow();
});

test('tells any two items and formats apart, whatever they are called', () => {
  const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom(...HOSTILE_NAMES, 'x', 'x.xml', 'x/y'));
  const format = fc.constantFrom('json' as const, 'xml' as const);
  fc.assert(
    fc.property(fc.tuple(text, text, format), fc.tuple(text, text, format), ([name, id, one], [name2, id2, two]) => {
      const addresses = [documentAddress(tenantAt(name, id), one), documentAddress(tenantAt(name2, id2), two)];
      const same = tenantAt(name, id).key === tenantAt(name2, id2).key && one === two;
      const [first, second] = addresses.map(each => JSON.stringify(readAddress(each)));
      expect(first === second).toBe(same);
    }),
  );
});

test('is in a language of the extension, whatever the item is called', () => {
  const { contributes } = JSON.parse(readFileSync('package.json', 'utf8'));
  for (const name of [...HOSTILE_NAMES, 'Northwind', 'Northwind.json', 'tsconfig']) {
    for (const format of ['json', 'xml'] as const) {
      const address = documentAddress(tenantAt(name), format);
      expect(isInOurLanguage(address)).toBe(true);
      // VS Code's own language services, and people's associations, go by endings such as these.
      expect(address.path).not.toMatch(/\.(?:json|jsonc|xml)$/);
      const languages: { id: string; extensions: string[] }[] = contributes.languages;
      const [language] = languages.filter(({ extensions }) => extensions.some(each => address.path.endsWith(each)));
      expect(language?.id).toBe(`backup-tenancy-${format}`);
      const [grammar] = contributes.grammars.filter((each: { language: string }) => each.language === language?.id);
      expect(JSON.parse(readFileSync(grammar.path, 'utf8')).patterns).toEqual([
        { include: format === 'json' ? 'source.json' : 'text.xml' },
      ]);
    }
  }
});
