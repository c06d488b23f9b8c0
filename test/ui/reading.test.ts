import { expect, test } from 'vitest';
import { useSampleServers } from './use-sample-servers';

// One person's way through, in this order: the window is the same for all tests of this file.
const { workbench, samples } = useSampleServers();

async function detail(label: string) {
  return await workbench().details.row(label);
}

test('opens the details, which are folded at first, with the keyboard on their first row', async () => {
  await workbench().openView();
  await workbench().expand('em-sample');
  await workbench().expand('Cloud Tenants');
  await workbench().select('Northwind');
  await workbench().press('Alt+Enter');
  await workbench().details.focused('Northwind');
  await workbench().press('ArrowDown');
  await workbench().details.focused('Usage');
  await workbench().press('ControlOrMeta+c');
  await expect.poll(() => workbench().clipboard()).toBe('66 %, 84 GB left');
});

test('shows the details of the selected tenant with its quota as a bar', async () => {
  await workbench().openView();
  await workbench().widenSideBar(460);
  await workbench().expand('em-sample');
  await expect.poll(async () => (await workbench().row('em-sample')).description).toContain('API v1_7');
  await workbench().expand('Cloud Tenants');
  await workbench().contextMenu('Northwind', 'Open Details');
  await detail('Usage');
  await workbench().heightenView('Details', 430);
  expect(await detail('Usage')).toMatchObject({
    description: '▰▰▰▰▰▰▰▱▱▱ 66 % · 84 GB left',
    ariaLabel: 'Usage, 66 percent used, 84 GB left',
    level: 2,
  });
  expect((await detail('Northwind')).description).toMatch(/^Tenant · as of \d/);
  expect((await detail('Path')).description).toBe('em-sample › Cloud Tenants › Northwind');
  expect(await detail('Cloud Volume 1')).toMatchObject({ expanded: false });
  await workbench().screenshots('details');
});

test('copies a value from its row, from its menu and by Ctrl+C', async () => {
  const { details } = workbench();
  await details.inlineAction('Quota', 'Copy Value');
  await expect.poll(() => workbench().clipboard()).toBe('250 GB');
  await details.contextMenu('Quota', 'Copy Raw Value');
  await expect.poll(() => workbench().clipboard()).toBe('268435456000');
  await details.select('Path');
  await workbench().press('ControlOrMeta+c');
  await expect.poll(() => workbench().clipboard()).toBe('em-sample › Cloud Tenants › Northwind');
  await workbench().press('ArrowUp');
  await workbench().press('ControlOrMeta+c');
  await expect.poll(() => workbench().clipboard()).not.toContain('Northwind');
});

test('follows the selection, and sums up several rows', async () => {
  await workbench().expand('Northwind');
  await workbench().select('nw-user-01');
  await expect.poll(async () => (await detail('nw-user-01')).description).toMatch(/^Subtenant/);
  await workbench().select('nw-user-02', ['ControlOrMeta']);
  expect(await detail('Subtenant')).toMatchObject({ description: '2 selected' });
  expect((await detail('Usage')).description).toBe('▰▰▱▱▱▱▱▱▱▱ 20 % · 8 GB left');
  await workbench().screenshot('out/screenshots/details-several.png');
});

test('opens a tenant as JSON and as XML, each in its tab', async () => {
  await workbench().contextMenu('Northwind', 'Open as JSON');
  await expect.poll(() => workbench().activeEditor()).toBe('Northwind.api-json');
  await expect.poll(() => workbench().editorText()).toContain('"Description": "Gold plan"');
  await workbench().screenshots('document-json');
  await workbench().contextMenu('Northwind', 'Open as XML');
  await expect.poll(() => workbench().activeEditor()).toBe('Northwind.api-xml');
  await expect.poll(() => workbench().editorText()).toContain('<Description>Gold plan</Description>');
  await workbench().screenshot('out/screenshots/document-xml.png');
  await workbench().select('Northwind');
  await workbench().press('ControlOrMeta+Enter');
  await expect.poll(() => workbench().activeEditor()).toBe('Northwind.api-json');
});

test('fetches a document again by its button', async () => {
  samples().enterpriseManager.intercept = (request, response) => {
    if (!/\/cloud\/tenants\/[^/]+$/.test(request.url?.split('?')[0] ?? '')) {
      return false;
    }
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"Name":"Northwind","Quota":1.0}');
    return true;
  };
  await workbench().editorAction('Refresh Document');
  await expect.poll(() => workbench().editorText()).toContain('"Quota": 1.0');
  samples().enterpriseManager.intercept = undefined;
});

test('offers XML only where there is some', async () => {
  await workbench().expand('m365-sample');
  await workbench().expand('Organizations');
  const entries = await workbench().contextMenuEntries('Contoso');
  expect(entries).toContain('Open as JSON');
  expect(entries).not.toContain('Open as XML');
  await workbench().select('Contoso');
  await workbench().palette('Backup Tenancy: Open as XML');
  const message = await workbench().notification('m365-sample provides its items only as JSON.');
  await message.press('Open as JSON');
  await expect.poll(() => workbench().activeEditor()).toBe('Contoso.api-json');
  await workbench().collapse('m365-sample');
});

test('compares two subtenants, chosen both in the tree or one by name', async () => {
  await workbench().expand('Northwind');
  await workbench().select('nw-user-01');
  await workbench().select('nw-user-02', ['ControlOrMeta']);
  await workbench().contextMenu('nw-user-02', 'Compare With…');
  await expect.poll(() => workbench().activeEditor()).toMatch(/^nw-user-0\d ↔ nw-user-0\d$/);
  await workbench().screenshots('compare');
  await workbench().select('nw-user-01');
  await workbench().contextMenu('nw-user-01', 'Compare With…');
  await workbench().quickInput.step('Compare nw-user-01 with…');
  expect((await workbench().quickInput.items())[0]).toMatchObject({ label: 'nw-user-02' });
  await workbench().quickInput.pick('Northwind');
  await expect.poll(() => workbench().activeEditor()).toBe('nw-user-01 ↔ Northwind');
});
