import { expect, test, vi } from 'vitest';
import { exportFormats } from '../../../../src/base/exportFormats';
import type { Report } from '../../../../src/report/report';
import { forms, type ItemForm, textAs } from '../../../../src/views/copy/copyForms';
import { everywhereForms, everywhereText, isEverywhereForm } from '../../../../src/views/copy/everywhereTexts';
import { piecesOf } from '../../../../src/views/export/exportContent';
import { reportFile } from '../../../../src/views/report/reportFiles';
import { resourceAt, serverNode, tenantNode } from '../nodes';

vi.mock('vscode', () => import('../vscode'));

const server = serverNode();
const few = 2_000;
const many = 20_000;
const nodes = Array.from({ length: many }, (_, index) =>
  tenantNode({ id: `${index}`, name: 'Söhne "a" $${b|c' }, server),
);
const request = { resource: resourceAt('https://em.example.com:9398/api/cloud/tenants/5f3a'), fingerprint: 'AB' };
const copied = nodes.map(node => ({ node, link: 'vscode://x', request }));
const rows = nodes.map(node => ({ node }));
const things = nodes.map(node => [{ node, certainty: 'certain', evidence: { via: 'itself' } } as const]);
const reportOf = (count: number): Report => ({
  at: 0,
  servers: [],
  rows: nodes.slice(0, count).map(({ item }) => ({
    ...{ key: item.id, node: item.id, id: item.id, name: item.name, kind: 'tenant', server: 's', unlimited: false },
    ...{ usedBytes: 1, limitBytes: 2 },
  })),
});

/** In microseconds of the processor. */
function cost(work: () => unknown): number {
  const started = process.cpuUsage();
  work();
  return process.cpuUsage(started).user;
}

test.each<[string, (count: number) => unknown]>([
  ...forms
    .filter((form): form is ItemForm => !isEverywhereForm(form))
    .map((form): [string, (count: number) => unknown] => [`copied as ${form}`, n => textAs(form, copied.slice(0, n))]),
  ...everywhereForms.map((form): [string, (count: number) => unknown] => [
    `copied as ${form}`,
    n => everywhereText(form, things.slice(0, n)),
  ]),
  ...everywhereForms.map((form): [string, (count: number) => unknown] => [
    `places copied as ${form}`,
    n => everywhereText(form, [things.slice(0, n).flat()]),
  ]),
  ...exportFormats.map((format): [string, (count: number) => unknown] => [
    `exported as ${format}`,
    n => [...piecesOf(format, rows.slice(0, n))].join(''),
  ]),
  ...exportFormats.map((format): [string, (count: number) => unknown] => [
    `reported as ${format}`,
    n => reportFile(reportOf(n), format),
  ]),
])('ten times as many rows cost about ten times as much: %s', { timeout: 120_000 }, (_name, work) => {
  // What is done in no time is measured by the clock's own steps. A machine that is busy is so in one of three.
  const ratio = () =>
    cost(() => work(many)) /
    Math.max(
      cost(() => work(few)),
      20_000,
    );
  expect([1, 2, 3].some(() => ratio() < 18)).toBe(true);
});
