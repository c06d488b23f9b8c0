import { afterAll, beforeAll, expect, test } from 'vitest';
import { MFA_CODE, startServiceProviderConsole } from '../sample-servers';
import { addServer } from './add-server';
import { useWorkbench } from './use-workbench';

// One person's way through, in this order: the window is the same for all tests of this file.
const workbench = useWorkbench();
let server: Awaited<ReturnType<typeof startServiceProviderConsole>>;

beforeAll(async () => {
  server = await startServiceProviderConsole({ companies: 40 });
});

afterAll(async () => {
  await server.close();
});

test('adds a server that the wizard has recognized', async () => {
  await workbench().openView();
  await addServer(workbench(), { ...server, name: 'vspc' });
  await workbench().widenSideBar(640);
  await expect.poll(async () => (await workbench().row('vspc')).description).toMatch(/^VSPC 9\.1\.\S+ · API v3$/);
  await workbench().expand('vspc');
  await workbench().row('Enterprise Managers');
});

test("opens companies down to a tenant's resources", async () => {
  await workbench().expand('Companies');
  await picture('companies');
  expect((await workbench().row('Northwind')).description).toBe('66 % of 250 GB · Fabrikam Resale');
  await workbench().expand('Northwind', 'Companies');
  await picture('company');
  await workbench().expand('Cloud Connect Tenants');
  await workbench().expand('Northwind', 'Cloud Connect Tenants');
  await workbench().expand('Backup Resources');
  await workbench().row('nw-user-01');
  await picture('tenant');
  await workbench().collapse('Cloud Connect Tenants');
  for (const heading of ['Microsoft 365 Organizations', 'Hosted Microsoft 365 Backup', 'Hosted Backup & Replication']) {
    await workbench().expand(heading);
  }
  await workbench().expand('Locations');
  await workbench().row('Branch office');
  await workbench().expand('Users');
  await workbench().row('northwind\\owner');
  // The company's name is not said of an organization that has it, too.
  expect((await workbench().row('Northwind', 'Microsoft 365 Organizations')).description).toBe(
    'Microsoft365 · vb365-01.example.com',
  );
  await picture('company-lists');
  await workbench().collapse('Northwind', 'Companies');
  await workbench().collapse('Companies');
});

test('opens a reseller', async () => {
  await workbench().expand('Resellers');
  await workbench().row('Contoso Partners');
  await workbench().expand('Fabrikam Resale');
  await workbench().expand('Companies', 'Fabrikam Resale');
  await workbench().row('Northwind', 'Fabrikam Resale');
  await workbench().expand('Hosted Resources');
  await picture('resellers');
  await workbench().collapse('Resellers');
});

test('opens a Cloud Connect site', async () => {
  await workbench().expand('Cloud Connect Sites');
  const [site] = server.data.cloudConnect.sites;
  await workbench().row('cc01.example.com');
  await picture('sites');
  await workbench().expand(site?.name ?? '');
  for (const heading of ['Gateway Pools', 'Cloud Gateways', 'Hardware Plans']) {
    await workbench().expand(heading);
  }
  await picture('site');
  await workbench().collapse('Cloud Connect Sites');
});

test('opens a Microsoft 365 backup server', async () => {
  await workbench().expand('Microsoft 365 Backup Servers');
  await workbench().row('vb365.customer1.example.com');
  await workbench().expand('vb365-01.example.com');
  await workbench().expand('Backup Repositories');
  await workbench().row('Repo North');
  await workbench().expand('Organizations');
  await picture('microsoft365');
  await workbench().collapse('Microsoft 365 Backup Servers');
});

test('opens a backup server', async () => {
  await workbench().expand('Backup Servers');
  await workbench().row('hosted-vbr01.example.com');
  await picture('backup-servers');
  await workbench().expand('hosted-vbr01.example.com');
  await workbench().expand('Backup Repositories');
  await workbench().expand('Jobs');
  await workbench().expand('Scale-out North');
  await workbench().row('Extent of North');
  await picture('backup-server');
  await workbench().collapse('Backup Servers');
});

test('finds a company and copies its ID', async () => {
  const { quickInput } = workbench();
  const company = server.data.companies[1];
  await workbench().press('ControlOrMeta+f');
  await quickInput.opened();
  await quickInput.type('k:contos');
  await expect.poll(() => quickInput.activeItem()).toBe('Contoso');
  await picture('find');
  await quickInput.accept();
  await quickInput.closed();
  await expect.poll(async () => (await workbench().row('Contoso')).selected).toBe(true);
  await workbench().inlineAction('Contoso', 'Copy ID');
  await expect.poll(() => workbench().clipboard()).toBe(company?.id);
  await picture('details');
  await workbench().collapse('vspc');
});

test('asks for the one-time code of an account with a second factor', async () => {
  const { quickInput } = workbench();
  await workbench().titleAction('Add Server');
  await startOf(server.url);
  await answer('EXAMPLE\\second-factor');
  await quickInput.step('Password');
  await answer(server.password);
  await quickInput.pick('Remember the password');
  await quickInput.step('Name');
  await answer('with-code');
  await quickInput.step('One-Time Code');
  await answer('000000');
  await expect.poll(() => quickInput.message()).toContain('does not accept this code');
  await picture('code');
  await answer(MFA_CODE);
  await quickInput.closed();
  await expect.poll(async () => (await workbench().row('with-code')).description).toMatch(/^VSPC 9\.1\.\S+ · API v3$/);
});

test('takes an API key', async () => {
  const { quickInput } = workbench();
  await workbench().titleAction('Add Server');
  await startOf(server.url);
  await quickInput.button('Sign in with an API Key');
  await quickInput.step('API Key');
  expect(await quickInput.isPassword()).toBe(true);
  await picture('key');
  await answer(server.apiKeys[0]?.key ?? '');
  await quickInput.step('Name');
  await answer('with-key');
  await quickInput.closed();
  await expect.poll(async () => (await workbench().row('with-key')).description).toMatch(/^VSPC 9\.1\.\S+ · API v3$/);
  await picture('servers');
});

/** The address, which is known by now, as is its certificate. */
async function startOf(url: string): Promise<void> {
  const { quickInput } = workbench();
  await quickInput.step('Address');
  await answer(new URL(url).host);
  await (await workbench().dialog()).press('Trust This Certificate for This Server');
  await quickInput.step('Account');
}

async function answer(text: string): Promise<void> {
  await workbench().quickInput.type(text);
  await workbench().quickInput.accept();
}

async function picture(name: string): Promise<void> {
  await workbench().screenshot(`out/screenshots/service-provider-console-${name}.png`);
}
