import { expect, test } from 'vitest';
import { Cancelled } from '../../../../src/base/failure';
import { BadAnswer, TimedOut } from '../../../../src/http/failures';
import {
  AccessDenied,
  AnswerTooLarge,
  MalformedBody,
  ServerFailed,
  SignedOut,
  UnexpectedShape,
} from '../../../../src/products/failures';
import { detailsOf, detailsOfAll } from '../../../../src/products/reading/detailFacts';

const host = 'server.example.com:443';
const version = { label: 'Version', value: '8.1', unit: undefined };

test('details are the facts that are known, each on one line', () => {
  expect(
    detailsOf([
      ['Version', '8.1'],
      ['License', undefined],
      ['Used', 0, 'bytes'],
      ['Name\nof it', 'two\nlines'],
      ['L'.repeat(101), 'v'.repeat(300)],
    ]),
  ).toEqual([
    version,
    { label: 'Used', value: 0, unit: 'bytes' },
    { label: 'Name of it', value: 'two lines', unit: undefined },
    { label: `${'L'.repeat(99)}…`, value: 'v'.repeat(300), unit: undefined },
  ]);
});

test('details of several calls are in the order of the calls', async () => {
  const later = Promise.resolve().then(() => [version]);
  expect(await detailsOfAll({ Server: later, License: Promise.resolve([{ label: 'Edition', value: 'x' }]) })).toEqual([
    version,
    { label: 'Edition', value: 'x' },
  ]);
  expect(await detailsOfAll({})).toEqual([]);
});

test.each([
  ['a failed server', new ServerFailed(host, 500), 'status 500'],
  ['another shape', new UnexpectedShape(host, 'a license', 'a list'), 'unexpected answer'],
  ['what cannot be read', new MalformedBody(host, 'JSON', '3 bytes'), 'unreadable answer'],
  ['an answer that was cut off', new BadAnswer(host, 'aborted'), 'unusable answer'],
  ['a silent server', new TimedOut(host, 30_000), 'no answer'],
  ['too large an answer', new AnswerTooLarge(host, 'more than 100 levels'), 'answer too large'],
])('%s stands in the place of its own call', async (_name, failure, short) => {
  const parts = { License: Promise.reject(failure), Server: Promise.resolve([version]) };
  expect(await detailsOfAll(parts)).toEqual([{ label: 'License', value: short, unit: undefined }, version]);
});

test('calls that all fail are the first failure', async () => {
  const first = new ServerFailed(host, 500);
  const parts = { Server: Promise.reject(first), License: Promise.reject(new ServerFailed(host, 503)) };
  await expect(detailsOfAll(parts)).rejects.toBe(first);
});

test.each([
  ['a session that has ended', new SignedOut(host)],
  ['a missing right', new AccessDenied(host)],
  ['a request that was cancelled', new Cancelled()],
  ['a defect', new TypeError('x is undefined')],
])('%s concerns all calls', async (_name, failure) => {
  const parts = {
    Server: Promise.reject(new ServerFailed(host, 500)),
    License: Promise.reject(failure),
    Other: Promise.resolve([version]),
  };
  await expect(detailsOfAll(parts)).rejects.toBe(failure);
});
