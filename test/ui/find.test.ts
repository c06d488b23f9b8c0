import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { useSampleServers } from './use-sample-servers';

// One person's way through, in this order: the window is the same for all tests of this file.
const { workbench, samples } = useSampleServers({
  servers: {
    tenants: 3000,
    // About 10,000.
    subtenantsPerTenant: tenant => (tenant === 0 ? 2 : tenant % 3 === 0 ? 4 : 3),
  },
});

/** Connections of requests that are not answered. */
const silent: Socket[] = [];

/** Opens the list with the text of the last time replaced. */
async function find(text: string): Promise<void> {
  await workbench().titleAction('Find');
  await workbench().quickInput.step('Find');
  await workbench().quickInput.type(text);
}

async function labels(): Promise<string[]> {
  return (await workbench().quickInput.items()).map(({ label }) => label);
}

test('finds by three letters what was never opened, beside a server that stays silent', async () => {
  const { quickInput } = workbench();
  samples().vb365.intercept = ({ socket }) => {
    silent.push(socket);
    return true;
  };
  // Adding the servers ends with the focus in the view: afterwards nothing takes it away from the list.
  await workbench().sideBar.locator('[id="workbench.view.extension.backupTenancy"]').waitFor();
  await workbench().select('em-sample');
  await workbench().press('ControlOrMeta+f');
  await quickInput.opened();
  await quickInput.type('nw-');
  await expect.poll(() => quickInput.activeItem(), { timeout: 60_000 }).toBe('nw-user-01');
  const [first] = await quickInput.items();
  expect(first).toMatchObject({
    description: 'Subtenant · em-sample › Northwind · 20 % of 10 GB',
    detail: samples().enterpriseManager.data.tenants.at(0).subtenants.at(0).id,
  });
  expect(await quickInput.title()).toMatch(/^Find: searching [12] servers?… [\d,]+ items so far$/);
  await quickInput.cancel();
  const findAgain = async () => {
    await find('nw-');
    await expect.poll(() => quickInput.activeItem()).toBe('nw-user-01');
  };
  await workbench().screenshots('find', findAgain);
  await findAgain();
  await quickInput.accept();
  await quickInput.closed();
  await expect.poll(async () => (await workbench().row('nw-user-01')).selected).toBe(true);
  expect(await workbench().row('nw-user-01')).toMatchObject({ level: 4 });
});

test('offers the last text again, and takes what is typed over it', async () => {
  const { quickInput } = workbench();
  await workbench().press('ControlOrMeta+f');
  await quickInput.opened();
  expect(await quickInput.value()).toBe('nw-');
  await workbench().page.keyboard.type('nor');
  expect(await quickInput.value()).toBe('nor');
  await expect.poll(() => quickInput.activeItem()).toBe('Northwind');
  await quickInput.cancel();
});

test('shows the best first, whatever VS Code would make of it, and looks for one kind by a prefix', async () => {
  const { quickInput } = workbench();
  await find('t:2999');
  await expect.poll(labels, { timeout: 60_000 }).toEqual(['Tenant 02999']);
  await quickInput.type('s:t2999');
  await expect.poll(labels, { timeout: 60_000 }).toEqual(['t2999-user-01', 't2999-user-02', 't2999-user-03']);
  await quickInput.type('00004');
  await expect.poll(() => quickInput.activeItem()).toBe('Tenant 00004');
  await quickInput.cancel();
});

test('copies an ID from the list, which stays open', async () => {
  const { quickInput } = workbench();
  await find('Northwind');
  await expect.poll(() => quickInput.activeItem()).toBe('Northwind');
  await quickInput.itemButton('Northwind', 'Copy ID');
  await expect.poll(() => workbench().clipboard()).toBe(samples().enterpriseManager.data.tenants.at(0).id);
  await quickInput.opened();
  await quickInput.cancel();
});

test('finds an ID at once, and says what it could not look through', async () => {
  const { quickInput } = workbench();
  const subtenant = samples().enterpriseManager.data.tenants.at(2345).subtenants.at(1);
  samples().vb365.intercept = ({ socket }) => Boolean(socket.destroy());
  for (const socket of silent) {
    socket.destroy();
  }
  await find(`{${subtenant.id.toUpperCase()}}`);
  await expect.poll(() => quickInput.activeItem(), { timeout: 60_000 }).toBe(subtenant.name);
  await expect.poll(labels, { timeout: 60_000 }).toEqual([subtenant.name, 'Could not search m365-sample']);
  expect((await quickInput.items()).at(-1)).toMatchObject({ description: 'connection lost' });
  await workbench().screenshot('out/screenshots/find-not-looked-through.png');
  samples().vb365.intercept = undefined;
  await quickInput.itemButton('Could not search m365-sample', 'Try Again');
  await expect.poll(labels).toEqual([subtenant.name]);
  await quickInput.type('o:contoso');
  await expect.poll(() => quickInput.activeItem(), { timeout: 60_000 }).toBe('Contoso');
  await quickInput.type(subtenant.id);
  await expect.poll(() => quickInput.activeItem()).toBe(subtenant.name);
  await quickInput.accept();
  await quickInput.closed();
  await expect.poll(async () => (await workbench().row(subtenant.name)).selected).toBe(true);
});

test('tells of all prefixes', async () => {
  const { quickInput } = workbench();
  await find('');
  await quickInput.button('Search One Kind');
  await expect.poll(() => quickInput.value()).toBe('?');
  await expect.poll(labels).toContain('t:');
  await workbench().screenshot('out/screenshots/find-help.png');
  await quickInput.pick('t:');
  await expect.poll(() => quickInput.value()).toBe('t:');
  await expect.poll(() => quickInput.activeItem()).toBe('Northwind');
  await quickInput.cancel();
});

test('filters the tree, and gives all rows back as they were', async () => {
  const { quickInput } = workbench();
  const subtenant = samples().enterpriseManager.data.tenants.at(2345).subtenants.at(1);
  await workbench().select(subtenant.name);
  await workbench().go('Home');
  const before = await workbench().row('nw-user-01');
  await workbench().titleAction('Filter');
  await quickInput.opened();
  await quickInput.type('nw-user');
  await expect
    .poll(async () => (await workbench().rows()).map(({ label, level }) => [label, level]))
    .toEqual([
      ['em-sample', 1],
      ['Cloud Tenants', 2],
      ['Northwind', 3],
      ['nw-user-01', 4],
      ['nw-user-02', 4],
    ]);
  expect(await workbench().viewMessage()).toMatch(/^2 of [\d,]+ match “nw-user”\./);
  // The first match is marked, and the text goes on being typed.
  await expect.poll(async () => (await workbench().row('nw-user-01')).selected).toBe(true);
  await quickInput.type('nw-user-02');
  await expect.poll(async () => (await workbench().row('nw-user-02')).selected).toBe(true);
  await quickInput.type('nw-user');
  await expect.poll(async () => (await workbench().row('nw-user-01')).selected).toBe(true);
  await workbench().screenshot('out/screenshots/filter-marked.png');
  await quickInput.accept();
  await quickInput.closed();
  await workbench().screenshots('filter');
  await workbench().titleAction('Clear Filter');
  await expect.poll(async () => (await workbench().row(subtenant.name)).selected).toBe(true);
  expect(await workbench().viewMessage()).toBe('');
  await workbench().go('Home');
  expect(await workbench().row('nw-user-01')).toEqual(before);
});

test('says that nothing matches, and leads to Find', async () => {
  const { quickInput } = workbench();
  await workbench().go('Home');
  await workbench().select('em-sample');
  await workbench().press('ControlOrMeta+Alt+f');
  await quickInput.opened();
  await quickInput.type('no such name');
  await expect.poll(() => quickInput.message()).toMatch(/^Nothing matches “no such name” among the [\d,]+ loaded rows/);
  await workbench().welcome.getByRole('button', { name: 'Find on All Servers' }).waitFor();
  await quickInput.accept();
  await quickInput.closed();
  await workbench().screenshots('filter-nothing');
  await workbench().welcome.getByRole('button', { name: 'Clear Filter' }).click();
  expect(await workbench().row('em-sample')).toMatchObject({ level: 1 });
});
