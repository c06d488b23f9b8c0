import { expect, test } from 'vitest';
import { redactHeaders } from '../../../src/http/redactedHeaders';

test('only headers that are known to carry nothing secret are logged', () => {
  const headers = {
    Authorization: 'Bearer s3cret',
    'x-unknown': 's3cret',
    'set-cookie': ['a=s3cret', 'b=s3cret'],
    'Content-Type': 'application/json',
    'retry-after': '7',
    location: 'https://server.example.com/?s3cret',
  };
  expect(redactHeaders(headers)).toBe(
    'Authorization: [redacted] | x-unknown: [redacted] | set-cookie: [redacted] | Content-Type: application/json | retry-after: 7 | location: [redacted]',
  );
});

test('headers are one line of sane length', () => {
  expect(redactHeaders({ server: 'a\r\n-> forged', via: '\u202eb' })).toBe('server: a -> forged | via:  b');
  expect(redactHeaders({ server: 'x'.repeat(5000) })).toHaveLength(2000);
});
