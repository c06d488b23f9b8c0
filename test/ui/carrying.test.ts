import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chooseFile } from './choose-file';
import { useSampleServers } from './use-sample-servers';

// One person's way through, in this order: the window is the same for all tests of this file.
const { workbench, samples, folder } = useSampleServers({
  async files(folder) {
    await writeFile(join(folder, 'earlier.csv'), '');
    await writeFile(join(folder, 'earlier.json'), '');
  },
});

test('copies an item in the form that is picked, each with a look at what it will be', async () => {
  const tenant = samples().enterpriseManager.data.tenants.at(0);
  await workbench().openView();
  await workbench().expand('em-sample');
  await workbench().expand('Cloud Tenants');
  await workbench().contextMenu('Northwind', 'Copy As…');
  const { quickInput } = workbench();
  await quickInput.step('Copy Northwind As');
  const previews = new Map((await quickInput.items()).map(({ label, description }) => [label, description]));
  expect(previews.get('ID')).toBe(tenant.id);
  expect(previews.get('Path')).toBe('em-sample / Cloud Tenants / Northwind');
  expect(previews.get('REST URL')).toContain(`/api/cloud/tenants/${tenant.id}`);
  expect(previews.get('curl')).toMatch(/^\[ -n "/);
  await workbench().screenshot('out/screenshots/copy-as.png');
  await quickInput.pick('curl');
  await expect.poll(() => workbench().clipboard()).toContain('--header "X-RestSvcSessionId: $VEEAM_SESSION_ID"');
  expect(await workbench().clipboard()).toContain(`'${samples().enterpriseManager.url}/api/cloud/tenants/${tenant.id}`);
});

test('copies the row with the focus in the same form by one key', async () => {
  const next = samples().enterpriseManager.data.tenants.at(1);
  await workbench().select('Northwind');
  await workbench().collapse('Northwind');
  await workbench().press('ArrowDown');
  await workbench().press('ControlOrMeta+Shift+c');
  await expect.poll(() => workbench().clipboard()).toContain(`/api/cloud/tenants/${next.id}`);
});

test('copies several rows in a form that a key asks for, and offers the last one first', async () => {
  const [first, second] = [0, 1].map(index => samples().enterpriseManager.data.tenants.at(index));
  await workbench().select('Northwind');
  await workbench().collapse('Northwind');
  await workbench().select(second?.name ?? '', ['ControlOrMeta']);
  await workbench().press('Shift+Alt+c');
  const { quickInput } = workbench();
  await quickInput.step('Copy 2 Items As');
  await quickInput.pick('ID');
  await expect.poll(() => workbench().clipboard()).toBe(`${first?.id}\n${second?.id}`);
  await workbench().press('Shift+Alt+c');
  await quickInput.step('Copy 2 Items As');
  await quickInput.type('JSON');
  await quickInput.accept();
  await expect.poll(() => workbench().clipboard()).toMatch(/^\[/);
  await workbench().press('Shift+Alt+c');
  await quickInput.step('Copy 2 Items As');
  await expect.poll(() => quickInput.activeItem()).toMatch(/^JSON/);
  await quickInput.accept();
  await quickInput.closed();
  expect(JSON.parse(await workbench().clipboard())).toMatchObject([{ name: 'Northwind' }, { name: second?.name }]);
});

test('exports a branch as CSV, with all that is below it', async () => {
  const file = join(folder(), 'tenants.csv');
  const tenants = [...samples().enterpriseManager.data.tenants];
  const below = tenants.flatMap(tenant => [...tenant.subtenants, ...tenant.resources]);
  const rows = tenants.length + below.length;
  await workbench().contextMenu('Cloud Tenants', 'Export List…');
  await workbench().quickInput.placeholderIs('Choose the kinds to export');
  await workbench().quickInput.accept();
  await workbench().quickInput.placeholderIs('Choose the file format');
  await workbench().screenshot('out/screenshots/export-format.png');
  await workbench().quickInput.pick('CSV');
  await chooseFile(workbench(), 'Export List', file, 'earlier.csv');
  const notification = await workbench().notification('exported to tenants.csv');
  expect(await notification.text()).toBe(`${rows} rows exported to tenants.csv.`);
  const lines = (await readFile(file, 'utf8')).split('\r\n');
  expect(lines[0]).toMatch(/^\uFEFFserver,product,kind,path,name,id,urn,/);
  expect(lines).toHaveLength(rows + 2);
  expect(lines[1]).toContain('em-sample,enterprise-manager,tenant,em-sample / Cloud Tenants / Northwind,Northwind,');
  expect(await readdir(folder())).not.toContainEqual(expect.stringMatching(/\.tmp$/));
  await notification.press('Open');
  await expect.poll(() => workbench().activeEditor()).toBe('tenants.csv');
  await workbench().screenshots('export-csv');
});

test('exports everything, and asks what to do about a server that is down', async () => {
  const file = join(folder(), 'all.json');
  await samples().vb365.close();
  await workbench().palette('Backup Tenancy: Export List…');
  const { quickInput } = workbench();
  await quickInput.step('Export List');
  expect((await quickInput.items()).slice(0, 2)).toMatchObject([{ label: 'Selection' }, { label: 'Everything' }]);
  await quickInput.pick('Everything');
  const dialog = await workbench().dialog();
  expect(await dialog.text()).toContain('One list could not be loaded.');
  expect(await dialog.detail()).toContain('m365-sample');
  await workbench().screenshot('out/screenshots/export-missing.png');
  await dialog.press('Export the Rest');
  await quickInput.placeholderIs('Choose the kinds to export');
  await quickInput.accept();
  await quickInput.placeholderIs('Choose the file format');
  await quickInput.pick('JSON');
  await chooseFile(workbench(), 'Export List', file, 'earlier.json');
  await workbench().notification('One list is incomplete; the file says which and why.');
  const records: { name: string; kind: string; incomplete?: string }[] = JSON.parse(await readFile(file, 'utf8'));
  expect(records.filter(({ incomplete }) => incomplete)).toMatchObject([{ kind: 'server', name: 'm365-sample' }]);
  expect(records.filter(({ kind }) => kind === 'tenant')).toHaveLength(samples().enterpriseManager.data.tenants.length);
});

// At the end, as the search that they begin loads what the tests above export.
test.each([
  ['ControlOrMeta+c', 'Copy ID'],
  ['Shift+Alt+c', 'Copy As'],
  ['ControlOrMeta+Shift+c', 'Copy in Last Format'],
])('asks which item is meant when Escape has left no row for %s', async (key, title) => {
  const { quickInput } = workbench();
  await workbench().select('Northwind');
  await workbench().collapse('Northwind');
  await workbench().press('ArrowDown');
  await workbench().press('Escape');
  await workbench().press(key);
  await quickInput.step(`${title}: choose an item`);
  await quickInput.cancel();
});
