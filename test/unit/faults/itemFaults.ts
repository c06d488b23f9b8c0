import { expect } from 'vitest';
import type { Item } from '../../../src/items/item';
import { different, send, unreadable } from './answering';
import type { Fault } from './fault';
import type { Element } from './scene';

/** Elements of a list as no document has them. */
function elements(fault: string, list: readonly unknown[], outcome: Fault['outcome'], check?: Fault['check']): Fault {
  return {
    fault,
    answer: (response, { subject }) => {
      const text = JSON.stringify(subject.json(list as readonly Partial<Element>[]));
      send(response, text.replaceAll('"1e400"', '1e400'));
    },
    outcome,
    ...(check ? { check } : {}),
  };
}

const sizes = (size: unknown) => ({
  usedSpaceBytes: size,
  usedSpaceGB: size,
  quotaGb: size,
  RepositoryQuota: { Unlimited: false, QuotaMb: size, UsedQuotaMb: size },
});

/** Lists with elements as no document has them. */
export const itemFaults: readonly Fault[] = [
  ...['null', '{}', '"text"', '7', '[]', '{"surprise":true}', '{"id":{},"Id":[]}'].map(odd =>
    elements(
      `an element that is ${odd}`,
      [{ id: 'a', name: 'a' }, JSON.parse(odd), { id: 'b', name: 'b' }],
      { rows: ['a', 'b', '(unreadable)'] },
      scene => {
        const { total, unreadable: told } = scene.parent.openedBranch ?? {};
        expect(told).toEqual({ count: 1, came: [expect.stringMatching(/^1: \S/)] });
        expect(total ?? 3).toBe(3);
      },
    ),
  ),
  elements('nothing but items without id and name', [{}, {}], { ...different, detail: /^0: an empty object$/ }),
  elements('items without name', [{ id: 'a1' }], { rows: ['a1'] }),
  elements('items without id', [{ name: 'Contoso' }], { rows: ['Contoso'] }),
  elements('items with empty id and name', [{ id: '', name: '' }], different),
  elements('numbers for strings', [{ id: 42, name: 7 }], { rows: ['7'] }, ({ items: [item] }) =>
    expect(item).toMatchObject({ id: '42', name: '7' }),
  ),
  elements('objects for strings', [{ id: 'a1', name: { en: 'Contoso' } }], { rows: ['a1'] }),
  elements(
    'strings for numbers',
    [{ id: 'a1', name: 'one', ...sizes('1024'), Enabled: 'true' }],
    { rows: ['one'] },
    scene => expect(scene.subject.sizeIn(scene.items[0] as Item)).toBe(1024 * scene.subject.unitOfSizes),
  ),
  ...['NaN', '-1', -1, 'Infinity', '1e400', null, {}, [], true, 1e300, ''].map(size =>
    elements(
      `a size of ${JSON.stringify(size)}`,
      [{ id: 'a1', name: 'one', ...sizes(size) }],
      { rows: ['one'] },
      scene => {
        expect(scene.subject.sizeIn(scene.items[0] as Item)).toBeUndefined();
      },
    ),
  ),
  elements('elements that are null', [null], different),
  elements('elements that are texts', ['a', 'b'], different),
  elements('a name of 100,000 characters', [{ id: 'a1', name: 'x'.repeat(100_000) }], {
    rows: [`${'x'.repeat(9_999)}…`],
  }),
  elements(
    'an id of 100,000 characters',
    [
      { id: 'x'.repeat(100_000), name: 'a' },
      { id: 'b', name: 'b' },
    ],
    { rows: ['b', '(unreadable)'] },
    scene =>
      expect(scene.parent.openedBranch?.unreadable?.came).toEqual([
        expect.stringMatching(/^0\.(id|instanceUid): a text of 100000 characters$/i),
      ]),
  ),
  elements('half a character', [{ id: '\ud800', name: 'a\udc00' }], { rows: ['a\ufffd'] }),
  {
    fault: 'a list that is null',
    answer: (response, { subject }) => send(response, JSON.stringify(subject.json([])).replace('[]', 'null')),
    outcome: subject => (!subject.readsXml ? different : { rows: ['(empty)'] }),
  },
  {
    fault: 'NaN that is not JSON',
    answer: (response, { subject }) =>
      send(response, JSON.stringify(subject.json([{ id: '1', name: 'n' }])).replace('"n"', 'NaN')),
    outcome: unreadable,
  },
];
