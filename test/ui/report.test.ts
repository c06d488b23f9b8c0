import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import axe from 'axe-core';
import { expect, test } from 'vitest';
import { chooseFile } from './choose-file';
import { Report } from './report';
import { useSampleServers } from './use-sample-servers';
import type { Theme } from './workbench';

// One person's way through, in this order: the window is the same for all tests of this file.
const quotas = 'Tenants and Subtenants';
const themes: readonly Theme[] = [
  'Default Light Modern',
  'Default High Contrast',
  'Default High Contrast Light',
  'Default Dark Modern',
];
const refused: string[] = [];

const { workbench, samples, folder } = useSampleServers({
  servers: { tenants: 60 },
  window: () => ({ keepsSecrets: true }),
});

function report(): Report {
  return new Report(workbench().page);
}

interface Expected {
  readonly name: string;
  readonly id: string;
  readonly share: number;
}

/** What has a quota, the fullest first. */
function fullest(): readonly Expected[] {
  const all = [...samples().enterpriseManager.data.tenants].flatMap(tenant => {
    const used = tenant.resources.reduce((sum, each) => sum + each.usedQuotaMb, 0);
    const quota = tenant.resources.reduce((sum, each) => sum + each.quotaMb, 0);
    const subtenants = [...tenant.subtenants].filter(({ unlimited }) => !unlimited);
    return [
      { name: tenant.name, id: tenant.id, share: used / quota },
      ...subtenants.map(({ name, id, usedQuotaMb, quotaMb }) => ({ name, id, share: usedQuotaMb / quotaMb })),
    ];
  });
  return all.filter(({ share }) => share > 0).sort((one, other) => other.share - one.share);
}

test('opens from the palette for the servers chosen, with those closest to their quota first', async () => {
  workbench().page.on('console', message => {
    if (/Content Security Policy/.test(message.text())) {
      refused.push(message.text());
    }
  });
  await workbench().openView();
  await workbench().row('em-sample');
  await workbench().palette('Backup Tenancy: Show Capacity Report…');
  await workbench().quickInput.step('Capacity Report');
  expect((await workbench().quickInput.items()).map(({ label }) => label)).toEqual(['m365-sample', 'em-sample']);
  await workbench().quickInput.accept();
  await report().loaded();
  const section = report().section(quotas);
  expect((await section.names()).slice(0, 5)).toEqual(
    fullest()
      .slice(0, 5)
      .map(({ name }) => name),
  );
  // All are of one server, which is no column then.
  expect(await section.header('Server').count()).toBe(0);
  const [[, , , fill] = []] = await section.rows();
  expect(fill).toContain(`${Math.floor((fullest()[0]?.share ?? 0) * 100 + 1e-9)} %`);
  expect(fill).toContain('exceeded');
  // Nor are numbers that are all of the minute that stands below the heading.
  const servers = await report().section('Servers').rows();
  const isToldTwice = (await report().section('Servers').header('As of').count()) > 0;
  const state = (await report().frame.locator('.state').textContent()) ?? '';
  expect(isToldTwice && servers.slice(0, -1).every(cells => state.includes(cells.at(-1) ?? ''))).toBe(false);
  expect(servers.map(([name]) => name).sort()).toEqual(['em-sample', 'm365-sample']);
  expect(await report().section('Could Not Be Read').locator.count()).toBe(0);
});

test.each(themes)('can be read by everybody: %s', async theme => {
  await workbench().useTheme(theme);
  const page = await report().content();
  await page.evaluate(axe.source);
  const violations = await page.evaluate<readonly string[]>(`
    axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html, any }) =>
        html.slice(0, 200) + ' ' + any.map(({ message }) => message).join(' ')).slice(0, 3).join(' | ')))`);
  expect(violations).toEqual([]);
  await workbench().screenshot(
    `out/screenshots/report-${theme.replace('Default ', '').replaceAll(' ', '-').toLowerCase()}.png`,
  );
});

test('a card shows what is close to its limit alone, and all again', async () => {
  const section = report().section(quotas);
  const card = report().frame.getByRole('button', { name: /^\d+ ?of \d+ ?Tenants at 95 % or above/ });
  const tenants = new Set([...samples().enterpriseManager.data.tenants].map(({ name }) => name));
  const critical = fullest().filter(({ name, share }) => tenants.has(name) && share >= 0.95);
  expect(await card.textContent()).toContain(`${critical.length}of ${tenants.size}`);
  await card.click();
  await expect.poll(() => section.names()).toEqual(critical.map(({ name }) => name));
  expect(await card.getAttribute('aria-pressed')).toBe('true');
  await card.click();
  await expect.poll(() => section.text()).toMatch(/1 to 25 of \d+/);
  expect(await card.getAttribute('aria-pressed')).toBe('false');
});

test('the chart of fill levels counts each row once', async () => {
  const chart = report().frame.getByRole('table', { name: quotas }).first();
  const counts = await chart.locator('.count').allInnerTexts();
  expect(counts).toHaveLength(7);
  expect(Number(counts[6])).toBe(fullest().filter(({ share }) => share > 1).length);
  expect(Number(counts[5])).toBe(fullest().filter(({ share }) => share >= 0.95 && share <= 1).length);
});

test('titles end where their numbers end', async () => {
  const ends = await (await report().content()).evaluate<readonly (readonly [number, number])[]>(`
    [...document.querySelectorAll('section:not([hidden]) > .wide table')].flatMap(table => {
      const rightOf = node => {
        const range = document.createRange();
        range.selectNodeContents(node);
        return range.getBoundingClientRect().right;
      };
      const row = table.querySelector('tbody tr');
      return [...table.querySelectorAll('thead th.number')].map(each =>
        [rightOf(each.querySelector('.sort > span')), rightOf(row.children[each.cellIndex])]);
    })`);
  expect(ends.length).toBeGreaterThan(5);
  expect(ends.filter(([title, number]) => Math.abs(title - number) > 1)).toEqual([]);
});

test('titles of a table stand on one line', async () => {
  const lines = await (await report().content()).evaluate<readonly number[]>(`
    [...document.querySelectorAll('section:not([hidden]) > .wide table')].map(table =>
      new Set([...table.querySelectorAll('thead .sort > span:first-child')].map(each =>
        Math.round(each.getBoundingClientRect().top))).size)`);
  expect(lines.length).toBeGreaterThan(1);
  expect(new Set(lines)).toEqual(new Set([1]));
});

test('actions cover nothing in a wide window', async () => {
  const { page } = workbench();
  const size = page.viewportSize() ?? { width: 1280, height: 800 };
  await page.setViewportSize({ width: 1900, height: size.height });
  const content = await report().content();
  const fits = `(each => each.scrollWidth <= each.clientWidth)(document.querySelector('#quotas .wide'))`;
  await expect.poll(() => content.evaluate<boolean>(fits)).toBe(true);
  const number = report().frame.locator('#quotas tbody tr').first().locator('td.number').last();
  await number.scrollIntoViewIfNeeded();
  const seen = await number.screenshot();
  const actions = (display: string) =>
    content.evaluate(
      `for (const each of document.querySelectorAll('#quotas .actions')) each.style.visibility = '${display}'`,
    );
  await actions('hidden');
  expect((await number.screenshot()).equals(seen)).toBe(true);
  await actions('');
  await page.setViewportSize(size);
});

test('names and actions stay in sight in a narrow window, and nothing but tables is wider than it', async () => {
  const restore = await report().resized(400);
  const content = await report().content();
  expect(await content.evaluate<number>('document.documentElement.scrollWidth')).toBe(400);
  const edges = `[...document.querySelectorAll('#quotas tbody tr')].slice(0, 3).flatMap(row => [
    row.firstElementChild.getBoundingClientRect().left >= 0,
    row.lastElementChild.getBoundingClientRect().right <= innerWidth,
  ])`;
  expect(new Set(await content.evaluate<readonly boolean[]>(edges))).toEqual(new Set([true]));
  await content.evaluate(`document.querySelector('#quotas .wide').scrollLeft = 100`);
  expect(new Set(await content.evaluate<readonly boolean[]>(edges))).toEqual(new Set([true]));
  await content.evaluate(`document.querySelector('#quotas .wide').scrollLeft = 0`);
  await restore();
});

test('what has the focus is covered by nothing in a narrow window', async () => {
  const { page } = workbench();
  const restore = await report().resized(400);
  const titles = await report().section(quotas).locator.locator('thead button').all();
  await titles[0]?.focus();
  const seen: boolean[] = [];
  for (const _ of titles) {
    seen.push(
      await (await report().content()).evaluate<boolean>(`(({ left, right, top, bottom }) =>
        [left + 1, right - 1].every(x => document.elementFromPoint(x, (top + bottom) / 2)?.closest('th') === document.activeElement.closest('th')))(
          document.activeElement.firstElementChild.getBoundingClientRect())`),
    );
    await page.keyboard.press('Tab');
  }
  expect(seen.length).toBeGreaterThan(4);
  expect(new Set(seen)).toEqual(new Set([true]));
  await restore();
});

test('nothing moves while it is read again', async () => {
  const content = await report().content();
  const places = `['.cards', '.charts', '#servers', '#quotas'].map(each => document.querySelector(each).getBoundingClientRect().top)`;
  await content.evaluate('scrollTo(0, 0)');
  const before = await content.evaluate<readonly number[]>(places);
  await content.evaluate(`
    window.moved = [];
    new PerformanceObserver(list => moved.push(...list.getEntries().map(each => each.value))).observe({ type: 'layout-shift' });`);
  await report().button('Refresh').click();
  await report().loaded();
  await expect.poll(async () => await content.evaluate<readonly number[]>(places)).toEqual(before);
  expect((await content.evaluate<readonly number[]>('moved')).filter(each => each > 0.01)).toEqual([]);
});

test('sorts by a click on a title, and the other way round by another one', async () => {
  const section = report().section(quotas);
  expect(await section.header('Fill level').getAttribute('aria-sort')).toBe('descending');
  await section.sort('Name');
  await expect.poll(() => section.header('Name').getAttribute('aria-sort')).toBe('ascending');
  expect(await section.header('Fill level').getAttribute('aria-sort')).toBeNull();
  const ascending = await section.names();
  const { compare } = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  expect(ascending).toEqual([...ascending].sort(compare));
  await section.sort('Name');
  await expect.poll(() => section.header('Name').getAttribute('aria-sort')).toBe('descending');
  expect(compare((await section.names())[0] ?? '', ascending[0] ?? '')).toBeGreaterThan(0);
});

test('turns pages, filters by text and by kind, and says what is left', async () => {
  const section = report().section(quotas);
  expect(await section.text()).toMatch(/1 to 25 of \d+/);
  await section.action('Next');
  await expect.poll(() => section.text()).toMatch(/26 to 50 of \d+/);
  await section.filter('NORTHWIND nw');
  await expect.poll(() => section.names()).toEqual(['nw-user-02', 'nw-user-01']);
  await expect.poll(() => report().said()).toContain('2 of ');
  await section.filter(fullest()[3]?.id ?? '');
  await expect.poll(() => section.names()).toEqual([fullest()[3]?.name]);
  await section.filter('no such thing');
  await expect.poll(() => section.text()).toContain('Nothing matches.');
  await section.filter('');
  await section.kind('Tenants');
  await section.sort('Fill level');
  await expect.poll(async () => (await section.rows()).every(([, kind]) => kind === 'Tenant')).toBe(true);
  await section.kind('95 % or above');
  await expect
    .poll(() => section.names())
    .toEqual(
      fullest()
        .filter(({ share }) => share >= 0.95)
        .slice(0, 25)
        .map(({ name }) => name),
    );
  await section.kind('All');
});

test('copies the ID of a row, and shows it in the tree', async () => {
  const section = report().section(quotas);
  await section.filter('Northwind');
  await section.action('Copy ID of Northwind');
  await expect.poll(() => workbench().clipboard()).toBe(samples().enterpriseManager.data.tenants.at(0).id);
  await expect.poll(() => report().said()).toBe('Copied the ID.');
  await section.action('Reveal nw-user-01 in the tree');
  await expect.poll(async () => (await workbench().row('nw-user-01')).selected).toBe(true);
  await section.filter('');
});

test('exports all rows as CSV', async () => {
  const file = join(folder(), 'report.csv');
  await writeFile(join(folder(), 'earlier.csv'), '');
  await report().button('Export').click();
  await report().frame.getByRole('menuitem', { name: 'Export as CSV' }).click();
  await chooseFile(workbench(), 'Export Report', file, 'earlier.csv');
  await workbench().notification('Report exported.');
  const lines = (await readFile(file, 'utf8')).split('\r\n');
  expect(lines[0]).toBe(
    '\uFEFFserver,kind,belongsTo,name,id,usedBytes,limitBytes,unlimited,freeBytes,usedPercent,level,repositories,' +
      'growthBytes,growthBytesPerDay,fullInDays',
  );
  const [first] = fullest();
  expect(lines[1]).toContain(`,${first?.name},${first?.id},`);
  const { tenants } = samples().enterpriseManager.data;
  const repositories = samples().vb365.data.repositories.length + samples().enterpriseManager.data.repositories.length;
  const subtenants = [...tenants].reduce((sum, each) => sum + each.subtenants.length, 0);
  const organizations = lines.filter(line => line.includes(',organization,')).length;
  expect(lines).toHaveLength(1 + tenants.length + subtenants + repositories + organizations + 1);
});

test('works by keys alone', async () => {
  const { page } = workbench();
  await report().button('Refresh').focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => report().button('Refresh').isVisible()).toBe(true);
  const section = report().section(quotas);
  await section.header('Name').getByRole('button').focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => section.header('Name').getAttribute('aria-sort')).toBe('ascending');
  await expect.poll(() => report().said()).toContain('sorted by Name, ascending');
  // The title keeps the focus, and the rows are one stop.
  const focusedName = () =>
    section.locator.page().frames().length > 0
      ? report()
          .frame.locator(':focus')
          .evaluate(each => each.getAttribute('aria-label') ?? each.textContent ?? '')
      : '';
  expect(await focusedName()).toContain('Name');
  await section.locator.locator('tbody button[tabindex="0"]').focus();
  const [first = '', second = ''] = await section.names();
  expect(await focusedName()).toBe(`Copy ID of ${first}`);
  await page.keyboard.press('ArrowDown');
  expect(await focusedName()).toBe(`Copy ID of ${second}`);
  await page.keyboard.press('ArrowRight');
  expect(await focusedName()).toBe(`Reveal ${second} in the tree`);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect.poll(() => report().said()).toBe('Copied the ID.');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  expect(await focusedName()).toContain('Next');
});

test('is there again after a reload, as it was, and tells what has grown since', async () => {
  const section = report().section(quotas);
  await section.filter('Northwind');
  await expect.poll(() => section.names()).toContain('Northwind');
  await expect.poll(() => workbench().storedEditors()).toMatch(/backupTenancy\.report.*Northwind/);
  await workbench().reload();
  await report().loaded();
  await expect.poll(() => report().section(quotas).names()).toContain('Northwind');
  expect(await report().section(quotas).locator.getByRole('textbox').inputValue()).toBe('Northwind');
  expect(await report().frame.getByRole('combobox', { name: 'Growth since' }).inputValue()).not.toBe('');
  const row = (await report().section(quotas).rows()).find(([name]) => name === 'Northwind');
  expect(row).toBeDefined();
  // A column with nothing but zeros is left out.
  expect(await report().section(quotas).header('Growth').count()).toBe(0);
  expect(await report().frame.getByText('Nothing has changed since.').isVisible()).toBe(true);
  const lines = report().frame.getByRole('table', { name: 'Space used by backups over time' });
  expect(await lines.getByRole('columnheader').allTextContents()).toContain('Tenant quotas');
  // That table is there for screen readers alone, and takes no room from others.
  const restore = await report().resized(400);
  expect(await (await report().content()).evaluate<number>('document.documentElement.scrollWidth')).toBe(400);
  await restore();
  // As many lists as a person with all products has leave no room beside or below them.
  await (await report().content()).evaluate(`
    (levels => levels.append(levels.lastElementChild.cloneNode(true)))(document.querySelector('.levels'))`);
  for (const width of [800, 1440]) {
    const reset = await report().resized(width);
    const left = await (await report().content()).evaluate<readonly number[]>(`
      [...document.querySelectorAll('.panel')].map(each =>
        each.getBoundingClientRect().bottom - Math.max(...[...each.querySelectorAll('.distribution, .legend')].map(part => part.getBoundingClientRect().bottom)))`);
    expect(
      left.filter(each => each > 40),
      String(width),
    ).toEqual([]);
    await reset();
  }
  await report().button('Delete History').click();
  await (await workbench().dialog()).press('Delete');
  await expect.poll(() => report().frame.getByRole('combobox', { name: 'Growth since' }).isVisible()).toBe(false);
});

test('tells of a server that is down, and of the others all', async () => {
  await samples().vb365.close();
  await report().button('Refresh').click();
  await expect.poll(() => report().section('Could Not Be Read').locator.isVisible(), { timeout: 30_000 }).toBe(true);
  await report().loaded();
  expect(await report().section('Could Not Be Read').text()).toContain('m365-sample: ');
  // Names take one line, however long they are.
  const heights = await (await report().content()).evaluate<readonly number[]>(`
    (name => ['m', 'm'.repeat(500)].map(text => {
      const { textContent } = name;
      name.textContent = text;
      name.nextElementSibling.hidden = true;
      const { height } = name.closest('li').getBoundingClientRect();
      name.nextElementSibling.hidden = false;
      name.textContent = textContent;
      return height;
    }))(document.querySelector('.problems bdi'))`);
  expect(heights[1]).toBe(heights[0]);
  expect((await report().section(quotas).names()).length).toBeGreaterThan(0);
  await workbench().screenshot('out/screenshots/report-down.png');
});

test('asks its policy for nothing that it forbids', () => {
  expect(refused).toEqual([]);
});
