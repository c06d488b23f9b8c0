import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { product as enterpriseManager } from '../../../../src/products/enterprise-manager';
import { withoutSecrets } from '../../../../src/products/reading/secretMembers';
import { product as vb365 } from '../../../../src/products/vb365';
import { startEnterpriseManager, startVb365 } from '../../../sample-servers';
import { forThisTest } from '../../forThisTest';
import { never } from '../../never';
import { named, World } from '../../support';

const names = ['password', 'PrivateKey'];

test.each([
  ['{"password":"hunter2","id":1}', '{"password":"[removed]","id":1}'],
  ['{ "a": 1.0, "Password" : "hunter2" }', '{ "a": 1.0, "Password" :"[removed]"}'],
  ['{"pass\\u0077ord":"hunter2"}', '{"pass\\u0077ord":"[removed]"}'],
  ['[{"privatekey":{"password":"hunter2","x":[1,{"y":"hunter2"}]}},2]', '[{"privatekey":"[removed]"},2]'],
  ['{"password":["hunter2","hunter2"],"b":12345678901234567890}', '{"password":"[removed]","b":12345678901234567890}'],
  ['{"about":"password","x":": \\"password\\":1"}', '{"about":"password","x":": \\"password\\":1"}'],
  ['{"password":"","x":{"password" : null}}', '{"password":"","x":{"password" : null}}'],
  ['{"password":"hunter2', '{"password":"[removed]"'],
])('secrets are taken out of JSON: %s', async (text, expected) => {
  expect(await withoutSecrets(text, 'json', names)).toBe(expected);
});

test.each([
  ['<a><Password>hunter2</Password><b>1</b></a>', '<a><Password>[removed]</Password><b>1</b></a>'],
  ['<a><n:password x=">">h<b>hunter2</b><b/></n:password></a>', '<a><n:password x=">">[removed]</n:password></a>'],
  ['<a Password="hunter2" b=\'1\'/>', '<a Password="[removed]" b=\'1\'/>'],
  ["<a n:privateKey = 'hunter2'>x</a>", '<a n:privateKey = "[removed]">x</a>'],
  ['<a><Password/><Password></Password>x</a>', '<a><Password/><Password>[removed]</Password>x</a>'],
  ['<Password><![CDATA[</Password>hunter2]]></Password>', '<Password>[removed]</Password>'],
  ['<a>Password="x"<!-- <Password> --><b/></a>', '<a>Password="x"<!-- <Password> --><b/></a>'],
  ['<a><Password>hunter2<', '<a><Password>[removed]'],
  [
    '<a><Name>&#x00000050;assword</Name><Value>hunter2</Value></a>',
    '<a><Name>&#x00000050;assword</Name><Value>[removed]</Value></a>',
  ],
])('secrets are taken out of XML: %s', async (text, expected) => {
  expect(await withoutSecrets(text, 'xml', names)).toBe(expected);
});

test('a document shows no member that its product calls secret, in JSON', async () => {
  const server = await forThisTest(startVb365());
  const world = new World({ product: product => ({ ...product, secretMembers: names }) });
  const node = await world.add('vb365', server);
  const repository = named(await world.openPath(node, 'Backup Repositories'), 'Repo North');
  server.intercept = (_request, response) => {
    const body = {
      id: repository.item.id,
      encryption: { Password: 'hunter2' },
      keys: [{ privateKey: { pem: 'hunter2' } }],
    };
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    return true;
  };
  const text = (await world.connections.document(node.item.id, repository.item, 'json', never)) ?? '';
  expect(JSON.parse(text)).toEqual({
    id: repository.item.id,
    encryption: { Password: '[removed]' },
    keys: [{ privateKey: '[removed]' }],
  });
});

test('a document shows no member that its product calls secret, in XML', async () => {
  const server = await forThisTest(startEnterpriseManager());
  const world = new World({ product: product => ({ ...product, secretMembers: names }) });
  const node = await world.add('enterprise-manager', server);
  const tenant = named(await world.openPath(node, 'Cloud Tenants'), 'Northwind');
  server.intercept = (_request, response) => {
    const body = '<CloudTenant privateKey="hunter2"><Name>Northwind</Name><Password>hunter2</Password></CloudTenant>';
    response.writeHead(200, { 'Content-Type': 'application/xml' }).end(body);
    return true;
  };
  expect(await world.connections.document(node.item.id, tenant.item, 'xml', never)).toBe(
    '<CloudTenant privateKey="[removed]"><Name>Northwind</Name><Password>[removed]</Password></CloudTenant>',
  );
});

const specs = process.env.VB365_SPECS ?? '';

/** Names of members that a document of the vendor calls a password or a SecureString. */
function secretsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const { properties = {} } = value as { readonly properties?: Readonly<Record<string, unknown>> };
  const isSecret = (member: unknown) => /"#[^"]*\/SecureString"|"format":"password"/.test(JSON.stringify(member));
  const names = Object.keys(properties).filter(name => isSecret(properties[name]));
  return [...names, ...Object.values(value).flatMap(secretsIn)];
}

test.skipIf(!existsSync(specs)).each(['v6', 'v7', 'v8'])(
  'VB365 %s calls secret what its vendor does',
  async version => {
    const document: unknown = JSON.parse(readFileSync(join(specs, `vb365_rest_${version}.json`), 'utf8'));
    const found = [...new Set(secretsIn(document))];
    expect(found.length).toBeGreaterThan(5);
    const text = JSON.stringify(found.map(name => ({ [name]: 'hunter2' })));
    expect(await withoutSecrets(text, 'json', vb365.secretMembers ?? [])).not.toContain('hunter2');
  },
);

test('Enterprise Manager calls a password secret', async () => {
  const names = enterpriseManager.secretMembers ?? [];
  expect(await withoutSecrets('<a><Password>hunter2</Password></a>', 'xml', names)).not.toContain('hunter2');
});
