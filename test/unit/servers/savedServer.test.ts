import { expect, test } from 'vitest';
import { originOf } from '../../../src/servers/savedServer';

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
])('%s is the server %s', (input, origin) => {
  expect(originOf(input, 4443)).toBe(origin);
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
