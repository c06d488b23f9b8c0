import { expect, test, vi } from 'vitest';
import { Failure, type Remedy } from '../../../../src/base/failure';
import { Inventory } from '../../../../src/inventory/inventory';
import { Node, type Notice } from '../../../../src/inventory/tree/node';
import { serverOf, tenant } from '../../items';
import { KeptLog } from '../../support';
import { tenantNode } from '../nodes';

vi.mock('vscode', () => import('../vscode'));

const { renderRow } = await import('../../../../src/views/tree/rowRenderer');

class Refused extends Failure {
  readonly kind = 'refused';
  readonly short = 'refused';

  constructor(override readonly remedies: readonly Remedy[]) {
    super('The server has refused it.');
  }
}

/** The row that tells of a failure with these remedies. */
async function errorRow(remedies: readonly Remedy[]): Promise<Notice> {
  const inventory = new Inventory({ children: () => Promise.reject(new Refused(remedies)) }, new KeptLog());
  inventory.setServers([serverOf('em')]);
  const [server] = inventory.servers;
  if (!server) {
    throw new Error('no server');
  }
  inventory.childrenOf(server);
  await inventory.settled(server);
  const row = inventory.childrenOf(server).find(({ type }) => type === 'failure');
  if (row?.type !== 'failure') {
    throw new Error('no row');
  }
  return row;
}

test.each<[Remedy, string]>([
  ['signIn', 'signIn'],
  ['trust', 'trustCertificate'],
  ['edit', 'editServer'],
  ['connectionOptions', 'connectionOptions'],
  ['retry', 'refresh'],
  ['showLog', 'showLog'],
])('a click on an error row does what helps first: %s', async (remedy, command) => {
  const row = await errorRow([remedy, 'showLog']);
  expect(renderRow(row, false).command).toEqual({
    command: `backupTenancy.${command}`,
    title: '',
    arguments: [row],
  });
});

const full = { usedBytes: 97, quotaBytes: 100 };

test('a row that needs attention says so by its colour, in its description and to screen readers', () => {
  const { iconPath, description, accessibilityInformation } = renderRow(tenantNode(full), false);
  expect(iconPath).toMatchObject({ id: 'briefcase', color: { id: 'list.errorForeground' } });
  expect(description).toMatch(/^97 % of/);
  expect(accessibilityInformation?.label).toMatch(/^Tenant, Northwind, error, 97 % of/);
  const rest = renderRow(tenantNode({ ...full, usedBytes: 5 }), false);
  expect(rest.iconPath).not.toHaveProperty('color.id');
  expect(rest.accessibilityInformation?.label).toMatch(/^Tenant, Northwind, 5 % of/);
});

test('a heading says how many of its rows need attention', () => {
  const { parent } = tenantNode();
  if (!parent) {
    throw new Error('no heading');
  }
  const heading = (...tenants: readonly Parameters<typeof tenant>[1][]) => {
    parent.branch?.fill(tenants.map((facts, at) => new Node(parent, tenant(`t${at}`, facts))));
    return renderRow(parent, false).description;
  };
  expect(heading({}, {})).toBe('2');
  expect(heading({}, full)).toBe('2 · 1 needs attention');
  expect(heading({ enabled: false }, full, {})).toBe('3 · 2 need attention');
  expect(renderRow(parent, false, undefined, { warning: 98, error: 99 }).description).toBe('3 · 1 needs attention');
});
