import { expect, test } from 'vitest';
import { addressOf } from '../../../../src/servers/discovery/address';
import { readFile } from '../../../../src/servers/list/exportedList';
import { originOf } from '../../../../src/servers/list/savedServer';
import { readStored } from '../../../../src/servers/list/storedList';
import { readLink } from '../../../../src/views/links/readLink';
import { newServerOf } from '../../../../src/views/servers/addServerArguments';

/** What URLs put up with in a host, and shells, templates or people do not. */
const hostileHosts = [
  '$(touch$IFSx).example',
  '`id`.example',
  "a'b.example",
  'a"b.example',
  'a;b.example',
  'a!b.example',
  '{{x}}.example',
  'a,b.example',
  'a*.example',
  '~.example',
  '%24%28id%29.example',
  `${'a'.repeat(60)}.`.repeat(5),
];

test.each([
  ['backup.example.com', 'https://backup.example.com:4443'],
  [' backup.example.com ', 'https://backup.example.com:4443'],
  ['backup.example.com:9443', 'https://backup.example.com:9443'],
  ['backup.example.com:443', 'https://backup.example.com'],
  ['https://backup.example.com', 'https://backup.example.com:4443'],
  ['https://backup.example.com:4443/v8/BackupRepositories?limit=1', 'https://backup.example.com:4443'],
  ['HTTPS://BACKUP.example.com/swagger', 'https://backup.example.com:4443'],
  ['192.0.2.7', 'https://192.0.2.7:4443'],
  ['[2001:db8::7]:9398', 'https://[2001:db8::7]:9398'],
  ['[2001:db8::7]', 'https://[2001:db8::7]:4443'],
  ['VBO_01.example.com.', 'https://vbo_01.example.com.:4443'],
  ['bücher.example', 'https://xn--bcher-kva.example:4443'],
])('%s is the server %s', (input, origin) => {
  expect(originOf(input, 4443)).toBe(origin);
});

test.each(hostileHosts)('%s is no host, in whatever way it comes', async host => {
  expect(originOf(host, 4443)).toBeUndefined();
  expect(originOf(`https://${host}:4443/v8`, 4443)).toBeUndefined();
  expect(addressOf(host)).toBeUndefined();
  expect(addressOf(`http://${host}:9399`)).toBeUndefined();
  expect(readLink({ path: '/add', query: `url=${host}` })).toBeUndefined();
  expect(() => newServerOf({ product: 'vb365', url: host, username: 'svc' })).toThrow('url must be');
  const entry = { name: 'Contoso', product: 'vb365', url: `https://${host}`, userName: 'svc' };
  const file = readFile(JSON.stringify({ version: 1, servers: [entry] }));
  expect(file).toMatchObject({ servers: [], refused: [{ reason: 'its address is not an https address' }] });
  const stored = {
    schema: 1,
    servers: [
      { ...entry, id: '1' },
      { ...entry, id: '2', url: 'https://good.example.com' },
    ],
  };
  expect(readStored(stored).servers.map(({ id }) => id)).toEqual(['2']);
});

test.each([
  '',
  'http://backup.example.com:9399',
  'ftp://backup.example.com',
  'two words',
  'https://user:secret@backup.example.com',
  'https://',
  'backup.example.com:70000',
])('"%s" is no address', input => {
  expect(originOf(input, 4443)).toBeUndefined();
});
