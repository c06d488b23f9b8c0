import { expect, test } from 'vitest';
import { oneLine } from '../../src/base/text';
import { Report } from './report';
import { useSampleServers } from './use-sample-servers';

// What a server sends does nothing but appear.
const { workbench, samples } = useSampleServers({ servers: { hostileNames: true } });

test('names are shown as they are, on one line', async () => {
  await workbench().openView();
  await workbench().expand('m365-sample');
  await workbench().expand('Organizations');
  const names = [...samples().vb365.data.organizations].map(({ name }) => oneLine(name));
  // As a screen shows them: blanks in a row are one.
  const shown = (text: string) => text.replace(/\s+/g, ' ').trim();
  await workbench().row('Contoso');
  const labels = (await workbench().rows()).filter(({ level }) => level === 3).map(({ label }) => shown(label));
  expect(labels).toEqual(names.map(shown));
  expect(await workbench().sideBar.locator('[role=treeitem] a[href]').count()).toBe(0);
  await workbench().screenshot('out/screenshots/hostile.png');
});

/** A name that is read from the right is kept apart from what stands beside it. */
function withoutIsolates(text: string): string {
  return text.replace(/[\u2068\u2069]/g, '');
}

test('tooltips hold text, and no link, image or markup', async () => {
  const rows = (await workbench().rows()).filter(({ level }) => level === 3);
  for (const { label } of rows.slice(4, 10)) {
    // The tooltip of the row before may still be there.
    await expect
      .poll(async () => withoutIsolates(await workbench().tooltip(label)).replace(/\s+/g, ' '), { timeout: 10_000 })
      .toContain(`Organization: ${label}`.replace(/\s+/g, ' ').trim());
    const contents = workbench().page.locator('.workbench-hover .hover-contents');
    expect(await contents.locator('a, img, code, strong, em, h1').count()).toBe(0);
  }
});

test('the report shows names as text', async () => {
  // Away from the row whose tooltip would lie over the others.
  await workbench().page.mouse.move(800, 500);
  await workbench().page.locator('.workbench-hover').waitFor({ state: 'hidden' });
  await workbench().contextMenu('em-sample', 'Show Capacity Report…');
  const report = new Report(workbench().page);
  await report.loaded();
  const section = report.section('Tenants and Subtenants');
  for (const name of [...samples().enterpriseManager.data.tenants].slice(8).map(({ name }) => oneLine(name))) {
    await section.filter(name.replace(/[^ -~]/g, ' '));
    const shown = (text: string) => text.replace(/\s+/g, ' ').trim();
    await expect.poll(async () => (await section.names()).map(shown)).toContain(shown(name));
  }
  expect(await report.frame.locator('main').locator('a, img, code, b, strong').count()).toBe(0);
  await workbench().screenshot('out/screenshots/hostile-report.png');
});

test('what a server says of a refused sign-in is no link that runs a command', async () => {
  samples().vb365.intercept = (request, response) => {
    if (request.method !== 'POST') {
      return false;
    }
    const message = '[read more](command:workbench.action.openSettings) <b>now</b>';
    response.writeHead(500, { 'Content-Type': 'application/json' }).end(JSON.stringify({ message }));
    return true;
  };
  await workbench().contextMenu('m365-sample', 'Sign Out');
  await workbench().inlineAction('Signed out', 'Sign In');
  await workbench().quickInput.step('Sign in to m365-sample');
  await workbench().quickInput.type('any');
  await workbench().quickInput.accept();
  await workbench().quickInput.pick('Do not remember the password');
  await expect.poll(() => workbench().quickInput.message()).toContain('answered with status 500');
  expect(await workbench().quickInput.message()).toContain('read more');
  expect(await workbench().page.locator('.quick-input-message a, .quick-input-message b').count()).toBe(0);
  await workbench().quickInput.cancel();
});
