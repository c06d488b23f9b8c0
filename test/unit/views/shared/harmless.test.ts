import { expect, test, vi } from 'vitest';
import { Inventory } from '../../../../src/inventory/inventory';
import { textAs } from '../../../../src/views/copy/copyForms';
import { renderDetail } from '../../../../src/views/details/detailRows';
import { plain, shortLine } from '../../../../src/views/shared/harmless';
import { markdownText } from '../../../../src/views/shared/markdown';
import { renderRow } from '../../../../src/views/tree/rowRenderer';
import { tooltipOf } from '../../../../src/views/tree/tooltip';
import { serverOf } from '../../items';
import { KeptLog } from '../../support';
import { serverNode, tenantNode } from '../nodes';

vi.mock('vscode', () => import('../vscode'));

const arabic = '\u0634\u0631\u0643\u0629';
const hebrew = '\u05d7\u05d1\u05e8\u05d4';
const isolated = (text: string) => `\u2068${text}\u2069`;
const usedBytes = 1024 ** 3;
const quotaBytes = 2 * usedBytes;

test.each([arabic, hebrew])('the numbers behind %s stay behind it', name => {
  const { label, description, accessibilityInformation } = renderRow(
    tenantNode({ name, usedBytes, quotaBytes }),
    false,
  );
  expect(label).toBe(name);
  expect(description).toBe(isolated('50 % of 2 GB'));
  expect(accessibilityInformation?.label).toBe(`Tenant, ${name}, 50 % of 2 GB`);
});

test('a name among other parts of a description stays in its place', () => {
  const facts = { usedBytes, quotaBytes, enabled: false };
  const row = (backupServer: string) => renderRow(tenantNode({ ...facts, backupServer }), false).description;
  expect(row(arabic)).toBe(`disabled · 50 % of 2 GB · ${isolated(arabic)}`);
  expect(row('vbr01')).toBe('disabled · 50 % of 2 GB · vbr01');
  const server = serverNode({ label: { text: hebrew }, version: '13' });
  expect(renderRow(server, false).description).toMatch(new RegExp(`^${isolated(hebrew)} · [^\u2068]+$`));
});

test('so do folders, details, tooltips and sentences', () => {
  const inventory = new Inventory({ children: async () => ({ items: [] }) }, new KeptLog());
  inventory.setServers([serverOf('em', { folder: 'f' })], [{ id: 'f', name: arabic }]);
  const [folder] = inventory.folders.all;
  expect(folder && renderRow(folder, false).description).toBe(isolated('1'));
  expect(folder && tooltipOf(folder)).toContain(`Folder: ${isolated(arabic)}`);
  expect(tooltipOf(tenantNode({ name: arabic }))).toMatch(new RegExp(`^Tenant: ${isolated(arabic)}\n`));
  expect(renderDetail({ type: 'detail', id: 'x', label: arabic, description: '12 GB' }).description).toBe(
    isolated('12 GB'),
  );
  expect(plain(arabic)).toBe(isolated(arabic));
  expect(plain('Northwind')).toBe('Northwind');
});

test('so do names in hovers, in what language models ask for, and in questions about links', () => {
  expect(markdownText(arabic)).toBe(isolated(arabic));
  expect(markdownText('a*b')).toBe('a\\*b');
  expect(shortLine(hebrew)).toBe(isolated(hebrew));
});

test('nothing that is copied is isolated', () => {
  const copied = { node: tenantNode({ id: arabic, urn: arabic, name: arabic }), link: 'x', request: undefined };
  for (const form of ['id', 'urn', 'name', 'nameAndId', 'path', 'json', 'ansible', 'terraform'] as const) {
    expect(textAs(form, [copied])).not.toMatch(/[\u2066-\u2069]/);
  }
});
