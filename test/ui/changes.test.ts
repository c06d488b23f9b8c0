import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import axe from 'axe-core';
import { expect, test } from 'vitest';
import { chooseFile } from './choose-file';
import { Report } from './report';
import { useSampleServers } from './use-sample-servers';
import type { Theme } from './workbench';

// One person's way through, in this order: the window is the same for all tests of this file.
const { workbench, samples, folder } = useSampleServers({
  async files(path) {
    await writeFile(join(path, 'earlier.json'), '[]');
  },
  window: path => ({ folder: path }),
});

interface Row {
  key: string;
  kind: string;
  name: string;
  id?: string;
  path: string[];
  quotaBytes?: number;
  usedBytes?: number;
  enabled?: boolean;
}

const heading = 'Changed Items';
const themes: readonly Theme[] = [
  'Default Light Modern',
  'Default High Contrast',
  'Default High Contrast Light',
  'Default Dark Modern',
];
/** As it was exported. */
let exported = '';

function page(): Report {
  return new Report(workbench().page, 'Compare Again');
}

function file(): string {
  return join(folder(), 'tenants.json');
}

/** What the table says: name, kind, change, details. */
async function changes(): Promise<string[][]> {
  const rows = await page().section(heading).locator.locator('tbody tr[data-key]').all();
  const cells = await Promise.all(rows.map(async row => await row.locator('th, td').allInnerTexts()));
  return cells.map(each => each.slice(0, 4));
}

test('a list is exported, and the servers change', async () => {
  await workbench().openView();
  await workbench().expand('em-sample');
  await workbench().contextMenu('Cloud Tenants', 'Export List…');
  await workbench().quickInput.placeholderIs('Choose the kinds to export');
  await workbench().quickInput.accept();
  await workbench().quickInput.placeholderIs('Choose the file format');
  await workbench().quickInput.pick('JSON');
  await chooseFile(workbench(), 'Export List', file(), 'earlier.json');
  await workbench().notification('exported to tenants.json');
  exported = await readFile(file(), 'utf8');
  // The same as if the servers had changed since.
  const rows: Row[] = JSON.parse(exported);
  const tenants = rows.filter(({ kind }) => kind === 'tenant');
  const [northwind, resized, off, added] = tenants;
  if (!northwind || !resized || !off || !added) {
    throw new Error('too few tenants');
  }
  const gone = { ...northwind, key: `${northwind.key}x`, id: 'x', name: 'Fabrikam (old)', usedBytes: 5 * 1024 ** 3 };
  const before = rows.flatMap(row => {
    switch (row) {
      case northwind:
        return [{ ...row, name: 'Northwind Traders' }, gone];
      case resized:
        return [{ ...row, quotaBytes: Number(row.quotaBytes) / 2 }];
      case off:
        return [{ ...row, enabled: !row.enabled }];
      default:
        return row.key === added.key || row.key.startsWith(`${added.key}/`) ? [] : [row];
    }
  });
  await writeFile(file(), `${JSON.stringify(before, undefined, 2)}\n`);
  await chmod(file(), 0o640);
});

test('opens from the title of the editor of such a file, and of no other one', async () => {
  await workbench().leaveView();
  const { page: window } = workbench();
  const button = window.locator('.editor-actions a.action-label[aria-label^="Compare With Servers"]');
  const open = async (name: string) => {
    await window.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).first().dblclick();
    await expect.poll(() => workbench().activeEditor()).toBe(name);
  };
  await open('tenants.json');
  await button.waitFor();
  await open('earlier.json');
  await button.waitFor({ state: 'hidden' });
  await open('tenants.json');
  await button.click();
  await page().loaded();
  expect(await page().section('Not Compared').locator.count()).toBe(0);
});

test('tells what is different, under the server and the list that it is in', async () => {
  const tenants = [...samples().enterpriseManager.data.tenants];
  const [, resized, off, added] = tenants;
  const section = page().section(heading);
  await expect.poll(() => section.locator.locator('tr.group').first().textContent()).toBe('em-sample › Cloud Tenants');
  const told = new Map((await changes()).map(([name = '', , what, details]) => [name, { what, details }]));
  expect(told.get('Northwind')).toEqual({ what: 'renamed', details: 'Name: Northwind Traders → Northwind' });
  expect(told.get('Fabrikam (old)')?.what).toBe('gone');
  expect(told.get(resized?.name ?? '')?.what).toBe('resized');
  expect(told.get(resized?.name ?? '')?.details).toMatch(/^Quota: [\d.]+ [GT]B → [\d.]+ [GT]B$/);
  expect(told.get(off?.name ?? '')?.what).toBe(off?.enabled ? 'enabled' : 'disabled');
  expect(told.get(off?.name ?? '')?.details).toMatch(/^State: (?:disabled → enabled|enabled → disabled)$/);
  expect(told.get(added?.name ?? '')?.what).toBe('new');
});

test.each(themes)('can be read by everybody: %s', async theme => {
  await workbench().useTheme(theme);
  const frame = await page().content();
  const tops = `[...document.querySelectorAll('.figure')].map(each => each.getBoundingClientRect().top)`;
  expect(new Set(await frame.evaluate<readonly number[]>(tops)).size, 'figures in one row').toBe(1);
  await frame.evaluate(axe.source);
  const violations = await frame.evaluate<readonly string[]>(`
    axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html, any }) =>
        html.slice(0, 200) + ' ' + any.map(({ message }) => message).join(' ')).slice(0, 3).join(' | ')))`);
  expect(violations).toEqual([]);
  await workbench().screenshot(
    `out/screenshots/changes-${theme.replace('Default ', '').replaceAll(' ', '-').toLowerCase()}.png`,
  );
});

test('details of one line stand on the line of their row', async () => {
  const frame = await page().content();
  const offsets = await frame.evaluate<readonly number[]>(`
    (() => {
      const textOf = cell => {
        const range = document.createRange();
        range.selectNodeContents(cell);
        return range.getClientRects();
      };
      return [...document.querySelectorAll('tr[data-key]')].flatMap(row => {
        const details = row.querySelector('.details');
        const [first, ...others] = details.textContent === '' ? [] : textOf(details);
        return first && others.length === 0 ? [first.top - textOf(row.children[1])[0].top] : [];
      });
    })()`);
  expect(offsets.length).toBeGreaterThan(0);
  expect(offsets.filter(offset => Math.abs(offset) > 0.1)).toEqual([]);
});

test('details can be read in a narrow window, and nothing but the table is wider than it', async () => {
  const restore = await page().resized(400);
  const frame = await page().content();
  expect(await frame.evaluate<number>('document.documentElement.scrollWidth')).toBe(400);
  const hidden = await frame.evaluate<readonly string[]>(`
    [...document.querySelectorAll('tr[data-key]')].filter(row => row.querySelector('.details').textContent !== '' &&
      row.querySelector('.details').getBoundingClientRect().right > row.querySelector('.actions').getBoundingClientRect().left,
    ).map(row => row.textContent)`);
  expect(hidden).toEqual([]);
  await workbench().screenshot('out/screenshots/changes-narrow.png');
  await restore();
});

test('nothing moves while it is compared again, and the focus stays where it was', async () => {
  const frame = await page().content();
  await frame.evaluate(`
    window.tops = new Set();
    window.observer = new MutationObserver(() => tops.add(document.querySelector('.figures').getBoundingClientRect().top));
    observer.observe(document.querySelector('main'), { attributes: true, characterData: true, childList: true, subtree: true });`);
  const before = await frame.evaluate<number>(`document.querySelector('.figures').getBoundingClientRect().top`);
  await page().button('Compare Again').focus();
  await workbench().press('Enter');
  await expect.poll(() => frame.evaluate<number>('tops.size')).toBeGreaterThan(0);
  await page().loaded();
  await expect.poll(() => page().focused()).toBe('Compare Again');
  expect(await frame.evaluate<readonly number[]>('observer.disconnect(), [...tops]')).toEqual([before]);
});

test('arrow keys lead to all rows, whatever can be done with them', async () => {
  const rows = page().section(heading).locator.locator('tr[data-key]');
  await rows
    .getByRole('button', { name: /^Copy ID/ })
    .first()
    .focus();
  await workbench().press('ArrowRight');
  const visited = [await page().focused()];
  for (let row = 1; row < (await rows.count()); row++) {
    await workbench().press('ArrowDown');
    visited.push(await page().focused());
  }
  expect(visited).toContain('Copy ID of Fabrikam (old)');
  const names = (await changes()).map(([name = '']) => name);
  expect(names.filter((name, index) => !visited[index]?.includes(name))).toEqual([]);
});

test('is exported from a menu as the report is', async () => {
  await page().button('Export').focus();
  await workbench().press('ArrowDown');
  await expect.poll(() => page().focused()).toBe('Export as JSON');
  const { frame } = page();
  await expect
    .poll(() => frame.getByRole('menuitem').allTextContents())
    .toEqual(['Export as JSON', 'Export as Markdown']);
  await workbench().press('Escape');
  await expect.poll(() => frame.getByRole('menuitem', { name: 'Export as JSON' }).isVisible()).toBe(false);
  expect(await page().focused()).toBe('Export');
});

test('filters by kind of change and by text, copies an ID, and shows a row in the tree', async () => {
  const section = page().section(heading);
  await section.kind('Renamed');
  await expect.poll(async () => (await changes()).map(([name]) => name)).toEqual(['Northwind']);
  await section.action('Copy ID of Northwind');
  await expect.poll(() => workbench().clipboard()).toBe(samples().enterpriseManager.data.tenants.at(0).id);
  await section.action('Reveal Northwind in the tree');
  await expect.poll(async () => (await workbench().row('Northwind')).selected).toBe(true);
  await section.kind('All');
  await section.filter('FABRIKAM (old)');
  await expect.poll(async () => (await changes()).map(([name]) => name)).toEqual(['Fabrikam (old)']);
  expect(await section.locator.getByRole('button', { name: /^Reveal Fabrikam/ }).count()).toBe(0);
  await section.filter('');
});

test('goes to the clipboard as Markdown', async () => {
  await page().button('Copy as Markdown').click();
  await expect.poll(() => workbench().clipboard()).toContain('## em-sample › Cloud Tenants');
  expect(await workbench().clipboard()).toMatch(/\| Northwind \| Tenant \| [\w-]+ \| renamed \|/);
});

test('brings the file up to date in its editor, where that can be undone', async () => {
  const before = await readFile(file(), 'utf8');
  await page().button('Update File').click();
  await workbench().notification('File updated.');
  await expect.poll(() => readFile(file(), 'utf8')).toBe(exported);
  expect((await stat(file())).mode & 0o777).toBe(0o640);
  await expect.poll(() => page().frame.locator('.outcome', { hasText: 'Nothing has changed.' }).isVisible()).toBe(true);
  await page().button('Open File').click();
  await expect.poll(() => workbench().activeEditor()).toBe('tenants.json');
  await workbench().press('ControlOrMeta+z');
  await workbench().press('ControlOrMeta+s');
  await expect.poll(() => readFile(file(), 'utf8')).toBe(before);
});

test('a server that is down makes nothing look gone', async () => {
  await workbench().palette('Backup Tenancy: Compare With Servers');
  await page().loaded();
  await samples().enterpriseManager.close();
  await page().button('Compare Again').click();
  await expect.poll(() => page().section('Not Compared').locator.isVisible(), { timeout: 30_000 }).toBe(true);
  await page().loaded();
  expect(await page().section('Not Compared').text()).toContain('em-sample');
  expect(await page().section('Not Compared').text()).toContain('could not be looked for');
  expect(await page().frame.locator('.outcome').textContent()).toBe(
    'No change was found, but not everything could be compared.',
  );
  expect(await page().section(heading).locator.isVisible()).toBe(false);
  await workbench().screenshot('out/screenshots/changes-down.png');
});
