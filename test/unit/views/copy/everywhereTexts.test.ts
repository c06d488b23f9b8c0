import { expect, test, vi } from 'vitest';
import type { Sighting } from '../../../../src/everywhere/sameThings';
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
