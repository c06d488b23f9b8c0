import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { Failure, type Remedy } from '../../../../src/base/failure';
import { Inventory } from '../../../../src/inventory/inventory';
import { Node, type Notice } from '../../../../src/inventory/tree/node';
import { headingOf } from '../../../../src/items/heading';
import type { Item } from '../../../../src/items/item';
import { allKinds } from '../../../../src/items/kinds';
import { serverOf, tenant } from '../../items';
import { never } from '../../never';
import { KeptLog, named } from '../../support';
import { below, serverNode, tenantNode } from '../nodes';

vi.mock('vscode', () => import('../vscode'));

const { renderRow } = await import('../../../../src/views/tree/rowRenderer');
const { tooltipOf } = await import('../../../../src/views/tree/tooltip');

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

/** What is wrong with an item of a kind, and the words for that. */
const wrongs: readonly (readonly [Item['kind'], object, string])[] = [
  ['server', { version: '12.3.1.1139', apiVersion: 'v1_7', certificateExpires: '2020-01-01T00:00:00Z' }, 'certificate'],
  ['tenant', { enabled: false, resources: [] }, 'disabled'],
  ['subtenant', { enabled: false }, 'disabled'],
  ['company', { status: 'Disabled', resellerName: 'Fabrikam' }, 'disabled'],
  ['reseller', { status: 'Disabled' }, 'disabled'],
  ['user', { enabled: false, role: 'Company Owner' }, 'disabled'],
  ['job', { enabled: false, lastResult: 'Success', lastRun: '2026-01-01T00:00:00Z' }, 'disabled'],
  ['repository', { problem: 'offline', objectStorage: true }, 'offline'],
  ['extent', { state: 'Sealed', objectStorage: true }, 'Sealed'],
  ['extent', { problem: 'offline', objectStorage: true }, 'offline'],
  ['scaleOutRepository', { problem: 'an extent is offline' }, 'an extent is offline'],
  ['usedRepository', { available: false }, 'not available'],
  ['managedServer', { available: false, type: 'WindowsHost', isBackupServer: true }, 'unavailable'],
  ['proxy', { online: true, enabled: false, version: '8.0' }, 'disabled'],
  ['proxy', { online: true, outOfDate: true, version: '8.0' }, 'needs an upgrade'],
  ['gateway', { problem: 'no connection', address: 'gate.example.com' }, 'no connection'],
  ['gateway', { enabled: false, address: 'gate.example.com' }, 'disabled'],
  ['backupServer', { status: 'Inaccessible', version: '12.3', role: 'CloudConnect' }, 'Inaccessible'],
];

test.each(wrongs)('what is wrong stands first beside the name of a %s: %j', (kind, facts, reason) => {
  const space = { usedBytes: 2 ** 30, quotaBytes: 2 ** 31, capacityBytes: 2 ** 31, freeBytes: 2 ** 30 };
  const item = { ...serverOf('x'), ...space, kind, ...facts } as Item;
  const node = kind === 'server' ? serverNode(facts) : below(serverNode(), item);
  const { description } = renderRow(node, false);
  expect(String(description).replace(/^[^\p{L}]+/u, '')).toMatch(new RegExp(`^${reason}.* · `));
});

test('every kind that has a sign for what is wrong is tried', () => {
  const signs = allKinds().filter(kind => {
    const source = readFileSync(`src/items/${kind === 'group' ? 'heading' : fileOf(kind)}.ts`, 'utf8');
    return /tone:|circle-slash/.test(source) && kind !== 'site';
  });
  expect(signs.filter(kind => !wrongs.some(([each]) => each === kind))).toEqual([]);
});

function fileOf(kind: string): string {
  return kind.startsWith('protected') ? 'protectedObject' : kind;
}

test('a folded list that could not be refreshed says so in its row, before what it had', async () => {
  let answer = async (): Promise<{ items: Item[] }> => ({
    items: [{ kind: 'group', id: 'tenants', name: 'Cloud Tenants', contains: 'tenant', hasChildren: true }],
  });
  const inventory = new Inventory({ children: () => answer() }, new KeptLog());
  inventory.setServers([serverOf('em')]);
  const [server] = inventory.servers;
  if (!server) {
    throw new Error('no server');
  }
  inventory.childrenOf(server);
  await inventory.settled(server);
  const heading = named(inventory.childrenOf(server), 'Cloud Tenants');
  expect(renderRow(server, false).contextValue).toContain('has=session');
  answer = async () => ({ items: [tenant('one'), tenant('two')] });
  inventory.childrenOf(heading);
  await inventory.settled(heading);
  expect(renderRow(heading, false).description).toMatch(/2/);
  answer = () => Promise.reject(new Refused(['retry']));
  await inventory.refresh(heading);
  const row = renderRow(heading, false);
  expect(row.description).toMatch(/refused.* · .*2/);
  expect(row.accessibilityInformation?.label).toContain('refused');
  answer = () => Promise.reject(new Refused(['signIn']));
  await inventory.refresh(server);
  expect(renderRow(server, false).contextValue).not.toContain('has=session');
  expect(renderRow(server, false).description).toMatch(/^[^\p{L}]*refused/u);
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

test('a server that answers says how many of its lists did not come, and its tooltip why', async () => {
  const headings = ['Cloud Tenants', 'Jobs'].map(name => headingOf(name, name, 'tenant'));
  let fails = true;
  const inventory = new Inventory(
    {
      children: async (_id, { kind }) => {
        if (fails && kind === 'group') {
          throw new Refused(['retry']);
        }
        return { items: kind === 'server' ? headings : [] };
      },
    },
    new KeptLog(),
  );
  inventory.setServers([serverOf('em')]);
  const [server] = inventory.servers as [Node];
  await inventory.complete(server, never);
  const usual = String(renderRow(server, false).description);
  const [first, second] = (server.openedBranch?.nodes ?? []) as [Node, Node];
  await inventory.complete(first, never);
  expect(renderRow(server, false).description).toBe(['1 list failed to load', usual].filter(Boolean).join(' · '));
  expect(renderRow(server, false).accessibilityInformation?.label).toContain('1 list failed to load');
  expect(tooltipOf(server)).toContain('\nCloud Tenants: refused\n');
  await inventory.complete(second, never);
  expect(renderRow(server, false).description).toMatch(/^2 lists failed to load/);
  fails = false;
  await inventory.refresh(first);
  await inventory.refresh(second);
  expect(String(renderRow(server, false).description)).toBe(usual);
  expect(tooltipOf(server)).not.toContain('refused');
});
