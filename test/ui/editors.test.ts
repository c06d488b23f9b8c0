import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { visibleText } from './text';
import { useSampleServers } from './use-sample-servers';

// One person's way through, in this order: the window is the same for all tests of this file.
const script = 'quotas.ps1';

const { workbench, samples, folder } = useSampleServers({
  async files(folder, samples) {
    const { tenants } = samples.enterpriseManager.data;
    const lines = [
      `$northwind = '${tenants.at(0).id}'`,
      `$other = "urn:veeam:CloudTenant:${tenants.at(1).id}"`,
      "$unknown = '00000000-1111-4222-8333-444444444444'",
      '$one = ""',
      '$two = ""',
    ];
    await writeFile(join(folder, script), lines.join('\n'));
  },
  window: folder => ({
    folder,
    settings: {
      'backupTenancy.inlayHints.enabled': true,
      'editor.fontSize': 13,
      'files.autoSave': 'afterDelay',
      'files.autoSaveDelay': 100,
    },
  }),
});

test('shows names behind IDs as soon as they are loaded', async () => {
  await workbench().press('ControlOrMeta+Shift+e');
  await workbench().page.locator('.explorer-folders-view .label-name', { hasText: script }).dblclick();
  await expect.poll(() => workbench().editorText()).toContain('$northwind');
  expect(await workbench().editorText()).not.toContain("'Northwind");
  await workbench().openView();
  await workbench().expand('em-sample');
  await workbench().expand('Cloud Tenants');
  const [first, second] = [0, 1].map(index => samples().enterpriseManager.data.tenants.at(index));
  await expect.poll(() => workbench().editorText()).toContain(`${first?.id}${first?.name}'`);
  expect(await workbench().editorText()).toContain(`${second?.id}${second?.name}"`);
  expect(await workbench().editorText()).toContain("444444444444'");
  await workbench().screenshot('out/screenshots/names-behind-ids.png');
});

test('says what an ID is when it is pointed at, and shows the row', async () => {
  const { page } = workbench();
  await workbench().collapse('em-sample');
  const { id } = samples().enterpriseManager.data.tenants.at(0);
  const hover = await hoverOver(id);
  await expect
    .poll(() => visibleText(hover))
    .toMatch(/66 % of 250 GB · vbr01[\s\S]*em-sample › Cloud Tenants › Northwind/);
  // With the pointer where it is.
  await page.screenshot({ path: 'out/screenshots/hover.png' });
  await hover.locator('a', { hasText: 'Reveal' }).click();
  await expect.poll(async () => (await workbench().row('Northwind')).selected).toBe(true);
});

test('copies the name of what is pointed at', async () => {
  const hover = await hoverOver(samples().enterpriseManager.data.tenants.at(0).id);
  await hover.locator('a', { hasText: 'Copy Name' }).click();
  await expect.poll(() => workbench().clipboard()).toBe('Northwind');
});

test('puts the ID of what is found by name at every cursor', async () => {
  const { page, quickInput } = workbench();
  const { id, name } = samples().enterpriseManager.data.tenants.at(2);
  await page.locator('.view-line', { hasText: '$one' }).click();
  // Between the quotes of this line and of the next.
  await workbench().press('End');
  await workbench().press('ArrowLeft');
  await workbench().palette('Add Cursor Below');
  await workbench().palette('Backup Tenancy: Insert ID into Editor');
  await quickInput.step('Insert ID: choose an item');
  await quickInput.type(name);
  await workbench().screenshot('out/screenshots/insert-id.png');
  await quickInput.pick(name);
  await expect.poll(() => saved()).toContain(`$one = "${id}"\n$two = "${id}"`);
});

test('inserts the IDs of the selected rows from their menu, one for each cursor', async () => {
  const [first, second] = [0, 1].map(index => samples().enterpriseManager.data.tenants.at(index));
  // Undoing brings both cursors back.
  await workbench().page.locator('.view-line', { hasText: '$northwind' }).click();
  await workbench().press('ControlOrMeta+z');
  await expect.poll(() => saved()).toContain('$one = ""\n$two = ""');
  await workbench().select(first?.name ?? '');
  await workbench().select(second?.name ?? '', ['ControlOrMeta']);
  await workbench().contextMenu(second?.name ?? '', 'Insert ID into Editor');
  await expect.poll(() => saved()).toContain(`$one = "${first?.id}"\n$two = "${second?.id}"`);
});

/** What is in the file, which is saved a moment after each change. */
async function saved(): Promise<string> {
  return await readFile(join(folder(), script), 'utf8');
}

/** Points at an ID in the editor. */
async function hoverOver(id: string): Promise<Locator> {
  const { page } = workbench();
  const hover = page.locator('.monaco-hover:not(.hidden)', { hasText: 'Copy Name' });
  await expect
    .poll(
      async () => {
        // Where the pointer rests already, nothing happens.
        await page.mouse.move(5, 5);
        await page
          .locator('.view-line span', { hasText: id.slice(0, 8) })
          .last()
          .hover();
        return await hover
          .first()
          .waitFor({ timeout: 3000 })
          .then(() => true, String);
      },
      { timeout: 30_000 },
    )
    .toBe(true);
  return hover.first();
}
