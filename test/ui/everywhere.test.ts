import { expect, test } from 'vitest';
import { useSampleServers } from './use-sample-servers';

// One person's way through, in this order: the window is the same for all tests of this file.
const { workbench, samples } = useSampleServers({ servers: { everyProduct: true } });

// The list draws the first eight lines; the others have to be scrolled to.
const places = async () => (await workbench().quickInput.items()).map(({ label, description }) => [label, description]);

async function showEverywhere(): Promise<void> {
  await workbench().contextMenu('Contoso', 'Show Everywhere');
  await workbench().quickInput.step('Contoso everywhere');
}

test('shows where a company stands on its own server, and leaves alone what is not open', async () => {
  await workbench().openView();
  await workbench().widenSideBar(460);
  for (const name of ['m365-sample', 'em-sample', 'vbr-sample', 'vspc-sample']) {
    await workbench().row(name);
  }
  await workbench().expand('vspc-sample');
  await workbench().expand('Companies');
  const before = samples().enterpriseManager.requests.length;
  await showEverywhere();
  await expect
    .poll(async () => (await places()).map(([label]) => label), { timeout: 30_000 })
    .toEqual([
      'Contoso',
      'Contoso',
      'Contoso',
      'Hosted backup',
      'Microsoft 365 backup',
      'Look on 3 servers that are not opened yet',
      'm365-sample',
      'em-sample',
    ]);
  expect(samples().enterpriseManager.requests.length).toBe(before);
  await workbench().screenshot('out/screenshots/everywhere-not-looked-at.png');
});

test('looks on the other servers when asked to, and says how sure each place is', async () => {
  await workbench().quickInput.pick('Look on 3 servers that are not opened yet');
  await expect
    .poll(async () => (await places()).map(([, description]) => description?.split(' · ').slice(0, 2).join(' ')), {
      timeout: 60_000,
    })
    .toEqual([
      'certain Organization',
      'certain Backup repository',
      'by name Tenant',
      'certain Backup repository',
      expect.stringMatching(/^Company/),
      'certain Tenant',
      'certain Organization',
      'certain Hosted resource',
    ]);
  const [organization] = await workbench().quickInput.items();
  expect(organization?.detail).toMatch(/^installation and ID · [0-9a-f-]{36}$/);
  await workbench().screenshot('out/screenshots/everywhere.png');
});

test('copies an ID from the list, which stays open, and one table of all IDs', async () => {
  const { quickInput } = workbench();
  await quickInput.itemButton('Hosted backup', 'Copy ID');
  await expect.poll(() => workbench().clipboard()).toMatch(/^[0-9a-f-]{36}$/);
  await quickInput.button('Copy As…');
  await quickInput.step('Copy Contoso As');
  await quickInput.pick('IDs everywhere: Markdown table');
  const organization = samples().vb365.data.organizations.at(0).id;
  await expect
    .poll(() => workbench().clipboard())
    .toContain(`| vb365 | m365-sample | organization | Contoso | ${organization} | certain |`);
  const tenant = samples().enterpriseManager.data.tenants.at(1).id;
  const table = await workbench().clipboard();
  expect(table).toContain(`| enterprise-manager | em-sample | tenant | Contoso | ${tenant} | byName |`);
  expect(table).toContain('| backup-replication | vbr-sample | repository |');
});

test('reveals a place that was not loaded yet', async () => {
  const { quickInput } = workbench();
  await showEverywhere();
  await quickInput.type('by name');
  await expect.poll(async () => (await places()).length, { timeout: 30_000 }).toBe(1);
  await quickInput.accept();
  await quickInput.closed();
  await workbench().row('Cloud Tenants');
  await expect
    .poll(async () => (await workbench().rows()).filter(({ selected }) => selected).map(({ label }) => label))
    .toEqual(['Contoso']);
  await workbench().screenshot('out/screenshots/everywhere-revealed.png');
});

test('is one of the buttons in Find', async () => {
  const { quickInput } = workbench();
  await workbench().titleAction('Find');
  await quickInput.step('Find');
  await quickInput.type('t:fabrikam');
  await expect.poll(() => quickInput.activeItem(), { timeout: 60_000 }).toBe('Fabrikam');
  await quickInput.itemButton('Fabrikam', 'Show Everywhere');
  await quickInput.step('Fabrikam everywhere');
  await quickInput.cancel();
});
