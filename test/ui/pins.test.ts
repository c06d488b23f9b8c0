import { expect, test } from 'vitest';
import { useSampleServers } from './use-sample-servers';

// One person's way through, in this order: the window is the same for all tests of this file.
const { workbench, samples } = useSampleServers({
  servers: { tenants: 60 },
  window: () => ({ keepsSecrets: true }),
});

const pinned = async () => (await workbench().pinned.rows()).map(({ label }) => label);

test('tells by colour and in words which rows need attention', async () => {
  await workbench().widenSideBar(460);
  await workbench().expand('em-sample');
  await workbench().expand('Cloud Tenants');
  await expect
    .poll(async () => (await workbench().row('Cloud Tenants')).description)
    .toMatch(/^60 · \d+ need attention$/);
  await workbench().screenshots('attention');
});

test('the first pinned row takes little room from the servers', async () => {
  await workbench().contextMenu('Northwind', 'Pin');
  await expect.poll(pinned).toEqual(['Northwind']);
  await expect.poll(() => workbench().shareOfView('Pinned')).toBeLessThan(0.25);
  expect(await workbench().shareOfView('Servers')).toBeGreaterThan(0.7);
});

test('shows what is pinned with its fill level and place, pins another row by a key, and unpins it', async () => {
  expect(await workbench().pinned.row('Northwind')).toMatchObject({
    description: '66 % of 250 GB · vbr01 · em-sample',
    level: 1,
  });
  await workbench().select('m365-sample');
  await workbench().press('ControlOrMeta+k');
  await workbench().press('Shift+Enter');
  await expect.poll(pinned).toEqual(['m365-sample', 'Northwind']);
  await workbench().pinned.inlineAction('m365-sample', 'Unpin');
  await expect.poll(pinned).toEqual(['Northwind']);
});

test('shows them after a restart and asks their servers for what is opened alone', async () => {
  await expect.poll(() => workbench().storedState()).toContain('pinnedRows');
  // The server that was unpinned, which has nothing above it.
  await expect.poll(() => workbench().storedState()).not.toMatch(/path\\*":\[\]/);
  const { enterpriseManager } = samples();
  await workbench().reload();
  await workbench().openView();
  await expect.poll(pinned).toEqual(['Northwind']);
  const before = enterpriseManager.requests.length;
  await workbench().pinned.expand('Northwind');
  await expect.poll(pinned).toContain('nw-user-01');
  const paths = enterpriseManager.requests.slice(before).map(({ path }) => path);
  expect(paths.filter(path => /cloud\/tenants(\?|$)/.test(path))).toEqual([]);
  await workbench().screenshots('pinned');
});

test('copies from there by a key and from the rows', async () => {
  const tenant = samples().enterpriseManager.data.tenants.at(0);
  await workbench().pinned.select('Northwind');
  await workbench().press('ControlOrMeta+c');
  await expect.poll(() => workbench().clipboard()).toBe(tenant.id);
  await workbench().pinned.expand('Northwind');
  await workbench().pinned.inlineAction('nw-user-02', 'Copy ID');
  await expect.poll(() => workbench().clipboard()).toBe(tenant.subtenants.at(1).id);
  // The focus alone moves, the selection stays.
  await workbench().pinned.select('nw-user-02');
  await workbench().press('ArrowUp');
  await workbench().press('ControlOrMeta+c');
  await expect.poll(() => workbench().clipboard()).toBe(tenant.subtenants.at(0).id);
});

test('begins Find with what is pinned and what was copied last', async () => {
  const begin = async () => {
    await workbench().titleAction('Find');
    await workbench().quickInput.step('Find');
    await workbench().quickInput.type('');
    await expect
      .poll(async () => (await workbench().quickInput.items()).slice(0, 2).map(({ label }) => label))
      .toEqual(['Northwind', 'nw-user-01']);
  };
  await begin();
  await workbench().quickInput.cancel();
  await workbench().screenshots('find-at-hand', begin);
});

test('leads from a pinned row to its place in the tree', async () => {
  await workbench().pinned.contextMenu('Northwind', 'Reveal in Tree');
  await expect.poll(async () => (await workbench().row('Northwind')).selected).toBe(true);
  await workbench().pinned.select('Northwind');
  await workbench().press('Delete');
  await expect.poll(async () => (await workbench().row('Northwind')).selected).toBe(true);
});
