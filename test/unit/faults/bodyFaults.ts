import { expect } from 'vitest';
import { different, goodJson, send, tooMuch, unreadable } from './answering';
import type { Fault, Outcome } from './fault';
import type { Subject } from './scene';

/** Bodies that are not JSON or XML as they should be. */
export const bodyFaults: readonly Fault[] = [
  { fault: 'empty 200', answer: response => send(response, ''), outcome: unreadable },
  {
    fault: 'JSON cut off',
    answer: (response, scene) => send(response, goodJson(scene).slice(0, -3)),
    outcome: unreadable,
  },
  {
    fault: 'JSON with a byte-order mark',
    answer: (response, scene) => send(response, `\uFEFF${goodJson(scene)}`),
    outcome: { rows: 'same' },
  },
  {
    fault: 'JSON in UTF-16',
    answer: (response, scene) => send(response, Buffer.from(`\uFEFF${goodJson(scene)}`, 'utf16le')),
    outcome: { rows: 'same' },
  },
  {
    fault: 'JSON in UTF-16, the other way around',
    answer: (response, scene) => send(response, Buffer.from(`\uFEFF${goodJson(scene)}`, 'utf16le').swap16()),
    outcome: { rows: 'same' },
  },
  {
    fault: 'JSON that is no UTF-8',
    answer: response => send(response, Buffer.from('[{"id":"1","name":"R\xfcdiger"}]', 'latin1')),
    outcome: { ...unreadable, detail: /not UTF-8/ },
  },
  {
    fault: 'JSON with the wrong content type',
    answer: (response, scene) => send(response, goodJson(scene), { 'Content-Type': 'text/html' }),
    outcome: { rows: 'same' },
  },
  {
    fault: 'JSON with __proto__',
    answer: (response, { subject }) => {
      const body = JSON.stringify(subject.json([{ id: '1', name: 'one' }]));
      send(response, body.replaceAll('{', '{"__proto__":{"polluted":true,"id":"2"},"constructor":1,'));
    },
    outcome: { rows: ['one'] },
    check: scene => {
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      expect(scene.items[0]?.id).toBe('1');
    },
  },
  {
    fault: 'JSON a million lists deep',
    answer: response => send(response, '['.repeat(1_000_000) + ']'.repeat(1_000_000)),
    outcome: { ...tooMuch, detail: /^more than 100 levels$/ },
  },
  {
    fault: 'JSON a million objects deep',
    answer: response => send(response, `${'{"CloudSubtenants":'.repeat(1_000_000)}null${'}'.repeat(1_000_000)}`),
    outcome: { ...tooMuch, detail: /^more than 100 levels$/ },
  },
  { fault: 'JSON that is no list', answer: response => send(response, '{"message":"hello"}'), outcome: different },
  { fault: 'JSON that is null', answer: response => send(response, 'null'), outcome: different },
  {
    fault: 'XML cut off',
    answer: (response, { subject, elements }) => send(response, subject.xml(elements).slice(0, -5)),
    outcome: subject => xmlTrouble(subject),
  },
  {
    fault: 'XML in UTF-16',
    answer: (response, { subject, elements }) =>
      send(response, Buffer.from(`\uFEFF${subject.xml(elements)}`, 'utf16le'), { 'Content-Type': 'application/xml' }),
    outcome: subject => (!subject.readsXml ? unreadable : { rows: 'same' }),
  },
  {
    fault: 'XML with the wrong content type',
    answer: (response, { subject, elements }) => send(response, subject.xml(elements)),
    outcome: subject => (!subject.readsXml ? { ...unreadable, detail: /^XML, / } : { rows: 'same' }),
  },
  {
    fault: 'XML with a DTD',
    answer: (response, { subject, elements }) =>
      send(response, `<!DOCTYPE CloudSubtenants SYSTEM "x.dtd">${subject.xml(elements)}`),
    outcome: subject => xmlTrouble(subject, /document type/),
  },
  {
    fault: 'XML with an external entity',
    answer: (response, { subject }) =>
      send(
        response,
        `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>${subject.xml([{ id: '1', name: '&e;' }])}`,
      ),
    outcome: subject => xmlTrouble(subject, /document type/),
  },
  {
    fault: 'XML with an entity bomb',
    answer: (response, { subject }) => {
      const entities = Array.from({ length: 20 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`).join('');
      send(response, `<!DOCTYPE x [<!ENTITY e0 "ha">${entities}]>${subject.xml([{ id: '1', name: '&e20;' }])}`);
    },
    outcome: subject => xmlTrouble(subject, /document type/),
  },
  {
    fault: 'XML with a million nested elements',
    answer: response => send(response, '<a>'.repeat(1_000_000) + '</a>'.repeat(1_000_000)),
    outcome: subject => (!subject.readsXml ? unreadable : tooMuch),
  },
  {
    fault: 'XML with __proto__',
    answer: (response, { subject }) =>
      send(response, subject.xml([{ id: '1', name: '<__proto__><polluted>1</polluted></__proto__>' }])),
    outcome: subject => xmlTrouble(subject),
    check: () => expect(({} as { polluted?: unknown }).polluted).toBeUndefined(),
  },
];

function xmlTrouble(subject: Subject, detail?: RegExp): Outcome {
  return !subject.readsXml
    ? unreadable
    : { kind: 'malformedBody', says: /sent an answer that is not valid XML\.$/, ...(detail ? { detail } : {}) };
}
