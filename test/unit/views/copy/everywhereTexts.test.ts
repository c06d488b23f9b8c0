import { expect, test, vi } from 'vitest';
import type { Sighting } from '../../../../src/everywhere/sameThings';
import type { Node } from '../../../../src/inventory/tree/node';
import { everywhereText } from '../../../../src/views/copy/everywhereTexts';
import { serverNode, tenantNode } from '../nodes';

vi.mock('vscode', () => import('../vscode'));

const here: Sighting = { node: tenantNode(), certainty: 'certain', evidence: { via: 'itself' } };
const console1 = serverNode({ id: 'server-2', name: 'vspc | %{x}', product: 'service-provider-console' });
const there = (id: string): Sighting => ({
  node: tenantNode({ id, name: '[Northwind](command:x)' }, console1),
  certainty: 'byName',
  evidence: { via: 'hostName', by: 'name' },
});
const things = [[here, there('7a'), there('7b')]];

test('one table of all IDs by product', () => {
  expect(everywhereText('everywhereMarkdown', things).split('\n')).toEqual([
    '| product | server | kind | name | id | found |',
    '| --- | --- | --- | --- | --- | --- |',
    '| enterprise-manager | em-prod | tenant | Northwind | 5f3a | certain |',
    '| service-provider-console | vspc \\| %{x} | tenant | \\[Northwind\\](command:x) | 7a | byName |',
    '| service-provider-console | vspc \\| %{x} | tenant | \\[Northwind\\](command:x) | 7b | byName |',
    '',
  ]);
});

test('the same as JSON, with the places', () => {
  expect(JSON.parse(everywhereText('everywhereJson', things))).toEqual([
    {
      product: 'enterprise-manager',
      server: 'em-prod',
      kind: 'tenant',
      name: 'Northwind',
      id: '5f3a',
      found: 'certain',
      key: here.node.key,
    },
    expect.objectContaining({ id: '7a', found: 'byName' }),
    expect.objectContaining({ id: '7b', product: 'service-provider-console' }),
  ]);
});

test('the same as a map of Terraform, in which nothing is evaluated', () => {
  expect(everywhereText('everywhereTerraform', things).split('\n')).toEqual([
    'tenant_northwind_ids = {',
    '  "enterprise-manager" = {',
    '    "em-prod" = {',
    '      tenant = "5f3a"',
    '    }',
    '  }',
    '  "service-provider-console" = {',
    '    "vspc | %%{x}" = {',
    '      tenant = "7a"',
    '      tenant_2 = "7b"',
    '    }',
    '  }',
    '}',
  ]);
});

test('no name stands twice in a map, nor do the IDs of two servers stand together', () => {
  const same = (id: string, server: Node, via: 'itself' | 'installation'): Sighting => ({
    node: tenantNode({ id, name: 'Northwind' }, server),
    ...{ certainty: 'certain', evidence: { via } },
  });
  const [one, other] = ['server-1', 'server-2'].map(id => serverNode({ id, name: 'em-prod' })) as [Node, Node];
  const text = everywhereText('everywhereTerraform', [
    [same('1', one, 'itself'), same('2', other, 'installation')],
    [same('3', one, 'itself')],
  ]);
  expect(text.match(/\S.* = .+/g)).toEqual([
    'tenant_northwind_ids = {',
    ...['"enterprise-manager" = {', '"em-prod" = {', 'tenant = "1"', '"em-prod_2" = {', 'tenant = "2"'],
    'tenant_northwind_ids_2 = {',
    ...['"enterprise-manager" = {', '"em-prod" = {', 'tenant = "3"'],
  ]);
});
