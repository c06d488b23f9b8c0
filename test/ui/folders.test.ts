import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chooseFile } from './choose-file';
import { useSampleServers } from './use-sample-servers';

// One person's way through, in this order: the window is the same for all tests of this file.
const { workbench, samples, folder } = useSampleServers();

test('makes a folder from the title of the view, and one in it from its menu', async () => {
  await workbench().openView();
  await workbench().row('m365-sample');
  await workbench().row('em-sample');
  await workbench().palette('Backup Tenancy: New Folder…');
  await answer('New Folder', 'Customers');
  expect(await workbench().row('Customers')).toMatchObject({ level: 1, description: '0' });
  await workbench().contextMenu('Customers', 'New Folder…');
  await answer('New Folder in Customers', 'North');
  expect(await workbench().row('North')).toMatchObject({ level: 2 });
  expect(await labels()).toEqual(['Customers', 'North', 'm365-sample', 'em-sample']);
});

test('moves a server by a command, and what is below it stays open', async () => {
  await workbench().expand('em-sample');
  await workbench().expand('Cloud Tenants');
  expect(await workbench().row('Northwind')).toMatchObject({ level: 3 });
  await workbench().contextMenu('em-sample', 'Move to Folder…');
  await workbench().quickInput.step('Move to Folder');
  await workbench().quickInput.pick('North');
  await expect.poll(async () => (await workbench().row('em-sample')).level).toBe(3);
  expect(await workbench().row('Northwind')).toMatchObject({ level: 5 });
  await expect.poll(async () => (await workbench().row('North')).description).toBe('1');
});

test('moves a server into a folder by drag and drop', async () => {
  await workbench().drag('m365-sample', 'Customers');
  await expect.poll(async () => (await workbench().row('m365-sample')).level).toBe(2);
  await expect.poll(async () => (await workbench().row('Customers')).description).toBe('2');
  await workbench().collapse('em-sample');
  expect(await labels()).toEqual(['Customers', 'North', 'em-sample', 'm365-sample']);
});

test('labels a server', async () => {
  await workbench().contextMenu('m365-sample', 'Set Label…');
  await workbench().quickInput.step('Label of m365-sample');
  await workbench().quickInput.pick('production');
  await expect.poll(async () => (await workbench().row('m365-sample')).description).toMatch(/^production · VB365/);
  expect(await workbench().tooltip('m365-sample')).toContain('Label: production (red)');
  await workbench().contextMenu('em-sample', 'Set Label…');
  await workbench().quickInput.step('Label of em-sample');
  await workbench().quickInput.pick('test');
  await expect.poll(async () => (await workbench().row('em-sample')).description).toMatch(/^test · EM/);
});

test('brings servers into another order by drag and drop and by keys', async () => {
  await workbench().drag('em-sample', 'm365-sample');
  await expect.poll(labels).toEqual(['Customers', 'North', 'em-sample', 'm365-sample']);
  await expect.poll(async () => (await workbench().row('em-sample')).level).toBe(2);
  await workbench().select('em-sample');
  // The click has opened it, too.
  await workbench().collapse('em-sample');
  await workbench().press('Alt+ArrowDown');
  await expect.poll(labels).toEqual(['Customers', 'North', 'm365-sample', 'em-sample']);
});

test('tells in the row of a folder how many of its servers have a problem', async () => {
  await samples().close();
  await workbench().expand('m365-sample');
  await expect.poll(async () => (await workbench().row('Customers')).description).toBe('2 · 1 problem');
  expect((await workbench().row('m365-sample')).description).toMatch(/^production · /);
  await workbench().widenSideBar(420);
  await workbench().expand('em-sample');
  await workbench().select('Contoso');
  await workbench().screenshot('out/screenshots/folders.png');
  await workbench().collapse('em-sample');
});

test('hands on the list without secrets, and takes it back', async () => {
  const file = join(folder(), 'mine.backup-tenancy.json');
  await workbench().palette('Backup Tenancy: Export Servers…');
  await chooseFile(workbench(), 'Export Servers', file);
  await workbench().notification('2 servers exported, without passwords and tokens.');
  const exported = JSON.parse(await readFile(file, 'utf8'));
  expect(exported.servers).toMatchObject([
    { name: 'm365-sample', folder: ['Customers'], label: { text: 'production', color: 'red' } },
    { name: 'em-sample', folder: ['Customers'] },
  ]);
  const [first, second] = exported.servers;
  second.name = 'Renamed by a file';
  const trustedFingerprint = samples().vb365.fingerprint;
  const fabrikam = {
    url: 'https://fabrikam.example.com:4443',
    name: 'Fabrikam',
    folder: ['Imported'],
    trustedFingerprint,
  };
  exported.servers.push({ ...first, ...fabrikam });
  exported.servers.push({ ...first, url: 'http://northwind.example.com', name: 'Northwind lab', password: 'hunter2' });
  await writeFile(file, JSON.stringify(exported));

  await workbench().palette('Backup Tenancy: Import Servers…');
  await chooseFile(workbench(), 'Import Servers', file);
  const { quickInput } = workbench();
  await quickInput.step('Import Servers: Changes');
  await expect
    .poll(() => quickInput.items())
    .toMatchObject([{ label: 'em-sample', detail: 'Name: em-sample → Renamed by a file' }]);
  await workbench().screenshot('out/screenshots/import-changes.png');
  await quickInput.accept();
  await quickInput.step('Import Servers: Certificates');
  await expect
    .poll(() => quickInput.items())
    .toMatchObject([{ label: 'Fabrikam', description: 'fabrikam.example.com:4443' }]);
  const [certificate] = await quickInput.items();
  expect(certificate?.detail.replaceAll(' ', '')).toBe(trustedFingerprint.replaceAll(':', ''));
  await workbench().screenshot('out/screenshots/import-certificates.png');
  await quickInput.accept();
  const notification = await workbench().notification('Servers imported');
  expect(await notification.text()).toBe(
    'Servers imported: 1 added, 0 updated, 2 unchanged, 1 skipped (Northwind lab: its address is not an https address). ' +
      'The file contains passwords or tokens; they were ignored.',
  );
  expect(await workbench().row('Fabrikam')).toMatchObject({ level: 2 });
  // Nothing was ticked.
  await workbench().row('em-sample');
});

test('removes a folder, and keeps its servers', async () => {
  await workbench().collapse('Imported');
  await workbench().collapse('m365-sample');
  await workbench().select('Customers');
  await workbench().press('Delete');
  const dialog = await workbench().dialog();
  expect(await dialog.text()).toBe('Remove the folder Customers?');
  await dialog.press('Remove');
  await expect.poll(async () => (await workbench().row('m365-sample')).level).toBe(1);
  await expect.poll(labels).toEqual(['North', 'Imported', 'm365-sample', 'em-sample']);
});

test('shows in a new window what was closed and what was open', async () => {
  await expect.poll(() => workbench().storedState()).toContain('Imported');
  await expect.poll(() => workbench().storedState()).not.toContain('"Customers"');
  await workbench().reload();
  await workbench().openView();
  expect(await workbench().row('Imported')).toMatchObject({ expanded: false });
  expect(await workbench().row('North')).toMatchObject({ expanded: true });
});

async function labels(): Promise<string[]> {
  return (await workbench().rows()).map(({ label }) => label);
}

async function answer(title: string, text: string): Promise<void> {
  const { quickInput } = workbench();
  await quickInput.step(title);
  await quickInput.type(text);
  await quickInput.accept();
  await quickInput.closed();
}
