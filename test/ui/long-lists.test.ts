import { expect, test } from 'vitest';
import { useSampleServers } from './use-sample-servers';

// One person's way through, in this order: the window is the same for all tests of this file.
const { workbench, samples } = useSampleServers({ servers: { organizations: 12_431, tenants: 60, backupServers: 3 } });

/** Lets pages through up to an offset, until it is released. */
function holdFrom(offset: number): () => void {
  let release = (): void => undefined;
  const released = new Promise<void>(resolve => {
    release = resolve;
  });
  samples().vb365.intercept = async ({ url = '' }) => {
    if (Number(new URL(url, samples().vb365.url).searchParams.get('offset')) >= offset) {
      await released;
    }
    return false;
  };
  return () => release();
}

test('a long list loads a page, and says how much of it is there', async () => {
  await workbench().openView();
  await workbench().widenSideBar(460);
  await workbench().expand('m365-sample');
  await workbench().expand('Organizations');
  // API v8 does not tell how long a list is.
  await expect.poll(async () => (await workbench().row('Organizations')).description).toBe('1,000+');
  // A click alone would close it.
  await workbench().select('Organizations', ['ControlOrMeta']);
  await workbench().go('End');
  expect(await workbench().row('Load More (1,000 so far)')).toMatchObject({ level: 3 });
  expect(await workbench().inlineActions('Load More (1,000 so far)')).toEqual(['Load All']);
  await workbench().screenshots('load-more');
});

test('the whole list is loaded by a button, counted while that takes long, and cancelled with what came', async () => {
  const release = holdFrom(3000);
  await workbench().inlineAction('Load More (1,000 so far)', 'Load All');
  const notification = await workbench().notification('Loading Organizations');
  await expect.poll(() => notification.text()).toContain('3,000');
  await workbench().screenshots('load-all');
  await notification.press('Cancel');
  await workbench().go('End');
  expect(await workbench().row('Load More (3,000 so far)')).toMatchObject({ level: 3 });
  expect((await workbench().rows()).map(({ label }) => label)).not.toContain('Cancelled');
  release();
});

test('the rest is loaded from the palette, without what is there already', async () => {
  const { vb365 } = samples();
  const before = vb365.requests.length;
  // A click alone would load one page.
  await workbench().select('Load More (3,000 so far)', ['ControlOrMeta']);
  await workbench().palette('Backup Tenancy: Load All');
  await expect
    .poll(async () => {
      await workbench().go('End');
      return (await workbench().rows()).map(({ label }) => label);
    })
    .not.toContain('Load More (3,000 so far)');
  await expect
    .poll(async () => (await workbench().rows()).filter(({ label }) => label.startsWith('Load')), { timeout: 60_000 })
    .toEqual([]);
  const offsets = vb365.requests
    .slice(before)
    .map(({ path }) => Number(new URL(path, vb365.url).searchParams.get('offset')));
  expect(Math.min(...offsets)).toBe(3000);
  await workbench().go('Home');
  await expect.poll(async () => (await workbench().row('Organizations')).description).toBe('12,431');
});

test('tenants are sorted by what they use', async () => {
  const used = [...samples().enterpriseManager.data.tenants].map(({ name, resources }) => ({
    name,
    used: resources.length === 0 ? -1 : resources.reduce((sum, { usedQuotaMb }) => sum + usedQuotaMb, 0),
  }));
  const expected = used.sort((one, other) => other.used - one.used).map(({ name }) => name);
  await workbench().go('Home');
  await workbench().collapse('m365-sample');
  await workbench().expand('em-sample');
  await workbench().expand('Cloud Tenants');
  await workbench().contextMenu('Cloud Tenants', 'Sort By…');
  await workbench().quickInput.step('Sort: Tenant');
  await workbench().screenshot('out/screenshots/sort-pick.png');
  await workbench().quickInput.pick('Used space, largest first');
  await expect
    .poll(async () => (await workbench().row('Cloud Tenants')).description)
    .toMatch(/^60 · \d+ need attention · by used space$/);
  const rows = (await workbench().rows()).filter(({ level }) => level === 3);
  expect(rows.map(({ label }) => label).slice(0, 8)).toEqual(expected.slice(0, 8));
  await workbench().screenshots('sorted');
});

test('what is open stays open in another order, and its own list says how long it is', async () => {
  const [first] = (await workbench().rows()).filter(({ level }) => level === 3);
  await workbench().expand(first?.label ?? '');
  await expect.poll(async () => (await workbench().row(first?.label ?? '')).description).toMatch(/ · \d+ subtenants?$/);
  await workbench().select('Cloud Tenants', ['ControlOrMeta']);
  await workbench().palette('Backup Tenancy: Sort By…');
  await workbench().quickInput.pick('Name');
  await expect
    .poll(async () => (await workbench().row('Cloud Tenants')).description)
    .toMatch(/^60 · \d+ need attention · by name$/);
  await workbench().palette('Backup Tenancy: Sort By…');
  await workbench().quickInput.pick('Used space, largest first');
  await expect
    .poll(async () => (await workbench().row('Cloud Tenants')).description)
    .toMatch(/^60 · \d+ need attention · by used space$/);
  expect(await workbench().row(first?.label ?? '')).toMatchObject({ expanded: true });
});

test('tenants are grouped by backup server; what is done to a group is done to its tenants', async () => {
  await workbench().contextMenu('Cloud Tenants', 'Group Tenants By…');
  await workbench().quickInput.pick('Backup server');
  expect(await workbench().row('vbr02')).toMatchObject({ level: 3, expanded: false });
  expect((await workbench().rows()).filter(({ level }) => level === 3).map(({ label }) => label)).toEqual([
    'vbr01',
    'vbr02',
    'vbr03',
  ]);
  await workbench().expand('vbr02');
  const its = [...samples().enterpriseManager.data.tenants].filter(({ server }) => server.name === 'vbr02');
  await expect.poll(async () => (await workbench().row('vbr02')).description).toMatch(/^20 · .* used$/);
  await workbench().select('Contoso');
  expect(await workbench().row('Contoso')).toMatchObject({ level: 4 });
  await workbench().screenshots('grouped');
  await workbench().contextMenu('vbr02', 'Copy ID');
  await expect
    .poll(async () => (await workbench().clipboard()).split('\n').sort())
    .toEqual(its.map(({ id }) => id).sort());
  await workbench().contextMenu('vbr02', 'Refresh');
  expect(await workbench().row('Contoso')).toMatchObject({ level: 4 });
});

test('order and groups are there again in the next window, and can be taken back', async () => {
  await workbench().reload();
  await workbench().openView();
  await workbench().expand('em-sample');
  await workbench().inlineAction('Signed out', 'Sign In');
  await workbench().quickInput.type(samples().enterpriseManager.password);
  await workbench().quickInput.accept();
  await workbench().quickInput.pick('Remember the password');
  await workbench().expand('Cloud Tenants');
  expect(await workbench().row('vbr01')).toMatchObject({ level: 3 });
  await workbench().palette('Backup Tenancy: Group Tenants By…');
  await workbench().quickInput.pick('Not grouped');
  await expect.poll(async () => (await workbench().rows()).map(({ label }) => label)).not.toContain('vbr01');
  await workbench().contextMenu('Cloud Tenants', 'Sort By…');
  await workbench().quickInput.pick("The server's order");
  await expect
    .poll(async () => (await workbench().row('Cloud Tenants')).description)
    .toMatch(/^60 · \d+ need attention$/);
  expect((await workbench().rows()).find(({ level }) => level === 3)?.label).toBe('Northwind');
});
