import { expect, test } from 'vitest';
import { keyPart } from '../../../../src/inventory/tree/keyPart';
import { Node } from '../../../../src/inventory/tree/node';
import type { Item } from '../../../../src/items/item';
import { keyBelow, type OpenLink, readLink, serversOf } from '../../../../src/views/links/readLink';
import { commandTarget, markdownText } from '../../../../src/views/shared/markdown';
import { HOSTILE_NAMES } from '../../../sample-servers/names';

const url = 'https://em.example.com:9398';

/** As a link is made and VS Code hands it on: it decodes once. */
function open(key: string, server = url) {
  return readLink({ path: '/open', query: `server=${server}&key=${key}` });
}

test.each(['plain', 'A & B = C + D #1 %41 ? /', 'half \ud800 a pair', '\udc00\ud83d%ED%A0%80', ...HOSTILE_NAMES])(
  'a link leads back to the item, whatever its id is: %s',
  id => {
    const key = `5c1e/group:tenants/tenant:${keyPart(id)}`;
    expect(open(key)).toEqual({ type: 'open', server: url, key });
    expect(open(`${key}#2`)).toMatchObject({ key: `${key}#2` });
    // Where nobody has decoded it.
    expect(open(encodeURIComponent(key))).toMatchObject({ key });
  },
);

test('a link that was written by hand, with its ids as they are, means the same', () => {
  expect(open('5c1e/group:tenants/tenant:a:b=')).toMatchObject({ key: '5c1e/group:tenants/tenant:a%3Ab%3D' });
  expect(readLink({ path: '/open/', query: 'other=1&key=5c1e/tenant:a' })).toEqual({
    type: 'open',
    server: undefined,
    key: '5c1e/tenant:a',
  });
});

test('a link finds its own server, or those of the same name on another computer', () => {
  const link: OpenLink = { type: 'open', server: 'em-prod', key: '5c1e/tenant:a' };
  const [own, named, namesake] = ['5c1e', 'f00d', 'beef'].map(
    id => new Node(undefined, { kind: 'server', id, url, name: id === '5c1e' ? 'renamed' : 'em-prod' } as Item),
  ) as [Node, Node, Node];
  expect(serversOf(link, [named, own])).toEqual([own]);
  expect(serversOf(link, [named])).toEqual([named]);
  expect(serversOf(link, [named, namesake])).toEqual([named, namesake]);
  expect(serversOf({ ...link, server: 'beef' }, [named, namesake])).toEqual([namesake]);
  expect(serversOf({ ...link, server: url }, [named, namesake])).toEqual([named, namesake]);
  expect(serversOf({ ...link, server: undefined }, [named])).toEqual([]);
  expect(keyBelow(named, link)).toBe('f00d/tenant:a');
});

test('a proposed server has an address, and never a password or a fingerprint', () => {
  const query =
    'product=enterprise-manager&url=em.example.com&name=em-prod&username=CONTOSO\\svc&password=s3cret&trustedFingerprint=AA:BB&apiVersion=v1_7';
  const link = readLink({ path: '/add', query });
  expect(link).toMatchObject({
    type: 'add',
    product: { id: 'enterprise-manager' },
    address: 'em.example.com:9398',
    name: 'em-prod',
    userName: 'CONTOSO\\svc',
  });
  expect(Object.keys(link ?? {}).sort()).toEqual(['address', 'name', 'product', 'type', 'userName']);
  expect(JSON.stringify(link)).not.toMatch(/s3cret|AA:BB/);
});

test.each([
  ['url=vbo.example.com', 'vbo.example.com'],
  ['url=https://vbo.example.com:4443/v8', 'vbo.example.com:4443'],
  ['url=vbo.example.com&product=vb365', 'vbo.example.com:4443'],
  ['url=vbo.example.com&product=nonsense', 'vbo.example.com'],
])('%s proposes %s', (query, address) => {
  expect(readLink({ path: '/add', query })).toMatchObject({ address });
});

test.each([
  ['/add', 'product=vb365'],
  ['/add', 'url=http://vbo.example.com'],
  ['/add', 'url=https://user:secret@vbo.example.com'],
  ['/open', 'server=em-prod'],
  ['/remove', 'server=em-prod'],
  ['/', ''],
])('%s?%s is no link of ours', (path, query) => {
  expect(readLink({ path, query })).toBeUndefined();
});

test('proposed texts are one line of sane length', () => {
  const query = `url=em.example.com&name=${'x'.repeat(1000)}&username=a\nb\u202e`;
  expect(readLink({ path: '/add', query })).toMatchObject({
    name: expect.stringMatching(/^x{199}…$/),
    userName: 'a b',
  });
});

test.each([...HOSTILE_NAMES, 'see https://example.com www.example.com a@example.com', '# one\n- two', '1. x'])(
  'nothing of a text is markup: %s',
  text => {
    const escaped = markdownText(text);
    expect(escaped).not.toMatch(/(?<!\\)[!-/:-@[-`{-~](?<!\\)|\n/);
    expect(escaped.replaceAll('\\', '')).not.toBe('');
  },
);

test.each(['a)[x](command:evil) \' ! * ~ "', 'one/organization:contoso.com%3A5a0e%3A11', '%22%2C%22x', '%'])(
  'a link in Markdown ends where it should, and runs one command with what was given: %s',
  argument => {
    const target = commandTarget('backupTenancy.reveal', argument);
    expect(target).toMatch(/^command:backupTenancy\.reveal\?[\w%.-]+$/);
    // As often as VS Code decodes it.
    const query = decodeURIComponent(decodeURIComponent(target.slice(target.indexOf('?') + 1)));
    expect(JSON.parse(query)).toEqual([argument]);
  },
);
