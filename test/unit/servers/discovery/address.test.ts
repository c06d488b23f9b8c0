import { expect, test } from 'vitest';
import { addressOf, usualPorts } from '../../../../src/servers/discovery/address';

test.each([
  ['backup.example.com:9443', 'https://backup.example.com:9443'],
  ['https://backup.example.com:4443/v8/BackupRepositories?limit=1', 'https://backup.example.com:4443'],
  ['[2001:db8::7]:9398', 'https://[2001:db8::7]:9398'],
  ['backup.example.com:443', 'https://backup.example.com'],
])('%s is taken at its word', (input, origin) => {
  expect(addressOf(input)?.origin).toBe(origin);
});

test.each([
  ['backup.example.com', 'backup.example.com'],
  [' 192.0.2.7 ', '192.0.2.7'],
  ['https://backup.example.com/swagger/ui/index', 'backup.example.com'],
  ['http://backup.example.com:9399/web/#/api/', 'backup.example.com'],
  ['[2001:db8::7]', '[2001:db8::7]'],
])('%s stands for the usual ports of %s', (input, host) => {
  expect(addressOf(input)).toEqual({
    hostName: host,
    origin: undefined,
    usualOrigins: usualPorts.map(port => `https://${host}:${port}`),
    sharedOrigins: [`https://${host}`],
  });
});

test('knows the ports of the family', () => {
  expect([...usualPorts].sort()).toEqual([1280, 4443, 9398, 9399, 9419]);
});

test.each([
  '',
  ' ',
  'two words',
  'ftp://backup.example.com',
  'https://user:secret@backup.example.com',
  'http://user:secret@backup.example.com',
  'http://',
  'backup.example.com:70000',
])('"%s" is no address', input => {
  expect(addressOf(input)).toBeUndefined();
});
