import { expect, test } from 'vitest';
import { alteredIn, type Copied, forms, has, type ItemForm, textAs } from '../../../../src/views/copy/copyForms';
import { HOSTILE_NAMES } from '../../../sample-servers/names';
import { resourceAt, serverNode, tenantNode } from '../nodes';

const link = 'vscode://backup-tenancy.backup-tenancy-explorer/open?server=s&key=k';
const url = 'https://em.example.com:9398/api/cloud/tenants/5f3a?format=Entity';
const request = { resource: resourceAt(url), fingerprint: undefined };
const northwind: Copied = { node: tenantNode(), link, request };
const fabrikam: Copied = { node: tenantNode({ id: 'b2', urn: undefined, name: 'Fabrikam' }), link, request: undefined };
const server: Copied = { node: serverNode(), link, request: undefined };

test.each<[ItemForm, string]>([
  ['id', '5f3a'],
  ['urn', 'urn:veeam:CloudTenant:5f3a'],
  ['name', 'Northwind'],
  ['nameAndId', 'Northwind (5f3a)'],
  ['path', 'em-prod / Cloud Tenants / Northwind'],
  ['url', url],
  ['markdown', `[Northwind](${link})`],
  ['ansible', 'tenant_northwind_id: "5f3a"'],
])('one item as %s', (form, text) => {
  expect(textAs(form, [northwind])).toBe(text);
});

test('one item as JSON is an object with plain facts, several are an array', () => {
  expect(JSON.parse(textAs('json', [northwind]))).toEqual({
    server: 'em-prod',
    product: 'enterprise-manager',
    kind: 'tenant',
    path: ['em-prod', 'Cloud Tenants', 'Northwind'],
    name: 'Northwind',
    id: '5f3a',
    urn: 'urn:veeam:CloudTenant:5f3a',
    enabled: true,
    quotaBytes: 1024 ** 3,
    resources: [{ id: 'r1', name: 'Cloud Repo' }],
    key: 'server-1/group:tenants/tenant:5f3a',
  });
  expect(JSON.parse(textAs('json', [northwind, fabrikam]))).toMatchObject([{ id: '5f3a' }, { id: 'b2' }]);
});

test('several items are a line each', () => {
  expect(textAs('id', [northwind, fabrikam])).toBe('5f3a\nb2');
  expect(textAs('path', [northwind, server])).toBe('em-prod / Cloud Tenants / Northwind\nem-prod');
  expect(textAs('markdown', [northwind, fabrikam])).toBe(`- [Northwind](${link})\n- [Fabrikam](${link})`);
});

test('an ID is copied to the letter, but for what must not be pasted, and that is known', () => {
  const kept = 'a\u200d\u00adb'.repeat(200);
  const facts = { id: kept, urn: `urn:x:${kept}`, name: 'Nor\u00adthwind' };
  const exact = { ...northwind, node: tenantNode(facts) };
  expect(textAs('id', [exact])).toBe(kept);
  expect(textAs('urn', [exact])).toBe(`urn:x:${kept}`);
  expect(textAs('nameAndId', [exact])).toBe(`Nor thwind (${kept})`);
  expect(textAs('ansible', [exact])).toContain(kept);
  expect(textAs('terraform', [exact])).toContain(kept);
  expect(forms.filter(form => alteredIn(form, [exact.node]).length > 0)).toEqual([]);

  const altered = { ...northwind, node: tenantNode({ id: '\u200e5f\n3a', urn: undefined }) };
  expect(textAs('id', [altered])).toBe('5f 3a');
  expect(forms.filter(form => alteredIn(form, [altered.node]).length > 0)).toEqual([
    'id',
    'nameAndId',
    'terraform',
    'ansible',
    'everywhereMarkdown',
    'everywhereTerraform',
  ]);
});

test('an item has the forms that there is something for', () => {
  const all = (copied: Copied) => forms.filter(form => has(form, copied));
  expect(all(northwind)).toEqual(forms);
  expect(all(fabrikam)).toEqual(forms.filter(form => !['urn', 'url', 'curl', 'powershell'].includes(form)));
  // Its id is this extension's own.
  expect(all(server)).toEqual(['name', 'path', 'url', 'json', 'markdown']);
  expect(textAs('url', [server])).toBe('https://em.example.com:9398');
});

test('a server has commands that ask it for something, and its address is its own', () => {
  const asked: Copied = {
    ...server,
    request: { resource: resourceAt('https://em.example.com:9398/api/'), fingerprint: 'AA' },
  };
  expect(forms.filter(form => has(form, asked))).toEqual([
    'name',
    'path',
    'url',
    'json',
    'markdown',
    'curl',
    'powershell',
  ]);
  expect(textAs('curl', [asked])).toContain("'https://em.example.com:9398/api/'");
  expect(textAs('url', [asked])).toBe('https://em.example.com:9398');
});

test('the account that signs in is nobody else’s business', () => {
  expect(textAs('json', [server])).not.toContain('svc-browse');
});

test('a name stays one line and a label of its link', () => {
  const names = [...HOSTILE_NAMES, '](https://evil.example.com) [x', 'a\nb', '\\](x)'];
  for (const name of names) {
    const copied: Copied = { node: tenantNode({ name }), link, request };
    expect(textAs('name', [copied])).not.toMatch(/[\n\u202E]/);
    const label = textAs('markdown', [copied]);
    expect(label.endsWith(`](${link})`)).toBe(true);
    expect(label.slice(1, -`](${link})`.length)).toMatch(/^(?:[^[\]\\<>\n\u202E]|\\.)*$/);
    // To the letter, in characters that can be seen.
    expect(JSON.parse(textAs('json', [copied])).name).toBe(name);
    expect(textAs('json', [copied])).not.toContain('\u202E');
  }
});
