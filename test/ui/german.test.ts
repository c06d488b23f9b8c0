import { expect, test } from 'vitest';
import { openReport, openTree } from '../../scripts/pictures/scenes';
import { Report } from './report';
import { useSampleServers } from './use-sample-servers';

// VS Code itself speaks English here: there is no language pack of its own.
const { workbench } = useSampleServers({ window: () => ({ language: 'de' }) });

test('the tree, its menus and its details speak German', async () => {
  await workbench().openView();
  await openTree(workbench());
  expect(await workbench().row('Cloud-Mandanten')).toMatchObject({
    level: 2,
    description: '12 · 4 brauchen Aufmerksamkeit',
  });
  await expect
    .poll(async () => (await workbench().row('Northwind')).description)
    .toBe('66 % von 250 GB · vbr01 · 2 Untermandanten');
  const entries = await workbench().contextMenuEntries('Northwind');
  expect(entries).toContain('ID kopieren');
  await workbench().screenshot('out/screenshots/german-tree.png');
});

test('a command of the palette asks in German', async () => {
  const { translation, quickInput } = workbench();
  await workbench().palette(translation.ofCommand('addServer'));
  await quickInput.step(translation.of('Address'));
  await workbench().screenshot('out/screenshots/german-wizard.png');
  await quickInput.cancel();
});

test('the report speaks German, with numbers as Germans write them', async () => {
  const { page, translation } = workbench();
  await openReport(workbench());
  const text = await new Report(page, translation.of('Refresh')).section('Mandanten und Untermandanten').text();
  expect(text).toContain('Füllstand');
  expect(text).toMatch(/\d,\d+ TB/);
  await workbench().screenshot('out/screenshots/german-report.png');
});
